"""The page of a draft: saving, refusing, two people at once, and what nobody can change any more."""

from datetime import date

import pytest
from django.utils import timezone

from arbeitsmittel.drafting import edit_fassung
from arbeitsmittel.models import Fassung
from portal.freigabe import discard
from portal.history import acting_as
from portal.presence import Anwesenheit
from portal.provisioning import system_actor
from tests.arbeitsmittel.redaktion_pages import address, form_of, make_draft, signed_in, submitted, words
from tests.factories import make_fassung, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(redaktion):
    return make_draft(redaktion)


def save_as_somebody_else(draft: Fassung, **values: str) -> Fassung:
    other = make_person("kollegin", role="Redaktion", first_name="Karla", last_name="Kollegin")
    return edit_fassung(draft, values=values, version=draft.version, user=other, now=timezone.now())


def test_saving_stores_cleaned_text_and_names_the_writer(redaktion, draft):
    sent = form_of(draft, titel=" Neuer Titel ", inhalt="<p>Neu</p><script>alert(1)</script>", sperrfrist="on")
    response = signed_in(redaktion).post(address(draft), sent, follow=True)
    stored = Fassung.objects.get()
    assert (stored.titel, stored.inhalt, stored.sperrfrist) == ("Neuer Titel", "<p>Neu</p>", True)
    assert stored.verfasst_von == redaktion
    assert "Gespeichert." in words(response)


def test_saving_what_is_there_writes_nothing(redaktion, draft):
    entries = draft.history.count()
    response = signed_in(redaktion).post(address(draft), form_of(draft), follow=True)
    assert draft.history.count() == entries
    assert "unverändert" in words(response)


def test_a_draft_may_have_gaps_and_the_page_names_them(redaktion, draft):
    client = signed_in(redaktion)
    client.post(address(draft), form_of(draft, titel="", aenderungsart=""))
    page = words(client.get(address(draft)))
    assert "„Titel“ ist leer." in page
    assert 'href="#id_titel"' in page


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"stand": "31.02.2026"}, "gültiges Datum"),
        ({"stand": "1812-01-01"}, "zwischen 01.01.1990 und 31.12.2099"),
        ({"stand": ""}, "Bitte den Stand angeben."),
        ({"titel": "x" * 251}, "250"),
        ({"inhalt": "<p>\u202egedreht</p>"}, "unsichtbares Zeichen"),
        ({"inhalt": "<div>" * 60}, "zu tief verschachtelt"),
        ({"aenderungsart": "geheim"}, "gültige Auswahl"),
    ],
)
def test_a_bad_field_is_named_and_nothing_is_lost(redaktion, draft, changes, sentence):
    entries = draft.history.count()
    sent = form_of(draft, **{"aenderungshinweis": "Das hier bleibt stehen.", **changes})
    response = signed_in(redaktion).post(address(draft), sent)
    assert sentence in words(response)
    assert "Das hier bleibt stehen." in words(response)
    assert draft.history.count() == entries


def test_stale_form_is_refused_with_both_texts_and_keeps_the_own_one(redaktion, draft):
    theirs = save_as_somebody_else(draft, inhalt="<p>Text der Kollegin.</p>", titel="Titel der Kollegin")
    response = signed_in(redaktion).post(address(draft), form_of(draft, inhalt="<p>Mein eigener Text.</p>"))
    page = words(response)
    assert response.status_code == 409
    assert "Karla Kollegin" in page
    assert "Titel der" in page
    assert "Mein eigener Text." in page
    assert f'name="version" value="{theirs.version}"' in page
    assert Fassung.objects.get().inhalt == "<p>Text der Kollegin.</p>"


def test_after_a_conflict_the_own_text_can_be_saved_over_deliberately(redaktion, draft):
    theirs = save_as_somebody_else(draft, inhalt="<p>Text der Kollegin.</p>")
    client, sent = signed_in(redaktion), form_of(draft, inhalt="<p>Mein eigener Text.</p>")
    assert client.post(address(draft), sent).status_code == 409
    assert client.post(address(draft), sent | {"version": theirs.version}).status_code == 302
    assert Fassung.objects.get().inhalt == "<p>Mein eigener Text.</p>"
    assert "<p>Text der Kollegin.</p>" in Fassung.history.values_list("inhalt", flat=True)


@pytest.mark.parametrize("version", ["", "0", "-1", "abc", "99999999999999999999"])
def test_a_form_without_its_version_never_overwrites(redaktion, draft, version):
    response = signed_in(redaktion).post(address(draft), form_of(draft, version=version, titel="Überschrieben"))
    assert response.status_code in (200, 409)
    assert Fassung.objects.get().titel == draft.titel


def test_a_draft_discarded_meanwhile_keeps_the_text_on_the_page(redaktion, draft):
    discard(draft, reason="doppelt", user=redaktion, now=timezone.now())
    response = signed_in(redaktion).post(address(draft), form_of(draft, inhalt="<p>Mein eigener Text.</p>"))
    assert response.status_code == 409
    assert "Mein eigener Text." in words(response)
    assert "lässt sich nicht mehr ändern" in words(response)


