"""The Stichtag for the whole portal: set by the control, said in every address, gone with the session."""

import pytest
from django.test import Client

from portal.stichtag_memory import COOKIE
from tests.factories import make_fassung, make_weisung

pytestmark = pytest.mark.django_db
DAY, KNOWN = "stichtag=2023-06-01", "stichtag=2024-01-02&bekannt=2024-01-05T14:30"
PAGES = [
    "/",
    "/arbeitsmittel/",
    "/arbeitsmittel/glf-sc-3.001a/",
    "/weisungen/",
    "/weisungen/202305004/",
    "/suche/?q=frist",
]


@pytest.fixture
def content() -> None:
    make_fassung(stand="2023-05-12")
    make_weisung("202305004")


def set_to(client: Client, dates: str) -> None:
    answer = client.get(f"/arbeitsmittel/?{dates}&stichtag_setzen=1")
    assert answer["Location"] == f"/arbeitsmittel/?{dates}"


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("dates", [DAY, KNOWN])
def test_set_stichtag_holds_on_every_page_of_readers(reader, content, path, dates):
    set_to(reader, dates)
    answer = reader.get(path)
    assert answer["Location"] == f"{path}{'&' if '?' in path else '?'}{dates}"
    assert "no-store" in answer["Cache-Control"]
    assert reader.get(answer["Location"]).status_code == 200


def test_cookie_ends_with_the_browser_and_is_read_by_no_script(reader):
    set_to(reader, DAY)
    cookie = reader.cookies[COOKIE]
    assert (cookie["max-age"], cookie["expires"], cookie["httponly"], cookie["samesite"]) == ("", "", True, "Lax")


@pytest.mark.parametrize("asked", ["/?stichtag=heute", "/arbeitsmittel/?stichtag=heute&bekannt=2024-01-05&art=glf-sc"])
def test_one_click_leads_back_to_today(reader, content, asked):
    set_to(reader, KNOWN)
    answer = reader.get(asked)
    assert answer["Location"] == asked.partition("?")[0] + ("?art=glf-sc" if "art" in asked else "")
    assert reader.get("/").status_code == 200


def test_choosing_today_is_going_back(reader, settings):
    set_to(reader, DAY)
    today = reader.get("/").headers["Location"] and reader.get("/?stichtag=2023-06-01").context["stichtag"].heute
    assert reader.get(f"/?stichtag={today}&bekannt=&stichtag_setzen=1")["Location"] == "/"
    assert reader.get("/").status_code == 200


@pytest.mark.parametrize("leave", ["out", "in"])
def test_stichtag_ends_with_the_session(reader, leave):
    set_to(reader, DAY)
    if leave == "out":
        reader.post("/abmelden/")
    else:
        reader.cookies.pop("sessionid")
        reader.post("/anmelden/", {"username": "sachbearbeitung", "password": "geheim"})
    assert reader.cookies[COOKIE].value == ""


def test_link_with_a_date_sets_nothing(reader, content):
    assert reader.get(f"/arbeitsmittel/?{DAY}").status_code == 200
    assert COOKIE not in reader.cookies
    assert reader.get("/arbeitsmittel/").status_code == 200


@pytest.mark.parametrize("given", ["31.02.2024", "gestern", "1066-10-14"])
def test_unreadable_date_is_told_and_sets_nothing(reader, content, given):
    answer = reader.get("/arbeitsmittel/", {"stichtag": given, "stichtag_setzen": "1"}, follow=True)
    assert "stichtag-band--fehler" in answer.content.decode()
    assert COOKIE not in reader.cookies


@pytest.mark.parametrize("written", ["", "|", "heute", "2023-06-01|morgen", "x" * 4000, "2023-06-01|2999-01-01"])
def test_cookie_written_by_hand_means_today(reader, content, written):
    reader.cookies[COOKIE] = written
    assert reader.get("/arbeitsmittel/").status_code == 200


def test_what_has_its_own_day_is_left_alone(reader, client, revision, content):
    set_to(reader, DAY)
    for path in ("/nachweis/", "/kennwort/", "/arbeitsmittel/glf-sc-3.001a/2023-05-12.pdf", "/gibtesnicht/"):
        assert reader.get(path).status_code in (200, 404)
    client.force_login(revision, backend="portal.role_backend.RoleBackend")
    set_to(client, DAY)
    assert client.get("/revision/").status_code == 200


def test_nobody_is_sent_to_another_host(reader):
    assert reader.get("/", {"stichtag": "heute"}, PATH_INFO="//boese.example/").status_code == 404
