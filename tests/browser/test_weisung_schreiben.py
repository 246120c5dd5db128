"""A Weisung from nothing to issued with its package, by two people in a real browser; and two people at one draft."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from arbeitsmittel.publishing import submit_fassung
from portal.freigabe import approve
from tests.browser.editor_steps import click_into
from tests.factories import make_fassung, make_person
from weisungen.models import Weisung

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.needs_pdf]


def checked_draft(kennung: str, stand: str) -> None:
    """A Fassung that somebody has written and somebody else has checked: its own way is tested elsewhere."""
    writer, checker = make_person("schreibt", role="Redaktion"), make_person("prueft", role="Freigabe")
    draft = make_fassung(kennung, stand, published=False, verfasst_von=writer, titel="Krankmeldung am Telefon")
    now = timezone.now()
    submitted = submit_fassung(draft, begruendungen={}, version=1, user=writer, now=now)
    approve(submitted, pruefsumme=submitted.pruefsumme, comment="", user=checker, now=now)


def write(page: Page, portal: str, first_day: str) -> None:
    page.goto(f"{portal}/redaktion/weisungen/weisung/")
    page.get_by_role("link", name="Neue Weisung schreiben").click()
    page.get_by_role("textbox", name="Titel", exact=True).fill("Erinnerung nach fünf Tagen")
    page.get_by_label("Gültig ab", exact=True).fill(first_day)
    page.get_by_role("combobox", name="SGB III", exact=True).select_option("Weisung")
    click_into(page.locator(".editor__text[aria-label*='Auftrag und Ziel']"))
    page.keyboard.type("Ab sofort gilt GLF SC 3.204, nicht mehr GLF SC 3.999.")
    citations = page.get_by_role("region", name=re.compile("Zitate: .*Auftrag und Ziel"))
    expect(citations).to_contain_text("GLF SC 3.204")
    expect(citations).to_contain_text("kennt das Portal nicht")
    page.get_by_role("button", name="Entwurf anlegen").click()
    expect(page.get_by_text("ist angelegt.")).to_be_visible()


def test_a_weisung_is_written_packed_checked_and_released(portal, person):
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    make_fassung("GLF SC 3.204", "2024-01-02", titel="Krankmeldung")
    checked_draft("GLF SC 3.204", tomorrow)
    editor = person("redaktion", "Redaktion")
    write(editor, portal, tomorrow)

    editor.get_by_role("button", name=re.compile(r"In das Paket.*GLF SC 3\.204")).click()
    expect(editor.locator("#paket")).to_contain_text("im Paket")
    editor.get_by_role("link", name="Zur Prüfung vorlegen").click()
    for reason in editor.get_by_label(re.compile("^Begründung")).all():
        reason.fill("So abgestimmt.")
    editor.get_by_role("button", name="Zur Prüfung vorlegen").click()
    expect(editor.get_by_text("liegt jetzt zur Prüfung vor.")).to_be_visible()

    weisung = Weisung.objects.get(titel="Erinnerung nach fünf Tagen")
    releaser = person("freigabe", "Freigabe")
    releaser.goto(f"{portal}/redaktion/weisungen/weisung/{weisung.pk}/change/")
    releaser.get_by_role("link", name="Prüfen", exact=True).click()
    expect(releaser.get_by_role("heading", name="2. Auftrag und Ziel")).to_be_visible()
    expect(releaser.locator("iframe")).to_have_attribute("src", re.compile(r"pruefdruck/[0-9a-f]{64}\.pdf"))
    releaser.get_by_role("button", name="Geprüft, in Ordnung").click()
    releaser.get_by_role("link", name="Freigeben, mit Paket").click()
    listed = releaser.get_by_role("region", name="Das geht zusammen live")
    expect(listed).to_contain_text("GLF SC 3.204 – Krankmeldung am Telefon")
    releaser.get_by_role("button", name="Jetzt alles freigeben").click()
    expect(releaser.get_by_text("ist freigegeben, mit 1 Fassung.")).to_be_visible()

    reader = person("sachbearbeitung", "Sachbearbeitung")
    reader.goto(f"{portal}/weisungen/{weisung.slug}/")
    expect(reader.locator("main")).to_contain_text(f"Gilt ab {weisung.gueltig_ab:%d.%m.%Y}")
    reader.goto(f"{portal}/weisungen/{weisung.slug}/?stichtag={tomorrow}")
    expect(reader.locator("main")).to_contain_text(f"Stand {weisung.gueltig_ab:%d.%m.%Y}")
    reader.get_by_role("link", name="Was aus den Ankündigungen wurde").click()
    expect(reader.locator("main")).to_contain_text("Umgesetzt mit")


def test_the_second_save_is_refused_and_the_own_text_is_kept(portal, person):
    first, second = person("redaktion", "Redaktion"), person("kollegin", "Redaktion")
    write(first, portal, "2026-12-01")
    weisung = Weisung.objects.get(titel="Erinnerung nach fünf Tagen")
    second.goto(f"{portal}/redaktion/weisungen/weisung/{weisung.pk}/change/")
    second.get_by_role("textbox", name="Titel", exact=True).fill("Titel der Kollegin")
    second.get_by_role("button", name="Speichern", exact=True).click()
    expect(second.get_by_text("Gespeichert.")).to_be_visible()

    first.get_by_role("textbox", name="Titel", exact=True).fill("Mein eigener Titel")
    first.get_by_role("button", name="Speichern", exact=True).click()
    expect(first.get_by_role("heading", name="Ihre Eingaben sind noch nicht gespeichert")).to_be_visible()
    expect(first.get_by_role("textbox", name="Titel", exact=True)).to_have_value("Mein eigener Titel")
    expect(first.get_by_role("table").first).to_contain_text("der Kollegin")
    first.get_by_role("button", name="Meine Eingaben darüber speichern").click()
    expect(first.get_by_text("Gespeichert.")).to_be_visible()
    weisung.refresh_from_db()
    assert weisung.titel == "Mein eigener Titel"


def test_pages_run_under_the_content_security_policy(portal, sign_in):
    page = sign_in("redaktion")
    faults = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    for path in ("add/", "import/", ""):
        page.goto(f"{portal}/redaktion/weisungen/weisung/{path}")
        page.wait_for_load_state("networkidle")
    assert faults == []
