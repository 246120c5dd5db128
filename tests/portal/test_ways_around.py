"""Every known way to write past the history of django-simple-history: each leaves an entry, or is refused at commit.

The list is that of the library's own issues and of trials (README, decisions). A refusal comes with the commit; the
tests fire it with `settle`.
"""

import io
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core import serializers
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import F, ProtectedError
from django.db.models.signals import post_save
from simple_history.utils import bulk_create_with_history, bulk_update_with_history, update_change_reason

from arbeitsmittel.models import Fassung
from portal.history import ActorMissing, acting_as
from portal.models import Benutzer, Dienststelle, Eintrag
from portal.provisioning import system_actor
from tests.factories import make_fassung, make_person, settle

pytestmark = pytest.mark.django_db

UNENTERED = "ohne ihren Eintrag in der Historie"


@pytest.fixture
def office() -> Dienststelle:
    with acting_as(system_actor(), "Test"):
        row = Dienststelle.objects.create(name="Agentur Nord", art="agentur")
    settle()
    return row


@pytest.fixture
def draft() -> Fassung:
    row = make_fassung(published=False)
    settle()
    return row


def commit(write: Callable[[], Any]) -> None:
    """Write in a transaction, and let everything fire that waits for its commit."""
    with transaction.atomic(), acting_as(system_actor(), "Test"):
        write()
        settle()


def refused(
    write: Callable[[], Any], match: str | None = UNENTERED, fault: type[Exception] | tuple = IntegrityError
) -> None:
    with pytest.raises(fault, match=match):
        commit(write)


def execute(sql: str, *parameters: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)


def test_update_of_a_queryset_is_refused(office, draft):
    refused(lambda: Dienststelle.objects.filter(pk=office.pk).update(name="Anders"))
    refused(lambda: Fassung.objects.update(titel="Anders"))


def test_bulk_create_is_refused(office):
    refused(lambda: Dienststelle.objects.bulk_create([Dienststelle(name="Zweite", art="agentur")]))


def test_bulk_update_is_refused(office):
    office.name = "Anders"
    refused(lambda: Dienststelle.objects.bulk_update([office], ["name"]))


def test_raw_sql_is_refused(office):
    refused(lambda: execute("UPDATE portal_dienststelle SET name = 'Anders'"))
    refused(lambda: execute("INSERT INTO portal_dienststelle (name, art) VALUES ('Zweite', 'agentur')"))


def test_raw_delete_is_refused(office):
    refused(lambda: Dienststelle.objects.filter(pk=office.pk)._raw_delete("default"), "Gelöscht wird hier nichts")


def test_phantom_of_update_fields_is_refused(office):
    office.name, office.art = "Nie gespeichert", "zentrale"
    refused(lambda: office.save(update_fields=["art"]))


def test_phantom_of_a_stale_bulk_update_is_refused(office):
    stale = Dienststelle.objects.get(pk=office.pk)
    with acting_as(system_actor(), "Test"):
        office.name = "Neuer Name"
        office.save()
    settle()
    stale.art, actor = "zentrale", system_actor()
    refused(
        lambda: bulk_update_with_history([stale], Dienststelle, ["art"], default_change_reason="x", default_user=actor)
    )


def test_bulk_create_of_the_library_is_refused_without_a_reason():
    """It writes the history by itself, past the reason of this portal."""
    row = Dienststelle(name="Agentur West", art="agentur")
    actor = system_actor()
    refused(lambda: bulk_create_with_history([row], Dienststelle, default_user=actor), "history_change_reason")
    assert not Dienststelle.objects.filter(name="Agentur West").exists()


def test_save_with_an_expression_leaves_nothing(draft):
    def write() -> None:
        draft.version = F("version") + 1
        draft.save()

    refused(write, None, (TypeError, ValueError, IntegrityError))
    draft.refresh_from_db()
    assert draft.version == 1


@pytest.mark.django_db(transaction=True)
def test_save_without_a_transaction_is_refused():
    """In autocommit the row would be stored before its entry: whoever is killed in between leaves none."""
    with acting_as(system_actor(), "Test"):
        with pytest.raises(IntegrityError, match=UNENTERED):
            Dienststelle.objects.create(name="Agentur Nord", art="agentur")
        assert not Dienststelle.objects.exists()
        with transaction.atomic():
            Dienststelle.objects.create(name="Agentur Nord", art="agentur")
    assert Eintrag.objects.filter(thema_art="dienststelle").count() == 1


def test_no_foreign_key_of_a_tracked_model_lets_the_other_end_go():
    for model in apps.get_models():
        if hasattr(model._meta, "simple_history_manager_attribute"):
            for field in model._meta.concrete_fields:
                if field.remote_field is not None:
                    assert field.remote_field.on_delete.__name__ == "PROTECT", field


def test_roles_by_way_of_the_table_between_are_refused(draft):
    person = make_person("rolle", role="Redaktion")
    settle()
    group = Group.objects.get(name="Freigabe")
    between = Benutzer.groups.through.objects
    refused(lambda: between.create(benutzer=person, group=group))
    refused(lambda: between.filter(benutzer=person).delete())
    refused(lambda: between.filter(benutzer=person).update(group=group))
    refused(lambda: between.bulk_create([Benutzer.groups.through(benutzer=person, group=group)]))


