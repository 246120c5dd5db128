"""Forms around the editor: in the admin, without JavaScript, unsaved changes, sending twice."""

import re

import pytest
from playwright.sync_api import Dialog, Page, Route, expect

from arbeitsmittel.models import Fassung
from tests.browser.editor_steps import LISTEN, click_into, faults, open_editor, press_keys, save, source
from tests.factories import make_fassung
from tests.portal import editor_pages

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.portal.editor_pages")]

TEXT = '<h2>Ablauf</h2><aside data-art="hinweis"><p>Vorher prüfen</p></aside><ol><li>Eins</li></ol>'


@pytest.fixture
def draft(portal) -> Fassung:
    return make_fassung("GLF SC 3.777", text=TEXT, published=False, aenderungshinweis="")


@pytest.fixture
def page_of(portal, sign_in):
    def inner(text: str = "<p>Text</p>") -> Page:
        page = sign_in("redaktion")
        open_editor(page, f"{portal}/editor/", inhalt=text)
        return page

    return inner


@pytest.fixture
def asked(page) -> list[str]:
    """The questions that the browser asks; each is answered with yes, leave."""
    kinds: list[str] = []

    def answer(dialog: Dialog) -> None:
        kinds.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    return kinds


def test_the_admin_form_saves_what_was_written(portal, sign_in, draft):
    page = sign_in("redaktion")
    page.add_init_script(LISTEN)
    page.goto(f"{portal}/probe/arbeitsmittel/fassung/{draft.pk}/change/")
    editor = page.get_by_role("textbox", name="Text", exact=True)
    click_into(editor)
    press_keys(page, "Control+Home")
    page.keyboard.type("Der ")
    click_into(page.get_by_role("textbox", name="Änderungshinweis"))
    page.keyboard.type("Neu")
    assert page.evaluate("window.violations") == []
    with page.expect_navigation():
        page.locator("button[name=_continue]").click()
    draft.refresh_from_db()
    assert draft.inhalt == TEXT.replace("Ablauf", "Der Ablauf")
    assert draft.aenderungshinweis == "<p>Neu</p>"


@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 390), ("light", 320)])
def test_axe_finds_nothing_in_the_admin(portal, sign_in, theme, width):
    wide = "".join(f"<th>Erreichbarkeitsvereinbarung {number}</th>" for number in range(4))
    draft = make_fassung("GLF SC 3.777", text=f"{TEXT}<table><tr>{wide}</tr></table>", published=False)
    page = sign_in("redaktion")
    page.add_init_script(LISTEN)
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=theme)
    page.goto(f"{portal}/probe/arbeitsmittel/fassung/{draft.pk}/change/")
    click_into(page.get_by_role("textbox", name="Text", exact=True))
    assert page.evaluate("window.violations") == []  # axe itself sets styles
    assert faults(page) == []
    row, editor = (page.locator(f"{name} >> nth=0").bounding_box() for name in (".field-inhalt", ".editor"))
    assert editor["x"] + editor["width"] <= row["x"] + row["width"]
    assert page.get_by_label("Absatzart").first.bounding_box()["width"] < 200  # a tool, no field of the form


def test_without_javascript_the_source_is_edited(portal, sign_in, browser, browser_context_args):
    cookies = sign_in("redaktion").context.cookies()
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    context.add_cookies(cookies)
    page = context.new_page()
    editor_pages.START.clear()
    editor_pages.START["inhalt"] = "<p>Alt</p>"
    page.goto(f"{portal}/editor/")
    area = page.get_by_label("Inhalt")
    expect(area).to_have_value("<p>Alt</p>")
    area.fill("Neu <b>fett</b> <script>alert(1)</script><table><tr><th>a</th></tr></table>")
    text = save(page)
    assert text == ('<p>Neu <strong>fett</strong> </p><table><tbody><tr><th scope="col">a</th></tr></tbody></table>')
    page.get_by_label("Inhalt").fill('<a href="//boese.example/">Wort</a>')
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_role("alert")).to_contain_text("Der Link „//boese.example/“ ist nicht erlaubt")
    expect(page.get_by_label("Inhalt")).to_have_value('<a href="//boese.example/">Wort</a>')  # nothing is lost
    context.close()


def test_a_refused_text_runs_nothing_when_it_is_shown_again(portal, sign_in):
    page = sign_in("redaktion")
    page.add_init_script(LISTEN)
    hostile = (
        "<img src=x onerror=window.gelaufen=1><svg/onload=window.gelaufen=1><p style=color:red>Wort</p>"
        "<iframe srcdoc='<script>parent.gelaufen=1</script>'></iframe><style>p{}</style>"
        '<p><a href="javascript:window.gelaufen=1">Wort</a></p>'
    )
    open_editor(page, f"{portal}/editor/", inhalt=hostile)
    page.wait_for_timeout(200)
    assert page.evaluate("[window.gelaufen, window.violations]") == [None, []]
    expect(page.get_by_role("textbox", name="Inhalt")).to_have_text("WortWort")
    assert page.get_by_role("textbox", name="Inhalt").locator("a, img, svg, iframe").count() == 0


