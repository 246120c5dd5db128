"""What the pages say: what applies is unmistakable, every state has its words, and bad addresses are answered."""

import hashlib
import re
from datetime import date

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from arbeitsmittel.models import FassungPdf
from portal.addresses import client_address
from portal.freigabe import withdraw
from portal.stichtag import read_stichtag
from portal.text import plain
from tests.factories import PDF, make_fassung, make_person, make_weisung, on
from weisungen.models import Weisung
from weisungen.printing import print_context

pytestmark = pytest.mark.django_db


def words(response) -> str:
    """The words of a page's main part, on one line."""
    main = re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL)[0]
    return " ".join(plain(main).split())


def test_detail_shows_what_applies_today(reader):
    make_fassung(stand="2023-05-12", text="<p>Alter Text.</p>")
    make_fassung(stand="2024-01-02", text="<p>Neuer Text.</p>")
    page = words(reader.get("/arbeitsmittel/glf-sc-3.001a/"))
    assert "Gilt heute" in page
    assert "Stand 02.01.2024" in page
    assert "Neuer Text." in page
    assert "Alter Text." not in page


def test_detail_shows_what_applied_on_the_stichtag_and_carries_it(reader):
    make_fassung(stand="2023-05-12", text="<p>Alter Text. Siehe GLF SC 3.001b.</p>")
    make_fassung(stand="2024-01-02", text="<p>Neuer Text.</p>")
    make_fassung("GLF SC 3.001b", "2023-05-12")
    response = reader.get("/arbeitsmittel/glf-sc-3.001a/?stichtag=2023-06-01")
    assert "Alter Text." in words(response)
    assert "Gilt am 01.06.2023" in words(response)
    html = re.sub(r"<a[^>]*>[^<]*zurück zu heute.*?</a>", "", response.content.decode(), flags=re.IGNORECASE)
    links = re.findall(r'href="(/(?:arbeitsmittel|weisungen|suche)/[^"]*)"', html)
    without = [link for link in links if "stichtag=2023-06-01" not in link]
    assert links
    assert without == []


def test_stand_known_without_text_is_a_state_of_its_own(reader):
    make_fassung(only_stand=True)
    page = words(reader.get("/arbeitsmittel/glf-sc-3.001a/"))
    assert "Nur der Stand ist bekannt" in page
    assert "gedruckt in Weisung 202305004" in page
    assert reader.get("/arbeitsmittel/glf-sc-3.001a/2024-01-02.pdf").status_code == 404


def test_before_the_first_stand_nothing_is_invented(reader):
    make_fassung(stand="2024-01-02", text="<p>Geheim bis dahin.</p>")
    response = reader.get("/arbeitsmittel/glf-sc-3.001a/?stichtag=2020-01-01")
    assert response.status_code == 200
    assert "Geheim bis dahin" not in words(response)


def test_withdrawn_stand_keeps_its_page_with_a_banner(reader):
    make_fassung(stand="2023-05-12")
    make_fassung(stand="2024-01-02", withdrawn="Falsche Frist genannt")
    page = words(reader.get("/arbeitsmittel/glf-sc-3.001a/2024-01-02/"))
    assert "zurückgezogen" in page.lower()
    assert "Falsche Frist genannt" in page
    assert "Stand 12.05.2023" in words(reader.get("/arbeitsmittel/glf-sc-3.001a/"))


def test_coming_stand_is_announced_and_never_shown_as_current(reader):
    make_fassung(stand="2024-01-02", text="<p>Heutiger Text.</p>")
    make_fassung(stand="2099-01-01", text="<p>Künftiger Text.</p>")
    page = words(reader.get("/arbeitsmittel/glf-sc-3.001a/"))
    assert "Ab 01.01.2099" in page
    assert "Künftiger Text." not in page
    assert "Künftiger Text." in words(reader.get("/arbeitsmittel/glf-sc-3.001a/2099-01-01/"))


def test_old_stand_leads_to_the_one_that_replaced_it(reader):
    make_fassung(stand="2023-05-12")
    make_fassung(stand="2024-01-02")
    response = reader.get("/arbeitsmittel/glf-sc-3.001a/2023-05-12/")
    assert "abgelöst" in words(response).lower()
    assert "02.01.2024" in words(response)


@pytest.mark.parametrize("address", ["/arbeitsmittel/glf-sc-3.001a/", "/arbeitsmittel/glf-sc-3.001a/2024-01-02/"])
def test_draft_is_as_invisible_as_what_does_not_exist(reader, address):
    make_fassung(published=False, text="<p>Suchwort Geheimnis</p>")
    hidden, missing = reader.get(address), reader.get(address.replace("3.001a", "3.999"))
    assert (hidden.status_code, missing.status_code) == (404, 404)
    token = re.compile(r'(csrfmiddlewaretoken" value="|nonce=")[^"]*')
    assert token.sub("", hidden.content.decode()) == token.sub("", missing.content.decode())
    for channel in ("/", "/arbeitsmittel/", "/suche/?q=Suchwort", "/suche/?q=3.001"):
        page = reader.get(channel).content.decode()
        assert "Geheimnis" not in page
        assert "/arbeitsmittel/glf-sc-3.001a/" not in page


