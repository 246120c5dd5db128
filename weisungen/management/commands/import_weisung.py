"""manage.py import_weisung FILE…: reads published Weisungen and stores them, or shows what it would store."""

import json
from argparse import ArgumentParser
from itertools import groupby
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone
from tqdm import tqdm

from portal.models import Benutzer
from portal.roles import SYSTEM_USERNAME
from weisungen.importing import ImportRefused, Vorschlag, read_weisung
from weisungen.importing.decoding import text_of
from weisungen.importing.refusal import faults_of
from weisungen.importing.storing import Ergebnis, store_weisung
from weisungen.models import Weisung

MAX_BYTES = 5_000_000
SHOWN = 3
RANG = {"fehler": 0, "warnung": 1, "hinweis": 2}


class Command(BaseCommand):
    help = "Liest veröffentlichte Weisungen (Markdown oder Text) ein. Mehrere Dateien gelten zusammen oder gar nicht."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("dateien", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="nur zeigen, nichts speichern")
        parser.add_argument(
            "--json", action="store_true", help="den Vorschlag mit Belegen und Befunden als JSON zeigen"
        )
        parser.add_argument(
            "--user", default=SYSTEM_USERNAME, metavar="NAME", help="unter wessen Namen gespeichert wird"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        read = self._read_all(options["dateien"])
        if options["json"]:
            proposals = [vorschlag.as_json() for _path, _text, vorschlag in read]
            self.stdout.write(
                json.dumps(proposals[0] if len(proposals) == 1 else proposals, ensure_ascii=False, indent=2)
            )
        else:
            for path, _text, vorschlag in read:
                self._report(path, vorschlag)
        # With --json, standard output is the proposal alone.
        out = self.stderr if options["json"] else self.stdout
        if _database_is_set_up():
            done = self._store_all(read, options["user"], keep=not options["dry_run"])
        elif options["dry_run"]:
            done = self._check_all(read)
            out.write("Die Datenbank ist noch nicht eingerichtet; geprüft wurde nur der Text.")
        else:
            raise CommandError("Die Datenbank ist noch nicht eingerichtet; bitte zuerst „make run“ aufrufen.")
        for ergebnis in done:
            if ergebnis.status != "neu" or not options["dry_run"]:
                out.write(_sentence(ergebnis))
        if options["dry_run"]:
            out.write("Probelauf: Es wurde nichts gespeichert.")

    def _read_all(self, paths: list[Path]) -> list[tuple[Path, str, Vorschlag]]:
        """Read every file before anything is written; all faults of all files are named at once."""
        read, faults = [], []
        for path in tqdm(paths, desc="Lesen", unit="Datei", disable=len(paths) < 2):
            try:
                text = _text_of(path)
                read.append((path, text, read_weisung(text)))
            except ImportRefused as refused:
                faults += [f"{path.name}: {fault}" for fault in refused.faults]
        if faults:
            raise CommandError("\n".join(faults))
        return read

    def _check_all(self, read: list[tuple[Path, str, Vorschlag]]) -> list[Ergebnis]:
        """What a dry run can say where nothing can be stored yet: whether a text has faults."""
        faults = [f"{path.name}: {fault}" for path, text, vorschlag in read for fault in faults_of(vorschlag, text)]
        if faults:
            raise CommandError("\n".join(faults))
        return []

    def _store_all(self, read: list[tuple[Path, str, Vorschlag]], username: str, *, keep: bool) -> list[Ergebnis]:
        """Store all or none. A dry run does the same and takes it back, so that it refuses what the real one would."""
        user = Benutzer.objects.filter(username__iexact=username).first()
        if user is None:
            raise CommandError(f"Eine Person mit dem Namen „{username}“ gibt es nicht.")
        if user.username != SYSTEM_USERNAME and not user.has_perm("weisungen.add_weisung"):
            raise CommandError(f"{user} ({user.username}) darf keine Weisungen einstellen.")
        now, done, faults = timezone.now(), [], []
        with transaction.atomic():
            for path, text, vorschlag in tqdm(read, desc="Speichern", unit="Weisung", disable=len(read) < 2):
                try:
                    done.append(store_weisung(vorschlag, quelltext=text, quelle=path.name, user=user, now=now))
                except ImportRefused as refused:
                    faults += [f"{path.name}: {fault}" for fault in refused.faults]
            if faults or not keep:
                transaction.set_rollback(True)
        if faults:
            raise CommandError("\n".join(faults))
        return done

    def _report(self, path: Path, vorschlag: Vorschlag) -> None:
        arbeitsmittel = len({zitat.kennung for zitat in vorschlag.zitate})
        self.stdout.write(
            f"{path.name}: {vorschlag.typ} {vorschlag.kopf.nummer}, „{vorschlag.kopf.titel}“, "
            f"{len(vorschlag.abschnitte)} Abschnitte, "
            f"{len(vorschlag.zitate)} Zitate von {arbeitsmittel} Arbeitsmitteln."
        )
        # Findings of one kind stand together, the many of a long list shortened: --json has all of them.
        befunde = sorted(vorschlag.befunde, key=lambda befund: (RANG[befund.schwere], befund.code))
        for (schwere, code), same in groupby(befunde, key=lambda befund: (befund.schwere, befund.code)):
            texts = [befund.text for befund in same]
            for text in texts[:SHOWN]:
                self.stdout.write(f"  {schwere.upper()} {code}: {text}")
            if len(texts) > SHOWN:
                self.stdout.write(f"  … und {len(texts) - SHOWN} weitere dieser Art (alle mit --json)")


def _database_is_set_up() -> bool:
    return Weisung._meta.db_table in connection.introspection.table_names()


def _text_of(path: Path) -> str:
    """Return the text of a file with newlines as \\n. Raises ImportRefused where it is no readable UTF-8 text."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ImportRefused([f"Zeile 1: Die Datei ist größer als {MAX_BYTES // 1_000_000} MB."])
        content = path.read_bytes()
    except OSError as error:
        raise ImportRefused([f"Die Datei kann nicht gelesen werden ({error.strerror})."]) from error
    return text_of(content)


def _sentence(ergebnis: Ergebnis) -> str:
    if ergebnis.status == "unveraendert":
        return f"{ergebnis.weisung}: liegt schon genau so im Portal vor, nichts geändert."
    if ergebnis.status == "andere-schreibweise":
        return f"{ergebnis.weisung}: gleicher Inhalt, andere Schreibweise; nichts geändert."
    return (
        f"{ergebnis.weisung}: gespeichert, neu im Portal sind {ergebnis.neue_arbeitsmittel} Arbeitsmittel "
        f"und {ergebnis.neue_staende} Stände."
    )
