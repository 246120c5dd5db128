"""One entry, the history of one object, and the note that somebody looked at it."""

from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from arbeitsmittel.models import Fassung
from portal.durchsicht import note_durchsicht
from portal.freigabe import withdraw
from portal.history import acting_as
from portal.ledger.grants import WRITE_ONCE, rights_of_app
from portal.models import Dienststelle, Durchsicht, Eintrag
from portal.pages.revision.verweise import links_of_entry
from portal.provisioning import system_actor
from portal.stichtag import today
from tests.factories import make_fassung, make_person, make_umsetzung, make_weisung, publish, second_person, settle
from tests.test_pages import words
from tests.weisungen.redaktion_forms import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor(revision):
    return client_of(revision)


def newest(**wanted) -> Eintrag:
    settle()
    return Eintrag.objects.filter(**wanted).order_by("-nummer").first()


def page_of(client, eintrag: Eintrag):
    response = client.get(f"/revision/eintrag/{eintrag.nummer}/")
    assert response.status_code == 200
    return response


def edited(**values):
    """A draft that Dora changed."""
    office = Dienststelle(name="Zentrale", art=Dienststelle.Art.ZENTRALE)
    with acting_as(system_actor(), "Test"):
        office.save()
    dora = make_person("dora", first_name="Dora", last_name="Dietz", dienststelle=office)
    text = "<p>Die Frist für die Rückmeldung der Kundin beträgt 14 Tage ab Eingang.</p>"
    row = make_fassung("GLF SC 3.001a", "2024-01-02", published=False, text=text)
    settle()
    with acting_as(dora, "Frist nach neuem Gesetz"):
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
    return row


def test_entry_shows_old_and_new_in_german(auditor):
    edited(titel="Neuer Titel", sperrfrist=True, aenderungsart="redaktionell")
    entry = newest()
    page = words(page_of(auditor, entry))
    for expected in (
        f"Eintrag {entry.nummer} – GLF SC 3.001a, Stand 02.01.2024",
        "bearbeitet",
        "Dora Dietz (dora), Zentrale",
        "Frist nach neuem Gesetz",
        "Titel",
        "Sperrfrist",
        "nein",
        "ja",
        "Art der Änderung",
        "fachlich",
        "redaktionell",
        entry.hash,
        entry.vorher_hash,
    ):
        assert expected in page


def test_entry_shows_a_text_as_synopse(auditor):
    edited(inhalt="<p>Die Frist für die Rückmeldung der Kundin beträgt 10 Tage ab Eingang.</p>")
    body = page_of(auditor, newest()).content.decode()
    assert ">14<span" in body
    assert ">10<span" in body
    assert "1 Stelle geändert" in body


def test_keys_are_shown_as_names(auditor, redaktion):
    edited(verfasst_von=redaktion)
    page = words(page_of(auditor, newest()))
    assert "Zuletzt verfasst von" in page
    assert "redaktion" in page
    assert "Portal (System)" in page


def test_release_leads_to_page_file_and_comparison(auditor):
    make_fassung("GLF SC 3.001a", "2023-05-12")
    make_fassung("GLF SC 3.001a", "2024-01-02")
    response = page_of(auditor, newest(vorgang="freigabe"))
    targets = [address for _words, address in response.context["verweise"]]
    page = "/arbeitsmittel/glf-sc-3.001a/2024-01-02"
    assert [target for target in targets if "bekannt=" not in target][:2] == [f"{page}/", f"{page}.pdf"]
    assert "pdf_sha256" in response.context["eintrag"].angaben
    for address in targets:
        assert auditor.get(address).status_code == 200, address


def test_entry_leads_to_what_readers_saw_after_it(auditor):
    make_fassung("GLF SC 3.001a", "2019-05-12", text="<p>Alter Text.</p>")
    row = make_fassung("GLF SC 3.001a", "2022-01-02", text="<p>Neuer Text.</p>").arbeitsmittel
    settle()
    with acting_as(system_actor(), "Test", at=datetime(2021, 6, 1, 12, tzinfo=UTC)):
        row.save()
    words_, address = page_of(auditor, newest()).context["verweise"][0]
    assert words_ == "GLF SC 3.001a, wie Lesende es danach sahen"
    assert address == "/arbeitsmittel/glf-sc-3.001a/?stichtag=2021-06-01&bekannt=2021-06-01T14:00:01"
    shown = words(auditor.get(address))
    assert "Alter Text." in shown
    assert "Neuer Text." not in shown


def test_what_readers_see_after_an_entry_of_this_second_is_not_known_yet():
    make_fassung()
    entry = newest(vorgang="freigabe")
    links = [name for name, _address in links_of_entry(entry, Fassung, today(entry.zeitpunkt))]
    assert "Seite mit Stand 02.01.2024" in links
    assert not any("danach" in name for name in links)