def test_stored_pdf_is_served_byte_for_byte(reader):
    make_fassung()
    response = reader.get("/arbeitsmittel/glf-sc-3.001a/2024-01-02.pdf")
    assert response.content == PDF
    assert response.headers["Content-Type"] == "application/pdf"
    assert "glf-sc-3.001a_2024-01-02.pdf" in response.headers["Content-Disposition"]


def test_pdf_of_a_draft_is_invisible(reader):
    draft = make_fassung(published=False)
    FassungPdf.objects.create(fassung=draft, inhalt=PDF, sha256=hashlib.sha256(PDF).hexdigest())
    assert reader.get("/arbeitsmittel/glf-sc-3.001a/2024-01-02.pdf").status_code == 404


def test_weisung_prints_the_current_stand_and_tells_of_another_at_issue(reader):
    make_fassung("GLF SC 3.001a", "2023-05-12")
    make_fassung("GLF SC 3.001a", "2024-01-02")
    make_fassung("GLF SC 3.204", "2023-05-12")
    make_weisung(cites=("GLF SC 3.001a", "GLF SC 3.204"))
    response = reader.get("/weisungen/202305004/")
    assert "(Stand 02.01.2024; bei Erlass vermutlich 12.05.2023)" in words(response)
    assert "(Stand 12.05.2023)" in words(response)
    then = words(reader.get("/weisungen/202305004/?stichtag=2023-06-01"))
    assert "bei Erlass vermutlich" not in then


def test_repealed_weisung_says_by_which(reader):
    make_weisung("202305004")
    make_weisung("202401002", datum="2024-01-10", repeals=("202305004",))
    page = words(reader.get("/weisungen/202305004/"))
    assert "ufgehoben" in page
    assert "202401002" in page
    assert "ufgehoben durch" not in words(reader.get("/weisungen/202305004/?stichtag=2023-12-01"))
    in_force = words(reader.get("/weisungen/?geltung=in-kraft"))
    assert "202305004" not in in_force
    assert "202401002" in in_force


@pytest.mark.parametrize("value", ["gestern", "2024-02-30", "%00", "9" * 500, "2024-01-02%27", "<b>"])
def test_unreadable_stichtag_is_a_message_on_the_page(reader, value):
    make_fassung()
    for path in ("/", "/arbeitsmittel/", "/arbeitsmittel/glf-sc-3.001a/", "/weisungen/", "/suche/?q=anliegen"):
        response = reader.get(f"{path}{'&' if '?' in path else '?'}stichtag={value}")
        assert response.status_code == 200
        assert "Gezeigt wird, was heute gilt" in response.content.decode()
        assert "<b>" not in response.content.decode().replace("<b>…", "")


@pytest.mark.parametrize(
    "path",
    [
        "/arbeitsmittel/gibt-es-nicht/",
        "/arbeitsmittel/glf-sc-3.001a/2024-02-30/",
        "/arbeitsmittel/glf-sc-3.001a/2024-01-03/",
        "/arbeitsmittel/glf-sc-3.001a/2024-01-03.pdf",
        "/arbeitsmittel/%2e%2e/",
        "/weisungen/999999999/",
        "/weisungen/999999999.pdf",
        "/unbekannt/",
    ],
)
def test_unknown_address_is_a_page_of_our_own(reader, path):
    make_fassung()
    response = reader.get(path)
    assert response.status_code == 404
    assert "Arbeitsmittelportal" in response.content.decode()


@pytest.mark.parametrize(
    "query", ["seite=99", "seite=x", "sortierung=x", "art=x", "bereich=x", "art=glf-sc&sortierung=stand"]
)
def test_list_takes_any_parameter(reader, query):
    make_fassung()
    assert reader.get(f"/arbeitsmittel/?{query}").status_code == 200
    assert reader.get(f"/weisungen/?{query}").status_code == 200


def test_list_filters_and_shows_the_stand_in_every_row(reader):
    make_fassung("GLF SC 3.001a", "2024-01-02")
    make_fassung("GLF/AH EZ 1.001", "2023-05-12")
    make_fassung("EMB AH Umzug", only_stand=True, stand="2022-02-02")
    page = words(reader.get("/arbeitsmittel/"))
    for stand in ("02.01.2024", "12.05.2023", "02.02.2022"):
        assert stand in page
    filtered = words(reader.get("/arbeitsmittel/?art=glf-sc"))
    assert "GLF SC 3.001a" in filtered
    assert "1.001 " not in filtered.replace("3.001", "")


