"""The whole way of an updated script in real browsers, by three people and past midnight; nothing past the pages."""

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.browser.editor_steps import click_into, press_keys
from tests.factories import make_fassung
from tests.portal.docx_samples import docx, p

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.needs_pdf]
TEXT = "<h2>Ablauf</h2><p>Erinnern Sie nach sieben Tagen.</p><p>Danach ist nichts zu tun.</p>"


def word_file(folder: Path) -> Path:
    file = folder / "Krankmeldung.docx"
    file.write_bytes(
        docx(
            p("Ablauf", style="berschrift1"),
            p("Erinnern Sie nach fünf Tagen."),
            p("Danach ist nichts zu tun."),
            p("Bleiben Sie freundlich.", style="Hinweis"),
        )
    )
    return file


def save(page: Page) -> None:
    page.get_by_role("button", name="Speichern", exact=True).click()
    expect(page.get_by_text("Gespeichert.")).to_be_visible()


def submit(page: Page) -> None:
    page.get_by_role("link", name="Zur Prüfung vorlegen").click()
    for reason in page.get_by_label(re.compile("^Begründung")).all():
        reason.fill("So abgestimmt.")
    page.get_by_role("button", name="Zur Prüfung vorlegen").click()
    expect(page.get_by_text("liegt jetzt zur Prüfung vor")).to_be_visible()


def import_word_file(page: Page, portal: str, file: Path, stand: str) -> None:
    """Begin a draft for GLF SC 3.204, take the Word file over, change a sentence."""
    page.goto(f"{portal}/redaktion/arbeitsmittel/fassung/add/")
    page.get_by_label("Kennung").fill("3204")
    page.get_by_role("button", name="Entwurf beginnen", exact=True).click()
    page.get_by_role("link", name="Word-Dokument einlesen").click()
    page.get_by_label("Word-Dokument").set_input_files(file)
    page.get_by_role("button", name="Einlesen und ansehen").click()
    expect(page.get_by_role("article", name="Gelesener Text")).to_contain_text("Erinnern Sie nach fünf Tagen.")
    page.get_by_role("button", name="In den Entwurf übernehmen").click()
    text = page.locator(".ProseMirror[contenteditable=true]")
    click_into(text.get_by_text("Danach ist nichts zu tun."))
    press_keys(page, "End")
    page.keyboard.type(" Dokumentieren Sie den Anruf.")
    page.get_by_label("Stand", exact=True).fill(stand)
    page.get_by_label("Änderungshinweis").fill("Erinnerung nach fünf statt sieben Tagen.")
    page.get_by_label("fachlich").check()
    save(page)


def write_weisung(page: Page, portal: str, stand: str) -> None:
    """Write the Weisung that orders the change, and put the draft into its package."""
    page.goto(f"{portal}/redaktion/weisungen/weisung/add/")
    page.get_by_role("textbox", name="Titel", exact=True).fill("Frühere Erinnerung bei Krankmeldungen")
    page.get_by_label("Gültig ab", exact=True).fill(stand)
    page.get_by_role("combobox", name="SGB III", exact=True).select_option("Weisung")
    click_into(page.locator(".editor__text[aria-label*='Auftrag und Ziel']"))
    page.keyboard.type("Der Leitfaden GLF SC 3.204 ist angepasst.")
    page.get_by_role("button", name="Entwurf anlegen").click()
    expect(page.get_by_text("ist angelegt.")).to_be_visible()
    page.get_by_role("button", name=re.compile(r"In das Paket.*GLF SC 3\.204")).click()
    expect(page.locator("#paket")).to_contain_text("im Paket")


def check_fassung(page: Page, portal: str) -> None:
    """Read the Synopse and the PDF, and approve."""
    page.goto(f"{portal}/redaktion/")
    expect(page.get_by_role("region", name=re.compile("Wartet auf meine Prüfung"))).to_contain_text("GLF SC 3.204")
    page.goto(f"{portal}/redaktion/arbeitsmittel/fassung/?q=3204")
    page.get_by_role("link", name="Prüfen", exact=True).click()
    expect(page.locator("main del").filter(has_text="sieben")).to_be_visible()
    expect(page.locator("main ins").filter(has_text="fünf").first).to_be_visible()
    source = page.locator("iframe").get_attribute("src")
    shown = page.request.get(f"{portal}{source}")
    assert shown.body().startswith(b"%PDF-")
    page.get_by_role("button", name="Geprüft, in Ordnung").click()


def release_package(page: Page, portal: str) -> None:
    page.goto(f"{portal}/redaktion/weisungen/weisung/?q=Erinnerung")
    page.get_by_role("link", name="Prüfen", exact=True).click()
    page.get_by_role("button", name="Geprüft, in Ordnung").click()
    page.get_by_role("link", name="Freigeben, mit Paket").click()
    expect(page.get_by_role("region", name="Das geht zusammen live")).to_contain_text("GLF SC 3.204")
    page.get_by_role("button", name="Jetzt alles freigeben").click()
    expect(page.get_by_text("ist freigegeben, mit 1 Fassung.")).to_be_visible()


def test_word_file_becomes_tomorrows_script(portal, person, tmp_path, monkeypatch):
    make_fassung("GLF SC 3.204", "2024-01-02", text=TEXT, titel="Krankmeldung")
    tomorrow = timezone.localdate() + timedelta(days=1)
    editor = person("redaktion")
    import_word_file(editor, portal, word_file(tmp_path), tomorrow.isoformat())
    submit(editor)
    write_weisung(editor, portal, tomorrow.isoformat())
    submit(editor)

    releaser = person("freigabe", "Freigabe")
    check_fassung(releaser, portal)
    release_package(releaser, portal)

    reader = person("sachbearbeitung", "Sachbearbeitung")
    reader.goto(f"{portal}/arbeitsmittel/glf-sc-3.204/")
    main = reader.locator("main")
    expect(main).to_contain_text("Erinnern Sie nach sieben Tagen.")
    expect(main).to_contain_text(f"{tomorrow:%d.%m.%Y}")
    expect(main).to_contain_text("Erinnerung nach fünf statt sieben Tagen.")

    midnight = timezone.make_aware(datetime.combine(tomorrow, datetime.min.time())) + timedelta(seconds=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: midnight)
    reader = person("sachbearbeitung")  # the working day of the session is over, too
    reader.goto(f"{portal}/arbeitsmittel/glf-sc-3.204/")
    main = reader.locator("main")
    expect(main).to_contain_text("Erinnern Sie nach fünf Tagen.")
    expect(main).to_contain_text("Danach ist nichts zu tun. Dokumentieren Sie den Anruf.")
    expect(main).not_to_contain_text("nach sieben Tagen")
