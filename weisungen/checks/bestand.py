"""What the portal knows about directives by their number: for editors, so drafts count."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from weisungen.models import Aufhebung, Weisung


@dataclass(frozen=True)
class Bekannt:
    """One row: a Weisung that is released, on its way, withdrawn or thrown away."""

    pk: int
    typ: str
    nummer: str
    veroeffentlicht: bool
    zurueckgezogen: bool
    verworfen: bool
    gueltig_bis: date | None

    @property
    def live(self) -> bool:
        """Neither withdrawn nor thrown away: it has its number."""
        return not (self.zurueckgezogen or self.verworfen)


@dataclass(frozen=True)
class Ende:
    """From when a directive is repealed, and by which Weisung."""

    durch_pk: int
    durch: str
    ab: date


@dataclass
class Bestand:
    """The directives of some numbers and what repeals them, without one Weisung itself."""

    bekannt: list[Bekannt] = field(default_factory=list)
    enden: dict[tuple[str, str], list[Ende]] = field(default_factory=dict)

    def without(self, pk: int | None) -> "Bestand":
        """Return the same as somebody sees it who writes the Weisung with this key."""
        enden = {key: [ende for ende in found if ende.durch_pk != pk] for key, found in self.enden.items()}
        return Bestand([one for one in self.bekannt if one.pk != pk], enden)

    def rows(self, typ: str, nummer: str) -> list[Bekannt]:
        """Return those of the number that were not thrown away; where the type does not fit, those of the other one."""
        there = [one for one in self.bekannt if one.nummer == nummer and not one.verworfen]
        return [one for one in there if one.typ == typ] or there

    def over(self, typ: str, nummer: str, tag: date) -> str:
        """Return why a directive does not apply on the day (`seit 01.01.2024 aufgehoben durch …`), empty if it does."""
        return self._withdrawn_or_repealed(typ, nummer, tag) or self.expired(typ, nummer, tag)

    def _withdrawn_or_repealed(self, typ: str, nummer: str, tag: date) -> str:
        rows = self.rows(typ, nummer)
        if rows and all(one.zurueckgezogen for one in rows):
            return "zurückgezogen"
        for one in rows:
            for ende in self.enden.get((one.typ, one.nummer), []):
                if ende.ab <= tag:
                    return f"seit {ende.ab:%d.%m.%Y} aufgehoben durch {ende.durch}"
        return ""

    def gone(self, typ: str, nummer: str, tag: date) -> str:
        """Return why a directive was taken back, as `over`, but not that it only ran out."""
        return self._withdrawn_or_repealed(typ, nummer, tag)

    def expired(self, typ: str, nummer: str, tag: date) -> str:
        """Return until when a directive applied that ran out before the day, empty if none did."""
        for one in self.rows(typ, nummer):
            if one.live and one.gueltig_bis and one.gueltig_bis < tag:
                return f"abgelaufen, sie galt bis {one.gueltig_bis:%d.%m.%Y}"
        return ""


def load_bestand(numbers: Collection[str]) -> Bestand:
    """Return what there is of the numbers, in two queries."""
    if not numbers:
        return Bestand()
    columns = ("pk", "typ", "nummer", "veroeffentlicht_am", "zurueckgezogen_am", "verworfen_am", "gueltig_bis")
    rows = Weisung.objects.filter(nummer__in=numbers).order_by("typ", "nummer", "pk").values_list(*columns)
    bekannt = [
        Bekannt(pk, typ, nummer, released is not None, withdrawn is not None, discarded is not None, until)
        for pk, typ, nummer, released, withdrawn, discarded, until in rows
    ]
    repeals = (
        Aufhebung.objects.filter(
            ziel_nummer__in=numbers, weisung__veroeffentlicht_am__isnull=False, weisung__zurueckgezogen_am=None
        )
        .select_related("weisung")
        .only("ziel_typ", "ziel_nummer", "weisung__typ", "weisung__nummer", "weisung__gueltig_ab")
        .order_by("weisung__gueltig_ab")
    )
    enden: dict[tuple[str, str], list[Ende]] = {}
    for row in repeals:
        ende = Ende(row.weisung_id, str(row.weisung), row.weisung.gueltig_ab)
        enden.setdefault((row.ziel_typ, row.ziel_nummer), []).append(ende)
    return Bestand(bekannt, enden)