def test_leaving_with_changes_asks_back(page_of, asked, portal):
    page = page_of()
    click_into(page.get_by_role("textbox", name="Inhalt"))
    page.keyboard.type("Neu")
    page.goto(f"{portal}/arbeitsmittel/")
    assert asked == ["beforeunload"]


def test_leaving_after_a_change_of_another_field_asks_back(page_of, asked, portal):
    page = page_of()
    page.get_by_label("Titel", exact=True).fill("Neu")
    page.goto(f"{portal}/arbeitsmittel/")
    assert asked == ["beforeunload"]


@pytest.mark.parametrize("keys", [[], ["x", "Backspace"]], ids=["nur gelesen", "zurückgenommen"])
def test_leaving_without_changes_asks_nothing(page_of, asked, portal, keys):
    page = page_of("<p>Eins\n  zwei</p>")
    click_into(page.get_by_role("textbox", name="Inhalt"))
    for key in keys:
        page.keyboard.press(key)
    page.goto(f"{portal}/arbeitsmittel/")
    assert asked == []


def test_saving_asks_nothing_and_leaving_afterwards_neither(page_of, asked, portal):
    page = page_of()
    click_into(page.get_by_role("textbox", name="Inhalt"))
    page.keyboard.type("Neu")
    assert "Neu" in save(page)
    page.goto(f"{portal}/arbeitsmittel/")
    assert asked == []


def test_what_came_back_with_errors_is_unsaved(page_of, asked, portal):
    page = page_of("")
    page.get_by_label("Titel", exact=True).fill("Neu")
    page.get_by_role("button", name="Speichern").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_label("Titel", exact=True).click()  # browsers ask only those who did something on the page
    page.goto(f"{portal}/arbeitsmittel/")
    assert asked == ["beforeunload"]


def nothing_comes_back(route: Route) -> None:
    """The form has been sent, and the page stays."""
    if route.request.method == "POST":
        route.fulfill(status=204)
    else:
        route.continue_()


def test_a_double_click_sends_once_and_says_which_button(page_of):
    page = page_of()
    page.route("**/editor/", nothing_comes_back)
    sent = []
    page.on("request", lambda request: sent.append(request.post_data) if request.method == "POST" else None)
    button = page.get_by_role("button", name="Weiter")
    button.evaluate("button => { button.click(); button.click(); button.form.requestSubmit() }")
    expect(button).to_be_disabled()
    expect(page.get_by_role("button", name="Speichern")).to_be_disabled()
    assert len(sent) == 1
    assert "_continue" in sent[0]
    assert "_save" not in sent[0]


def test_a_submit_that_another_window_shows_leaves_the_form_usable(page_of):
    page = page_of()
    button = page.get_by_role("button", name="Speichern")
    button.evaluate("button => { button.formTarget = '_blank' }")
    with page.expect_popup():
        button.click()
    page.wait_for_timeout(100)
    expect(button).to_be_enabled()


def test_going_back_switches_the_buttons_on_again(page_of):
    page = page_of()
    page.route("**/editor/", nothing_comes_back)
    button = page.get_by_role("button", name="Speichern")
    button.click()
    expect(button).to_be_disabled()
    page.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    expect(button).to_be_enabled()


def test_source_and_editor_agree_at_any_time(page_of):
    page = page_of("")
    click_into(page.get_by_role("textbox", name="Inhalt"))
    page.keyboard.type("## Titel")
    page.keyboard.press("Enter")
    page.keyboard.type("- Punkt")
    assert source(page) == "<h2>Titel</h2><ul><li>Punkt</li></ul>"
    assert re.search("Titel", save(page))


def test_a_row_that_the_admin_adds_gets_its_editor(page_of):
    page = page_of()
    page.evaluate(
        """() => {
            const row = document.createElement("div")
            row.innerHTML = `<label for="id_n_0">Neu</label><textarea id="id_n_0" data-editor></textarea>
                <label for="id_n___prefix__">Vorlage</label><textarea id="id_n___prefix__" data-editor></textarea>`
            document.querySelector("form").append(row)
            row.dispatchEvent(new CustomEvent("formset:added", {bubbles: true}))
        }"""
    )
    expect(page.get_by_role("toolbar", name="Werkzeuge: Neu")).to_be_visible()
    expect(page.get_by_role("toolbar")).to_have_count(2)
