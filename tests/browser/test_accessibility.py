"""axe on every page and state, at both widths, light and dark; nothing runs off the side, nothing breaks the policy."""

import itertools
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.db import OperationalError, transaction
from django.urls import resolve
from django.utils import timezone
from playwright.sync_api import Page

from arbeitsmittel.models import Arbeitsmittel, Fassung
from portal.freigabe import approve, return_to_author, submit, withdraw
from portal.history import acting_as
from portal.models import Auftrag, Benutzer, Dienststelle, Eintrag
from portal.provisioning import system_actor
from portal.stichtag import today
from portal.zeitpunkt import start_of
from tests.arbeitsmittel.redaktion_pages import submitted
from tests.browser.conftest import demo_text
from tests.conftest import missing
from tests.factories import make_fassung, make_person, make_umsetzung, make_weisung, publish, settle
from tests.test_access_matrix import routes
from weisungen.checks import check_weisung
from weisungen.models import Weisung
from weisungen.package import put_into_package
from weisungen.publishing import submit_weisung

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.needs_pdf]

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
KEYS = (
    "benutzer", "dienststelle", "arbeitsmittel", "fassung", "weisung", "entwurf", "vorgelegt", "weisungsentwurf",
    "vorgelegte_weisung", "eintrag", "frueher",
)  # fmt: skip
VARIANTS = [(1280, "light"), (390, "dark"), (390, "light"), (1280, "dark")]

