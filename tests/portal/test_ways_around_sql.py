"""Ways past the history with SQL alone, as the portal's own database role could try them: each is refused."""

import io
from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction

from portal.history import acting_as
from portal.models import Benutzer, Dienststelle
from portal.provisioning import system_actor
from tests.factories import make_person, settle

pytestmark = pytest.mark.django_db

UNENTERED = "ohne ihren Eintrag in der Historie"
ENTRY = (
    "INSERT INTO portal_historicaldienststelle (id, name, art, history_change_reason, history_date, history_type,"
    " history_user_id) SELECT id, name, art, 'Grund', {moment}, '~', {actor} FROM public.portal_dienststelle"
    " WHERE id = {row}"
)


@pytest.fixture
def office() -> Dienststelle:
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE probe_app; CREATE ROLE probe_lesen")
    call_command("database_roles", app="probe_app", lesen="probe_lesen", ausfuehren=True, stdout=io.StringIO())
    with acting_as(system_actor(), "Test"):
        row = Dienststelle.objects.create(name="Agentur Nord", art="agentur")
    settle()
    return row


def as_app(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE probe_app")
        cursor.execute(sql)
        settle()
        cursor.execute("RESET ROLE")


def entry(row: int, moment: str = "now()") -> str:
    return ENTRY.format(row=row, moment=moment, actor=system_actor().pk)


def refused(sql: str, match: str = UNENTERED, fault: type[Exception] = IntegrityError) -> None:
    with pytest.raises(fault, match=match):
        as_app(sql)


def test_entry_by_sql_alone_is_possible(office):
    """What the refusals below are measured against: without the trick it passes."""
    as_app(f"UPDATE portal_dienststelle SET name = 'Neu' WHERE id = {office.pk}; {entry(office.pk)}")
    assert office.history.count() == 2


def test_temporary_table_does_not_mislead_the_commit_guard(office):
    copy = "CREATE TEMP TABLE portal_dienststelle AS SELECT * FROM public.portal_dienststelle"
    refused(f"{copy}; UPDATE public.portal_dienststelle SET name = 'Heimlich' WHERE id = {office.pk}")


def test_temporary_table_does_not_mislead_the_guard_of_roles(office):
    person = make_person("rolle", role="Redaktion")
    settle()
    copy = "CREATE TEMP TABLE portal_benutzer_groups AS SELECT * FROM public.portal_benutzer_groups"
    refused(f"{copy}; DELETE FROM public.portal_benutzer_groups WHERE benutzer_id = {person.pk}")


def test_every_function_of_a_trigger_has_a_search_path_of_its_own(office):
    """So no temporary table stands before a real one; `portal_refuse` and those of the library look into none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND NOT EXISTS ("
            "SELECT FROM unnest(proconfig) setting WHERE setting LIKE 'search\\_path=%')"
            " AND (prorettype = 'trigger'::regtype OR prosecdef OR proname = 'portal_wrote')"
            " AND proname <> 'portal_refuse' AND proname NOT LIKE 'pgtrigger%' ORDER BY 1"
        )
        assert cursor.fetchall() == []


def test_key_never_changes(office):
    """Under the old key the row would be gone without an entry."""
    moved = office.pk + 1000
    refused(f"UPDATE portal_dienststelle SET id = {moved} WHERE id = {office.pk}; {entry(moved)}")


def test_role_is_not_handed_on(office):
    """The person who gets it may have an entry; the one who loses it has none."""
    giver, taker = make_person("geber", role="Redaktion"), make_person("nehmer")
    settle()

    def hand_on(how: Callable[[], None]) -> None:
        with transaction.atomic(), acting_as(system_actor(), "Rolle gegeben"):
            how()
            taker.save()  # the entry with what the taker has now
            settle()

    def move() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE portal_benutzer_groups SET benutzer_id = %s WHERE benutzer_id = %s", [taker.pk, giver.pk]
            )

    with pytest.raises(IntegrityError, match=UNENTERED):
        hand_on(move)
    assert Benutzer.objects.get(pk=giver.pk).groups.count() == 1


def test_roles_are_not_emptied(office):
    make_person("rolle", role="Redaktion")
    settle()
    with pytest.raises(IntegrityError, match="Gelöscht wird hier nichts"), transaction.atomic():
        connection.cursor().execute("TRUNCATE portal_benutzer_groups")


@pytest.mark.parametrize("moment", ["'infinity'", "'-infinity'", "'20000-01-01'", "'0044-03-15 BC'"])
def test_moment_that_nobody_can_show_is_refused(office, moment):
    """The timeline and the proof could not read it, ever again."""
    refused(entry(office.pk, moment), "Zeitpunkt, den es gibt")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE auth_group SET name = 'Neu' WHERE name = 'Freigabe'",
        "INSERT INTO auth_group_permissions (group_id, permission_id) VALUES (1, 1)",
        "INSERT INTO portal_historicaldienststelle (history_id) VALUES (-5)",
    ],
)
def test_rights_of_the_portal_end_at_roles_and_numbers(office, statement):
    refused(statement, "permission denied", DatabaseError)
