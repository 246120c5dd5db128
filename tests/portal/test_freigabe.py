"""The way of a release, and what the database refuses to whoever goes around it (issue 3, "Release")."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from arbeitsmittel.drafting import edit_fassung, start_draft
from arbeitsmittel.models import Fassung
from arbeitsmittel.publishing import (
    discard_fassung,
    publish_fassung,
    publish_fassung_at_once,
    submit_fassung,
)
from portal.freigabe import (
    Conflict,
    NotPossible,
    Schritt,
    approve,
    confirm_release,
    return_to_author,
    take_back,
    withdraw,
    writers,
)
from portal.history import acting_as
from portal.stichtag import on_day
from tests.factories import at_once, make_arbeitsmittel, make_fassung, make_person, on

pytestmark = [pytest.mark.django_db, pytest.mark.needs_pdf]
NOW = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
TOMORROW = NOW.date() + timedelta(days=1)


def draft(user, kennung="GLF SC 3.001a", **fields) -> Fassung:
    values = {
        "stand": TOMORROW,
        "titel": "Erstkontakt",
        "inhalt": "<h2>Begrüßung</h2><p>Guten Tag.</p>",
        "aenderungshinweis": "Begrüßung gekürzt",
        "aenderungsart": "redaktionell",
    }
    return start_draft(make_arbeitsmittel(kennung), user=user, reason="Neue Fassung", **(values | fields))


def submitted(user, **fields) -> Fassung:
    written = draft(user, **fields)
    return submit_fassung(written, begruendungen={}, version=written.version, user=user, now=NOW)


def checked(user, second, **fields) -> Fassung:
    row = submitted(user, **fields)
    return approve(row, pruefsumme=row.pruefsumme, comment="", user=second, now=NOW)


def edited(row, user, **values) -> Fassung:
    return edit_fassung(row, values=values, version=row.version, user=user, now=NOW)


def refused(sql: str, *parameters: object) -> str:
    with pytest.raises(IntegrityError) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql + "; SET CONSTRAINTS ALL IMMEDIATE", parameters)
    return str(refusal.value)


def test_way_of_a_fassung_names_each_step(redaktion, freigabe):
    row = draft(redaktion)
    steps = [row.schritt]
    row = submit_fassung(row, begruendungen={}, version=row.version, user=redaktion, now=NOW)
    steps.append(row.schritt)
    row = approve(row, pruefsumme=row.pruefsumme, comment="in Ordnung", user=freigabe, now=NOW)
    steps.append(row.schritt)
    row = publish_fassung(row, user=freigabe, reason="Freigabe", now=NOW)
    steps.append(row.schritt)
    row = withdraw(row, art="irrtum", reason="Falsche Frist", user=freigabe, now=NOW)
    steps.append(row.schritt)
    assert steps == ["entwurf", "in-pruefung", "geprueft", "veroeffentlicht", "zurueckgezogen"]
    for step in Schritt:
        assert Fassung.objects.at_step(step).exists() == (step == Schritt.ZURUECKGEZOGEN)
    reasons = [entry.history_change_reason for entry in row.history.all()]
    assert reasons == [
        "Zurückgezogen: Falsche Frist",
        "Freigabe",
        "Geprüft: in Ordnung",
        "Zur Prüfung vorgelegt",
        "Neue Fassung",
    ]


def test_released_file_is_the_one_that_was_checked(redaktion, freigabe):
    row = checked(redaktion, freigabe)
    shown = bytes(row.pruefdrucke.get().inhalt)
    assert bytes(publish_fassung(row, user=freigabe, reason="Freigabe", now=NOW).pdf.inhalt) == shown


@pytest.mark.parametrize("until", [submitted, checked])
def test_any_edit_voids_the_check(redaktion, freigabe, until):
    row = until(redaktion) if until is submitted else until(redaktion, freigabe)
    row = edited(row, redaktion, titel="Anderer Titel")
    assert (row.schritt, row.pruefsumme, row.geprueft_von) == (Schritt.ENTWURF, "", None)
    with pytest.raises(NotPossible, match="nur, was geprüft ist"):
        publish_fassung(row, user=freigabe, reason="Freigabe", now=NOW)


def test_saving_the_same_again_writes_nothing_and_keeps_the_check(redaktion, freigabe):
    row = checked(redaktion, freigabe)
    entries = row.history.count()
    assert edited(row, redaktion, titel=row.titel).schritt == Schritt.GEPRUEFT
    assert row.history.count() == entries


def test_four_eyes_are_against_everyone_who_wrote(redaktion, freigabe):
    colleague = make_person("kollegin", role="Freigabe")
    row = edited(draft(redaktion), colleague, titel="Von der Kollegin")
    row = edited(row, redaktion, titel="Wieder von mir")
    assert writers(row) == {redaktion.pk, colleague.pk}
    row = submit_fassung(row, begruendungen={}, version=row.version, user=redaktion, now=NOW)
    for writer in (redaktion, colleague):
        with pytest.raises(NotPossible, match="zweite Person"):
            approve(row, pruefsumme=row.pruefsumme, comment="", user=writer, now=NOW)
        with pytest.raises(NotPossible, match="zweite Person"):
            return_to_author(row, comment="bitte ändern", user=writer, now=NOW)
    row = approve(row, pruefsumme=row.pruefsumme, comment="", user=freigabe, now=NOW)
    with pytest.raises(NotPossible, match="zweite Person"):
        publish_fassung(row, user=colleague, reason="Freigabe", now=NOW)


def test_who_submits_does_not_check(redaktion):
    colleague = make_person("kollegin", role="Freigabe")
    written = draft(redaktion)
    row = submit_fassung(written, begruendungen={}, version=written.version, user=colleague, now=NOW)
    with pytest.raises(NotPossible, match="vorlegt"):
        approve(row, pruefsumme=row.pruefsumme, comment="", user=colleague, now=NOW)


def test_approval_is_of_what_was_read(redaktion, freigabe):
    row = submitted(redaktion)
    read = row.pruefsumme
    row = edited(row, redaktion, titel="Noch schnell geändert")
    row = submit_fassung(row, begruendungen={}, version=row.version, user=redaktion, now=NOW)
    with pytest.raises(NotPossible, match="inzwischen geändert"):
        approve(row, pruefsumme=read, comment="", user=freigabe, now=NOW)


def test_return_keeps_the_comment_until_it_is_submitted_again(redaktion, freigabe):
    row = return_to_author(submitted(redaktion), comment="Frist prüfen", user=freigabe, now=NOW)
    assert (row.schritt, row.rueckgabe, row.zurueckgegeben_von) == (Schritt.ENTWURF, "Frist prüfen", freigabe)
    row = submit_fassung(row, begruendungen={}, version=row.version, user=redaktion, now=NOW)
    assert row.rueckgabe == ""
    assert "Zurückgegeben: Frist prüfen" in {entry.history_change_reason for entry in row.history.all()}


def test_take_back_is_for_the_authors(redaktion, freigabe):
    row = submitted(redaktion)
    with pytest.raises(NotPossible, match="Zurückholen kann nur"):
        take_back(row, user=freigabe, now=NOW)
    assert take_back(row, user=redaktion, now=NOW).schritt == Schritt.ENTWURF


def test_stale_form_is_refused_and_loses_nothing(redaktion):
    colleague = make_person("kollegin", role="Redaktion")
    opened = draft(redaktion)
    edited(opened, colleague, titel="Von der Kollegin")
    with pytest.raises(Conflict) as conflict:
        edited(opened, redaktion, titel="Von mir")
    assert conflict.value.current.titel == "Von der Kollegin"


def test_past_stand_needs_a_reason_and_is_marked(redaktion, freigabe):
    row = checked(redaktion, freigabe, stand=NOW.date() - timedelta(days=1), nachtrag_grund="Freigabe lag krank")
    assert publish_fassung(row, user=freigabe, reason="Freigabe", now=NOW).nachtrag
    late = checked(redaktion, freigabe, kennung="GLF SC 3.002", stand=NOW.date())
    with pytest.raises(NotPossible, match="Vergangenheit"):
        publish_fassung(late, user=freigabe, reason="Freigabe", now=NOW + timedelta(days=1))


def test_embargo_hides_until_midnight_of_the_stand(redaktion, freigabe):
    row = publish_fassung(
        checked(redaktion, freigabe, sperrfrist=True), user=freigabe, reason="Freigabe", now=NOW
    )  # fmt: skip
    assert row.sichtbar_ab == datetime(2026, 3, 1, 23, tzinfo=UTC)  # 00:00 in Germany
    before, after = row.sichtbar_ab - timedelta(seconds=1), row.sichtbar_ab
    assert not Fassung.objects.published(on_day(TOMORROW, before)).exists()
    assert list(Fassung.objects.current_on(on_day(TOMORROW, after))) == [row]


def test_emergency_release_stays_flagged_until_another_person_confirms(redaktion, freigabe):
    written = draft(redaktion)
    row = publish_fassung_at_once(
        written, grund="Störung der Hotline", begruendungen={}, version=written.version, user=redaktion, now=NOW
    )
    assert row.eil_offen
    assert Fassung.objects.live(on("2026-03-02")).exists()
    with pytest.raises(NotPossible, match="andere Person"):
        confirm_release(row, comment="", user=redaktion, now=NOW)
    row = confirm_release(row, comment="nachgesehen", user=freigabe, now=NOW)
    assert (row.eil_offen, row.eil_bestaetigt_von) == (False, freigabe)
    with pytest.raises(NotPossible):
        confirm_release(row, comment="", user=freigabe, now=NOW)


def test_discarded_draft_makes_room_and_stays_in_the_record(redaktion):
    row = discard_fassung(draft(redaktion), reason="Doppelt begonnen", user=redaktion, now=NOW)
    assert row.schritt == Schritt.VERWORFEN
    assert draft(redaktion).schritt == Schritt.ENTWURF
    assert "bleibt verworfen" in refused("UPDATE arbeitsmittel_fassung SET titel = 'x' WHERE id = %s", row.pk)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ("titel = 'anders'", "hebt die Prüfung auf"),
        ("inhalt = '<p>anders</p>'", "hebt die Prüfung auf"),
        ("sperrfrist = true", "hebt die Prüfung auf"),
        ("pruefsumme = 'x'", "hebt die Prüfung auf"),
        ("geprueft_am = now(), geprueft_von_id = {redaktion}", "zweite Person"),
        ("geprueft_am = now(), geprueft_von_id = {freigabe}, titel = 'x'", "hebt die Prüfung auf"),
        ("geprueft_am = now(), geprueft_von_id = {freigabe}, vorgelegt_am = now()", "nur, was zur Prüfung vorliegt"),
        ("weg = 'pruefung', veroeffentlicht_am = now(), veroeffentlicht_von_id = {freigabe}, sichtbar_ab = now()",
         "nur, was geprüft ist"),
        ("weg = 'uebernahme', veroeffentlicht_am = now(), veroeffentlicht_von_id = {freigabe}, sichtbar_ab = now()",
         "was eine Quelle hat"),
        ("weg = 'eil', veroeffentlicht_am = now(), veroeffentlicht_von_id = {freigabe}, sichtbar_ab = now()",
         "emergency_has_reason"),
        ("veroeffentlicht_am = now(), veroeffentlicht_von_id = {freigabe}, sichtbar_ab = now()", "published_some_way"),
        ("geprueft_am = now()", "checked_by_somebody"),
        ("geprueft_am = now(), geprueft_von_id = {freigabe}, inhalt = '<p>x</p>', vorgelegt_am = vorgelegt_am + '1 s'",
         "nur, was zur Prüfung vorliegt"),
        ("vorgelegt_am = NULL, vorgelegt_von_id = NULL", "checked_after_submission"),
    ],
)  # fmt: skip
def test_sql_cannot_go_around_the_check(redaktion, freigabe, change, sentence):
    row = submitted(redaktion, stand="2030-01-01")
    sql = change.format(redaktion=redaktion.pk, freigabe=freigabe.pk)
    assert sentence in refused(f"UPDATE arbeitsmittel_fassung SET {sql} WHERE id = %s", row.pk)


def test_sql_cannot_release_own_work(redaktion, freigabe):
    row = checked(redaktion, freigabe, stand="2030-01-01")
    release = "weg = 'pruefung', veroeffentlicht_am = now(), sichtbar_ab = now(), veroeffentlicht_von_id = %s"
    sentence = refused(f"UPDATE arbeitsmittel_fassung SET {release} WHERE id = %s", redaktion.pk, row.pk)
    assert "zweite Person freigeben" in sentence
    unprinted = f"{at_once('published_has_pdf')}; UPDATE arbeitsmittel_fassung SET {release} WHERE id = %s"
    assert "Ohne PDF" in refused(unprinted, freigabe.pk, row.pk)


@pytest.mark.parametrize(
    "change",
    [
        "inhalt = '<p>ungeprüft</p>', vorgelegt_am = vorgelegt_am + interval '1 second'",
        "vorgelegt_am = vorgelegt_am + interval '1 second'",
        "vorgelegt_von_id = {freigabe}",
        "pruefsumme = 'x', vorgelegt_am = now()",
    ],
)
def test_sql_cannot_change_what_is_checked_and_keep_the_check(redaktion, freigabe, change):
    row = checked(redaktion, freigabe)
    sql = change.format(freigabe=freigabe.pk)
    assert "hebt die Prüfung auf" in refused(f"UPDATE arbeitsmittel_fassung SET {sql} WHERE id = %s", row.pk)


def test_who_submitted_does_not_release_by_sql_either(redaktion, freigabe):
    colleague, written = make_person("kollegin", role="Freigabe"), draft(redaktion, stand="2030-01-01")
    row = submit_fassung(written, begruendungen={}, version=written.version, user=colleague, now=NOW)
    row = approve(row, pruefsumme=row.pruefsumme, comment="", user=freigabe, now=NOW)
    release = "weg = 'pruefung', veroeffentlicht_am = now(), sichtbar_ab = now(), veroeffentlicht_von_id = %s"
    sentence = refused(f"UPDATE arbeitsmittel_fassung SET {release} WHERE id = %s", colleague.pk, row.pk)
    assert "zweite Person freigeben" in sentence


def test_queryset_update_cannot_go_around_the_check(redaktion):
    row = submitted(redaktion)
    with pytest.raises(IntegrityError, match="hebt die Prüfung auf"), transaction.atomic():
        Fassung.objects.filter(pk=row.pk).update(titel="anders")


def test_nothing_begins_as_checked_or_released(redaktion, freigabe):
    row = submitted(redaktion)
    row.pk, row.stand = None, TOMORROW + timedelta(days=1)
    refusal = pytest.raises(IntegrityError, match="Am Anfang steht ein Entwurf")
    with refusal, transaction.atomic(), acting_as(redaktion, "Umweg"):
        row.save(force_insert=True)


def test_confirmation_by_sql_needs_another_person(redaktion, freigabe):
    written = draft(redaktion)
    row = publish_fassung_at_once(
        written, grund="Störung", begruendungen={}, version=written.version, user=redaktion, now=NOW
    )
    confirm = "UPDATE arbeitsmittel_fassung SET eil_bestaetigt_am = now(), eil_bestaetigt_von_id = %s WHERE id = %s"
    assert "andere Person" in refused(confirm, redaktion.pk, row.pk)
    confirm_release(row, comment="", user=freigabe, now=NOW)
    assert "endgültig" in refused(confirm, make_person("dritte").pk, row.pk)


def test_old_rows_without_author_count_who_saved_them(redaktion, freigabe):
    row = make_fassung(stand="2030-01-01", published=False, verfasst_von=None)
    with acting_as(freigabe, "vor der Umstellung bearbeitet"):
        row.titel = "Von der Freigabe"
        row.save()
    row.refresh_from_db()
    row = submit_fassung(row, begruendungen={}, version=row.version, user=redaktion, now=NOW)
    with pytest.raises(NotPossible, match="zweite Person"):
        approve(row, pruefsumme=row.pruefsumme, comment="", user=freigabe, now=NOW)
