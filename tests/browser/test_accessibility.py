"""axe on every page and state, at both widths, light and dark; nothing runs off the side, nothing breaks the policy."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.conftest import missing

pytestmark = pytest.mark.django_db(transaction=True)

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
VARIANTS = [(width, theme) for width in (1280, 390) for theme in ("light", "dark")]

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
    "/suche/",
    "/suche/?q=3.001",
    "/suche/?q=anliegen",
    "/suche/?q=gibtesnicht",
    "/kennwort/",
    "/unbekannt/",
]
WORKPLACE = [
    "/redaktion/",
    "/redaktion/arbeitsmittel/arbeitsmittel/",
    "/redaktion/arbeitsmittel/fassung/",
    "/redaktion/weisungen/weisung/",
]
PEOPLE = ["/", "/redaktion/", "/redaktion/portal/benutzer/", "/redaktion/portal/benutzer/add/", "/arbeitsmittel/"]


@pytest.fixture
def faults_of(page: Page):
    """Collect what is wrong with a page in all variants; the policy's complaints come over the console."""
    if not AXE.exists():
        missing("axe-core ist nicht eingerichtet (make setup)")
    axe = AXE.read_text(encoding="utf-8")
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))

    def inner(url: str) -> list[str]:
        found = []
        for width, theme in VARIANTS:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=theme)
            complaints.clear()
            page.goto(url)
            found += [f"{width} {theme}: {text}" for text in complaints if "Failed to load resource" not in text]
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                found.append(f"{width} {theme}: läuft seitlich aus dem Bild")
            page.evaluate(axe)
            result = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
            for violation in result["violations"]:
                found.append(f"{width} {theme}: {violation['id']} {violation['nodes'][0]['html'][:150]}")
        return found

    return inner


def faults(portal: str, paths: list[str], faults_of) -> dict[str, list[str]]:
    return {path: found for path in paths if (found := faults_of(portal + path))}


def test_pages_before_signing_in(portal, faults_of):
    assert faults(portal, SIGNED_OUT, faults_of) == {}


def test_reading_pages(portal, sign_in, faults_of):
    sign_in("sachbearbeitung")
    assert faults(portal, READING, faults_of) == {}


def test_workplace(portal, sign_in, faults_of):
    sign_in("redaktion")
    assert faults(portal, WORKPLACE, faults_of) == {}


def test_pages_of_the_administration(portal, sign_in, faults_of):
    sign_in("administration")
    assert faults(portal, PEOPLE, faults_of) == {}


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
