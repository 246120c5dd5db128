"""The two time axes in plain Python: a notice board, replayed from its first entry each time somebody asks.

Nothing is shared with the portal's own rules: there is no query, and no row that could be altered afterwards.
"""

from dataclasses import dataclass, field, replace
from datetime import date, datetime

UP, DOWN, CONFIRMED = "up", "down", "confirmed"


@dataclass(frozen=True)
class Notice:
    """What is put up: a Fassung (from its Stand) or a Weisung (from its first day to its last one, if it has one)."""

    key: int
    begins: date
    ends: date | None = None
    in_a_hurry: bool = False  # released by one person alone: flagged until it is confirmed


@dataclass
class Board:
    """What happened to one Arbeitsmittel, or to a Weisung and the one that repeals it."""

    events: list[tuple[datetime, str, Notice]] = field(default_factory=list)

    def happened(self, moment: datetime, what: str, notice: Notice) -> None:
        self.events.append((moment, what, notice))

    def known(self, moment: datetime) -> tuple[dict[int, Notice], set[int]]:
        """Return what hangs there at a moment (confirmed ones no longer flagged), and what was taken down again."""
        hanging: dict[int, Notice] = {}
        gone: set[int] = set()
        never: set[int] = set()  # taken down before it was put up: under embargo
        # What happens at the same moment is one release: down comes after up only for the same notice.
        for at, what, notice in sorted(self.events, key=lambda event: event[0]):
            if at > moment:
                break
            if what == UP and notice.key not in never:
                hanging[notice.key] = notice
            elif what == CONFIRMED and notice.key in hanging:
                hanging[notice.key] = replace(notice, in_a_hurry=False)
            elif what == DOWN:
                (gone if hanging.pop(notice.key, None) else never).add(notice.key)
        return hanging, gone

    def fassung(self, day: date, moment: datetime) -> tuple[int, bool] | None:
        """Return key and flag of what applies on a day, as known at a moment; None: nothing."""
        begun = [notice for notice in self.known(moment)[0].values() if notice.begins <= day]
        current = max(begun, key=lambda notice: notice.begins, default=None)
        return (current.key, current.in_a_hurry) if current else None

    def weisung(self, key: int, repealing: int, day: date, moment: datetime) -> str | None:
        """Return the state of a Weisung; None: not to be seen."""
        hanging, gone = self.known(moment)
        if key in gone:
            return "zurueckgezogen"
        if key not in hanging:
            return None
        if hanging[key].begins > day:
            return "kuenftig"
        if repealing in hanging and hanging[repealing].begins <= day:
            return "aufgehoben"
        return "abgelaufen" if hanging[key].ends and hanging[key].ends < day else "in-kraft"
