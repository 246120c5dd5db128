"""Every migration can be taken back, triggers and functions included, and put on again."""

import pytest
from django.core.management import call_command
from django.db import connection

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
