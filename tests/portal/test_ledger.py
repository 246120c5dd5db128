"""What the database itself refuses, tried by going around the code with SQL."""

import hashlib

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.db import IntegrityError, connection, transaction

from arbeitsmittel.models import Fassung, FassungPdf
from portal.durchsicht import note_durchsicht
from portal.history import ActorMissing, acting_as
from portal.models import Benutzer, Dienststelle, Eintrag
from portal.provisioning import system_actor
from tests.factories import (
    LONG_AGO,
    PDF,
    at_once,
    make_arbeitsmittel,
    make_fassung,
    make_person,
    make_umsetzung,
    make_weisung,
    on,
    settle,
)

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
    with acting_as(fassung.verfasst_von, "Test"):
        fassung.titel = "anders"
        fassung.save()
    settle()
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


# Who looks at what is nobody's record, and what was asked for in the background is swept away after a day.
NOT_AUDITED = {"portal_anwesenheit", "portal_auftrag", "portal_auftragsteil"}


def audited() -> list[str]:
    """Every table with a history, every history, and the stored files: read off the models, so none is forgotten."""
    ours = [model for model in apps.get_models() if model._meta.app_label in ("portal", "arbeitsmittel", "weisungen")]
    return sorted({model._meta.db_table for model in ours} - NOT_AUDITED)


AUDITED = audited()


def test_tables_are_found():
    assert {"portal_historicalbenutzer_groups", "weisungen_zitat", "arbeitsmittel_fassungpdf"} <= set(AUDITED)


@pytest.fixture
def one_of_everything():
    make_fassung()
    weisung = make_weisung(cites=("GLF SC 3.001a",), repeals=("202201001",))
    make_umsetzung(weisung, "GLF SC 3.001a")
    with acting_as(system_actor(), "Test"):
        Dienststelle.objects.create(name="Service Center", art=Dienststelle.Art.SERVICE_CENTER)
    make_person("mit-rolle", role="Redaktion")
    settle()
    note_durchsicht(Eintrag.objects.first(), person=system_actor(), notiz="Gelesen", now=LONG_AGO)
    # Deferred checks of the rows above, so that TRUNCATE is refused by the guard and not for pending events.
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.mark.parametrize("table", AUDITED)
def test_audited_table_refuses_delete_and_truncate(one_of_everything, table):
    assert "Gelöscht wird hier nichts" in refused(f"DELETE FROM {table}")
    assert "Gelöscht wird hier nichts" in refused(f"TRUNCATE {table} CASCADE")


@pytest.mark.parametrize("table", [table for table in AUDITED if "historical" in table and "_groups" not in table])
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
        f"{at_once('published_has_pdf')};"
        "UPDATE arbeitsmittel_fassung SET weg = 'eil', eil_grund = 'x', veroeffentlicht_am = now(),"
        " sichtbar_ab = now(), nachtrag_grund = 'x', veroeffentlicht_von_id = %s WHERE id = %s",
        system_actor().pk,
        draft.pk,
    )
    assert "Ohne PDF" in sentence


def test_write_without_actor_fails():
    with pytest.raises(ActorMissing), transaction.atomic():
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
    assert Fassung.objects.live(on("2026-01-01")).count() == 1


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
        "UPDATE arbeitsmittel_fassung SET zurueckgezogen_am = now(), zurueckgezogen_art = 'irrtum',"
        " zurueckgezogen_von_id = %s WHERE id = %s",
        system_actor().pk,
        fassung.pk,
    )
    assert "Art" in refused("UPDATE arbeitsmittel_fassung SET zurueckgezogen_am = now() WHERE id = %s", fassung.pk)


def test_nobody_stands_above_the_roles():
    with pytest.raises(IntegrityError, match="benutzer_no_superuser"), transaction.atomic():
        make_person("chef", is_superuser=True)


def test_system_actor_cannot_sign_in():
    system = Benutzer.objects.get(username="system")
    assert not system.is_active
    assert not system.has_usable_password()
    assert system.history.get().history_user == system


def test_roles_given_and_taken_are_entries_of_their_own(redaktion):
    verwaltung = make_person("verwaltung", role="Administration")
    with acting_as(verwaltung, "Wechselt in die Revision"):
        redaktion.groups.set(Group.objects.filter(name="Revision"))
    newest = redaktion.history.first()
    assert (newest.history_user, newest.history_change_reason) == (verwaltung, "Wechselt in die Revision")
    assert [entry.group.name for entry in newest.groups.all()] == ["Revision"]
    with pytest.raises(ActorMissing), transaction.atomic():
        redaktion.groups.clear()


