"""manage.py verify: holds everything that is stored against the chain, and the chain against anchors kept outside."""

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from tqdm import tqdm

from portal.ledger.anchor import Anchor, AnchorUnreadable, check_anchors, read_anchors
from portal.ledger.verify import Mangel, Progress, verify
from portal.models import Eintrag


class Bar(Progress):
    """One bar a check, on the error output, so that the findings can go into a file."""

    def __init__(self, stream: Any) -> None:
        self.stream, self.bar = stream, None

    def begin(self, name: str, total: int) -> None:
        self.end()
        self.bar = tqdm(desc=name, total=total or None, file=self.stream, leave=False, unit=" Zeilen")

    def advance(self, rows: int) -> None:
        if self.bar is not None:
            self.bar.update(rows)

    def end(self) -> None:
        if self.bar is not None:
            self.bar.close()


class Command(BaseCommand):
    help = (
        "Prüft, ob am Bestand und an der Historie etwas verändert wurde; endet mit Status 1, wenn etwas nicht stimmt."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--anchor", action="append", default=[], metavar="DATEI", type=Path,
            help="Datei mit Ankern (manage.py anchor); mehrfach möglich",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        anchors = [anchor for file in options["anchor"] for anchor in _anchors_of(file)]
        bar = Bar(self.stderr._out)
        found = 0
        with transaction.atomic():
            _see_one_state()
            for mangel in self._findings(bar, anchors):
                found += 1
                self.stdout.write(str(mangel))
            entries = Eintrag.objects.order_by("-nummer").values_list("nummer", flat=True).first() or 0
        bar.end()
        held = f", {len(anchors)} Anker" if anchors else ""
        if found:
            raise CommandError(f"{'Ein Mangel' if found == 1 else f'{found} Mängel'} bei {entries} Einträgen{held}.")
        self.stdout.write(f"Alles stimmt: {entries} Einträge{held}.")

    def _findings(self, bar: Bar, anchors: list[Anchor]) -> Iterator[Mangel]:
        yield from check_anchors(anchors)
        yield from verify(bar)


def _anchors_of(file: Path) -> list[Anchor]:
    try:
        return read_anchors(file.read_text(encoding="utf-8").splitlines())
    except OSError as fault:
        raise CommandError(f"Die Datei {file} lässt sich nicht lesen: {fault.strerror}.") from fault
    except UnicodeDecodeError as fault:
        raise CommandError(f"{file} ist keine Ankerdatei.") from fault
    except AnchorUnreadable as fault:
        raise CommandError(f"{file}: {fault}") from fault


def _see_one_state() -> None:
    """Let all queries see the same moment while the portal is used; inside another transaction that is too late."""
    if connection.savepoint_ids:
        return
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