def test_texts_are_escaped_wherever_they_come_from(reader):
    attack = "<script>alert(1)</script>"
    make_fassung(titel=attack, aenderungshinweis=attack)
    make_fassung("GLF SC 3.204", only_stand=True, quelle=attack)
    make_weisung(titel=attack, geschaeftszeichen=attack, bezug=attack, rollen_zusatz={"sgb_iii": attack})
    for path in (
        "/", "/arbeitsmittel/", "/arbeitsmittel/glf-sc-3.001a/", "/arbeitsmittel/glf-sc-3.204/", "/weisungen/",
        "/weisungen/202305004/", "/suche/?q=alert", f"/suche/?q={attack}", f"/arbeitsmittel/?art={attack}",
    ):  # fmt: skip
        assert attack not in reader.get(path).content.decode(), path


def test_address_typed_with_capital_letters_leads_to_its_page(reader):
    make_fassung()
    assert reader.get("/arbeitsmittel/GLF-SC-3.001A/").status_code == 200
    assert reader.get("/arbeitsmittel/glf-sc-3.001A/2024-01-02/").status_code == 200


def test_everything_needs_a_login(client):
    make_fassung()
    response = client.get("/arbeitsmittel/glf-sc-3.001a/")
    assert response.status_code == 302
    assert response.headers["Location"] == "/anmelden/?next=/arbeitsmittel/glf-sc-3.001a/"


@pytest.mark.parametrize(
    "target", ["//boese.example", "https://boese.example", "/\\boese.example", "javascript:alert(1)"]
)
def test_login_leads_to_our_own_pages_only(client, target):
    make_person("sachbearbeitung", role="Sachbearbeitung")
    answer = client.post(
        f"/anmelden/?next={target}", {"username": "sachbearbeitung", "password": "geheim", "next": target}
    )
    assert answer.headers["Location"] == "/"


def test_guessing_locks_the_pair_and_nobody_else(client):
    make_person("sachbearbeitung", role="Sachbearbeitung")
    make_person("redaktion", role="Redaktion")
    for _ in range(10):
        answer = client.post("/anmelden/", {"username": "sachbearbeitung", "password": "falsch"})
    assert answer.status_code == 429
    assert client.post("/anmelden/", {"username": "sachbearbeitung", "password": "geheim"}).status_code == 429
    assert client.post("/anmelden/", {"username": "redaktion", "password": "geheim"}).status_code == 302


def test_new_password_from_the_administration_opens_the_lock(client, verwaltung):
    person = make_person("sachbearbeitung", role="Sachbearbeitung")
    for _ in range(10):
        client.post("/anmelden/", {"username": "sachbearbeitung", "password": "falsch"})
    administration = Client()
    administration.force_login(verwaltung, backend="portal.role_backend.RoleBackend")
    new = "ein ganz neues Kennwort"
    fields = {"password1": new, "password2": new, "usable_password": "true"}
    assert administration.post(f"/redaktion/portal/benutzer/{person.pk}/password/", fields).status_code == 302
    assert client.post("/anmelden/", {"username": "sachbearbeitung", "password": new}).status_code == 302


def test_address_of_the_sign_out_leads_to_the_start(reader):
    assert reader.get("/abmelden/").headers["Location"] == "/"
    assert reader.get("/").status_code == 200


def test_pdf_says_that_the_weisung_is_repealed(reader, sachbearbeitung):
    make_weisung("202305004")
    make_weisung("202401002", datum="2024-01-10", repeals=("202305004",))
    weisung = Weisung.objects.with_repeal(on("2026-01-01")).get(nummer="202305004")
    kopf = print_context(weisung, read_stichtag("2026-01-01", date(2026, 11, 23)), "https://portal.example")["kopf"]
    assert kopf[-1] == ("Zustand am 01.01.2026", "aufgehoben durch 202401002")


def test_password_change_enters_the_history_without_the_password(client):
    person = make_person("sachbearbeitung", role="Sachbearbeitung")
    client.force_login(person, backend="portal.role_backend.RoleBackend")
    new = "ein ganz neues Kennwort"
    fields = {"old_password": "geheim", "new_password1": new, "new_password2": new}
    assert client.post("/kennwort/", fields).status_code == 302
    person.refresh_from_db()
    assert person.check_password(new)
    assert person.history.first().history_change_reason == "Kennwort selbst geändert"
    assert not hasattr(person.history.first(), "password")


