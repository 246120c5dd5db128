"""A reviewer takes the dossier of an Arbeitsmittel along, and anybody can tell whether it is still what it was."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from portal.ledger.anchor import head
from tests.browser.conftest import signed_in
from tests.revision.taking_along import NOW, checked, unpacked

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.needs_pdf]
HISTORY = "/arbeitsmittel/glf-sc-3.001a/historie/"


def downloaded(page: Page, folder: Path) -> Path:
    """Wait for the file of an Auftrag and fetch it."""
    expect(page.get_by_role("link", name="Datei herunterladen")).to_be_visible(timeout=60_000)
    with page.expect_download() as download:
        page.get_by_role("link", name="Datei herunterladen").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def test_a_reviewer_downloads_a_dossier_that_the_checker_accepts_until_a_byte_changes(portal, sign_in, tmp_path):
    page = sign_in("revision")
    page.goto(portal + HISTORY)
    page.get_by_role("button", name="Dossier erstellen").click()
    expect(page).to_have_url(re.compile("/auftraege/[0-9a-f-]{36}/"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Dossier zu GLF SC 3.001a")
    path = downloaded(page, tmp_path)
    assert re.fullmatch(r"dossier_glf-sc-3\.001a_\d{4}-\d{2}-\d{2}_\d{4}\.zip", path.name)

    anchor = tmp_path / "anker.jsonl"
    anchor.write_text(head(NOW).line() + "\n")
    for dossier in (path, unpacked(path.read_bytes(), tmp_path / "ordner")):
        status, said = checked(dossier, "--anker", anchor)
        assert status == 0, said
        assert "Anker: 1 verglichen, alle stimmen." in said

    content = path.read_bytes()
    place = content.index(b"Begr")
    path.write_bytes(content[:place] + b"X" + content[place + 1 :])
    status, said = checked(path)
    assert status == 1
    assert said.endswith("ERGEBNIS: Das Dossier stimmt nicht.\n")


def test_the_overview_of_a_dossier_opens_without_the_portal(portal, sign_in, browser: Browser, tmp_path):
    page = sign_in("revision")
    page.goto(portal + HISTORY)
    page.get_by_role("button", name="Dossier erstellen").click()
    folder = unpacked(downloaded(page, tmp_path).read_bytes(), tmp_path / "ordner")
    context = browser.new_context(offline=True, java_script_enabled=False)
    asked: list[str] = []
    reading = context.new_page()
    reading.on("request", lambda request: asked.append(request.url))
    reading.goto((folder / "uebersicht.html").as_uri())
    reading.get_by_role("link", name=re.compile("gegenüber")).first.click()
    expect(reading.get_by_role("heading", level=1)).to_contain_text("gegenüber")
    reading.go_back()
    reading.get_by_role("link", name="zum Lesen", exact=True).click()
    expect(reading.get_by_role("heading", level=1)).to_have_text("GLF SC 3.001a")
    assert asked
    assert all(url.startswith("file://") for url in asked)
    context.close()


def test_a_filtered_list_is_made_without_javascript(portal, browser: Browser, tmp_path):
    context = browser.new_context(java_script_enabled=False, locale="de-DE")
    page = signed_in(context.new_page(), portal, "revision")
    page.goto(f"{portal}/revision/?objekt=3.001a")
    page.get_by_role("button", name="Excel").click()
    path = downloaded(page, tmp_path)
    assert path.read_bytes()[:4] == b"PK\x03\x04"
    context.close()