SIGNED_OUT = ["/anmelden/", "/anmelden/?next=/weisungen/"]
READING = [
    "/",
    "/?stichtag=2023-06-01",
    "/?stichtag=gestern",
    "/arbeitsmittel/",
    "/arbeitsmittel/?sortierung=stand",
    "/arbeitsmittel/?art=emb-ah",
    "/arbeitsmittel/?bereich=sc-sgb-ii",
    "/arbeitsmittel/glf-sc-3.001a/",
    "/arbeitsmittel/glf-sc-3.001a/?stichtag=2020-01-01",
    "/arbeitsmittel/glf-sc-3.001a/2023-05-12/",
    "/arbeitsmittel/glf-sc-3.001a/2024-05-02/",
    "/arbeitsmittel/glf-sc-3.001a/2098-01-01/",
    "/arbeitsmittel/glf-ah-ez-1.001/",
    "/arbeitsmittel/emb-ah-umzug-und-ortswechsel/",
    "/weisungen/",
    "/weisungen/202305004/",
    "/weisungen/202401002/",
    "/weisungen/information-202307002/",
    "/weisungen/202305004/umsetzung/",
    "/suche/",
    "/suche/?q=3.001",
    "/suche/?q=anliegen",
    "/suche/?q=gibtesnicht",
    "/arbeitsmittel/glf-sc-3.001a/?stichtag=2024-01-02&bekannt=2024-01-05T14:30",
    "/nachweis/?kennung=3.001a&datum=02.01.2024",
    "/nachweis/?kennung=gibtesnicht&datum=31.02.2024&uhrzeit=25:00",
    "/kennwort/",
    "/unbekannt/",
]
WORKPLACE = [
    "/redaktion/",
    "/redaktion/arbeitsmittel/arbeitsmittel/",
    "/redaktion/arbeitsmittel/fassung/",
    "/redaktion/weisungen/weisung/",
    "/redaktion/arbeitsmittel/arbeitsmittel/{arbeitsmittel}/change/",
    "/redaktion/umsetzung/",
    "/redaktion/weisungen/weisung/import/",
]
DRAFT = "/redaktion/arbeitsmittel/fassung/{entwurf}/"
SUBMITTED = "/redaktion/arbeitsmittel/fassung/{vorgelegt}/"
RELEASED = "/redaktion/arbeitsmittel/fassung/{fassung}/"
ORDER = "/redaktion/weisungen/weisung/{weisungsentwurf}/"
SUBMITTED_ORDER = "/redaktion/weisungen/weisung/{vorgelegte_weisung}/"
ISSUED = "/redaktion/weisungen/weisung/{weisung}/"
ORDERING = [
    "/redaktion/weisungen/weisung/add/",
    f"{ORDER}change/",
    f"{ORDER}vorschau/",
    f"{ORDER}vorlegen/",
    f"{ORDER}verwerfen/",
    f"{SUBMITTED_ORDER}change/",
    f"{SUBMITTED_ORDER}zurueckholen/",
    f"{ISSUED}change/",
    "/weisungen/202305004/umsetzung/",
]
WRITING = [
    "/redaktion/arbeitsmittel/fassung/",
    "/redaktion/arbeitsmittel/fassung/add/",
    "/redaktion/arbeitsmittel/fassung/add/?kennung=3.999",
    "/redaktion/arbeitsmittel/fassung/add/?kennung=3.001b",
    f"{DRAFT}change/",
    f"{DRAFT}einlesen/",
    f"{DRAFT}vorschau/",
    f"{DRAFT}synopse/",
    f"{DRAFT}vorlegen/",
    f"{DRAFT}verwerfen/",
    f"{SUBMITTED}change/",
    f"{SUBMITTED}zurueckholen/",
    f"{RELEASED}change/",
]
CHECKING = [
    f"{SUBMITTED}change/",
    f"{SUBMITTED}pruefen/",
    f"{SUBMITTED}freigeben/",
    f"{RELEASED}zurueckziehen/",
    f"{RELEASED}bestaetigen/",
    f"{SUBMITTED_ORDER}pruefen/",
    f"{SUBMITTED_ORDER}freigeben/",
    f"{ISSUED}zurueckziehen/",
    f"{ISSUED}bestaetigen/",
]
HURRYING = [f"{DRAFT}eilfreigabe/", f"{ORDER}eilfreigabe/"]
ADMINISTRATION = [
    "/",  # a start page of its own, without content
    "/arbeitsmittel/",  # 403
    "/redaktion/",
    "/redaktion/portal/",
    "/redaktion/portal/benutzer/",
    "/redaktion/portal/benutzer/add/",
    "/redaktion/portal/benutzer/{benutzer}/change/",
    "/redaktion/portal/benutzer/{benutzer}/password/",
    "/redaktion/portal/dienststelle/",
    "/redaktion/portal/dienststelle/add/",
    "/redaktion/portal/dienststelle/{dienststelle}/change/",
]
REVISION = [
    "/redaktion/portal/benutzer/{benutzer}/history/",
    "/redaktion/portal/dienststelle/{dienststelle}/history/",
    "/redaktion/arbeitsmittel/arbeitsmittel/{arbeitsmittel}/history/",
    "/redaktion/arbeitsmittel/fassung/{fassung}/change/",
    "/redaktion/arbeitsmittel/fassung/{fassung}/history/",
    "/redaktion/weisungen/weisung/{weisung}/change/",
    "/redaktion/weisungen/weisung/{weisung}/history/",
]
AUDITING = [
    "/revision/",
    "/revision/?vorgang=freigabe&vorgang=anmeldung&person=zweite-person",
    "/revision/?von=gestern",
    "/revision/?worte=gibtesnicht",
    "/revision/eintrag/{eintrag}/",
    "/revision/eintrag/1/",
    "/revision/listen/",
    "/revision/listen/alte-entwuerfe/",
    "/revision/listen/familien/",
    "/revision/vergleich/",
    "/revision/vergleich/?a=fassung-{frueher}&b=fassung-{vorgelegt}",
    "/arbeitsmittel/glf-sc-3.001a/historie/",
    "/arbeitsmittel/glf-sc-3.001a/",
    "/weisungen/202305004/historie/",
]
# The page of an Auftrag while it waits, when it is done, and when it failed.
AUFTRAEGE = [f"/auftraege/00000000-0000-4000-8000-00000000000{number}/" for number in (1, 2, 3)]
WITHOUT_A_PAGE = re.compile(
    r"\.pdf$|^health/|^abmelden/|^redaktion/(login|logout|password_change|autocomplete|jsi18n|r)/"  # no HTML of ours
    r"|/delete/$|/\^\(\[\^/\]\+\)/history/|<path:object_id>/$|\(\?P<url>"  # refused, or leads elsewhere
    r"|(arbeitsmittel|weisung)/add/$"  # nobody may
    r"|/anwesend/$|(arbeitsmittel|weisung)/(suche|zitate)/$"  # JSON, a part of a page
    r"|/(paket|gesichtet)/$|^revision/(auszug|dossier)/"  # take forms only
    r"|^auftraege/<uuid:key>/(stand|datei)/$|^revision/(auszug|listen/<slug:name>)\.csv$"  # JSON, a file
)