PAGES = [
    "/anmelden/",
    "/",
    "/arbeitsmittel/",
    "/weisungen/",
    "/suche/?q=x",
    "/unbekannt/",
    "/health/live",
    "/abmelden/",
]


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_carries_the_headers(reader, path):
    response = reader.get(path)
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for directive in ("object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"):
        assert directive in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["Permissions-Policy"]
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("path", PAGES)
def test_no_inline_script_or_style(reader, path):
    html = reader.get(path).content.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", html)


def test_start_counts_and_lists(reader):
    make_fassung("GLF SC 3.001a", "2024-01-02")
    make_fassung("GLF SC 3.204", "2099-01-01")
    make_weisung()
    page = words(reader.get("/"))
    for expected in ("GLF SC 3.001a", "01.01.2099", "Weisung 202305004", "Service Center SGB III"):
        assert expected in page


def test_database_down_is_answered_in_our_design(settings, monkeypatch):
    """Wherever it strikes first: here, where the session is read."""

    def refuse(*args, **kwargs):
        raise OperationalError("connection refused")

    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore._get_session_from_db", refuse)
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = "x" * 32
    response = client.get("/arbeitsmittel/")
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "30"
    assert "Datenbank" in response.content.decode()


def test_process_is_alive_without_its_database(client, monkeypatch):
    """A prober must not restart healthy processes because the database is away."""

    def refuse(*args, **kwargs):
        raise OperationalError("connection refused")

    monkeypatch.setattr("django.db.backends.base.base.BaseDatabaseWrapper.cursor", refuse)
    monkeypatch.setattr("django.db.transaction.Atomic.__enter__", refuse)
    assert client.get("/health/live").status_code == 200
    assert client.get("/health/ready").status_code == 503


def test_unreadable_stichtag_is_no_file_and_travels_with_the_jump(reader):
    make_fassung()
    make_weisung()
    assert reader.get("/weisungen/202305004.pdf?stichtag=gestern").status_code == 404
    response = reader.get("/suche/?q=3.001a&stichtag=gestern", follow=True)
    assert "Gezeigt wird, was heute gilt" in response.content.decode()


def test_corrected_weisung_takes_the_address_of_the_withdrawn_one(reader, redaktion):
    withdrawn = withdraw(
        make_weisung(titel="Falsch"), art="irrtum", user=redaktion, reason="Falscher Text", now=timezone.now()
    )
    assert "Falscher Text" in words(reader.get("/weisungen/202305004/"))
    make_weisung(titel="Richtig")
    assert "Richtig" in words(reader.get("/weisungen/202305004/"))
    assert withdrawn.zurueckgezogen_grund == "Falscher Text"


def test_arbeitsmittel_cited_without_a_stand_has_a_page(reader):
    make_weisung(cites=("GLF SC 3.777",))
    page = words(reader.get("/weisungen/202305004/"))
    assert "Kein Stand bekannt" in page
    assert "denselben Stand" not in page
    named = words(reader.get("/arbeitsmittel/glf-sc-3.777/"))
    assert "Kein Stand bekannt" in named
    assert "Weisung 202305004" in named
    assert reader.get("/suche/?q=3777").headers["Location"] == "/arbeitsmittel/glf-sc-3.777/"
    assert "GLF SC 3.777" in words(reader.get("/arbeitsmittel/"))


@pytest.mark.parametrize(("proxies", "expected"), [(0, "127.0.0.1"), (1, "10.0.0.9"), (2, "10.0.0.1")])
def test_address_behind_proxies_is_not_what_the_client_writes(rf, settings, proxies, expected):
    settings.PROXY_COUNT = proxies
    request = rf.get("/", headers={"X-Forwarded-For": "6.6.6.6, 10.0.0.1, 10.0.0.9"})
    assert client_address(request) == expected
    assert client_address(rf.get("/")) == "127.0.0.1"


def test_fault_of_the_program_is_answered_without_details(reader, monkeypatch):
    def fail(*args):
        raise RuntimeError("inneres Geheimnis")

    monkeypatch.setattr("arbeitsmittel.views.einordnen", fail)
    make_fassung()
    reader.raise_request_exception = False
    response = reader.get("/arbeitsmittel/glf-sc-3.001a/")
    assert response.status_code == 500
    assert "inneres Geheimnis" not in response.content.decode()


def test_today_is_the_day_in_germany(sachbearbeitung, client, monkeypatch):
    """At 23:30 UTC on New Year's Eve it is already the next year here."""
    make_fassung(stand="2026-12-31", text="<p>Alt.</p>")
    make_fassung(stand="2027-01-01", text="<p>Neu.</p>")
    moment = timezone.datetime(2026, 12, 31, 23, 30, tzinfo=timezone.get_fixed_timezone(0))
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
    client.force_login(sachbearbeitung, backend="portal.role_backend.RoleBackend")
    assert timezone.localdate() == date(2027, 1, 1)
    assert "Neu." in words(client.get("/arbeitsmittel/glf-sc-3.001a/"))