def test_system_actor_can_be_nobody(verwaltung, client):
    system = system_actor()
    refused("UPDATE portal_benutzer SET is_active = true WHERE id = %s", system.pk)
    refused("UPDATE portal_benutzer SET username = 'anders' WHERE id = %s", system.pk)
    client.force_login(verwaltung, backend="portal.role_backend.RoleBackend")
    assert client.post(f"/redaktion/portal/benutzer/{system.pk}/change/", {"username": "x"}).status_code == 403
    assert client.post(f"/redaktion/portal/benutzer/{system.pk}/password/", {"password1": "x"}).status_code == 403


def test_nobody_gives_themselves_a_role(verwaltung, client):
    client.force_login(verwaltung, backend="portal.role_backend.RoleBackend")
    fields = {"username": "verwaltung", "groups": list(Group.objects.values_list("pk", flat=True)), "is_active": "on"}
    client.post(f"/redaktion/portal/benutzer/{verwaltung.pk}/change/", fields)
    assert [group.name for group in verwaltung.groups.all()] == ["Administration"]


def test_administration_gives_a_role_to_somebody_else(verwaltung, client):
    other = make_person("andere")
    client.force_login(verwaltung, backend="portal.role_backend.RoleBackend")
    fields = {"username": "andere", "groups": [Group.objects.get(name="Revision").pk], "is_active": "on"}
    fields["grund"] = "Neu in der Revision"
    entries = other.history.count()
    assert client.post(f"/redaktion/portal/benutzer/{other.pk}/change/", fields).status_code == 302
    assert [group.name for group in other.groups.all()] == ["Revision"]
    last = other.history.first()
    assert (last.history_user, last.history_change_reason) == (verwaltung, "Neu in der Revision")
    assert other.history.count() == entries + 1  # the role alone, and no empty change of the person beside it


def test_nothing_is_added_to_an_issued_weisung():
    weisung = make_weisung(cites=("GLF SC 3.001a",))
    assert "kommt nichts hinzu" in refused(
        "INSERT INTO weisungen_aufhebung (weisung_id, reihenfolge, text, ziel_typ, ziel_nummer)"
        " VALUES (%s, 9, 'x', 'weisung', '202301001')",
        weisung.pk,
    )
    assert "kommt nichts hinzu" in refused(
        "INSERT INTO weisungen_zitat (weisung_id, arbeitsmittel_id, reihenfolge, abschnitt, beleg, position,"
        " stand_nur_monat, stand_bei_erlass, bei_erlass_angenommen)"
        " SELECT weisung_id, arbeitsmittel_id, 9, 1, 'x', 0, false, '2023-01-01', true FROM weisungen_zitat"
    )


def test_file_is_its_checksum_and_belongs_to_a_text():
    with pytest.raises(IntegrityError, match="pdf_sha256_is_the_checksum"), transaction.atomic():
        FassungPdf.objects.create(fassung=make_fassung(published=False), inhalt=b"x", sha256="0" * 64)
    with pytest.raises(IntegrityError, match="ohne Text"), transaction.atomic():
        FassungPdf.objects.create(
            fassung=make_fassung(stand="2022-01-01", only_stand=True),
            inhalt=PDF,
            sha256=hashlib.sha256(PDF).hexdigest(),
        )


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"quelle": "von außen"}, "fassung_published_is_complete"),
        ({"aenderungsart": "quatsch"}, "fassung_aenderungsart_exists"),
        ({"stand": "2924-01-10"}, "fassung_stand_believable"),
        ({"stand": "2024-01-02", "stand_nur_monat": True}, "fassung_month_stands_on_its_first_day"),
    ],
)
def test_fassung_that_contradicts_itself_is_refused(fields, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make_fassung(**fields)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"titel": ""}, "weisung_published_is_complete"),
        ({"sgb_ii": "quatsch"}, "weisung_choices_exist"),
        ({"nummer": "202313001"}, "weisung_nummer_is_year_month_number"),
        ({"datum": "1024-01-10"}, "weisung_datum_believable"),
        ({"gueltig_ab": "2024-01-01", "gueltig_bis": "2023-01-01"}, "weisung_ends_after_it_begins"),
    ],
)
def test_weisung_that_contradicts_itself_is_refused(fields, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make_weisung(**fields)
