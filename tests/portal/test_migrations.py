"""Every migration can be taken back, triggers and functions included, and put on again."""

import hashlib

import pytest
from django.core.management import call_command
from django.db import connection

from arbeitsmittel.models import Fassung
from portal.provisioning import system_actor

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def ours() -> set[str]:
    """Tables, and functions that a migration of ours made, as the database has them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT proname FROM pg_proc WHERE proname ~ '^(portal|arbeitsmittel|weisungen|such)_'")
        functions = {name for (name,) in cursor.fetchall()}
    tables = connection.introspection.table_names()
    return functions | {name for name in tables if name.startswith(("portal_", "arbeitsmittel_", "weisungen_"))}


def test_migrations_go_back_to_nothing_and_forth_again():
    before = ours()
    assert {"portal_refuse", "such_vektor", "weisungen_weisung"} <= before
    for app in ("weisungen", "arbeitsmittel", "admin", "portal"):
        call_command("migrate", app, "zero", verbosity=0)
    assert ours() == set()
    call_command("migrate", verbosity=0)
    assert ours() == before


def test_rows_released_before_the_steps_get_their_way_and_visibility():
    """Rows as the first version left them: a Fassung and a Stand without text, both released, with their history."""
    call_command("migrate", "weisungen", "0001", verbosity=0)
    call_command("migrate", "arbeitsmittel", "0001", verbosity=0)
    person = system_actor().pk
    with connection.cursor() as cursor:
        cursor.execute(OLD_ROWS, {"person": person, "sha": hashlib.sha256(b"%PDF").hexdigest()})
    call_command("migrate", verbosity=0)
    rows = Fassung.objects.order_by("stand")
    assert [(row.weg, row.sichtbar_ab == row.veroeffentlicht_am) for row in rows] == [
        ("pruefung", True),
        ("uebernahme", True),
    ]
    newest = rows[0].history.first()
    assert (newest.history_user_id, newest.weg, newest.sichtbar_ab) == (person, "pruefung", rows[0].sichtbar_ab)
    assert "nachgetragen" in newest.history_change_reason


OLD_ROWS = """
INSERT INTO arbeitsmittel_arbeitsmittel (art, bezeichnung, slug) VALUES ('glf-sc', '3.001', 'glf-sc-3.001');
INSERT INTO arbeitsmittel_fassung (arbeitsmittel_id, stand, stand_nur_monat, titel, inhalt, aenderungshinweis,
  aenderungsart, quelle, veroeffentlicht_am, veroeffentlicht_von_id, zurueckgezogen_grund)
SELECT id, date '2020-01-01', false, 'Titel', '<p>Text</p>', 'neu', 'fachlich', '', now(), %(person)s, ''
FROM arbeitsmittel_arbeitsmittel
UNION ALL SELECT id, date '2021-01-01', false, '', '', '', '', 'Weisung', now(), %(person)s, ''
FROM arbeitsmittel_arbeitsmittel;
INSERT INTO arbeitsmittel_fassungpdf (fassung_id, inhalt, sha256)
SELECT id, convert_to('%%PDF', 'UTF8'), %(sha)s FROM arbeitsmittel_fassung WHERE inhalt <> '';
"""
