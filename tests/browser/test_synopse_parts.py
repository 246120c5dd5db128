"""The parts of a Synopse in a real browser: axe, nothing off the side, and how a screen reader hears lists."""

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from playwright.sync_api import Page

from portal.synopse import compare, compare_fields, compare_lists
from portal.text import clean
from tests.browser.test_accessibility import AXE, RULES, VARIANTS
from tests.conftest import missing
from weisungen.demo.content import demo_arbeitsmittel

SHEETS = ("grundlage", "kopf", "bausteine", "listen", "text", "seiten", "synopse")


def page_of(*parts: str, **context) -> str:
    """A page with our style sheets, without a server."""
    sheets = [settings.KERN_DIR / "kern.min.css", *(settings.BASE_DIR / f"static/css/{name}.css" for name in SHEETS)]
    styles = "".join(f"<style>{sheet.read_text(encoding='utf-8')}</style>" for sheet in sheets)
    body = "".join(f"<h2>{part}</h2>" + render_to_string(f"synopse/_{part}.html", context) for part in parts)
    return (
        f'<!DOCTYPE html><html lang="de"><head><meta charset="utf-8"><title>Synopse</title>{styles}</head>'
        f'<body><main class="page"><h1>Synopse</h1>{body}</main></body></html>'
    )


def demo_synopse() -> dict:
    fassungen = next(demo for demo in demo_arbeitsmittel() if demo.kennung.slug == "glf-sc-3.204").fassungen
    old, new = fassungen[0], fassungen[1]
    return {
        "synopse": compare(old.inhalt, new.inhalt),
        "felder": compare_fields({"Titel": old.titel, "Stand": "1"}, {"Titel": new.titel, "Stand": "2", "Bezug": "x"}),
        "eintraege": compare_lists(["a", "b"], ["b", "c"]),
        "alt": "Stand 12.05.2023",
        "neu": "Stand 02.01.2024",
        "titel": "GLF SC 3.204",
    }


@pytest.mark.parametrize("parts", [("felder", "liste", "synopse"), ("redline",)], ids=["columns", "redline"])
def test_parts_are_accessible_at_every_width_and_theme(page: Page, parts):
    if not AXE.exists():
        missing("axe-core ist nicht eingerichtet (make setup)")
    for width, theme in VARIANTS[:2]:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=theme)
        page.set_content(page_of(*parts, **demo_synopse()))
        page.evaluate(AXE.read_text(encoding="utf-8"))
        found = page.evaluate("rules => axe.run({runOnly: rules})", RULES)["violations"]
        assert [(width, theme, one["id"], one["nodes"][0]["html"][:150]) for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def accessible(page: Page, role: str) -> list[str]:
    """The names of everything with a role, as Chromium hands them to a screen reader."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    return [node["name"]["value"].strip() for node in nodes if node.get("role", {}).get("value") == role]


def test_a_deleted_item_does_not_count(page: Page):
    old = "<ol><li>eins</li><li>zwei fällt weg</li><li>drei</li></ol>"
    new = "<ol><li>eins</li><li>drei</li><li>vier kommt dazu</li></ol>"
    page.set_content(page_of("redline", synopse=compare(clean(old), clean(new))))
    assert accessible(page, "ListMarker") == ["1.", "–", "2.", "3."]
    page.set_content(page_of("synopse", synopse=compare(clean(old), clean(new))))
    assert accessible(page, "ListMarker") == ["1.", "2.", "3.", "1.", "2.", "3."]


def test_columns_are_a_table_even_when_they_are_stacked(page: Page):
    page.set_viewport_size({"width": 390, "height": 900})
    page.set_content(page_of("synopse", **demo_synopse()))
    assert accessible(page, "table")[0] == "Synopse: GLF SC 3.204, links Stand 12.05.2023, rechts Stand 02.01.2024"
    assert accessible(page, "columnheader")[:2] == ["Bisher Stand 12.05.2023", "Neu Stand 02.01.2024"]
    assert page.get_by_text("Bisher", exact=True).first.is_visible()


def test_what_stayed_unfolds_without_javascript(browser):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.set_content(page_of("synopse", **demo_synopse()))
    assert not page.get_by_text("Prüfen Sie die Identität").is_visible()
    page.get_by_text("11 Absätze unverändert").click()
    assert page.get_by_text("Prüfen Sie die Identität").is_visible()
    page.context.close()
