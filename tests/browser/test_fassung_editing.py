"""Two people at one draft, a button pressed twice, and the way to the release, in a real browser."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from arbeitsmittel.drafting import start_draft
from arbeitsmittel.models import Fassung
from portal.models import Benutzer
from tests.browser.conftest import signed_in
from tests.factories import make_arbeitsmittel

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.needs_pdf]


@pytest.fixture
def draft(portal: str) -> Fassung:
    return start_draft(
        make_arbeitsmittel("GLF SC 3.204"),
        stand=timezone.localdate() + timedelta(days=1),
        titel="Krankmeldung",
        inhalt="<p>Nach sieben Tagen erinnern.</p>",
        aenderungshinweis="Frist genannt.",
        aenderungsart="fachlich",
        user=Benutzer.objects.get(username="redaktion"),
        reason="Test",
    )


def open_draft(page: Page, portal: str, draft: Fassung) -> None:
    page.goto(f"{portal}/redaktion/arbeitsmittel/fassung/{draft.pk}/change/")


def save(page: Page, name: str = "Speichern") -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_second_save_is_refused_and_the_own_text_is_kept(portal, draft, person):
    first, second = person("erste"), person("zweite", name="Zweite")
    open_draft(first, portal, draft)
    open_draft(second, portal, draft)
    second.get_by_role("textbox", name="Titel").fill("Krankmeldung am Telefon")
    save(second)
    expect(second.get_by_text("Gespeichert.")).to_be_visible()

    first.get_by_label("Änderungshinweis").fill("Mein eigener Satz, lange überlegt.")
    text = first.get_by_role("textbox", name="Text", exact=True)
    text.press("Control+End")
    first.wait_for_function("getSelection().anchorOffset > 0")  # the browser moves there a moment after the key
    text.press_sequentially(" Und im Text noch einer.")
    save(first)
    expect(first.get_by_role("heading", name="Ihr Text ist noch nicht gespeichert")).to_be_visible()
    expect(first.get_by_text("Karla Zweite hat diesen Entwurf am")).to_be_visible()
    expect(first.get_by_label("Änderungshinweis")).to_have_value("Mein eigener Satz, lange überlegt.")
    expect(first.get_by_role("textbox", name="Text", exact=True)).to_contain_text("Und im Text noch einer.")
    expect(first.get_by_role("table", name=re.compile("Kopfdaten"))).to_contain_text("am Telefon")

    save(first, "Meinen Text darüber speichern")
    expect(first.get_by_text("Gespeichert.")).to_be_visible()
    stored = Fassung.objects.get(pk=draft.pk)
    assert (stored.titel, stored.aenderungshinweis) == ("Krankmeldung", "Mein eigener Satz, lange überlegt.")
    assert stored.inhalt == "<p>Nach sieben Tagen erinnern. Und im Text noch einer.</p>"
    assert "Krankmeldung am Telefon" in stored.history.values_list("titel", flat=True)


def test_text_outlives_the_session(portal, draft, person):
    """Signed in anew in another window, the form is taken although its token is of the session before."""
    page = person("erste")
    open_draft(page, portal, draft)
    page.get_by_label("Änderungshinweis").fill("Lange überlegt.")
    page.context.clear_cookies()
    save(page)
    expect(page.get_by_text("Sie sind nicht mehr angemeldet.")).to_be_visible()
    expect(page.get_by_label("Änderungshinweis")).to_have_value("Lange überlegt.")
    signed_in(page.context.new_page(), portal, "erste")
    save(page)
    expect(page.get_by_text("Gespeichert.")).to_be_visible()
    assert Fassung.objects.get(pk=draft.pk).aenderungshinweis == "Lange überlegt."


def test_a_note_names_who_else_has_it_open(portal, draft, person):
    first = person("erste", name="Erste")
    first.clock.install()
    open_draft(first, portal, draft)
    note = first.locator("[data-anwesend]")
    expect(note).to_be_hidden()
    second = person("zweite", name="Zweite")
    open_draft(second, portal, draft)
    expect(second.locator("[data-anwesend]")).to_contain_text("Karla Erste hat diesen Entwurf gerade auch geöffnet")
    first.clock.fast_forward(61_000)
    expect(note).to_contain_text("Karla Zweite hat diesen Entwurf gerade auch geöffnet")


def test_starting_twice_leads_to_the_same_draft(portal, person):
    page = person("erste")
    page.goto(f"{portal}/redaktion/arbeitsmittel/fassung/add/")
    page.get_by_label("Kennung").fill("glf sc 3.777")
    page.get_by_role("button", name="Entwurf beginnen", exact=True).click()
    expect(page.get_by_role("heading", name="kennt das Portal noch nicht")).to_be_visible()
    page.get_by_label("Ja, „GLF SC 3.777“ neu anlegen").check()
    page.get_by_role("button", name="Entwurf beginnen", exact=True).dblclick()
    page.wait_for_url(re.compile("/change/$"))
    expect(page.get_by_role("heading", name="GLF SC 3.777")).to_be_visible()
    assert Fassung.objects.drafts().filter(arbeitsmittel__slug="glf-sc-3.777").count() == 1


def test_from_draft_to_release_by_the_buttons(portal, draft, person, no_complaints):
    writer, second = person("erste"), person("freigabe", role="Freigabe", name="Gabriel")
    no_complaints(second)
    open_draft(writer, portal, draft)
    writer.get_by_role("textbox", name="Titel").fill("Krankmeldung annehmen")
    save(writer, "Speichern und vorlegen")
    writer.get_by_role("button", name="Zur Prüfung vorlegen").click()
    expect(writer.get_by_text("liegt jetzt zur Prüfung vor")).to_be_visible()

    second.goto(f"{portal}/redaktion/arbeitsmittel/fassung/?q=3204")
    second.get_by_role("link", name="Prüfen", exact=True).click()
    frame = second.frame_locator("iframe[title^='PDF von GLF SC 3.204']")
    assert frame is not None
    second.get_by_role("button", name="Geprüft, in Ordnung").click()
    second.get_by_role("link", name="Freigeben", exact=True).click()
    second.get_by_role("button", name="Jetzt freigeben").click()
    expect(second.get_by_text("ist freigegeben.")).to_be_visible()
    assert Fassung.objects.get(pk=draft.pk).veroeffentlicht_von.username == "freigabe"


@pytest.fixture
def no_complaints() -> Callable[[Page], None]:
    """Fail when the policy of a page complains."""
    complaints: list[str] = []

    def watch(page: Page) -> None:
        page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))

    yield watch
    assert complaints == []
