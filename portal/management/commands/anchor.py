"""manage.py anchor: the signed head of the chain, for a place outside of the portal."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from portal.ledger.anchor import head


class Command(BaseCommand):
    help = "Hängt den unterschriebenen Kopf der Kette an eine Datei an, mit ANCHOR_MAIL_TO auch als E-Mail."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("datei", type=Path, help="wird angelegt oder verlängert; gehört auf ein anderes System")

    def handle(self, *args: Any, **options: Any) -> None:
        anchor = head(timezone.now())
        try:
            with options["datei"].open("a", encoding="utf-8") as file:
                file.write(anchor.line() + "\n")
        except OSError as fault:
            raise CommandError(f"Die Datei {options['datei']} lässt sich nicht schreiben: {fault.strerror}.") from fault
        self.stdout.write(f"Anker bei Eintrag {anchor.nummer}: {options['datei']}")
        if settings.ANCHOR_MAIL_TO:
            self._mail(anchor.nummer, anchor.line())

    def _mail(self, nummer: int, line: str) -> None:
        text = f"Diese Zeile bitte aufbewahren. Mit ihr lässt sich prüfen, ob später etwas fehlt.\n\n{line}\n"
        try:
            send_mail(f"Arbeitsmittelportal: Anker bei Eintrag {nummer}", text, None, settings.ANCHOR_MAIL_TO)
        except OSError as fault:
            raise CommandError(f"Der Anker steht in der Datei, aber die E-Mail ging nicht hinaus: {fault}") from fault
        self.stdout.write(f"E-Mail an {', '.join(settings.ANCHOR_MAIL_TO)}")