def test_under_embargo_the_preview_is_shown_instead_of_a_page_that_is_none(auditor):
    row = make_fassung("GLF SC 3.001a", "2098-01-01", published=False, sperrfrist=True)
    publish(row, sichtbar_ab=datetime(2098, 1, 1, tzinfo=UTC))
    response = page_of(auditor, newest(vorgang="freigabe"))
    history = auditor.get("/arbeitsmittel/glf-sc-3.001a/historie/")
    targets = [address for _words, address in response.context["verweise"]] + [history.context["fassungen"][0][1]]
    assert "/arbeitsmittel/glf-sc-3.001a/2098-01-01/" not in targets
    for address in targets:
        assert auditor.get(address).status_code == 200, address


def test_roles_given_are_a_change(auditor):
    person = make_person("dora", role="Redaktion")
    settle()
    with acting_as(system_actor(), "Wechsel"):
        person.groups.set([Group.objects.get(name="Freigabe")])
    given = newest(vorgang="rollen")
    (change,) = page_of(auditor, given).context["aenderungen"].felder
    assert (change.name, change.alt, change.neu) == ("Rollen", "", "Freigabe")
    taken = Eintrag.objects.get(nummer=given.nummer - 1)
    (change,) = page_of(auditor, taken).context["aenderungen"].felder
    assert (change.alt, change.neu) == ("Redaktion", "")


def test_a_new_password_is_not_called_the_same_content(auditor, redaktion):
    with transaction.atomic(), acting_as(system_actor(), "Kennwort neu gesetzt"):
        redaktion.set_password("Birnbaum-Wolke-77")
        redaktion.save()
    page = words(page_of(auditor, newest(thema_art="person")))
    assert "Von den Angaben zur Person hat sich keine geändert. Was geschah, sagt die Begründung" in page
    assert "derselbe Inhalt" not in page


def test_every_kind_of_entry_has_a_page(auditor):
    make_fassung("GLF SC 3.001a", withdrawn="Falsch")
    make_fassung("GLF SC 3.002", only_stand=True)
    weisung = make_weisung("202305004", cites=("GLF SC 3.001a",), repeals=("202305001",), quelltext="x" * 50)
    make_umsetzung(weisung)
    make_person("dora", role="Redaktion")
    with acting_as(system_actor(), "Test"):
        Dienststelle.objects.create(name="Zentrale", art=Dienststelle.Art.ZENTRALE)
    settle()
    tables = set()
    for entry in Eintrag.objects.all():
        response = page_of(auditor, entry)
        tables.add(entry.tabelle)
        assert response.context["aenderungen"].zeile is not None
        for _words, address in response.context["verweise"]:
            assert auditor.get(address, follow=True).status_code == 200, address
    assert len(tables) == 8


def test_neighbours_are_those_of_the_same_object(auditor):
    make_fassung("GLF SC 3.001a")
    make_fassung("GLF SC 3.002")
    settle()
    mine = Eintrag.objects.filter(bezeichnung__startswith="GLF SC 3.001a").order_by("nummer")
    numbers = list(mine.values_list("nummer", flat=True))
    contexts = [page_of(auditor, entry).context for entry in mine]
    assert [context["davor"] for context in contexts] == [None, *numbers[:-1]]
    assert [context["danach"] for context in contexts] == [*numbers[1:], None]


@pytest.mark.parametrize("number", ["0", "999999", "9" * 19, "9" * 5000])
def test_an_entry_that_is_none_is_not_found(auditor, number):
    assert auditor.get(f"/revision/eintrag/{number}/").status_code == 404
    assert auditor.post(f"/revision/eintrag/{number}/gesichtet/").status_code == 404


# The note that somebody looked at it.


def seen(client, entry: Eintrag, **data):
    return client.post(f"/revision/eintrag/{entry.nummer}/gesichtet/", data, follow=True)


def test_a_reviewer_notes_that_an_entry_was_looked_at(auditor, revision):
    make_fassung()
    entry = newest()
    before = Eintrag.objects.count()
    page = seen(auditor, entry, notiz="Mit Akte verglichen.").content.decode()
    assert "Vermerkt: Der Eintrag ist gesichtet." in page
    assert "Mit Akte verglichen." in page
    assert "Als gesichtet vermerken" not in page
    settle()
    assert Eintrag.objects.count() == before


def test_sent_twice_it_is_noted_once(auditor):
    make_fassung()
    entry = newest()
    seen(auditor, entry, notiz="Erste Notiz")
    assert "Sie haben diesen Eintrag schon gesichtet" in seen(auditor, entry, notiz="Zweite Notiz").content.decode()
    assert [row.notiz for row in Durchsicht.objects.all()] == ["Erste Notiz"]


