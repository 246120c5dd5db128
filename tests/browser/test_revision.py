"""The reviewer's main job in a real browser: who released Stand X of Arbeitsmittel Y, why, and what changed."""

import re

import pytest
from playwright.sync_api import Page, expect

from arbeitsmittel.models import Fassung
from tests.factories import make_fassung, make_person, publish

pytestmark = pytest.mark.django_db(transaction=True)
OLD = "<p>Die Frist für die Rückmeldung der Kundin beträgt 14 Tage ab Eingang des Schreibens.</p>"
NEW = "<p>Die Frist für die Rückmeldung der Kundin beträgt 10 Tage ab Eingang des Schreibens.</p>"


@pytest.fixture
def released(portal) -> Fassung:
    """Two Stände of 3.777; the second one shortens a term, and Frauke released it."""
    make_fassung("GLF SC 3.777", "2023-05-12", text=OLD)
    row = make_fassung("GLF SC 3.777", "2024-01-02", text=NEW, aenderungshinweis="Frist verkürzt", published=False)
    publish(row, veroeffentlicht_von=make_person("frauke", first_name="Frauke", last_name="Gabriel"))
    return row


def test_a_reviewer_finds_who_released_a_stand_why_and_what_changed(portal, sign_in, released):
    page: Page = sign_in("revision")
    page.get_by_role("link", name="Revision", exact=True).click()
    page.get_by_label("Arbeitsmittel oder Weisung").fill("3777")
    page.get_by_text("Vorgang: alle").click()
    page.get_by_label("freigegeben", exact=True).check()
    page.get_by_role("button", name="Filtern").click()
    expect(page).to_have_url(re.compile(r"objekt=3777.*vorgang=freigabe"))
    rows = page.locator(".zeit tbody tr")
    expect(rows).to_have_count(2)
    rows.filter(has_text="Stand 02.01.2024").get_by_role("link").click()
    expect(page.locator("h1")).to_contain_text("GLF SC 3.777, Stand 02.01.2024")
    expect(page.locator("main")).to_contain_text("Veröffentlicht von")
    expect(page.locator("main")).to_contain_text("Frauke Gabriel")
    page.get_by_role("link", name="Vergleich mit Stand 12.05.2023").click()
    expect(page.locator("del").filter(has_text="14")).to_be_visible()
    expect(page.locator("ins").filter(has_text=re.compile(r"\b10 Ende"))).to_be_visible()
    expect(page.locator("main")).to_contain_text("Frist verkürzt")


def test_the_history_of_the_object_answers_the_same(portal, sign_in, released):
    page = sign_in("revision")
    page.goto(f"{portal}/arbeitsmittel/glf-sc-3.777/")
    page.get_by_role("link", name="Historie mit allen Fassungen").click()
    line = page.locator(".liste--staende tbody tr").filter(has_text="02.01.2024").first
    expect(line).to_contain_text("von Frauke Gabriel")
    expect(line).to_contain_text("Frist verkürzt")
    line.get_by_role("link", name=re.compile("Vergleich")).click()
    expect(page.locator("del").filter(has_text="14")).to_be_visible()


def test_a_reviewer_notes_what_was_looked_at_and_filters_by_it(portal, sign_in, released):
    page = sign_in("revision")
    page.goto(f"{portal}/revision/?objekt=3.777&vorgang=freigabe")
    page.locator(".zeit tbody a").first.click()
    page.get_by_label("Notiz").fill("Mit der Akte verglichen.")
    page.get_by_role("button", name="Als gesichtet vermerken").click()
    expect(page.locator("body")).to_contain_text("Der Eintrag ist gesichtet.")
    expect(page.locator("#durchsicht")).to_contain_text("Mit der Akte verglichen.")
    page.goto(f"{portal}/revision/")
    page.get_by_label("Durchsicht").select_option("gesichtet")
    page.get_by_role("button", name="Filtern").click()
    expect(page.locator(".zeit tbody tr")).to_have_count(1)


def test_versions_are_chosen_and_compared_without_javascript(portal, browser, browser_context_args, released):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{portal}/anmelden/")
    page.get_by_label("Benutzername").fill("revision")
    page.get_by_label("Kennwort").fill("geheim")
    page.get_by_role("button", name="Anmelden").click()
    page.goto(f"{portal}/revision/vergleich/")
    page.get_by_label("Kennung oder Nummer").first.fill("3.777")
    page.get_by_role("button", name="Fassungen zeigen").click()
    page.get_by_role("button", name="Vergleichen").click()
    expect(page.locator("del").filter(has_text="14")).to_be_visible()
    context.close()
