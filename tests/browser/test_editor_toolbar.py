"""The toolbar: what each button does, in German, with the keyboard alone, and what screen readers are told."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.editor_steps import LISTEN, at_rest, click_into, faults, open_editor, press_keys, source

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True), pytest.mark.urls("tests.portal.editor_pages")]

WORDS = "<p>Bitte rufen Sie an.</p>"
TABLE = "<table><tbody><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></tbody></table>"


@pytest.fixture
def write(portal, sign_in):
    """Open the editor with a text, the cursor in its first words."""
    page = sign_in("redaktion")
    page.add_init_script(LISTEN)

    def inner(text: str = "", path: str = "/editor/") -> Page:
        editor = open_editor(page, portal + path, **dict.fromkeys(("inhalt", "vorspann"), text))
        click_into(editor)
        press_keys(page, "Control+Home")
        return page

    return inner


def into_table(page: Page) -> None:
    """The cursor before the first word of the first cell."""
    click_into(page.locator(".editor__text :is(td, th)").first)
    press_keys(page, "Home")
    expect(page.get_by_role("button", name="Kopfzeile")).to_be_visible()


def press(page: Page, name: str) -> None:
    at_rest(page)
    page.get_by_role("toolbar").first.get_by_role("button", name=name).click()
    at_rest(page)


def finish(page: Page) -> None:
    """Send off the open dialog; what it does comes after its end."""
    page.keyboard.press("Enter")
    back_in_the_text(page)


def back_in_the_text(page: Page) -> None:
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("textbox", name="Inhalt")).to_be_focused()
    at_rest(page)


BUTTONS = {
    "Fett": "<p><strong>Bitte rufen Sie an.</strong></p>",
    "Kursiv": "<p><em>Bitte rufen Sie an.</em></p>",
    "Wortlaut": "<p><q>Bitte rufen Sie an.</q></p>",
    "Aufzählung": "<ul><li>Bitte rufen Sie an.</li></ul>",
    "Nummerierte Liste": "<ol><li>Bitte rufen Sie an.</li></ol>",
    "Kasten „Hinweis“": f'<aside data-art="hinweis">{WORDS}</aside>',
    "Kasten „Achtung“": f'<aside data-art="achtung">{WORDS}</aside>',
    "Kasten „Gesprächsbaustein“": f'<aside data-art="gespraechsbaustein">{WORDS}</aside>',
}


def test_a_button_does_its_work_and_takes_it_back(write):
    page = write(WORDS)
    press_keys(page, "Control+a")
    for name, expected in BUTTONS.items():
        press(page, name)
        assert source(page) == expected
        expect(page.get_by_role("toolbar").get_by_role("button", name=name)).to_have_attribute("aria-pressed", "true")
        press(page, name)
        assert source(page) == WORDS


def test_undo_and_redo(write):
    page = write(WORDS)
    undo = page.get_by_role("button", name="Rückgängig")
    expect(undo).to_have_attribute("aria-disabled", "true")  # loading the text is nothing to take back
    page.keyboard.type("Neu: ")
    undo.click()
    assert source(page) == WORDS
    press(page, "Wiederholen")
    assert source(page) == "<p>Neu: Bitte rufen Sie an.</p>"


def test_headings(write):
    page = write(WORDS)
    for kind, tag in (("Überschrift", "h2"), ("Unterüberschrift", "h3"), ("Zwischentitel", "h4")):
        page.get_by_label("Absatzart").select_option(kind)
        assert source(page) == f"<{tag}>Bitte rufen Sie an.</{tag}>"
        page.get_by_label("Absatzart").select_option("Absatz")
        assert source(page) == WORDS


def test_a_box_changes_its_kind_and_holds_a_whole_list(write):
    page = write("<ul><li>a</li><li>b</li></ul>")
    press(page, "Kasten „Hinweis“")
    assert source(page) == '<aside data-art="hinweis"><ul><li>a</li><li>b</li></ul></aside>'
    press(page, "Kasten „Achtung“")
    assert source(page) == '<aside data-art="achtung"><ul><li>a</li><li>b</li></ul></aside>'
    press(page, "Kasten „Achtung“")
    assert source(page) == "<ul><li>a</li><li>b</li></ul>"


def test_one_gets_out_of_a_box_by_typing(write):
    page = write('<aside data-art="hinweis"><p>Im Kasten</p></aside>')
    press_keys(page, "Control+End")
    page.keyboard.type("!")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.type("Danach")
    assert source(page) == '<aside data-art="hinweis"><p>Im Kasten!</p></aside><p>Danach</p>'


def test_a_new_table_has_title_and_head(write):
    page = write(WORDS)
    press_keys(page, "Control+End")
    press(page, "Tabelle einfügen")
    dialog = page.get_by_role("dialog", name="Tabelle einfügen")
    expect(dialog.get_by_label("Tabellentitel")).to_be_focused()
    page.keyboard.type("Fristen")
    dialog.get_by_label("Zeilen").fill("2")
    dialog.get_by_label("Spalten").fill("2")
    finish(page)
    page.keyboard.type("Anliegen")
    for word in ("Frist", "Umzug", "sofort"):
        press_keys(page, "Tab")
        page.keyboard.type(word)
    assert source(page) == (
        f"{WORDS}<table><caption>Fristen</caption><thead><tr><th>Anliegen</th><th>Frist</th></tr></thead>"
        "<tbody><tr><td>Umzug</td><td>sofort</td></tr></tbody></table>"
    )
    press_keys(page, "Tab")  # out of the last cell: nobody is kept in a table
    expect(page.get_by_role("button", name="Speichern")).to_be_focused()


def test_buttons_of_a_table(write):
    page = write(TABLE)
    into_table(page)
    press(page, "Kopfzeile")
    press(page, "Kopfspalte")
    press(page, "Zeile darunter einfügen")
    press(page, "Spalte rechts einfügen")
    assert source(page) == (
        "<table><thead><tr><th>a</th><th></th><th>b</th></tr></thead><tbody><tr><th></th><td></td><td></td></tr>"
        "<tr><th>c</th><td></td><td>d</td></tr></tbody></table>"
    )
    press(page, "Zeile löschen")
    press(page, "Spalte löschen")
    assert "<th>a</th>" not in source(page)
    press(page, "Tabelle löschen")
    assert source(page) == ""
    expect(page.get_by_role("button", name="Kopfzeile")).to_be_hidden()


def test_the_head_of_a_stored_table_can_be_taken_away(write):
    page = write("<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b</td></tr></tbody></table>")
    into_table(page)
    press(page, "Kopfzeile")
    assert source(page) == "<table><tbody><tr><td>a</td></tr><tr><td>b</td></tr></tbody></table>"


def test_a_title_is_given_to_a_table_and_taken_away(write):
    page = write(TABLE)
    into_table(page)
    press(page, "Tabellentitel")
    page.keyboard.type("Neuer Titel")
    assert source(page) == TABLE.replace("<table>", "<table><caption>Neuer Titel</caption>")
    expect(page.get_by_role("button", name="Aufzählung")).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("Enter")  # into the first cell
    page.keyboard.type("x")
    assert "<td>xa</td>" in source(page)
    press(page, "Tabellentitel")
    assert source(page) == TABLE.replace("<td>a", "<td>xa")
    press(page, "Tabelle löschen")
    assert source(page) == ""


def test_a_titled_table_is_deleted_whole(write):
    page = write(f"{WORDS}{TABLE.replace('<table>', '<table><caption>T</caption>')}")
    into_table(page)
    press(page, "Tabelle löschen")
    assert source(page) == WORDS


def test_one_can_write_before_and_after_a_table(write):
    page = write(TABLE)
    page.keyboard.type("Davor")
    assert source(page) == f"<p>Davor</p>{TABLE}"
    page.get_by_role("textbox", name="Inhalt").click(position={"x": 100, "y": 160})  # below the table
    page.keyboard.type("Danach")
    assert source(page) == f"<p>Davor</p>{TABLE}<p>Danach</p>"


def test_lists_are_nested_and_counted_otherwise(write):
    page = write("<ol><li>a</li><li>b</li></ol>")
    press_keys(page, "Control+End")
    expect(page.get_by_role("button", name="Einrücken")).to_have_attribute("aria-disabled", "false")
    press_keys(page, "Tab")
    assert source(page) == "<ol><li>a<ol><li>b</li></ol></li></ol>"
    press(page, "Nummerierung")
    dialog = page.get_by_role("dialog", name="Nummerierung")
    dialog.get_by_label("Zählweise").select_option("A, B, C …")
    dialog.get_by_label("Beginnt bei").fill("0")
    dialog.get_by_role("button", name="Übernehmen").click()
    expect(dialog.get_by_role("alert")).to_have_text("Beginnt bei: Bitte eine Zahl von 1 bis 9999 eingeben.")
    dialog.get_by_label("Beginnt bei").fill("3")
    finish(page)
    assert source(page) == '<ol><li>a<ol start="3" type="A"><li>b</li></ol></li></ol>'
    press(page, "Ausrücken")
    assert source(page) == "<ol><li>a</li><li>b</li></ol>"


def test_links_are_set_changed_and_removed(write):
    page = write(WORDS)
    press_keys(page, "Control+Shift+ArrowRight")
    press(page, "Link")
    dialog = page.get_by_role("dialog", name="Link einfügen")
    for refused in ("//boese.example/x", "javascript:alert(1)", "/\\boese.example", "unterlage.pdf"):
        dialog.get_by_label("Adresse").fill(refused)
        page.keyboard.press("Enter")
        expect(dialog.get_by_role("alert")).to_contain_text("Dieser Link ist nicht erlaubt.")
    dialog.get_by_label("Adresse").fill("https://www.beispiel.de/")
    finish(page)
    assert source(page).startswith('<p><a href="https://www.beispiel.de/">Bitte')
    click_into(page.locator(".editor__text a"))
    press(page, "Link")
    page.get_by_role("dialog", name="Link bearbeiten").get_by_role("button", name="Link entfernen").click()
    back_in_the_text(page)
    assert source(page) == WORDS


def test_a_link_without_selection_asks_for_its_words(write):
    page = write("")
    press(page, "Link")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Adresse").fill("/arbeitsmittel/")
    dialog.get_by_label("Linktext").fill("Liste")
    finish(page)
    assert source(page) == '<p><a href="/arbeitsmittel/">Liste</a></p>'


def test_a_dialog_that_is_left_changes_nothing(write):
    page = write(WORDS)
    press(page, "Tabelle einfügen")
    page.keyboard.press("Escape")
    back_in_the_text(page)
    assert source(page) == WORDS


def test_the_toolbar_works_with_the_keyboard_alone(write):
    page = write(WORDS)
    press_keys(page, "Control+a")
    page.keyboard.press("Alt+F10")
    expect(page.get_by_label("Absatzart")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Fett")).to_be_focused()
    press_keys(page, "End", "Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    assert source(page) == "<p><em>Bitte rufen Sie an.</em></p>"
    expect(page.get_by_role("textbox", name="Inhalt")).to_be_focused()
    page.keyboard.press("Shift+Tab")  # one stop for the whole bar, where one was last
    expect(page.get_by_role("button", name="Kursiv")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("textbox", name="Inhalt")).to_be_focused()


def test_screen_readers_are_told_name_help_and_errors(write, portal):
    page = write("")
    editor = page.get_by_role("textbox", name="Inhalt")
    expect(editor).to_have_accessible_description(re.compile(r"Was am Telefon gebraucht wird\..*Alt\+F10"))
    expect(page.get_by_role("toolbar", name="Werkzeuge: Inhalt")).to_be_visible()
    page.get_by_role("button", name="Speichern").click()
    editor = page.get_by_role("textbox", name="Inhalt")
    expect(editor).to_have_attribute("aria-invalid", "true")
    expect(editor).to_have_accessible_description(re.compile("Was am Telefon.*Dieses Feld ist zwingend erforderlich"))


def test_the_label_leads_into_the_editor(write):
    page = write(WORDS)
    page.get_by_role("button", name="Speichern").focus()
    page.get_by_text("Inhalt", exact=True).click()
    expect(page.get_by_role("textbox", name="Inhalt")).to_be_focused()


def test_no_word_is_english(write):
    page = write(f"{TABLE}<ol><li>a</li></ol>")
    told = page.evaluate(
        """() => [...document.querySelectorAll(".editor [title], .editor [aria-label], .editor option")].map(
            (each) => `${each.title} ${each.ariaLabel} ${each.tagName === "OPTION" ? each.textContent : ""}`)"""
    )
    for name in ("Link", "Tabelle einfügen", "Arbeitsmittel einfügen", "Nummerierung"):
        press_keys(page, "Control+End")
        press(page, name)
        told.append(page.get_by_role("dialog").inner_text())
        press_keys(page, "Escape", "Control+End")
    english = r"\b(heading|paragraph|bold|italic|list|table|insert|add|delete|row|column|cell|undo|redo|cancel|quote)\b"
    assert len(told) > 30
    assert [words for words in told if re.search(english, words, re.IGNORECASE)] == []


def test_a_disabled_field_can_be_read_and_not_written(write):
    page = write(WORDS, "/editor/viele/")
    editor = page.get_by_role("textbox", name="Haushalt")
    expect(editor).to_have_attribute("aria-readonly", "true")
    expect(page.get_by_role("toolbar")).to_have_count(2)


def test_several_editors_are_independent_and_compact(write):
    page = write(WORDS, "/editor/viele/")
    click_into(page.get_by_role("textbox", name="Auftrag und Ziel"))
    page.keyboard.type("Auftrag")
    assert (source(page, "vorspann"), source(page, "auftrag")) == (WORDS, "<p>Auftrag</p>")
    assert page.locator(".editor").nth(1).bounding_box()["height"] < 260
    page.keyboard.press("Enter")
    for number in range(20):
        page.keyboard.type(f"Zeile {number}")
        page.keyboard.press("Enter")
    assert page.locator(".editor").nth(1).bounding_box()["height"] > 700


@pytest.mark.parametrize(
    ("path", "theme", "width"),
    [
        ("/editor/", "light", 1280),
        ("/editor/", "dark", 1280),
        ("/editor/", "light", 390),
        ("/editor/", "dark", 390),
        ("/editor/viele/", "light", 320),
    ],
)
def test_axe_and_the_policy_find_nothing(write, path, theme, width):
    page = write("", path)
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=theme)
    everything = (
        f"<h2>Titel</h2><p>Ein <a href='/x/'>Link</a> und <q>Wortlaut</q></p>{TABLE.replace('<td>', '<th>', 2)}"
        + "".join(f'<aside data-art="{art}">{WORDS}</aside>' for art in ("hinweis", "achtung", "gespraechsbaustein"))
        + "<ol><li>a<ul><li>b</li></ul></li></ol>"
    )
    page = write(everything, path)
    assert faults(page) == []
    press_keys(page, "Control+End")  # the tools of a list
    assert faults(page) == []
    for name in ("Link", "Tabelle einfügen", "Nummerierung"):
        press(page, name)
        assert faults(page) == []
        press_keys(page, "Escape", "Control+End")
    assert page.evaluate("window.violations") == []
