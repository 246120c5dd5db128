"""A command of django-simple-history that would rewrite the record (domain rule 5)."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError


class RefusedCommand(BaseCommand):
    """Says that it is refused, whatever its options are. `what`: what it would have done."""

    help = "Gibt es hier nicht: Die Historie wird nur fortgeschrieben."
    what = ""

    def run_from_argv(self, argv: list[str]) -> None:
        super().run_from_argv(argv[:2])

    def handle(self, *args: Any, **options: Any) -> None:
        raise CommandError(f"{self.what} gibt es nicht: Die Historie wird nur fortgeschrieben.")
