"""Who gets what answer: role x URL x method. A URL without a line here fails the build."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from arbeitsmittel.models import Fassung
from portal.history import acting_as
from portal.models import Auftrag, Benutzer, Dienststelle, Durchsicht
from portal.provisioning import system_actor
from portal.roles import ROLES
from tests.factories import make_fassung, make_person, make_weisung, settle
from weisungen.models import Weisung

pytestmark = [pytest.mark.django_db, pytest.mark.needs_pdf]

NOBODY = ()
CONTENT = ("Sachbearbeitung", "Redaktion", "Freigabe", "Eilfreigabe", "Revision")
WORKPLACE = ("Redaktion", "Freigabe", "Eilfreigabe", "Revision", "Administration")
PEOPLE = ("Revision", "Administration")
ADMINISTRATION = ("Administration",)
REVISION = ("Revision",)
SIGNED_IN = (*ROLES, "ohne Rolle")
EVERYBODY = ("anonym", "deaktiviert", *SIGNED_IN)
CAST = EVERYBODY
AUFTRAG = "00000000-0000-4000-8000-000000000001"
LEAVING = ("abmelden/", "redaktion/logout/")

# Route -> (who may read it by GET, who may write to it by POST).
MATRIX: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "": (SIGNED_IN, NOBODY),
    "suche/": (CONTENT, NOBODY),
    "nachweis/": (CONTENT, NOBODY),
    "nachweis/<adresse:slug>/<tag:tag>.pdf": (CONTENT, NOBODY),
    "arbeitsmittel/": (CONTENT, NOBODY),
    "arbeitsmittel/<adresse:slug>/": (CONTENT, NOBODY),
    "arbeitsmittel/<adresse:slug>/<tag:stand>/": (CONTENT, NOBODY),
    "arbeitsmittel/<adresse:slug>/<tag:stand>.pdf": (CONTENT, NOBODY),
    "weisungen/": (CONTENT, NOBODY),
    "weisungen/<adresse:slug>/": (CONTENT, NOBODY),
    "weisungen/<adresse:slug>.pdf": (CONTENT, NOBODY),
    "weisungen/<adresse:slug>/umsetzung/": (CONTENT, ("Redaktion",)),
    "redaktion/umsetzung/": (("Redaktion", "Freigabe", "Eilfreigabe", "Revision"), NOBODY),
    "revision/": (REVISION, NOBODY),
    "revision/eintrag/<int:nummer>/": (REVISION, NOBODY),
    "revision/eintrag/<int:nummer>/gesichtet/": (NOBODY, REVISION),
    "revision/vergleich/": (CONTENT, NOBODY),  # each side with the rights of whoever asks
    "revision/listen/": (REVISION, NOBODY),
    "revision/listen/<slug:name>/": (REVISION, NOBODY),
    "revision/auszug.csv": (REVISION, NOBODY),
    "revision/listen/<slug:name>.csv": (REVISION, NOBODY),
    "revision/auszug/<slug:form>/": (NOBODY, REVISION),
    "revision/dossier/arbeitsmittel/<adresse:slug>/": (NOBODY, REVISION),
    "revision/dossier/weisung/<adresse:slug>/": (NOBODY, REVISION),
    "auftraege/": (SIGNED_IN, NOBODY),  # everybody's own
    "auftraege/<uuid:key>/": (NOBODY, NOBODY),  # of somebody else; their own: tests/portal/test_auftraege.py
    "auftraege/<uuid:key>/stand/": (NOBODY, NOBODY),
    "auftraege/<uuid:key>/datei/": (NOBODY, NOBODY),
    "arbeitsmittel/<adresse:slug>/historie/": (REVISION, NOBODY),
    "weisungen/<adresse:slug>/historie/": (REVISION, NOBODY),
    "anmelden/": (EVERYBODY, EVERYBODY),
    "abmelden/": (SIGNED_IN, SIGNED_IN),  # by GET it signs nobody out, and leads to the start
    "kennwort/": (SIGNED_IN, SIGNED_IN),
    "health/live": (EVERYBODY, NOBODY),
    "health/ready": (EVERYBODY, NOBODY),
    "redaktion/": (WORKPLACE, NOBODY),
    "redaktion/login/": (EVERYBODY, EVERYBODY),  # both lead to the portal's own page
    "redaktion/logout/": (NOBODY, WORKPLACE),
    "redaktion/password_change/": (WORKPLACE, WORKPLACE),  # leads to the portal's own page
    "redaktion/password_change/done/": (WORKPLACE, NOBODY),  # leads to the start
    "redaktion/autocomplete/": (NOBODY, NOBODY),
    "redaktion/jsi18n/": (WORKPLACE, NOBODY),
    "redaktion/r/<path:content_type_id>/<path:object_id>/": (WORKPLACE, NOBODY),
    "redaktion/^(?P<app_label>portal|arbeitsmittel|weisungen)/$": (PEOPLE, PEOPLE),  # leads to "Meine Aufgaben"
    "redaktion/(?P<url>.*)$": (NOBODY, NOBODY),
    "redaktion/portal/benutzer/<id>/password/": (ADMINISTRATION, ADMINISTRATION),
}


def model_routes(model: str, *, readers: tuple, writers: tuple, auditors: tuple) -> None:
    base = f"redaktion/{model}/"
    MATRIX.update(
        {
            base: (readers, readers),  # POST: the actions of the list, of which there are none
            f"{base}add/": (writers, writers),
            f"{base}<path:object_id>/change/": (readers, writers),
            f"{base}<path:object_id>/history/": (auditors, auditors),
            f"{base}^([^/]+)/history/([^/]+)/$": (WORKPLACE, WORKPLACE),  # leads to the list of the history
            f"{base}<path:object_id>/delete/": (NOBODY, NOBODY),
            f"{base}<path:object_id>/": (WORKPLACE, WORKPLACE),  # an old address of the admin, leads to the change page
        }
    )


model_routes("portal/dienststelle", readers=PEOPLE, writers=ADMINISTRATION, auditors=PEOPLE)
model_routes("portal/benutzer", readers=PEOPLE, writers=ADMINISTRATION, auditors=PEOPLE)
READERS = ("Redaktion", "Freigabe", "Eilfreigabe", "Revision")
WRITERS, RELEASERS, HURRIED = ("Redaktion",), ("Freigabe",), ("Eilfreigabe",)
model_routes("arbeitsmittel/arbeitsmittel", readers=READERS, writers=NOBODY, auditors=REVISION)
for model in ("arbeitsmittel/fassung", "weisungen/weisung"):
    model_routes(model, readers=READERS, writers=WRITERS, auditors=REVISION)
MATRIX["redaktion/arbeitsmittel/arbeitsmittel/suche/"] = (WRITERS, NOBODY)
MATRIX["redaktion/arbeitsmittel/arbeitsmittel/zitate/"] = (NOBODY, WRITERS)
FASSUNG = "redaktion/arbeitsmittel/fassung/<int:pk>/"
for page in ("vorschau/", "vorschau.pdf", "synopse/", "pruefdruck/<slug:pruefsumme>.pdf"):
    MATRIX[FASSUNG + page] = (READERS, NOBODY)
for page in ("vorlegen/", "zurueckholen/", "verwerfen/", "einlesen/"):
    MATRIX[FASSUNG + page] = (WRITERS, WRITERS)
for page in ("pruefen/", "freigeben/", "bestaetigen/", "zurueckziehen/"):
    MATRIX[FASSUNG + page] = (RELEASERS, RELEASERS)
MATRIX[FASSUNG + "eilfreigabe/"] = (HURRIED, HURRIED)
MATRIX[FASSUNG + "anwesend/"] = (NOBODY, WRITERS)
WEISUNG = "redaktion/weisungen/weisung/"
MATRIX |= {
    f"{WEISUNG}import/": (WRITERS, WRITERS),
    f"{WEISUNG}<int:pk>/paket/": (NOBODY, WRITERS),
    f"{WEISUNG}<int:pk>/anwesend/": (NOBODY, WRITERS),
    f"{WEISUNG}<int:pk>/eilfreigabe/": (HURRIED, HURRIED),
}
for page in ("vorschau/", "vorschau.pdf", "pruefdruck/<slug:pruefsumme>.pdf"):
    MATRIX[f"{WEISUNG}<int:pk>/{page}"] = (READERS, NOBODY)
for page in ("vorlegen/", "zurueckholen/", "verwerfen/"):
    MATRIX[f"{WEISUNG}<int:pk>/{page}"] = (WRITERS, WRITERS)
for page in ("pruefen/", "freigeben/", "bestaetigen/", "zurueckziehen/"):
    MATRIX[f"{WEISUNG}<int:pk>/{page}"] = (RELEASERS, RELEASERS)


def routes(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[str]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            yield prefix + str(pattern.pattern)
        else:
            yield from routes(pattern, prefix + str(pattern.pattern))


def test_every_url_has_a_line():
    assert sorted(set(routes()) - set(MATRIX)) == []


def test_every_line_has_a_url():
    assert sorted(set(MATRIX) - set(routes())) == []


@pytest.fixture
def things():
    fassung = make_fassung()
    weisung = make_weisung(cites=("GLF SC 3.001a",))
    with acting_as(system_actor(), "Test"):
        dienststelle = Dienststelle.objects.create(name="Service Center", art=Dienststelle.Art.SERVICE_CENTER)
    other = make_person("andere")
    settle()
    Auftrag.objects.create(pk=AUFTRAG, person=other, art="dossier", titel="Dossier", erstellt=timezone.now())
    return {
        "portal/dienststelle": dienststelle,
        "portal/benutzer": other,
        "arbeitsmittel/arbeitsmittel": fassung.arbeitsmittel,
        "arbeitsmittel/fassung": fassung,
        "weisungen/weisung": weisung,
    }


def address(route: str, things: dict) -> str:
    """A real address for a route: of a thing that exists."""
    thing = things.get("/".join(route.split("/")[1:3]))
    path = (
        route.replace("<tag:stand>", "2024-01-02")
        .replace("<tag:tag>", "2024-01-02")
        .replace("weisungen/<adresse:slug>", "weisungen/202305004")
        .replace("weisung/<adresse:slug>", "weisung/202305004")
        .replace("<adresse:slug>", "glf-sc-3.001a")
        .replace("<int:nummer>", "1")
        .replace("<slug:name>", "familien")
        .replace("<slug:form>", "xlsx")
        .replace("<uuid:key>", AUFTRAG)
        .replace("r/<path:content_type_id>/<path:object_id>/", "r/999/1/")
        .replace("^(?P<app_label>portal|arbeitsmittel|weisungen)/$", "portal/")
        .replace("(?P<url>.*)$", "gibt-es-nicht")
    )
    if thing is not None:
        path = re.sub("<path:object_id>|<id>|<int:pk>", str(thing.pk), path)
        path = path.replace("<slug:pruefsumme>", getattr(thing, "pruefsumme", ""))
        path = path.replace("^([^/]+)/history/([^/]+)/$", f"{thing.pk}/history/{thing.history.first().pk}/")
    assert not re.search(r"[<^$]", path), path
    return "/" + path


def client_of(who: str) -> Client:
    client = Client(raise_request_exception=False)
    if who == "anonym":
        return client
    person = make_person(f"wer{Benutzer.objects.count()}", role=who if who in ROLES else None)
    client.force_login(person, backend="portal.role_backend.RoleBackend")
    if who == "deaktiviert":
        with acting_as(system_actor(), "Ausgeschieden"):
            person.is_active = False
            person.save()
    return client


def entries() -> int:
    return sum(model.history.count() for model in (Benutzer, Dienststelle, Fassung, Weisung))


def reading_is_right(route: str, who: str, response) -> bool:
    signed_out = who in ("anonym", "deaktiviert")
    if who in MATRIX[route][0]:
        if route.startswith("redaktion/r/"):
            return response.status_code == 404  # nothing of ours has a page there
        leads_to_login = "anmelden" in response.headers.get("Location", "")
        return response.status_code in (200, 302) and (not leads_to_login or route == "redaktion/login/")
    if signed_out and response.status_code == 302:
        return "anmelden" in response.headers["Location"] or "/redaktion/login/" in response.headers["Location"]
    return response.status_code in (403, 404, 405)


def writing_is_right(route: str, who: str, response) -> bool:
    may_write = MATRIX[route][1]
    if who in may_write:
        return response.status_code in (200, 302, 409)  # 409: let in, and told why the step is not possible now
    if who in ("anonym", "deaktiviert"):
        return response.status_code in (302, 403, 405)
    return response.status_code in (403, 404, 405) or (response.status_code == 302 and not may_write)


@pytest.mark.parametrize("who", CAST)
def test_reading(who, things):
    client = client_of(who)
    answers = {route: client.get(address(route, things)) for route in MATRIX}
    wrong = {route: answer.status_code for route, answer in answers.items() if not reading_is_right(route, who, answer)}
    assert wrong == {}


@pytest.mark.parametrize("who", CAST)
def test_writing(who, things):
    client, leaving_clients = client_of(who), {route: client_of(who) for route in LEAVING}
    wrong, before = {}, entries()
    for route in MATRIX:
        answer = leaving_clients.get(route, client).post(address(route, things), {})
        if not writing_is_right(route, who, answer):
            wrong[route] = answer.status_code
    assert wrong == {}
    assert entries() == before
    assert Durchsicht.objects.exists() == (who == "Revision")


@pytest.mark.parametrize("who", CAST)
@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "head", "trace"])
def test_other_methods_change_and_reveal_nothing(method, who, things):
    client, before = client_of(who), entries()
    for route, (may_read, _may_write) in MATRIX.items():
        response = getattr(client, method)(address(route, things))
        assert response.status_code < 500, route
        if who not in may_read and method != "options":
            assert response.status_code in (302, 403, 404, 405), route
    assert entries() == before


def test_role_withdrawn_counts_from_the_next_request(redaktion):
    client = Client()
    client.force_login(redaktion, backend="portal.role_backend.RoleBackend")
    assert client.get("/redaktion/").status_code == 200
    with acting_as(system_actor(), "Rolle entzogen"):
        redaktion.groups.clear()
    assert client.get("/redaktion/").status_code == 403
    assert client.get("/arbeitsmittel/").status_code == 403


def test_administration_cannot_raise_anybody_above_the_roles(verwaltung):
    client = Client()
    client.force_login(verwaltung, backend="portal.role_backend.RoleBackend")
    page = client.get(f"/redaktion/portal/benutzer/{verwaltung.pk}/change/").content.decode()
    assert "is_superuser" not in page
    assert "user_permissions" not in page


@pytest.mark.parametrize("route", [route for route in MATRIX if MATRIX[route][1]])
def test_writing_needs_the_csrf_token(route, things):
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    person = make_person("wer", role="Administration")
    client.force_login(person, backend="portal.role_backend.RoleBackend")
    response = client.post(address(route, things), {})
    assert response.status_code == 403 or route == "redaktion/login/" or "kennwort" in response.headers["Location"]
