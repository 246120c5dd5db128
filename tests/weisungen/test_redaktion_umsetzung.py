"""What came of what a Weisung announced: the page for readers, and the list for editors."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import make_arbeitsmittel, make_fassung, make_umsetzung, make_weisung
from tests.weisungen.redaktion_forms import client_of

pytestmark = pytest.mark.django_db
PAGE = "/weisungen/202305004/umsetzung/"
MARKER = "Geheimtitel-des-Entwurfs"


@pytest.fixture
def weisung():
    weisung = make_weisung("202305004", cites=("GLF SC 3.204", "GLF SC 3.305"))
    make_umsetzung(weisung, "GLF SC 3.204")
    make_umsetzung(weisung, "GLF SC 3.305")
    return weisung


def states(client):
    return {str(line.umsetzung.arbeitsmittel): line.stand.value for line in client.get(PAGE).context["zeilen"]}


def test_each_announcement_has_its_outcome_in_words(reader, weisung):
    make_umsetzung(weisung, "GLF SC 3.410")
    make_fassung("GLF SC 3.204", "2023-05-12")
    make_fassung("GLF SC 3.410", "2023-05-20")
    assert states(reader) == {"GLF SC 3.204": "erledigt", "GLF SC 3.305": "fehlt", "GLF SC 3.410": "verspaetet"}
    body = reader.get(PAGE).content.decode()
    for words in ("Umgesetzt mit", "Fehlt: angekündigt zum 12.05.2023", "8 Tage nach dem angekündigten"):
        assert words in body


def test_readers_learn_nothing_of_drafts(reader, redaktion, weisung):
    before = reader.get(PAGE).content
    make_fassung("GLF SC 3.305", "2026-12-01", published=False, titel=MARKER)
    after = reader.get(PAGE).content
    assert MARKER.encode() not in after
    assert b"in Arbeit" not in after
    assert len(after) == len(before)
    assert "in Arbeit" in client_of(redaktion).get(PAGE).content.decode()


def test_readers_write_nothing(reader, weisung):
    row = weisung.umsetzungen.first()
    assert '<form class="werkstatt' not in reader.get(PAGE).content.decode()
    assert reader.post(PAGE, {"umsetzung": row.pk, "grund": "So"}).status_code == 403
    assert reader.post("/weisungen/202399001/umsetzung/", {}).status_code == 403
    row.refresh_from_db()
    assert row.entschuldigt_am is None


def test_an_editor_excuses_with_a_reason(redaktion, weisung):
    client = client_of(redaktion)
    row = weisung.umsetzungen.get(arbeitsmittel=make_arbeitsmittel("GLF SC 3.305"))
    assert client.post(PAGE, {"umsetzung": row.pk, "grund": " "}).status_code == 200
    assert client.post(PAGE, {"umsetzung": row.pk, "grund": "Kommt mit der Reform"}).status_code == 302
    assert states(client)["GLF SC 3.305"] == "entschuldigt"
    assert "Kommt mit der Reform" in client.get(PAGE).content.decode()


def test_an_editor_adds_an_announcement_of_an_issued_weisung(redaktion, weisung):
    make_arbeitsmittel("GLF SC 3.410")
    client = client_of(redaktion)
    data = {"kennung": "3410", "soll_stand": "2023-06-01", "was": "Zugang"}
    assert client.post(PAGE, data).status_code == 302
    assert states(client)["GLF SC 3.410"] == "fehlt"
    refused = client.post(PAGE, data | {"kennung": "GLF SC 3.999"})
    assert "kennt das Portal nicht" in refused.content.decode()


def test_the_row_of_another_weisung_is_not_found(redaktion, weisung):
    other = make_umsetzung(make_weisung("202305005"), "GLF SC 3.204")
    assert client_of(redaktion).post(PAGE, {"umsetzung": other.pk, "grund": "So"}).status_code == 404


@pytest.mark.parametrize("fields", [{"published": False}, {"sperrfrist": True}])
def test_what_readers_do_not_see_has_no_page(reader, fields):
    weisung = make_weisung("202611001", datum="2026-11-23", **{"published": False} | fields)
    make_umsetzung(weisung, "GLF SC 3.204")
    hidden, missing = reader.get("/weisungen/202611001/umsetzung/"), reader.get("/weisungen/202699001/umsetzung/")
    assert (hidden.status_code, missing.status_code) == (404, 404)


def test_the_weisung_leads_to_its_umsetzung(reader, weisung):
    assert PAGE in reader.get("/weisungen/202305004/").content.decode()


def test_the_list_of_everything_open_has_overdue_and_coming(redaktion, weisung):
    coming = make_weisung("202305006")
    make_umsetzung(coming, "GLF SC 3.410", soll_stand=timezone.localdate() + timedelta(days=10))
    groups = client_of(redaktion).get("/redaktion/umsetzung/").context["gruppen"]
    listed = {}
    for group in groups:
        listed[group.titel] = [(str(line.umsetzung.arbeitsmittel), days) for line, days in group.zeilen]
    assert [name for name, _days in listed["Fehlt"]] == ["GLF SC 3.204", "GLF SC 3.305"]
    assert listed["Noch nicht fällig"] == [("GLF SC 3.410", 10)]


def test_the_list_of_everything_open_is_for_those_who_see_drafts(reader, verwaltung, weisung):
    assert reader.get("/redaktion/umsetzung/").status_code == 403
    assert client_of(verwaltung).get("/redaktion/umsetzung/").status_code == 403
    assert Client().get("/redaktion/umsetzung/").status_code == 302


@pytest.mark.parametrize("path", [PAGE, "/redaktion/umsetzung/"])
def test_pages_ask_as_often_for_40_announcements_as_for_two(redaktion, weisung, path):
    client = client_of(redaktion)

    def asked():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        return len(captured)

    two = asked()
    for number in range(100, 138):
        make_umsetzung(weisung, f"GLF SC 2.{number}")
    assert asked() == two
