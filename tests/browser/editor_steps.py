"""What the tests of the editor do again and again."""

import re
from pathlib import Path

from playwright.sync_api import Locator, Page

from portal.text import clean
from tests.portal import editor_pages

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
BLOCK = r" ?(</?(?:p|h[234]|ul|ol|li|aside|table|caption|thead|tbody|tr|th|td|br)\b[^>]*>) ?"
LISTEN = """
window.violations = []
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`))
"""


def open_editor(page: Page, address: str, **texts: str) -> Locator:
    """Open a page of tests.portal.editor_pages with these texts; returns its first editor, ready."""
    editor_pages.START.clear()
    editor_pages.START.update(texts)
    for told in (editor_pages.SENT, editor_pages.ASKED):
        told.clear()
    page.goto(address)
    editor = page.get_by_role("textbox", name=re.compile("Inhalt|Vorspann|Text"))
    editor.first.wait_for()
    return editor.first


def at_rest(page: Page) -> None:
    """Wait until editor and browser agree where the cursor is.

    For some 50 ms after a click or a focus the editor's library puts the selection back to where it was: keys that
    come sooner, as no hand presses them, would be undone. A timer of the page itself ends after those of the editor,
    however busy the machine is.
    """
    page.evaluate("new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 100)))")


def click_into(editor: Locator) -> None:
    """Click into an editor, and wait until it follows the keys."""
    editor.click()
    at_rest(editor.page)


def press_keys(page: Page, *keys: str) -> None:
    """Press these keys one after the other, as slowly as the editor can follow."""
    for key in keys:
        page.keyboard.press(key)
        at_rest(page)


def source(page: Page, name: str = "inhalt") -> str:
    """What would be sent for a field."""
    return page.locator(f"textarea[name={name}]").input_value()


def save(page: Page) -> str:
    """Send the form; returns the cleaned text that the server got."""
    page.get_by_role("button", name="Speichern").click()
    return page.locator("#gesendet").inner_text()


def canonical(html: str) -> str:
    """Cleaned, and without the line breaks of the source that no reader sees."""
    return re.sub(BLOCK, r"\1", re.sub(r"[ \t\r\n]+", " ", clean(html))).strip()


def paste(page: Page, html: str, words: str = "") -> None:
    """Paste into the editor that has the focus, as the browser does it."""
    page.evaluate(
        """([html, words]) => {
            const data = new DataTransfer()
            data.setData("text/html", html)
            data.setData("text/plain", words)
            document.activeElement.dispatchEvent(
                new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}))
        }""",
        [html, words],
    )


def faults(page: Page) -> list[str]:
    """What axe finds on the page as it stands, and whether it runs off the side."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
    found = [f"{violation['id']} {violation['nodes'][0]['html'][:200]}" for violation in result["violations"]]
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        found.append("läuft seitlich aus dem Bild")
    return found
