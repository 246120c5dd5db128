"""The workplace speaks German only, and every change of people and offices says why."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.test import Client

from portal.history import acting_as
from portal.models import Benutzer, Dienststelle
from portal.provisioning import system_actor
from portal.roles import ROLES
from tests.factories import make_fassung, make_person, make_weisung
from tests.test_access_matrix import routes

pytestmark = pytest.mark.django_db

# Words of Django's admin and of its libraries that are no German words, and none of names or addresses.
ENGLISH = re.compile(
    r"\b(the|this|that|you|your|user|users|password|reset|set|enter|add|change|changed|view|delete|save|search|show|hide"
    r"|counts|history|home|select|selected|action|actions|please|correct|below|above|error|errors|site|log ?out|welcome"
    r"|today|clear|all|none|from|with|for|and|or|object|objects|date|revert|close|back|remove|sorting|toggle|required"
    r"|field|unknown|authentication|available|choose|created|added|successfully|again|edit|options|results?|total)\b",
    re.IGNORECASE,
)


class Texts(HTMLParser):
    """Collects what people read or hear: text and the attributes that are shown or read aloud."""

    SPOKEN = ("alt", "title", "placeholder", "aria-label", "value", "summary")

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in ("script", "style")
        given = dict(attrs)
        if tag == "input" and given.get("type") == "hidden":
            return
        self.texts += [
            value for name, value in attrs if name in self.SPOKEN and value and tag not in ("option", "button")
        ]

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.texts.append(data)


def english_in(html: str) -> set[str]:
    reader = Texts()
    reader.feed(html)
    return {word.lower() for text in reader.texts for word in ENGLISH.findall(text)}


def client_of(person: Benutzer) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(person, backend="portal.role_backend.RoleBackend")
    return client


@pytest.fixture
def office() -> Dienststelle:
    with acting_as(system_actor(), "Test"):
        return Dienststelle.objects.create(name="Service Center", art=Dienststelle.Art.SERVICE_CENTER)


def addresses() -> Iterator[str]:
    """Every page of the workplace, of one thing each; what asks for more than one key is an old address."""
    for route in sorted(set(routes())):
        folders = route.split("/")
        if not route.startswith("redaktion/") or "jsi18n" in route or "^" in route or "(?P" in route:
            continue
        path = route
        if "<" in route and len(folders) > 3 and "<" not in folders[2]:
            newest = apps.get_model(folders[1], folders[2]).objects.order_by("-pk").first()
            path = re.sub(r"<[^>]+>", str(newest.pk), route)
        if "<" not in path:
            yield f"/{path}"


@pytest.mark.parametrize("role", [role for role in ROLES if "portal.open_redaktion" in ROLES[role]])
def test_no_english_word_is_left(role, office):
    make_fassung()
    make_fassung("GLF SC 3.204", published=False)
    make_weisung()
    make_person("andere", first_name="Erika", last_name="Beispiel", role=role)
    client = client_of(make_person("ich", role=role))
    pages = {path: client.get(path) for path in [*addresses(), "/redaktion/portal/benutzer/?q=x&is_active__exact=1"]}
    shown = {
        path: page.content.decode()
        for path, page in pages.items()
        if page.status_code == 200 and "html" in page.headers["Content-Type"]
    }
    assert len(shown) >= 3
    found = {path: english_in(html) for path, html in shown.items()}
    assert {path: words for path, words in found.items() if words} == {}


def test_the_search_for_english_words_finds_them():
    html = '<p>Bitte <b>Reset password</b></p><img alt="Search"><input type="submit" value="Save">'
    assert english_in(html + "<script>for (all) {}</script>") == {"reset", "password", "search", "save"}


def test_messages_and_faults_of_forms_are_german(verwaltung, office):
    client = client_of(verwaltung)
    page = f"/redaktion/portal/dienststelle/{office.pk}/change/"
    faulty = client.post(page, {"name": "", "art": "gibt-es-nicht"})
    done = client.post(page, {"name": "Neu", "art": "zentrale", "grund": "Umbenannt"}, follow=True)
    assert english_in(faulty.content.decode()) == english_in(done.content.decode()) == set()
    assert "erfolgreich" in done.content.decode()


def test_reason_becomes_that_of_the_history(verwaltung, office):
    person = make_person("sachbearbeitung", role="Sachbearbeitung")
    client = client_of(verwaltung)
    fields = {"username": "sachbearbeitung", "last_name": "Berger", "is_active": "on", "dienststelle": office.pk}
    fields["groups"] = Group.objects.get(name="Redaktion").pk
    answer = client.post(
        f"/redaktion/portal/benutzer/{person.pk}/change/", {**fields, "grund": "  Wechsel zum 01.12. "}
    )
    assert answer.status_code == 302
    assert person.history.first().history_change_reason == "Wechsel zum 01.12."
    assert person.history.first().history_user == verwaltung
    assert list(person.groups.values_list("name", flat=True)) == ["Redaktion"]


@pytest.mark.parametrize("reason", ["", "   "])
def test_nothing_is_written_without_a_reason(verwaltung, office, reason):
    entries = office.history.count()
    page = f"/redaktion/portal/dienststelle/{office.pk}/change/"
    answer = client_of(verwaltung).post(page, {"name": "Anders", "art": "zentrale", "grund": reason})
    office.refresh_from_db()
    assert answer.status_code == 200
    assert "Dieses Feld ist zwingend erforderlich" in answer.content.decode()
    assert (office.name, office.history.count()) == ("Service Center", entries)


def test_new_person_and_new_password(verwaltung):
    client = client_of(verwaltung)
    new = "ein ganz neues Kennwort"
    fields = {"username": "neu", "password1": new, "password2": new, "grund": "Neu im Team"}
    assert client.post("/redaktion/portal/benutzer/add/", fields).status_code == 302
    person = Benutzer.objects.get(username="neu")
    assert person.check_password(new)
    assert person.history.first().history_change_reason == "Neu im Team"
    page = f"/redaktion/portal/benutzer/{person.pk}/password/"
    assert client.post(page, {"usable_password": "false", "unset-password": "1"}).status_code == 200
    person.refresh_from_db()
    assert person.has_usable_password()  # nobody is left without a way in


def test_who_only_looks_is_offered_no_password_and_no_reason(revision):
    person = make_person("sachbearbeitung", role="Sachbearbeitung")
    page = client_of(revision).get(f"/redaktion/portal/benutzer/{person.pk}/change/").content.decode()
    assert "Kennwort setzen" not in page
    assert "Grund der Änderung" not in page
    assert "Zurück zur Liste" in page


def test_history_is_offered_to_those_who_may_read_it(redaktion, revision):
    fassung = make_fassung()
    page = f"/redaktion/arbeitsmittel/fassung/{fassung.pk}/change/"
    address = "/arbeitsmittel/glf-sc-3.001a/historie/"
    assert address not in client_of(redaktion).get(page).content.decode()
    assert address in client_of(revision).get(page).content.decode()


def test_every_page_of_the_workplace_has_the_portals_head_and_both_navigations(verwaltung, office):
    client = client_of(verwaltung)
    for path in ("/redaktion/", "/redaktion/portal/benutzer/", f"/redaktion/portal/dienststelle/{office.pk}/change/"):
        page = client.get(path).content.decode()
        assert page.count('class="site-header"') == page.count('class="site-footer"') == 1
        navigation = re.search(r'<nav class="sub-nav".*?</nav>', page, re.DOTALL)[0]
        assert "Personen" in navigation
        assert "Fassungen" not in navigation
        assert navigation.count("aria-current") == 1
