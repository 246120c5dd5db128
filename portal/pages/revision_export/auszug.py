"""The seam to the reviewers' pages: the filter of an address becomes rows, and words that say what was filtered."""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from portal.auftraege import Refused
from portal.models import Eintrag
from portal.pages.revision.auswahl import GESICHTET, VORGAENGE, Auswahl, read_auswahl
from portal.pages.revision.blaettern import Blatt
from portal.pages.revision.treffer import Treffer, found_by
from portal.pages.revision.zeilen import lines_of, stream_of_log_ins
from portal.tabellen import Cell

COLUMNS = (
    "Nummer", "Eingetragen am", "Zeitpunkt laut Eintrag", "Vorgang", "Gegenstand", "Person", "Dienststelle",
    "Begründung", "Prüfsumme",
)  # fmt: skip
WIDTHS = (10, 19, 19, 24, 36, 30, 30, 70, 66)  # characters of each column
_FIELDS = (
    "nummer", "erfasst_am", "zeitpunkt", "vorgang", "bezeichnung", "person_name", "dienststelle_name", "grund", "hash",
)  # fmt: skip
CHUNK = 2000  # rows in memory
_LOG_IN = 1  # number of that stream on a page of the timeline


@dataclass(frozen=True)
class Auszug:
    """A filtered list as of the newest entry when it was read: what comes later does not change it."""

    worte: list[tuple[str, str]]  # what is filtered by, empty for everything
    kopf: tuple[int, str]  # number and checksum of the newest entry of the chain
    eintraege: QuerySet | None
    anmeldungen: QuerySet | None

    def count(self, limit: int) -> int:
        """Return how many rows there are, at most `limit` + 1 of each stream."""
        streams = [rows for rows in (self.eintraege, self.anmeldungen) if rows is not None]
        return sum(rows.order_by()[: limit + 1].count() for rows in streams)

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """Yield the rows, newest first, from cursors of the server: a million needs no more memory than ten."""
        entries, log_ins = _entries(self.eintraege), _log_ins(self.anmeldungen)
        return (row for _moment, row in heapq.merge(entries, log_ins, key=lambda dated: dated[0], reverse=True))


def auszug_of(query: str) -> Auszug:
    """Return the list that the query part of an address of the timeline shows.

    Raises Refused where the filter cannot be read: what is incomplete must not look whole.
    """
    auswahl = read_auswahl(QueryDict(query))
    treffer = found_by(auswahl)
    if treffer.fehler:
        raise Refused(" ".join(treffer.fehler))
    kopf = head()
    eintraege = treffer.eintraege.filter(nummer__lte=kopf[0]) if treffer.eintraege is not None else None
    return Auszug(words_of(auswahl, treffer), kopf, eintraege, treffer.anmeldungen)


def head() -> tuple[int, str]:
    """Return number and checksum of the newest entry of the chain."""
    return Eintrag.objects.order_by("-nummer").values_list("nummer", "hash").first() or (0, "")


def words_of(auswahl: Auswahl, treffer: Treffer) -> list[tuple[str, str]]:
    """Return what is filtered by, as label and words."""
    von, bis = auswahl.von, auswahl.bis
    said = [
        ("Person", auswahl.person),
        ("Dienststelle", dict(treffer.dienststellen).get(auswahl.dienststelle, "")),
        ("Arbeitsmittel oder Weisung", auswahl.objekt),
        ("Vorgang", ", ".join(VORGAENGE[kind] for kind in auswahl.vorgaenge)),
        ("Von", f"{von:%d.%m.%Y}" if von else ""),
        ("Bis", f"{bis:%d.%m.%Y}" if bis else ""),
        ("Worte der Begründung", auswahl.worte),
        ("Durchsicht", GESICHTET.get(auswahl.gesichtet, "")),
    ]
    return [(label, words) for label, words in said if words]


def _entries(rows: QuerySet | None) -> Iterator[tuple[datetime, tuple[Cell, ...]]]:
    if rows is None:
        return
    for row in rows.order_by("-nummer").values_list(*_FIELDS).iterator(chunk_size=CHUNK):
        nummer, erfasst, zeitpunkt, vorgang, *rest = row
        yield erfasst, (nummer, erfasst, zeitpunkt, VORGAENGE.get(vorgang, vorgang), *rest)


def _log_ins(rows: QuerySet | None) -> Iterator[tuple[datetime, tuple[Cell, ...]]]:
    stream = stream_of_log_ins(rows)  # a typed name is shown only where somebody of that name exists
    if stream.rows is None:
        return
    found: Iterator[Any] = stream.rows.order_by("-pk").iterator(chunk_size=CHUNK)
    while some := list(islice(found, CHUNK)):
        lines = lines_of(Blatt([(_LOG_IN, row) for row in some], None, None))
        for row, line in zip(some, lines, strict=True):
            moment = row[stream.zeit]
            yield moment, (None, moment, None, line.vorgang, line.gegenstand, line.person, "", line.grund, "")


def counted(rows: Iterator[tuple[Cell, ...]], total: int, progress: Any) -> Iterator[tuple[Cell, ...]]:
    """Yield the same rows, and tell the progress."""
    for done, row in enumerate(rows, start=1):
        progress(done, total)
        yield row
