"""manage.py database_roles: rights for a database role of the portal and one that only reads."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, connection, transaction

from portal.ledger.grants import statements


class Command(BaseCommand):
    help = (
        "Gibt das SQL aus, das zwei vorhandenen Datenbankrollen ihre Rechte gibt, oder führt es als Eigentümer aus. "
        "Nach jedem migrate zu wiederholen."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--app", required=True, metavar="ROLLE", help="mit ihr arbeitet das Portal")
        parser.add_argument("--lesen", required=True, metavar="ROLLE", help="liest nur, für Prüfung und Berichte")
        parser.add_argument("--ausfuehren", action="store_true", help="gleich ausführen statt ausgeben")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["app"] == options["lesen"]:
            raise CommandError("Die beiden Rollen müssen verschieden sein.")
        found = list(statements(app=options["app"], reader=options["lesen"]))
        if not options["ausfuehren"]:
            for statement in found:
                self.stdout.write(statement.as_string() + ";")
            return
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                for statement in found:
                    cursor.execute(statement)
        except DatabaseError as fault:
            first = str(fault).partition("\n")[0]
            raise CommandError(f"Die Rechte ließen sich nicht vergeben: {first}") from fault
        self.stdout.write(f"{options['app']} und {options['lesen']} haben ihre Rechte.")