@pytest.mark.needs_pdf
def test_saving_voids_a_check_and_says_so(redaktion):
    row = submitted(redaktion)
    client = signed_in(redaktion)
    assert "Speichern hebt die Prüfung auf" in words(client.get(address(row)))
    response = client.post(address(row), form_of(row, titel="Anders"), follow=True)
    assert "Die Prüfung ist damit aufgehoben" in words(response)
    assert Fassung.objects.get().vorgelegt_am is None


def test_extra_fields_reach_nothing_of_the_workflow(redaktion, draft):
    extra = {"veroeffentlicht_am": "2026-01-01", "geprueft_von": redaktion.pk, "weg": "pruefung", "arbeitsmittel": "7"}
    signed_in(redaktion).post(address(draft), form_of(draft, titel="Neu") | extra)
    stored = Fassung.objects.get()
    assert (stored.titel, stored.veroeffentlicht_am, stored.geprueft_von, stored.weg) == ("Neu", None, None, "")
    assert stored.arbeitsmittel_id == draft.arbeitsmittel_id


def test_what_is_released_is_shown_and_not_changed(redaktion):
    released = make_fassung(stand="2024-01-02")
    client = signed_in(redaktion)
    page = words(client.get(address(released)))
    assert "Anliegen klären" in page
    assert "<textarea" not in page
    assert client.post(address(released), form_of(released, titel="Anders")).status_code == 409
    released.refresh_from_db()
    assert released.titel == "Erstkontakt"


def test_withdrawn_and_discarded_say_who_when_and_why(redaktion, draft):
    withdrawn = make_fassung(stand="2024-01-02", withdrawn="Falsche Frist genannt")
    discard(draft, reason="Doppelt angelegt", user=redaktion, now=timezone.now())
    client = signed_in(redaktion)
    assert "Falsche Frist genannt" in words(client.get(address(withdrawn)))
    assert "Doppelt angelegt" in words(client.get(address(draft)))


def test_who_does_not_write_reads(freigabe, revision, draft):
    for person in (freigabe, revision):
        client = signed_in(person)
        assert "Nach sieben Tagen erinnern" in words(client.get(address(draft)))
        assert client.post(address(draft), form_of(draft, titel="Anders")).status_code == 403
    assert not Anwesenheit.objects.exists()


def test_a_role_without_drafts_sees_none(sachbearbeitung, verwaltung, draft):
    with acting_as(system_actor(), "Test"):  # reads content by one role, enters the workplace by the other
        verwaltung.groups.add(*make_person("beides", role="Sachbearbeitung").groups.all())
    for person in (sachbearbeitung, verwaltung):
        client = signed_in(person)
        for tail in ("change/", "vorschau/", "vorschau.pdf", "synopse/", "pruefen/"):
            assert client.get(address(draft, tail)).status_code == 403, (person, tail)
        assert client.get("/redaktion/arbeitsmittel/fassung/").status_code == 403


@pytest.mark.parametrize("key", ["0", "999999", "99999999999999999999999", "abc", "1_5F", "²"])
def test_unknown_keys_are_missing(redaktion, key):
    assert signed_in(redaktion).get(f"/redaktion/arbeitsmittel/fassung/{key}/change/").status_code in (302, 404)


def test_the_return_comment_stands_on_the_page(redaktion, draft):
    with acting_as(redaktion, "Test"):
        draft.rueckgabe, draft.zurueckgegeben_am = "Bitte Frist belegen", timezone.now()
        draft.zurueckgegeben_von = redaktion
        draft.save()
    assert "Bitte Frist belegen" in words(signed_in(redaktion).get(address(draft)))


def test_others_at_the_same_draft_are_named(redaktion, draft):
    other = make_person("kollegin", role="Redaktion", first_name="Karla", last_name="Kollegin")
    assert "Karla Kollegin" not in words(signed_in(redaktion).get(address(draft)))
    signed_in(other).get(address(draft))
    assert "Karla Kollegin hat diesen Entwurf gerade auch geöffnet" in words(signed_in(redaktion).get(address(draft)))
    answer = signed_in(other).post(address(draft, "anwesend/")).json()
    assert "redaktion" in answer["satz"]


def test_looking_writes_no_history(redaktion, draft):
    entries, client = draft.history.count(), signed_in(redaktion)
    for tail in ("change/", "vorlegen/", "verwerfen/", "zurueckholen/", "einlesen/", "vorschau/", "synopse/"):
        client.get(address(draft, tail))
        client.head(address(draft, tail))
    assert draft.history.count() == entries
    assert Fassung.objects.get().version == draft.version


def test_stand_is_prefilled_as_the_browser_wants_it(redaktion):
    row = make_draft(redaktion, stand=date(2027, 3, 1))
    assert 'value="2027-03-01"' in words(signed_in(redaktion).get(address(row)))
