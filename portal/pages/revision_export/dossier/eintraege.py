"""The part of the chain that is about one object, with everything that its checksums cover."""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import ProgrammingError, connection, transaction
from django.db.models import QuerySet
from psycopg import errors, sql

from portal.ledger.entries import COVERED, entry_text, sha256, utc
from portal.ledger.payload import payload
from portal.models import Eintrag, Spaltenliste

CHUNK = 50  # entries at once: each may bring a whole text
STRIP_CHUNK = 5000
LONGEST_STRIP = 100_000  # entries after the first one of the dossier
_TIMES = ("zeitpunkt", "erfasst_am")


def entry_lines(eintraege: QuerySet[Eintrag]) -> Iterator[str]:
    """Yield each entry as a line of JSON: what is covered, its place in the chain, the text of its history row.

    A row that cannot be read is null: the dossier is made all the same, and the checker names the entry.
    """
    read = eintraege.select_related("spalten").iterator(chunk_size=CHUNK)
    while some := list(islice(read, CHUNK)):
        texts = row_texts(some)
        for eintrag in some:
            line = {
                "eintrag": _covered(eintrag),
                "vorher_hash": eintrag.vorher_hash,
                "hash": eintrag.hash,
                "inhalt": texts.get((eintrag.tabelle, eintrag.zeile)),
            }
            yield json.dumps(line, ensure_ascii=False) + "\n"


def _covered(eintrag: Eintrag) -> dict[str, Any]:
    values = {name: getattr(eintrag, name) for name in COVERED}
    values |= {name: utc(values[name]) for name in _TIMES}
    return values | {"spalten": eintrag.spalten.pruefsumme}


def row_texts(eintraege: Sequence[Eintrag]) -> dict[tuple[str, int], str]:
    """Return the text of each history row as it is hashed: a query for each table and list of columns."""
    wanted: dict[tuple[str, Spaltenliste], list[int]] = defaultdict(list)
    for eintrag in eintraege:
        wanted[eintrag.tabelle, eintrag.spalten].append(eintrag.zeile)
    texts = {}
    for (table, columns), rows in wanted.items():
        texts |= {(table, row): text for row, text in _texts(table, columns.spalten, rows)}
    return texts


def _texts(table: str, columns: list[str], rows: list[int]) -> list[tuple[int, str]]:
    query = sql.SQL("SELECT h.history_id, {} FROM {} h WHERE h.history_id = ANY(%s)")
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(query.format(payload(columns), sql.Identifier(table)), [rows])
            return cursor.fetchall()
    except ProgrammingError as fault:
        if isinstance(fault.__cause__, errors.UndefinedTable | errors.UndefinedColumn):
            return []  # a later release took the column away
        raise


def column_lists(eintraege: QuerySet[Eintrag]) -> list[dict[str, Any]]:
    """Return the lists of columns that the entries name by their checksums."""
    lists = Spaltenliste.objects.filter(pk__in=eintraege.order_by().values("spalten")).order_by("tabelle", "pk")
    return list(lists.values("tabelle", "spalten", "pruefsumme"))


def strip_lines(first: int, last: int) -> Iterator[str]:
    """Yield the checksum of each entry from one number to another, those of other objects too; a line each.

    They say nothing about these entries, but the chain can be followed with them.
    """
    names = ["spalten__pruefsumme" if name == "spalten" else name for name in COVERED]
    entries = Eintrag.objects.filter(nummer__range=(first, last)).order_by("nummer").values_list(*names)
    for values in entries.iterator(chunk_size=STRIP_CHUNK):
        yield sha256(entry_text(dict(zip(COVERED, values, strict=True)))) + "\n"
