"""Many sequences of releases, withdrawals and imports side by side, each one with an Arbeitsmittel of its own.

Rows are put straight into the tables with the triggers off (who may do what is not the question here), so that
thousands of sequences take a minute. All of them move on together, and one query asks all of them.
"""

import random
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db import connection, transaction

from arbeitsmittel.kennung import Art
from arbeitsmittel.models import Arbeitsmittel, Fassung
from portal.zeitpunkt import start_of
from tests.two_axes_model import CONFIRMED, DOWN, UP, Board, Notice
from weisungen.models import Aufhebung, Weisung

TICK = timedelta(microseconds=1)
# Around the nights in which the clocks change, a turn of the year, and a day like any other.
NIGHTS = [date(2026, 10, 25), date(2027, 1, 1), date(2027, 3, 28), date(2027, 6, 15), date(2027, 10, 31)]
DAYS = [night + timedelta(days=shift) for night in NIGHTS for shift in (-1, 0, 1)]


def moments() -> list[datetime]:
    """Every moment at which something may happen: midnights in Germany, the changed hours, a tick around them."""
    found: set[datetime] = set()
    for day in DAYS:
        midnight = start_of(day).astimezone(UTC)
        changed = [datetime.combine(day, time(hour, minute), UTC) for hour, minute in ((0, 30), (1, 0), (1, 30))]
        for moment in (midnight, *changed, datetime.combine(day, time(11), UTC)):
            found |= {moment - TICK, moment, moment + TICK}
    return sorted(found)


class Sequence:
    """One Arbeitsmittel with its Stände, and a Weisung with the one that repeals it."""

    def __init__(self, dice: random.Random, person: Any, arbeitsmittel: Arbeitsmittel) -> None:
        self.dice, self.person, self.arbeitsmittel = dice, person, arbeitsmittel
        self.board, self.orders = Board(), Board()
        self.new: list[Any] = []
        self.changed: list[Any] = []
        self.fassungen: list[Fassung] = []
        self.weisungen: list[Weisung] = []

    def move(self, now: datetime, next_key: Any) -> None:
        """Let something happen at a moment, to the rows and to the board."""
        self.new, self.changed = [], []
        dice, live = self.dice, [row for row in self.fassungen if row.zurueckgezogen_am is None]
        match dice.choice(("release", "release", "release", "import", "withdraw", "withdraw", "confirm", "text", "")):
            case "release":
                self._release(now, dice.choice(DAYS), next_key())
            case "import":
                self._release(now, dice.choice(DAYS), next_key(), only_stand=True)
            case "withdraw" if live:
                self._withdraw(dice.choice(live), self.board, now)
            case "confirm":
                self._confirm(live, now)
            case "text":  # the text of a Stand that was only known by its date takes its place, at the same moment
                for row in [row for row in live if row.quelle][:1]:
                    self._withdraw(row, self.board, now)
                    self._release(now, row.stand, next_key(), embargo=False)
        if dice.random() < 0.4:
            self._move_orders(now)

    def _release(
        self, now: datetime, stand: date, key: int, *, only_stand: bool = False, embargo: bool | None = None
    ) -> None:
        if any(row.stand == stand and row.zurueckgezogen_am is None for row in self.fassungen):
            return  # one live Fassung per Stand
        embargo = self.dice.random() < 0.3 if embargo is None else embargo
        hurry = not only_stand and self.dice.random() < 0.3
        visible = max(now, start_of(stand)) if embargo and not only_stand else now
        text = {"quelle": "gedruckt"} if only_stand else TEXT
        weg = "uebernahme" if only_stand else "eil" if hurry else "pruefung"
        row = Fassung(
            pk=key, arbeitsmittel=self.arbeitsmittel, stand=stand, weg=weg, eil_grund="Störung" if hurry else "",
            veroeffentlicht_am=now, veroeffentlicht_von=self.person, sichtbar_ab=visible, **text,
        )  # fmt: skip
        self.new.append(row)
        self.fassungen.append(row)
        self.board.happened(visible, UP, Notice(key, stand, in_a_hurry=hurry))

    def _withdraw(self, row: Any, board: Board, now: datetime) -> None:
        if row.veroeffentlicht_am == now:
            return
        row.zurueckgezogen_am, row.zurueckgezogen_von = now, self.person
        row.zurueckgezogen_art, row.zurueckgezogen_grund = "irrtum", "Irrtum"
        self.changed.append(row)
        board.happened(now, DOWN, Notice(row.pk, date.min))

    def _confirm(self, live: list[Fassung], now: datetime) -> None:
        waiting = [row for row in live if row.eil_offen and row.sichtbar_ab < now]
        for row in waiting[:1]:
            row.eil_bestaetigt_am, row.eil_bestaetigt_von = now, self.person
            self.changed.append(row)
            self.board.happened(now, CONFIRMED, Notice(row.pk, row.stand, in_a_hurry=True))

    def _move_orders(self, now: datetime) -> None:
        """Issue one of both Weisungen, or take it back."""
        row = self.dice.choice(self.weisungen)
        if row.veroeffentlicht_am is None:
            row.weg, row.veroeffentlicht_am, row.veroeffentlicht_von = "pruefung", now, self.person
            row.sichtbar_ab = max(now, start_of(row.gueltig_ab)) if self.dice.random() < 0.3 else now
            self.changed.append(row)
            self.orders.happened(row.sichtbar_ab, UP, Notice(row.pk, row.gueltig_ab, row.gueltig_bis))
        elif row.zurueckgezogen_am is None:
            self._withdraw(row, self.orders, now)


