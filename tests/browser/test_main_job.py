"""The main job in a real browser: sign in, type a number, see what applies, quote it, print it."""

import io
import re

import pikepdf
import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_clerk_finds_the_current_stand_with_the_keyboard_alone(portal, sign_in):
    page = sign_in("sachbearbeitung")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("3001a")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{portal}/arbeitsmittel/glf-sc-3.001a/")
    expect(page.locator("main")).to_contain_text("Gilt heute")
    expect(page.locator("main")).to_contain_text("Stand 02.01.2024")
    expect(page.locator("main")).to_contain_text("Weisung 202305004")


def test_skip_link_leads_past_the_head(portal, sign_in):
    page = sign_in("sachbearbeitung")
    page.goto(f"{portal}/arbeitsmittel/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Zum Inhalt springen")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_stichtag_stays_while_going_on(portal, sign_in):
    page = sign_in("sachbearbeitung")
    page.goto(f"{portal}/arbeitsmittel/glf-sc-3.001a/?stichtag=2023-06-01")
    expect(page.locator("main")).to_contain_text("Stand 12.05.2023")
    page.get_by_role("link", name=re.compile("Weisung 202305004")).first.click()
    expect(page).to_have_url(re.compile("stichtag=2023-06-01"))
    page.get_by_role("link", name=re.compile("zurück zu heute", re.IGNORECASE)).click()
    expect(page).to_have_url(re.compile(r"/weisungen/202305004/\??$"))


@pytest.mark.needs_pdf
def test_clerk_asks_what_was_known_and_takes_a_nachweis_along(portal, sign_in):
    page = sign_in("sachbearbeitung")
    page.goto(f"{portal}/arbeitsmittel/glf-sc-3.001a/?stichtag=2024-01-02")
    page.locator("summary", has_text="Wissensstand").click()
    page.get_by_label("Wie das Portal es wusste am").fill("2024-01-05T14:30")
    page.get_by_role("button", name="Anzeigen").click()
    expect(page.locator(".stichtag-band")).to_contain_text(
        "Gezeigt wird, was am 02.01.2024 galt, wie es das Portal am 05.01.2024 um 14:30 Uhr wusste"
    )
    page.get_by_role("link", name="Nachweis für diesen Tag").click()
    expect(page.locator("main")).to_contain_text("Am 02.01.2024 galt GLF SC 3.001a mit Stand 02.01.2024.")
    expect(page.locator("main")).to_contain_text("am 05.01.2024 um 14:30 Uhr")
    address = page.get_by_role("link", name="Bescheinigung (PDF)").get_attribute("href")
    answer = page.request.get(f"{portal}{address}")
    with pikepdf.open(io.BytesIO(answer.body())) as pdf:
        assert len(pdf.pages) == 1
    page.locator(".stichtag-band").get_by_role("link", name="zurück zu heute").click()
    expect(page.locator(".stichtag-band")).to_have_count(0)


def test_citation_of_a_weisung_leads_to_its_arbeitsmittel(portal, sign_in):
    page = sign_in("sachbearbeitung")
    page.goto(f"{portal}/weisungen/202305004/")
    page.locator("a.zitat").first.click()
    expect(page).to_have_url(f"{portal}/arbeitsmittel/glf-sc-3.001a/")


@pytest.mark.needs_pdf
def test_pdf_of_a_weisung_opens(portal, sign_in):
    page = sign_in("sachbearbeitung")
    answer = page.request.get(f"{portal}/weisungen/202305004.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    with pikepdf.open(io.BytesIO(answer.body())) as pdf:
        assert "202305004" in str(pdf.docinfo["/Title"])
        assert pdf.Root.Lang == "de"


def test_main_job_works_without_javascript(portal, browser, browser_context_args):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page: Page = context.new_page()
    page.goto(f"{portal}/anmelden/")
    page.get_by_label("Benutzername").fill("sachbearbeitung")
    page.get_by_label("Kennwort").fill("geheim")
    page.get_by_role("button", name="Anmelden").click()
    page.get_by_role("searchbox").fill("GLF-SC-3.001A")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Gilt heute")
    context.close()


def test_signing_out_ends_the_session(portal, sign_in):
    page = sign_in("sachbearbeitung")
    page.get_by_role("button", name="Abmelden").click()
    expect(page).to_have_url(re.compile("/anmelden/"))
    page.goto(f"{portal}/arbeitsmittel/")
    expect(page).to_have_url(re.compile("/anmelden/"))
