"""Reading a published Weisung in a real browser: upload, set one value right, save or take over."""

import pytest
from playwright.sync_api import Page, expect

from tests.weisungen.importing_texts import weisung_text
from weisungen.importing import read_weisung
from weisungen.models import Weisung

pytestmark = pytest.mark.django_db(transaction=True)


def upload(page: Page, portal: str, file) -> None:
    page.goto(f"{portal}/redaktion/weisungen/weisung/import/")
    page.get_by_label("Datei").set_input_files(file)
    page.get_by_role("button", name="Einlesen und ansehen").click()


def test_the_real_weisung_is_uploaded_corrected_and_taken_over(portal, sign_in, real_weisung_file, real_weisung):
    before = Weisung.objects.count()
    page = sign_in("redaktion")
    renumbered = real_weisung.replace(
        "202305004", "202305104"
    )  # the portal of these tests has an example with its number
    upload(page, portal, {"name": real_weisung_file.name, "mimeType": "text/markdown", "buffer": renumbered.encode()})
    expect(page.get_by_role("heading", name="Kopf", exact=True)).to_be_visible()
    expect(page.get_by_label("Laufende Nummer")).to_have_value("202305104")
    page.get_by_label("Geschäftszeichen").fill("Berichtigtes Zeichen")
    page.get_by_role("button", name="Als veröffentlichte Weisung übernehmen").click()
    expect(page.get_by_text("ist als veröffentlichte Weisung übernommen")).to_be_visible()
    weisung = Weisung.objects.get(nummer="202305104")
    assert weisung.geschaeftszeichen == "Berichtigtes Zeichen"
    assert weisung.quelltext == renumbered.replace("\r\n", "\n")
    assert weisung.zitate.count() == len(read_weisung(weisung.quelltext).zitate) > 30
    assert Weisung.objects.count() == before + 1
    page.goto(f"{portal}/weisungen/202305104/")
    expect(page.locator("main")).to_contain_text("Berichtigtes Zeichen")


def test_a_pasted_text_becomes_a_draft(portal, sign_in):
    page = sign_in("redaktion")
    page.goto(f"{portal}/redaktion/weisungen/weisung/import/")
    page.get_by_label("Text").fill(weisung_text(s2="Es gilt GLF SC 3.001a (Stand 02.01.2024)."))
    page.get_by_role("button", name="Einlesen und ansehen").click()
    expect(page.get_by_role("row", name="GLF SC 3.001a")).to_contain_text("02.01.2024")
    page.locator("#id_titel").fill("Berichtigter Titel")
    page.get_by_role("button", name="Als Entwurf speichern").click()
    expect(page.get_by_text("ist als Entwurf gespeichert")).to_be_visible()
    expect(page.locator("#id_titel")).to_have_value("Berichtigter Titel")


def test_what_is_no_weisung_is_refused_and_stays_in_the_field(portal, sign_in):
    page = sign_in("redaktion")
    page.goto(f"{portal}/redaktion/weisungen/weisung/import/")
    page.get_by_label("Text").fill("Einladung zum Sommerfest")
    page.get_by_role("button", name="Einlesen und ansehen").click()
    expect(page.get_by_role("alert")).to_contain_text("Zeile 1: Der Text ist keine Weisung")
    expect(page.get_by_role("textbox", name="Text")).to_have_value("Einladung zum Sommerfest")


def test_50_megabytes_end_in_a_sentence_and_no_error_of_the_browser(portal, sign_in, tmp_path):
    large = tmp_path / "gross.md"
    large.write_bytes(b"a" * 50_000_000)
    page = sign_in("redaktion")
    upload(page, portal, large)
    expect(page.get_by_role("alert")).to_contain_text("Die Datei ist zu groß; erlaubt sind 2 MB.")
