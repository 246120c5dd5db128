"""The history prints values as people write them."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import Group

from portal.freigabe import Weg
from portal.history import acting_as
from portal.history_words import in_words
from portal.provisioning import system_actor
from tests.factories import make_person
from tests.test_pages import words
from tests.weisungen.redaktion_forms import client_of


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (datetime(2024, 7, 1, 22, 30, tzinfo=UTC), "02.07.2024, 00:30 Uhr"),
        (date(2024, 1, 2), "02.01.2024"),
        (True, "ja"),
        (False, "nein"),
        ("eil", "Eilfreigabe"),
        ("", ""),
        ("freier Text", "freier Text"),
        (None, None),
        (7, 7),
    ],
)
def test_value_in_words(value, expected):
    assert in_words(value, dict(Weg.choices)) == expected


@pytest.mark.django_db
def test_groups_of_a_person_are_called_roles():
    person = make_person("dora", role="Redaktion")
    with acting_as(system_actor(), "Wechsel"):
        person.groups.set([Group.objects.get(name="Freigabe")])
    admin = client_of(make_person("berta", role="Administration"))
    page = words(admin.get(f"/redaktion/portal/benutzer/{person.pk}/history/"))
    assert "Rollen" in page
    assert "Gruppen" not in page
