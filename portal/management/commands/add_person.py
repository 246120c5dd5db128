"""manage.py add_person: the first people of an installation; everybody else is added in the Administration."""

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from portal.history import acting_as
from portal.models import Benutzer
from portal.provisioning import system_actor
from portal.roles import ROLES


class Command(BaseCommand):
    help = "Legt eine Person mit Rollen an. Das Kennwort wird erfragt oder von der Standardeingabe gelesen."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="Anmeldename")
        parser.add_argument("--rolle", action="append", required=True, choices=list(ROLES), help="mehrfach möglich")
        parser.add_argument("--vorname", default="")
        parser.add_argument("--nachname", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        person = Benutzer(username=options["name"], first_name=options["vorname"], last_name=options["nachname"])
        password = getpass.getpass("Kennwort: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
        person.set_password(password)
        try:
            person.full_clean()
            validate_password(password, person)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        with transaction.atomic(), acting_as(system_actor(), "Angelegt mit add_person"):
            person.save()
            person.groups.set(Group.objects.filter(name__in=options["rolle"]))
        self.stdout.write(f"{person.username}: angelegt mit {', '.join(options['rolle'])}.")