def test_several_people_each_note_it(auditor):
    make_fassung()
    entry = newest()
    seen(auditor, entry)
    seen(client_of(make_person("rolf", role="Revision")), entry)
    assert Durchsicht.objects.count() == 2


def test_a_note_that_is_too_long_is_refused_in_words(auditor):
    make_fassung()
    response = seen(auditor, newest(), notiz="x" * 10_000)
    assert "höchstens 2000 Zeichen" in words(response)
    assert not Durchsicht.objects.exists()


def test_a_note_needs_the_csrf_token(revision):
    make_fassung()
    client = Client(enforce_csrf_checks=True)
    client.force_login(revision, backend="portal.role_backend.RoleBackend")
    assert client.post(f"/revision/eintrag/{newest().nummer}/gesichtet/").status_code == 403


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE portal_durchsicht SET notiz = 'anders'",
        "UPDATE portal_durchsicht SET person_id = person_id + 1",
        "DELETE FROM portal_durchsicht",
        "TRUNCATE portal_durchsicht",
    ],
)
def test_the_database_keeps_a_note_as_it_is(revision, statement):
    make_fassung()
    note_durchsicht(newest(), person=revision, notiz="So war es", now=timezone.now())
    settle()
    with pytest.raises(IntegrityError, match="Durchsicht"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_role_of_the_portal_can_only_add_notes():
    assert rights_of_app(Durchsicht) == WRITE_ONCE


# Histories of objects.


def test_history_of_an_arbeitsmittel_holds_all_its_fassungen(auditor):
    make_fassung("GLF SC 3.001a", "2023-05-12", aenderungshinweis="Frist verkürzt")
    make_fassung("GLF SC 3.001a", "2024-01-02")
    make_fassung("GLF SC 3.002")
    settle()
    response = auditor.get("/arbeitsmittel/glf-sc-3.001a/historie/")
    page = words(response)
    assert "2 freigegebene Fassungen" in page
    assert "Frist verkürzt" in page
    assert "von zweite-person" in page
    objects = {line.gegenstand for line in response.context["zeilen"]}
    assert objects == {"GLF SC 3.001a", "GLF SC 3.001a, Stand 12.05.2023", "GLF SC 3.001a, Stand 02.01.2024"}
    (*_newest, compared), (*_first, none) = response.context["fassungen"]
    assert auditor.get(compared).status_code == 200
    assert none == ""


def test_history_of_a_number_holds_withdrawn_weisungen_too(auditor):
    first = make_weisung("202305004", cites=("GLF SC 3.001a",))
    withdraw(first, art="irrtum", reason="Falsches Datum", user=second_person(), now=timezone.now())
    make_weisung("202305004")
    settle()
    response = auditor.get("/weisungen/202305004/historie/")
    page = words(response)
    assert "2 Veröffentlichungen" in page
    assert "Zitat erfasst" in page
    assert "Falsches Datum" in page


def test_history_of_a_draft_that_nobody_released(auditor):
    make_fassung("GLF SC 3.001a", published=False)
    make_weisung("202305004", published=False)
    settle()
    assert "angelegt" in words(auditor.get("/arbeitsmittel/glf-sc-3.001a/historie/"))
    assert "angelegt" in words(auditor.get("/weisungen/202305004/historie/"))


@pytest.mark.parametrize("path", ["/arbeitsmittel/glf-sc-3.999/historie/", "/weisungen/202399999/historie/"])
def test_history_of_nothing_is_not_found(auditor, path):
    assert auditor.get(path).status_code == 404


def test_histories_ask_the_same_with_one_version_and_with_many(auditor):
    def asked() -> list[int]:
        counted = []
        for path in ("/arbeitsmittel/glf-sc-3.001a/historie/", "/weisungen/202305004/historie/"):
            with CaptureQueriesContext(connection) as captured:
                assert auditor.get(path).status_code == 200
            counted.append(len([query for query in captured if "SAVEPOINT" not in query["sql"]]))
        return counted

    make_fassung("GLF SC 3.001a", "2024-01-01")
    make_weisung("202305004")
    settle()
    few = asked()
    for day in range(2, 20):
        make_fassung("GLF SC 3.001a", f"2024-01-{day:02}")
    settle()
    assert asked() == few
    assert max(few) <= 8


def test_pages_lead_reviewers_to_the_history_and_nobody_else(auditor, reader):
    make_fassung()
    make_weisung()
    for path in ("/arbeitsmittel/glf-sc-3.001a/", "/weisungen/202305004/"):
        assert f'href="{path}historie/"' in auditor.get(path).content.decode()
        assert "historie" not in reader.get(path).content.decode()