@pytest.fixture
def faults_here(page: Page):
    """Collect what axe finds on the page as it stands, and whether it runs off the side."""
    if not AXE.exists():
        missing("axe-core ist nicht eingerichtet (make setup)")
    axe = AXE.read_text(encoding="utf-8")

    def inner() -> list[str]:
        page.evaluate(axe)
        result = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
        found = [f"{violation['id']} {violation['nodes'][0]['html'][:150]}" for violation in result["violations"]]
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            found.append("läuft seitlich aus dem Bild")
        return found

    return inner


@pytest.fixture(params=[pytest.param(1, id="one-way"), pytest.param(3, id="other-ways", marks=pytest.mark.slow)])
def variants(request: pytest.FixtureRequest) -> Callable[[], list[tuple[int, str]]]:
    """Return what tells width and theme for the next page: each run looks at a page in one way, each in its turn."""
    turn = itertools.count()

    def inner() -> list[tuple[int, str]]:
        this = next(turn) % len(VARIANTS)
        in_turn = VARIANTS[this:] + VARIANTS[:this]
        return in_turn[:1] if request.param == 1 else in_turn[1:]

    return inner


@pytest.fixture
def faults_of(page: Page, faults_here, variants):
    """Collect what is wrong with a page in these variants; the policy's complaints come over the console."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))

    def inner(url: str) -> list[str]:
        found = []
        for width, theme in variants():
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=theme)
            complaints.clear()
            # Each time anew: colours that are on their way to another theme have no contrast to speak of.
            page.goto(url)
            told = [text for text in complaints if "Failed to load resource" not in text]
            found += [f"{width} {theme}: {fault}" for fault in [*told, *faults_here()]]
        return found

    return inner


@pytest.fixture
@transaction.atomic  # what is written enters the history when the transaction ends
def keys(portal) -> dict[str, int]:
    """Keys for the addresses of the workplace."""
    with transaction.atomic(), acting_as(system_actor(), "Test"):
        dienststelle = Dienststelle.objects.create(name="Service Center", art=Dienststelle.Art.SERVICE_CENTER)
    found = {
        "benutzer": Benutzer.objects.get(username="redaktion").pk,
        "dienststelle": dienststelle.pk,
        "arbeitsmittel": Arbeitsmittel.objects.get(slug="glf-sc-3.001a").pk,
        "fassung": Fassung.objects.released().first().pk,
        "weisung": Weisung.objects.get(slug="202305004").pk,
        "frueher": Fassung.objects.get(arbeitsmittel__slug="glf-sc-3.001a", stand="2023-05-12").pk,
        **drafts(),
    }
    settle()
    return found | {"eintrag": Eintrag.objects.filter(vorgang="vorlage").latest("nummer").pk}


def drafts() -> dict[str, int]:
    """A draft given back with gaps, and one that waits for its check."""
    writer = Benutzer.objects.get(username="redaktion")
    text = demo_text("glf-sc-3.001a")
    waiting = submitted(writer, kennung="GLF SC 3.001a", stand=date(2098, 2, 1), inhalt=text)
    returned = {"rueckgabe": "Bitte die Frist belegen.", "zurueckgegeben_am": timezone.now()}
    draft = make_fassung(
        "GLF SC 3.001b", "2098-02-01", published=False, titel="", zurueckgegeben_von=writer, **returned
    )
    return {"entwurf": draft.pk, "vorgelegt": waiting.pk, **weisungen_in_writing(writer, draft)}


def weisungen_in_writing(writer: Benutzer, member: Fassung) -> dict[str, int]:
    """A Weisung with a package, and one that waits for its check."""
    first_day = {"datum": "2098-02-01", "published": False, "verfasst_von": writer}
    draft = make_weisung("209802001", cites=("GLF SC 3.001b",), **first_day)
    put_into_package(draft, fassung=member, was="Frist angepasst", user=writer, now=timezone.now())
    waiting = make_weisung("209802002", cites=("GLF SC 3.001a",), **first_day)
    reasons = {befund.schluessel: "Beispiel" for befund in check_weisung(waiting, today(timezone.now()))}
    submit_weisung(waiting, begruendungen=reasons, version=1, user=writer, now=timezone.now())
    return {"weisungsentwurf": draft.pk, "vorgelegte_weisung": waiting.pk}


def faults(portal: str, paths: list[str], faults_of, keys: dict[str, int]) -> dict[str, list[str]]:
    return {path: found for path in paths if (found := faults_of(portal + path.format(**keys)))}


def test_every_url_with_a_page_is_looked_at():
    looked_at = {
        str(resolve(path.split("?")[0].format(**dict.fromkeys(KEYS, 1))).route)
        for path in [
            *SIGNED_OUT,
            *READING,
            *WORKPLACE,
            *WRITING,
            *ORDERING,
            *CHECKING,
            *HURRYING,
            *ADMINISTRATION,
            *REVISION,
            *AUDITING,
            "/auftraege/",
            *AUFTRAEGE,
        ]
        if path != "/unbekannt/"
    }
    # `resolve` leaves out the ^ of a regular expression
    missing_ones = {route for route in routes() if route not in looked_at and route.replace("^", "") not in looked_at}
    assert sorted(route for route in missing_ones if not WITHOUT_A_PAGE.search(route)) == []


def test_pages_before_signing_in(portal, faults_of, keys):
    assert faults(portal, SIGNED_OUT, faults_of, keys) == {}


def test_reading_pages(portal, sign_in, faults_of, keys):
    sign_in("sachbearbeitung")
    assert faults(portal, [*READING, "/redaktion/"], faults_of, keys) == {}  # the last one is a 403


def test_workplace(portal, sign_in, faults_of, keys):
    sign_in("redaktion")
    assert faults(portal, WORKPLACE, faults_of, keys) == {}


def test_pages_of_a_draft(portal, sign_in, faults_of, keys):
    sign_in("redaktion")
    assert faults(portal, WRITING, faults_of, keys) == {}


def test_pages_of_a_weisung_in_writing(portal, sign_in, faults_of, keys):
    sign_in("redaktion")
    assert faults(portal, ORDERING, faults_of, keys) == {}


@pytest.mark.parametrize(("role", "pages"), [("Freigabe", CHECKING), ("Eilfreigabe", HURRYING)])
def test_pages_of_the_second_person(portal, sign_in, faults_of, keys, role, pages):
    make_person(role.lower(), role=role)
    sign_in(role.lower())
    assert faults(portal, pages, faults_of, keys) == {}


def test_pages_of_the_administration(portal, sign_in, faults_of, keys):
    sign_in("administration")
    assert faults(portal, ADMINISTRATION, faults_of, keys) == {}


def test_histories_of_the_workplace(portal, sign_in, faults_of, keys):
    sign_in("revision")
    assert faults(portal, REVISION, faults_of, keys) == {}


def test_pages_of_the_reviewers(portal, sign_in, faults_of, keys):
    sign_in("revision")
    assert faults(portal, AUDITING, faults_of, keys) == {}


def test_page_of_an_auftrag(portal, sign_in, faults_of, keys, monkeypatch):
    monkeypatch.setattr("portal.pages.auftraege.wake", lambda: None)
    states = ({}, {"zustand": "fertig", "dateiname": "dossier.zip", "sha256": "0" * 64}, {"zustand": "gescheitert"})
    person = Benutzer.objects.get(username="revision")
    for path, state in zip(AUFTRAEGE, states, strict=True):
        told = {"titel": "Dossier zu GLF SC 3.001a", "fehler": "Das ist zu viel.", "erstellt": timezone.now()}
        Auftrag.objects.create(pk=path.split("/")[2], person=person, art="dossier", **told, **state)
    sign_in("revision")
    assert faults(portal, ["/auftraege/", *AUFTRAEGE], faults_of, keys) == {}


@pytest.fixture
@transaction.atomic  # a release without its file is refused when the transaction ends
def in_work(portal) -> dict[str, int]:
    """Something in every section of "Meine Aufgaben", and every way in which something was released or taken back."""
    redaktion = Benutzer.objects.get(username="redaktion")
    freigabe = make_person("freigabe", role="Freigabe", first_name="Frauke", last_name="Beispiel")
    make_person("neu", first_name="Nora", last_name="Neumann")
    now = timezone.now()
    for number in range(9):
        draft = make_fassung(f"GLF SC 3.50{number}", "2098-01-01", published=False, verfasst_von=redaktion)
        draft = submit(draft, begruendungen={}, version=draft.version, user=redaktion, now=now)
    approve(draft, pruefsumme=draft.pruefsumme, comment="", user=freigabe, now=now)
    returned = make_weisung("202612001", published=False, verfasst_von=redaktion)
    returned = submit(returned, begruendungen={}, version=returned.version, user=redaktion, now=now)
    return_to_author(returned, comment="Die Frist stimmt nicht.", user=freigabe, now=now)
    hurried = make_fassung("GLF SC 3.601", "2024-01-02", published=False)
    publish(hurried, weg="eil", eil_grund="Störung", veroeffentlicht_von=redaktion)
    late = make_fassung("GLF SC 3.602", "2023-05-12", published=False, nachtrag_grund="Lag nur auf Papier vor.")
    publish(late, now)
    publish(make_fassung("GLF SC 3.603", "2098-01-01", published=False, sperrfrist=True), sichtbar_ab=start_of(FAR))
    hidden = make_fassung("GLF SC 3.604", "2024-01-02", withdrawn="Falsche Frist")
    make_fassung("GLF SC 3.604", "2024-01-02")
    taken_back = make_weisung("202601001", datum="2026-01-10")
    withdraw(taken_back, art="irrtum", reason="Falsche Nummer", user=freigabe, now=now)
    coming = make_weisung("202601002", datum="2026-01-10", gueltig_ab=FAR)
    make_umsetzung(coming, "GLF SC 3.605", soll_stand=date(2024, 1, 2))
    return {"verdeckt": hidden.pk}


FAR = date(2098, 1, 1)
WAYS = [
    "/",
    "/arbeitsmittel/",
    "/suche/?q=anliegen",
    "/suche/?q=3.60",
    "/weisungen/",
    "/arbeitsmittel/glf-sc-3.601/",
    "/arbeitsmittel/glf-sc-3.602/",
    "/arbeitsmittel/glf-sc-3.604/",
    "/arbeitsmittel/glf-sc-3.604/2024-01-02/?id={verdeckt}",
    "/weisungen/202601001/",
    "/weisungen/202601002/",
]


def test_ways_of_the_release_and_back(portal, sign_in, faults_of, in_work):
    sign_in("sachbearbeitung")
    assert faults(portal, WAYS, faults_of, in_work) == {}


@pytest.mark.parametrize("who", ["redaktion", "freigabe", "revision", "administration"])
def test_tasks_of_everybody(portal, sign_in, faults_of, in_work, who):
    sign_in(who)
    assert faults(portal, ["/redaktion/", "/redaktion/?alle=pruefen"], faults_of, in_work) == {}


NARROW = {"redaktion": WORKPLACE, "administration": ADMINISTRATION, "revision": AUDITING}


@pytest.mark.parametrize("who", list(NARROW))
def test_nothing_of_the_workplace_runs_off_the_side(portal, sign_in, in_work, keys, who):
    page, wide = sign_in(who), []
    page.set_viewport_size({"width": 320, "height": 800})
    for path in NARROW[who]:
        page.goto(portal + path.format(**keys))
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(path)
    assert wide == []


@pytest.mark.parametrize("fault", [RuntimeError("Fehler"), OperationalError("Datenbank weg")], ids=["500", "503"])
def test_pages_of_faults(portal, sign_in, faults_of, keys, monkeypatch, fault):
    def fail(*arguments: object) -> None:
        raise fault

    sign_in("sachbearbeitung")
    monkeypatch.setattr("arbeitsmittel.views.einordnen", fail)
    assert faults(portal, ["/arbeitsmittel/glf-sc-3.001a/"], faults_of, keys) == {}


def test_pages_of_a_failed_sign_in(portal, page, faults_here):
    for attempt in range(10):
        page.goto(f"{portal}/anmelden/")
        page.get_by_label("Benutzername").fill("sachbearbeitung")
        page.get_by_label("Kennwort").fill("falsch")
        page.get_by_role("button", name="Anmelden").click()
        if attempt in (0, 9):  # the first refusal, and the lock
            assert faults_here() == []
    assert "Zu viele Versuche" in page.content()


@pytest.mark.parametrize("width", [320, 640])
def test_nothing_runs_off_the_side_on_small_or_zoomed_screens(portal, sign_in, width):
    """320 px is 1280 px at 400 % zoom (WCAG 1.4.10)."""
    page = sign_in("sachbearbeitung")
    page.set_viewport_size({"width": width, "height": 800})
    wide = []
    for path in READING:
        page.goto(portal + path)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(path)
    assert wide == []
