"""Citations while writing: the list below the field, and the search that puts a Kennung at the cursor."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.editor_steps import click_into, faults, open_editor, press_keys, source
from tests.portal import editor_pages

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.portal.editor_pages")]


@pytest.fixture
def writing(portal, sign_in):
    page = sign_in("redaktion")

    def inner(text: str = "") -> Page:
        click_into(open_editor(page, f"{portal}/editor/", inhalt=text))
        return page

    return inner


def test_citations_appear_while_writing(writing):
    page = writing()
    page.keyboard.type("Es gilt GLF SC 3.204 und 3.999.")
    region = page.get_by_role("region", name="Zitate: Inhalt")
    expect(region).to_contain_text("GLF SC 3.204, Stand 13.04.2026")
    expect(region.locator("[data-pruefen]")).to_have_text("GLF SC 3.999 ist unbekannt")
    expect(page.get_by_role("status").filter(has_text="Zitate")).to_have_text("2 Zitate erkannt, 1 zu prüfen")
    assert editor_pages.ASKED == ["<p>Es gilt GLF SC 3.204 und 3.999.</p>"]  # once, after the pause
    assert faults(page) == []


def test_the_list_goes_with_its_citations(writing):
    page = writing("<p>GLF SC 3.204</p>")
    region = page.get_by_role("region", name="Zitate: Inhalt")
    expect(region).to_be_visible()  # asked for as soon as somebody is in the field
    press_keys(page, "Control+a")
    page.keyboard.type("nichts")
    expect(region).to_be_hidden()


def test_nothing_is_asked_before_somebody_turns_to_the_field(portal, sign_in):
    page = sign_in("redaktion")
    open_editor(page, f"{portal}/editor/", inhalt="<p>GLF SC 3.204</p>")
    page.wait_for_timeout(800)
    assert editor_pages.ASKED == []


def test_only_the_latest_answer_counts(writing):
    page = writing()
    held: list[Route] = []
    page.route("**/editor/zitate/", lambda route: held.append(route))
    page.keyboard.type("GLF SC 3.204")
    page.wait_for_timeout(800)
    page.keyboard.type(" und 3.999")
    page.wait_for_timeout(800)
    region = page.get_by_role("region", name="Zitate: Inhalt")
    expect(region).to_be_hidden()  # the first question was taken back, which is no failure
    first, second = held
    second.continue_()
    expect(region).to_contain_text("3.999")
    assert "3.999" not in first.request.post_data


@pytest.mark.parametrize("answer", [{"status": 500}, {"status": 302, "headers": {"location": "/anmelden/"}}])
def test_a_failure_is_told_and_does_not_last(writing, answer):
    page = writing()
    page.route("**/editor/zitate/", lambda route: route.fulfill(**answer))
    page.keyboard.type("GLF SC 3.204")
    region = page.get_by_role("region", name="Zitate: Inhalt")
    expect(region).to_have_text("Die Zitate lassen sich gerade nicht prüfen.")
    page.unroute("**/editor/zitate/")
    page.keyboard.type(" gilt")
    expect(region).to_contain_text("GLF SC 3.204, Stand 13.04.2026")


def test_a_kennung_is_found_and_inserted_with_the_keyboard(writing):
    page = writing("<p>Es gilt</p>")
    press_keys(page, "Control+End")
    page.keyboard.type(" ")
    page.get_by_role("button", name="Arbeitsmittel einfügen").click()
    dialog = page.get_by_role("dialog", name="Arbeitsmittel einfügen")
    field = dialog.get_by_role("combobox", name="Nummer oder Wort")
    expect(field).to_be_focused()
    page.keyboard.type("krank")
    expect(dialog.get_by_role("status")).to_have_text("2 Treffer")
    expect(field).to_have_attribute("aria-expanded", "true")
    assert faults(page) == []
    page.keyboard.press("ArrowDown")
    chosen = dialog.get_by_role("option", selected=True)
    expect(chosen).to_contain_text("GLF/AH EZ 1.204 Krankmeldung annehmen Stand 02.01.2024")
    expect(field).to_have_attribute("aria-activedescendant", chosen.get_attribute("id"))
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    expect(page.get_by_role("textbox", name="Inhalt")).to_be_focused()
    assert source(page) == "<p>Es gilt GLF/AH EZ 1.204</p>"
    page.keyboard.type(".")
    assert source(page) == "<p>Es gilt GLF/AH EZ 1.204.</p>"


def test_a_kennung_is_chosen_with_the_mouse(writing):
    page = writing()
    page.get_by_role("button", name="Arbeitsmittel einfügen").click()
    page.keyboard.type("3.204")
    page.get_by_role("option", name="Krankmeldung").click()
    expect(page.get_by_role("textbox", name="Inhalt")).to_be_focused()
    assert source(page) == "<p>GLF SC 3.204</p>"


def test_the_search_says_when_it_finds_nothing_or_fails(writing):
    page = writing()
    page.get_by_role("button", name="Arbeitsmittel einfügen").click()
    dialog = page.get_by_role("dialog")
    page.keyboard.type("gibtesnicht")
    expect(dialog.get_by_role("status")).to_have_text("Kein Arbeitsmittel gefunden.")
    page.keyboard.press("Enter")  # chooses nothing
    dialog.get_by_role("combobox").fill("kaputt")
    expect(dialog.get_by_role("status")).to_contain_text("Die Suche antwortet gerade nicht.")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert source(page) == ""


def test_without_addresses_both_are_absent(portal, sign_in):
    page = sign_in("redaktion")
    click_into(open_editor(page, f"{portal}/editor/viele/"))
    page.keyboard.type("GLF SC 3.204")
    expect(page.get_by_role("button", name="Arbeitsmittel einfügen")).to_have_count(0)
    expect(page.get_by_role("region", name=re.compile("Zitate"))).to_have_count(0)
