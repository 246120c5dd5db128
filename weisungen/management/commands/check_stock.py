"""manage.py check_stock: the rules of the checks over everything that applies today, in the order of lists."""

import json
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from tqdm import tqdm

from arbeitsmittel.checks import check_current, with_text
from arbeitsmittel.models import Fassung
from portal.befund import RANG, Befund, answered
from portal.stichtag import Stichtag, on_day, today
from portal.zeitpunkt import parse_day
from weisungen.checks import check_in_force, in_force
from weisungen.models import Weisung

# In a summary: one, several.
_NUMBERED = {
    "fehler": ("Fehler", "Fehler"),
    "warnung": ("Warnung", "Warnungen"),
    "hinweis": ("Hinweis", "Hinweise"),
}


@dataclass
class Summe:
    """What the run came to. An answered warning is one whose reason was given at the release."""

    geprueft: int
    befunde: Counter[str]
    begruendet: int = 0

    def sentence(self) -> str:
        counted = [f"{self.befunde[s]} {_NUMBERED[s][self.befunde[s] != 1]}" for s in RANG if self.befunde[s]]
        reasoned = f", {self.begruendet} begründet" if self.begruendet else ""
        return f"{self.geprueft} geprüft: {', '.join(counted) or 'keine Befunde'}{reasoned}."


class Command(BaseCommand):
    help = "Prüft alle geltenden Fassungen und Weisungen; endet mit Status 1, wenn es Fehler gibt."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="alle Angaben als JSON")
        parser.add_argument("--schwere", choices=list(RANG), default="hinweis", help="zeigen ab dieser Schwere")
        parser.add_argument("--stichtag", metavar="TT.MM.JJJJ", help="was an diesem Tag gilt (sonst: heute)")

    def handle(self, *args: Any, **options: Any) -> None:
        stichtag = _stichtag(options["stichtag"])
        summe = Summe(0, Counter())
        write = self._as_json if options["json"] else self._as_text
        write(self._findings(stichtag, summe, options["schwere"]), summe)
        if summe.befunde["fehler"]:
            raise CommandError(f"Im Bestand gibt es Fehler: {summe.sentence()}")

    def _findings(self, stichtag: Stichtag, summe: Summe, least: str) -> Iterator[tuple[Fassung | Weisung, Befund]]:
        total = with_text(stichtag).count() + in_force(stichtag).count()
        with tqdm(total=total, desc="Prüfen", unit="Text", disable=None) as progress:
            for checked in (check_current(stichtag), check_in_force(stichtag)):
                for row, findings in checked:
                    summe.geprueft += 1
                    progress.update()
                    yield from ((row, befund) for befund in self._open(row, findings, summe, least))

    def _open(self, row: Fassung | Weisung, findings: list[Befund], summe: Summe, least: str) -> Iterator[Befund]:
        for befund in findings:
            if answered(befund, row.begruendungen):
                summe.begruendet += 1
                continue
            summe.befunde[befund.schwere] += 1
            if RANG[befund.schwere] <= RANG[least]:
                yield befund

    def _as_text(self, findings: Iterator[tuple[Fassung | Weisung, Befund]], summe: Summe) -> None:
        before = None
        for row, befund in findings:
            if row is not before:
                self.stdout.write(str(row))
                before = row
            self.stdout.write(f"  {befund.schwere.upper()} {befund.code}: {befund.text} {befund.rat}")
        self.stdout.write(summe.sentence())

    def _as_json(self, findings: Iterator[tuple[Fassung | Weisung, Befund]], summe: Summe) -> None:
        """Written as it is found, so that a large stock needs no more memory than a small one."""
        self.stdout.write('{"befunde": [')
        comma = ""
        for row, befund in findings:
            entry = {"objekt": str(row), "adresse": row.get_absolute_url(), **asdict(befund)}
            entry["schluessel"] = befund.schluessel
            self.stdout.write(comma + json.dumps(entry, ensure_ascii=False), ending="")
            comma = ",\n"
        counts = {**{s: summe.befunde[s] for s in RANG}, "begruendet": summe.begruendet, "geprueft": summe.geprueft}
        self.stdout.write(f'\n], "summe": {json.dumps(counts)}}}')


def _stichtag(text: str | None) -> Stichtag:
    now = timezone.now()
    if not text:
        return today(now)
    tag = parse_day(text)
    if tag is None:
        raise CommandError(f"„{text}“ ist kein Datum; erwartet wird zum Beispiel 02.01.2024.")
    return on_day(tag, now)