def test_roles_from_the_other_side_leave_an_entry_or_fail():
    person = make_person("rolle")
    settle()
    before = Eintrag.objects.count()
    group = Group.objects.get(name="Freigabe")
    refused(lambda: group.user_set.add(person), None, (AttributeError, IntegrityError))
    assert not person.groups.exists()
    assert Eintrag.objects.count() == before


def test_group_that_somebody_has_cannot_be_deleted():
    make_person("rolle", role="Redaktion")
    settle()
    refused(lambda: Group.objects.filter(name="Redaktion").delete(), None, (IntegrityError, ProtectedError))


def test_role_forged_into_an_older_entry_is_refused():
    person = make_person("rolle", role="Redaktion")
    settle()
    entry = person.history.last()
    sql = "INSERT INTO portal_historicalbenutzer_groups (id, history_id, benutzer_id, group_id) SELECT 0, %s, %s, id"
    refused(lambda: execute(f"{sql} FROM auth_group WHERE name = 'Freigabe'", entry.pk, person.pk))


def test_fixture_is_refused(office):
    office.name = "Aus der Datei"
    (row,) = serializers.deserialize("json", serializers.serialize("json", [office]))
    refused(row.save)


def test_models_of_a_migration_are_refused(office):
    from django.db.migrations.loader import MigrationLoader

    state = MigrationLoader(connection).project_state().apps
    migrated = state.get_model("portal", "Dienststelle").objects.get(pk=office.pk)
    migrated.name = "Still geändert"
    refused(migrated.save)


def test_skipped_history_is_refused(office):
    office.name, office.skip_history_when_saving = "Anders", True
    refused(office.save)
    refused(office.save_without_historical_record)


def test_history_switched_off_is_refused(office, settings):
    settings.SIMPLE_HISTORY_ENABLED = False
    office.name = "Anders"
    refused(office.save)
    with pytest.raises(CommandError, match="SIMPLE_HISTORY_ENABLED"):
        call_command("check", stderr=io.StringIO())


def test_signals_that_are_gone_are_noticed(office):
    """Whoever disconnects the library's receivers is refused at commit like everybody else."""
    receivers = post_save.receivers
    post_save.receivers, post_save.sender_receivers_cache = [], type(post_save.sender_receivers_cache)()
    office.name = "Anders"
    try:
        refused(office.save)
    finally:
        post_save.receivers = receivers
        post_save.sender_receivers_cache.clear()


@pytest.mark.parametrize("way", ["orm", "queryset", "sql"])
def test_entry_is_never_changed(office, way):
    entry = office.history.get()
    entry.history_change_reason = "anders"
    ways = {
        "orm": entry.save,
        "queryset": lambda: Dienststelle.history.update(history_change_reason="anders"),
        "sql": lambda: execute("UPDATE portal_historicaldienststelle SET history_change_reason = 'anders'"),
    }
    refused(ways[way], "Ein Eintrag wird nicht geändert")
    refused(lambda: update_change_reason(office, "anders"), "Ein Eintrag wird nicht geändert")
    refused(office.history.get().delete, "Gelöscht wird hier nichts")


def test_forged_entry_is_refused(office):
    """A history row that says something else than the row it is about."""
    forged = office.history.get()
    forged.pk, forged.name = None, "Nie so gewesen"
    refused(lambda: forged.save(force_insert=True))
    nobody = Dienststelle.history.model(
        id=4711, name="Gibt es nicht", art="agentur", history_user=system_actor(), history_type="+",
        history_date=forged.history_date, history_change_reason="x",
    )  # fmt: skip
    refused(lambda: nobody.save(force_insert=True))


def test_invented_step_in_between_is_refused(office):
    """Two history rows in one transaction: the first invented, the second true again."""

    def write() -> None:
        invented = office.history.get()
        invented.pk, invented.name = None, "Nie so gewesen"
        invented.save(force_insert=True)
        office.save()

    refused(write)


@pytest.mark.parametrize("reason", ["", "   ", None])
def test_entry_without_reason_or_person_is_refused(office, reason):
    entry = office.history.get()
    entry.pk, entry.history_change_reason = None, reason
    refused(lambda: entry.save(force_insert=True), "Grund|history_change_reason")
    entry.history_change_reason, entry.history_user_id = "x", None
    refused(lambda: entry.save(force_insert=True), "history_user")


@pytest.mark.parametrize("command", ["clean_old_history", "clean_duplicate_history", "populate_history"])
def test_commands_of_the_library_refuse(command, office):
    with pytest.raises(CommandError, match="nur fortgeschrieben"):
        call_command(command)
    assert office.history.count() == 1


def test_thread_has_no_actor_and_is_refused(office):
    """An actor is of the task that named it; a thread that was started from it writes nothing in that name."""
    faults = []

    def write() -> None:
        try:
            Dienststelle(name="Aus dem Nebenlauf", art="agentur").save()
        except BaseException as fault:
            faults.append(fault)
        finally:
            connection.close()

    with acting_as(system_actor(), "Test"):
        thread = threading.Thread(target=write)
        thread.start()
        thread.join()
    # In its own connection it sees neither the transaction of this test nor an actor.
    assert isinstance(faults[0], ActorMissing | IntegrityError | RuntimeError)
    assert not Dienststelle.objects.filter(name="Aus dem Nebenlauf").exists()


def test_saving_the_same_again_is_an_entry_that_says_so(office):
    """Superfluous, but true: it is recorded, not hidden."""
    with acting_as(system_actor(), "Noch einmal"):
        office.save()
    settle()
    assert Eintrag.objects.filter(grund="Noch einmal").count() == 1
