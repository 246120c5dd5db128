import io

import pytest
from django.core.management import CommandError, call_command

from portal.models import Benutzer

pytestmark = pytest.mark.django_db


def add_person(monkeypatch, password: str, *arguments: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(password + "\n"))
    call_command("add_person", *arguments, stdout=io.StringIO())


def test_add_person_gives_roles_and_enters_the_history(monkeypatch):
    add_person(monkeypatch, "ein langes Kennwort", "mueller", "--rolle", "Redaktion", "--rolle", "Revision")
    person = Benutzer.objects.get(username="mueller")
    assert person.check_password("ein langes Kennwort")
    assert set(person.groups.values_list("name", flat=True)) == {"Redaktion", "Revision"}
    assert {entry.history_user.username for entry in person.history.all()} == {"system"}


def test_add_person_refuses_weak_password_and_taken_name(monkeypatch):
    with pytest.raises(CommandError, match="zu kurz"):
        add_person(monkeypatch, "kurz", "mueller", "--rolle", "Redaktion")
    add_person(monkeypatch, "ein langes Kennwort", "mueller", "--rolle", "Redaktion")
    with pytest.raises(CommandError):
        add_person(monkeypatch, "ein langes Kennwort", "Mueller", "--rolle", "Redaktion")
    assert Benutzer.objects.filter(username__iexact="mueller").count() == 1
