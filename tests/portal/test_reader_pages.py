"""Pages of readers from memory: never an older content, never somebody else's parts, never a message twice."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.cookie import CookieStorage
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from arbeitsmittel.models import Fassung
from portal.freigabe import withdraw
from portal.ledger.content_version import content_version
from portal.models import Benutzer
from portal.personal import render_part
from portal.reader_pages import published_page
from portal.stichtag import read_stichtag, today
from portal.zeitpunkt import start_of
from tests.factories import make_fassung, make_person, second_person, settle

PAGE = "/arbeitsmittel/glf-sc-3.001a/"
committed = pytest.mark.django_db(transaction=True)


def signed_in(name: str, role: str = "Sachbearbeitung") -> Client:
    client = Client()
    client.force_login(make_person(name, role=role), backend="portal.role_backend.RoleBackend")
    return client


def asked(client: Client, path: str = PAGE, etag: str = "") -> tuple[HttpResponse, list[str]]:
    headers = {"If-None-Match": etag} if etag else {}
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path, headers=headers)
    return answer, [query["sql"] for query in captured if query["sql"].lstrip().startswith("SELECT")]


@committed
def test_published_page_comes_from_memory_until_something_changes():
    make_fassung(stand="2024-01-02", text="<p>Anliegen klären.</p>")
    anna = signed_in("anna")
    first, _queries = asked(anna)
    again, from_memory = asked(anna)
    assert again.content.count(b"Anliegen") == first.content.count(b"Anliegen") == 1
    assert again.headers["Cache-Control"] == "private, no-cache"
    assert len(from_memory) == 2  # session, person
    unchanged, queries = asked(anna, etag=again.headers["ETag"])
    assert (unchanged.status_code, unchanged.content, len(queries)) == (304, b"", 2)

    make_fassung(stand="2024-02-01", text="<p>Jetzt gilt dies.</p>")
    changed, _queries = asked(anna, etag=again.headers["ETag"])
    assert "Jetzt gilt dies." in changed.content.decode()

    withdraw(
        Fassung.objects.get(stand="2024-02-01"), art="irrtum", reason="Test", user=second_person(), now=timezone.now()
    )
    assert "Anliegen klären." in asked(anna, etag=changed.headers["ETag"])[0].content.decode()


@committed
def test_published_page_shows_each_person_their_own_account():
    make_fassung()
    anna, berta, redaktion = signed_in("anna"), signed_in("berta"), signed_in("clara", "Redaktion")
    pages = {client: asked(client)[0] for client in (anna, berta, redaktion)}
    for client, name in ((anna, "anna"), (berta, "berta"), (redaktion, "clara")):
        shown = pages[client].content.decode()
        assert [other for other in ("anna", "berta", "clara") if other in shown] == [name]
    assert "Redaktion</a>" in pages[redaktion].content.decode()
    assert "Redaktion</a>" not in pages[anna].content.decode()
    assert len({page.headers["ETag"] for page in pages.values()}) == 3
    assert asked(berta, etag=pages[anna].headers["ETag"])[0].status_code == 200


@committed
def test_published_page_has_a_form_token_that_is_accepted_after_another_sign_in():
    make_fassung()
    person = make_person("anna", role="Sachbearbeitung")
    client = Client(enforce_csrf_checks=True)
    tags = []
    for _sign_in in range(2):
        client.force_login(person, backend="portal.role_backend.RoleBackend")
        client.cookies.pop("csrftoken", None)
        asked(client)
        page = asked(client)[0]
        tags.append(page.headers["ETag"])
        token = page.content.decode().split('csrfmiddlewaretoken" value="')[1].split('"')[0]
        assert client.post("/abmelden/", {"csrfmiddlewaretoken": token}).status_code == 302
    assert tags[0] != tags[1]


@committed
def test_published_page_changes_by_itself_at_midnight(monkeypatch):
    tomorrow = timezone.localdate() + timedelta(days=1)
    make_fassung(stand="2024-01-02", text="<p>Noch gilt dies.</p>")
    make_fassung(stand=str(tomorrow), text="<p>Ab morgen gilt dies.</p>")
    client = signed_in("anna")
    assert "Noch gilt dies." in asked(client)[0].content.decode()
    monkeypatch.setattr("portal.middleware.stichtag_of", lambda request: today(start_of(tomorrow)))
    assert "Ab morgen gilt dies." in asked(client)[0].content.decode()


@committed
def test_message_is_shown_once_and_remembered_by_nobody():
    make_fassung()
    client = signed_in("anna")
    request = RequestFactory().get(PAGE)
    storage, response = CookieStorage(request), HttpResponse()
    storage.add(constants.SUCCESS, "Nur für Anna")
    storage.update(response)
    client.cookies["messages"] = response.cookies["messages"].value
    first, second = asked(client)[0], asked(client)[0]
    assert "Nur für Anna" in first.content.decode()
    assert "no-store" in first.headers["Cache-Control"]
    assert "Nur für Anna" not in second.content.decode()


@committed
def test_what_is_missing_is_not_remembered_and_not_stored():
    client = signed_in("anna")
    answer = asked(client)[0]
    assert (answer.status_code, answer.headers["Cache-Control"]) == (404, "private, no-store")
    make_fassung()
    assert asked(client)[0].status_code == 200


def version() -> str | None:
    return Benutzer.objects.annotate(version=content_version()).values_list("version", flat=True).first()


@pytest.mark.django_db
def test_content_version_is_unknown_to_a_transaction_that_has_written():
    make_fassung()
    settle()
    assert version() is None


@committed
def test_content_version_changes_with_each_audited_change():
    make_person()
    versions = {version()}
    make_fassung()
    versions.add(version())
    with transaction.atomic():
        assert version() in versions
    make_fassung(stand="2024-03-01")
    assert version() not in versions


def test_date_that_was_not_understood_is_answered_past_the_memory():
    asked_for = []
    request = RequestFactory().get("/")
    request.user = SimpleNamespace(content_version="known")
    request.stichtag = read_stichtag("31.02.2024", timezone.localdate())
    published_page()(lambda request: asked_for.append(request) or HttpResponse())(request)
    assert asked_for == [request]


def test_sign_out_lets_the_browser_forget_the_pages(reader):
    assert reader.post("/abmelden/").headers["Clear-Site-Data"] == '"cache"'


@committed
def test_marker_of_a_personal_part_cannot_be_forged():
    true = render_part(SimpleNamespace(rendered_for_everybody=True), "konto", "")
    forged = "<!--konto -->" + re.sub("[0-9a-f]{40}", "0" * 40, true)
    assert forged.endswith(f"<!--{'0' * 40} konto -->")
    make_fassung(text=f"<p>Vorn {forged} hinten</p>", titel=forged)
    shown = asked(signed_in("anna"))[0].content.decode()
    assert shown.count('class="account"') == 1