TEXT = {"titel": "Probe", "inhalt": "<p>Text.</p>", "aenderungshinweis": "neu", "aenderungsart": "fachlich"}


@contextmanager
def triggers_off():
    """Let rows be put straight into the tables; constraints still hold."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


def begin(dice: random.Random, count: int, person: Any) -> list[Sequence]:
    """Return sequences in which nothing has happened, with their Arbeitsmittel and unissued Weisungen stored."""
    sequences = []
    for number in range(count):
        name = f"Probe {number} x"
        row = Arbeitsmittel(pk=1_000_000 + number, art=Art.EMB_AH, bezeichnung=name, slug=f"emb-ah-probe-{number}-x")
        sequences.append(Sequence(dice, person, row))
    with triggers_off():
        Arbeitsmittel.objects.bulk_create([sequence.arbeitsmittel for sequence in sequences])
        for number, sequence in enumerate(sequences):
            sequence.weisungen = [_weisung(dice, 2 * number + turn) for turn in (0, 1)]
        Weisung.objects.bulk_create([row for sequence in sequences for row in sequence.weisungen])
        Aufhebung.objects.bulk_create([_aufhebung(*sequence.weisungen) for sequence in sequences])
    return sequences


def _weisung(dice: random.Random, number: int) -> Weisung:
    begins = dice.choice(DAYS)
    nummer = f"{2000 + number // 9000:04}{1 + number // 900 % 10:02}{100 + number % 900}"
    return Weisung(
        pk=1_000_000 + number, nummer=nummer, slug=nummer, titel="Probe", datum=begins, gueltig_ab=begins,
        gueltig_bis=dice.choice([None, begins, dice.choice([day for day in DAYS if day >= begins])]),
    )  # fmt: skip


def _aufhebung(repealed: Weisung, repealing: Weisung) -> Aufhebung:
    return Aufhebung(
        pk=repealing.pk, weisung=repealing, reihenfolge=1, text="x", ziel_typ="weisung", ziel_nummer=repealed.nummer
    )


def store(sequences: list[Sequence]) -> None:
    """Write what has happened to all sequences in their last move."""
    new = [row for sequence in sequences for row in sequence.new]
    changed = [row for sequence in sequences for row in sequence.changed]
    columns = [
        "weg", "veroeffentlicht_am", "veroeffentlicht_von", "sichtbar_ab", "zurueckgezogen_am", "zurueckgezogen_von",
        "zurueckgezogen_art", "zurueckgezogen_grund", "eil_bestaetigt_am", "eil_bestaetigt_von",
    ]  # fmt: skip
    with transaction.atomic(), triggers_off():
        for model in (Fassung, Weisung):  # what makes room goes first
            model.objects.bulk_update([row for row in changed if isinstance(row, model)], columns)
        Fassung.objects.bulk_create(new)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE arbeitsmittel_fassung, weisungen_weisung, weisungen_aufhebung")
