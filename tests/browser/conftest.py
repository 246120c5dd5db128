"""A portal with every state in it, in a real browser."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from playwright.sync_api import Browser, Page

from portal.models import Benutzer
from tests.factories import make_fassung, make_person, make_weisung
from weisungen.demo.content import demo_arbeitsmittel

SERIALISED = pytest.mark.django_db(transaction=True)


def demo_text(slug: str, number: int = -1) -> str:
    """A long text with headings, boxes and a table."""
    return next(demo.fassungen[number].inhalt for demo in demo_arbeitsmittel() if demo.kennung.slug == slug)


@pytest.fixture
def portal(transactional_db: None, live_server) -> str:
    """The address of a running portal that has an example of every state."""
    make_fassung("GLF SC 3.001a", "2023-05-12", text=demo_text("glf-sc-3.001a", 0))
    make_fassung("GLF SC 3.001a", "2024-01-02", text=demo_text("glf-sc-3.001a", 1), titel="Eingehende Anrufe führen")
    make_fassung("GLF SC 3.001a", "2024-05-02", withdrawn="Falsche Frist genannt")
    make_fassung("GLF SC 3.001a", "2098-01-01", text="<p>Kommt erst noch.</p>")
    make_fassung("GLF SC 3.001b", "2024-01-02")
    make_fassung("GLF/AH EZ 1.001", "2023-05-12", only_stand=True)
    make_fassung("EMB AH Umzug und Ortswechsel", "2023-05-12", text=demo_text("emb-ah-umzug-und-ortswechsel"))
    cites = ("GLF SC 3.001a", "GLF/AH EZ 1.001", "EMB AH Umzug und Ortswechsel")
    make_weisung("202305004", cites=cites, gueltig_bis=None, bezug="HEGA 10/15 - 8")
    make_weisung("202401002", datum="2024-01-10", cites=cites[:1], repeals=("202305004",))
    make_weisung("202307002", typ="information", datum="2023-07-03", gueltig_bis=date(2023, 12, 31))
    for role in ("Sachbearbeitung", "Redaktion", "Revision", "Administration"):
        make_person(role.lower(), role=role, first_name="Erika", last_name="Beispiel")
    return live_server.url


@pytest.fixture
def sign_in(portal: str, page: Page) -> Callable[[str], Page]:
    """Sign in somebody whom the portal knows."""
    return lambda username: signed_in(page, portal, username)


@pytest.fixture
def person(portal: str, browser: Browser, browser_context_args: dict) -> Iterator[Callable[..., Page]]:
    """Somebody at a browser of their own, made where they do not exist yet."""
    contexts = []

    def inner(username: str, role: str = "Redaktion", name: str = "") -> Page:
        if not Benutzer.objects.filter(username=username).exists():
            make_person(username, role=role, first_name="Karla", last_name=name or username.capitalize())
        context = browser.new_context(**browser_context_args)
        contexts.append(context)
        return signed_in(context.new_page(), portal, username)

    yield inner
    for context in contexts:
        context.close()


def signed_in(page: Page, portal: str, username: str) -> Page:
    """Sign in through the login page, as a person does."""
    page.goto(f"{portal}/anmelden/")
    page.get_by_label("Benutzername").fill(username)
    page.get_by_label("Kennwort").fill("geheim")
    page.get_by_role("button", name="Anmelden").click()
    page.wait_for_url(f"{portal}/")
    return page
