"""What the database itself refuses, tried by going around the code with SQL."""

import pytest
from django.db import IntegrityError, connection, transaction

from arbeitsmittel.models import Fassung
from portal.history import ActorMissing, acting_as
from portal.models import Benutzer, Dienststelle
from portal.provisioning import system_actor
from tests.factories import make_arbeitsmittel, make_fassung, make_person, make_weisung

pytestmark = pytest.mark.django_db


def refused(sql: str, *parameters: object) -> str:
    """Run SQL that must be refused; return the sentence of the refusal."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, parameters)
    return str(refusal.value)


@pytest.mark.parametrize(
    "change",
    [
        "titel = 'anders'",
        "inhalt = '<p>anders</p>'",
        "stand = '2024-02-01'",
        "aenderungshinweis = 'anders'",
        "veroeffentlicht_am = now()",
        "veroeffentlicht_am = NULL, veroeffentlicht_von_id = NULL",
    ],
)
def test_published_fassung_refuses_change(change):
    fassung = make_fassung()
    assert "veröffentlicht" in refused(f"UPDATE arbeitsmittel_fassung SET {change} WHERE id = %s", fassung.pk)


def test_draft_can_be_changed():
    fassung = make_fassung(published=False)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE arbeitsmittel_fassung SET titel = 'anders' WHERE id = %s", [fassung.pk])
    fassung.refresh_from_db()
    assert fassung.titel == "anders"


def test_withdrawal_is_set_once():
    fassung = make_fassung(withdrawn="irrtümlich veröffentlicht")
    sentence = refused("UPDATE arbeitsmittel_fassung SET zurueckgezogen_grund = 'x' WHERE id = %s", fassung.pk)
    assert "endgültig" in sentence
    refused(
        "UPDATE arbeitsmittel_fassung SET zurueckgezogen_am = NULL, zurueckgezogen_von_id = NULL,"
        " zurueckgezogen_grund = '' WHERE id = %s",
        fassung.pk,
    )


@pytest.mark.parametrize("change", ["titel = 'anders'", "info = 'x'", "quelltext = 'x'", "gueltig_bis = '2030-01-01'"])
def test_published_weisung_refuses_change(change):
    weisung = make_weisung()
    assert "veröffentlicht" in refused(f"UPDATE weisungen_weisung SET {change} WHERE id = %s", weisung.pk)


AUDITED = [
    "arbeitsmittel_arbeitsmittel",
    "arbeitsmittel_fassung",
    "arbeitsmittel_fassungpdf",
    "arbeitsmittel_historicalarbeitsmittel",
    "arbeitsmittel_historicalfassung",
    "portal_benutzer",
    "portal_dienststelle",
    "portal_historicalbenutzer",
    "portal_historicaldienststelle",
    "weisungen_aufhebung",
    "weisungen_historicalaufhebung",
    "weisungen_historicalweisung",
    "weisungen_historicalzitat",
    "weisungen_weisung",
    "weisungen_zitat",
]


@pytest.fixture
def one_of_everything():
    make_fassung()
    make_weisung(cites=("GLF SC 3.001a",), repeals=("202201001",))
    with acting_as(system_actor(), "Test"):
        Dienststelle.objects.create(name="Service Center", art=Dienststelle.Art.SERVICE_CENTER)
    # Deferred checks of the rows above, so that TRUNCATE is refused by the guard and not for pending events.
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize("table", AUDITED)
def test_audited_table_refuses_delete_and_truncate(one_of_everything, table):
    assert "Gelöscht wird hier nichts" in refused(f"DELETE FROM {table}")
    assert "Gelöscht wird hier nichts" in refused(f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize("table", [table for table in AUDITED if "historical" in table])
def test_history_refuses_update(one_of_everything, table):
    assert "Ein Eintrag wird nicht geändert" in refused(f"UPDATE {table} SET history_change_reason = 'x'")


def test_the_guards_cannot_be_switched_off_for_a_session():
    fassung = make_fassung()
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pgtrigger.ignore', '{pgtrigger_published_frozen_x}', true)")
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgrelid = 'arbeitsmittel_fassung'::regclass")
        names = ",".join(name for (name,) in cursor.fetchall())
        cursor.execute("SELECT set_config('pgtrigger.ignore', %s, true)", [f"{{{names}}}"])
    assert "veröffentlicht" in refused("UPDATE arbeitsmittel_fassung SET titel = 'x' WHERE id = %s", fassung.pk)


def test_published_fassung_needs_its_pdf_at_commit():
    draft = make_fassung(published=False)
    sentence = refused(
        "SET CONSTRAINTS ALL IMMEDIATE;"
        "UPDATE arbeitsmittel_fassung SET veroeffentlicht_am = now(), veroeffentlicht_von_id = %s WHERE id = %s",
        system_actor().pk,
        draft.pk,
    )
    assert "Ohne PDF" in sentence


def test_write_without_actor_fails():
    with pytest.raises(ActorMissing):
        Dienststelle.objects.create(name="Niemand", art=Dienststelle.Art.AGENTUR)
    with pytest.raises(ActorMissing), acting_as(system_actor(), "  "):
        pass


def test_every_entry_has_actor_and_reason():
    redaktion = make_person("redaktion", role="Redaktion")
    draft = make_fassung(published=False)
    with acting_as(redaktion, "Frist angepasst, " * 20):
        draft.titel = "Neuer Titel"
        draft.save()
    entry = draft.history.first()
    assert entry.history_user == redaktion
    assert entry.history_change_reason == ("Frist angepasst, " * 20).strip()
    assert entry.titel == "Neuer Titel"


def test_signing_in_writes_no_history(client):
    person = make_person("sachbearbeitung", role="Sachbearbeitung")
    before = person.history.count()
    client.force_login(person, backend="portal.role_backend.RoleBackend")
    person.refresh_from_db()
    assert person.last_login is not None
    assert person.history.count() == before


def test_identity_never_changes():
    arbeitsmittel = make_arbeitsmittel()
    sentence = refused("UPDATE arbeitsmittel_arbeitsmittel SET bezeichnung = '3.002' WHERE id = %s", arbeitsmittel.pk)
    assert "Kennung ändert sich nie" in sentence


@pytest.mark.parametrize(
    ("art", "bezeichnung"),
    [
        ("glf-sc", "1.001"),
        ("glf-ah-ez", "3.001a"),
        ("glf-sc", "3.01"),
        ("glf-sc", "3.001A"),
        ("emb-ah", ""),
        ("x", "1.001"),
    ],
)
def test_kennung_that_fits_no_art_is_refused(art, bezeichnung):
    refused(
        "INSERT INTO arbeitsmittel_arbeitsmittel (art, bezeichnung, slug) VALUES (%s, %s, 'probe')", art, bezeichnung
    )


def test_one_live_fassung_per_stand():
    make_fassung(stand="2024-01-02")
    with pytest.raises(IntegrityError, match="fassung_one_live_per_stand"), transaction.atomic():
        make_fassung(stand="2024-01-02")


def test_withdrawn_fassung_frees_its_stand():
    make_fassung(stand="2024-01-02", withdrawn="irrtümlich veröffentlicht")
    make_fassung(stand="2024-01-02")
    assert Fassung.objects.live().count() == 1


def test_one_open_draft_per_arbeitsmittel():
    make_fassung(published=False)
    with pytest.raises(IntegrityError, match="fassung_one_open_draft"), transaction.atomic():
        make_fassung(stand="2025-01-01", published=False)


@pytest.mark.parametrize("missing", ["titel", "aenderungshinweis", "aenderungsart"])
def test_published_fassung_is_complete(missing):
    with pytest.raises(IntegrityError, match="fassung_published_is_complete"), transaction.atomic():
        make_fassung(**{missing: ""})


def test_withdrawal_needs_a_reason():
    fassung = make_fassung()
    assert "fassung_withdrawn_with_reason" in refused(
        "UPDATE arbeitsmittel_fassung SET zurueckgezogen_am = now(), zurueckgezogen_von_id = %s WHERE id = %s",
        system_actor().pk,
        fassung.pk,
    )


def test_nobody_stands_above_the_roles():
    with pytest.raises(IntegrityError, match="benutzer_no_superuser"), transaction.atomic():
        make_person("chef", is_superuser=True)


def test_system_actor_cannot_sign_in():
    system = Benutzer.objects.get(username="system")
    assert not system.is_active
    assert not system.has_usable_password()
    assert system.history.get().history_user == system
