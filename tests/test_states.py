"""What readers see of how something was released, and of what was taken back; wherever it shows."""

import pytest
from django.utils import timezone

from portal.freigabe import confirm_release, release_at_once, withdraw
from tests.factories import make_fassung, make_person, make_weisung, publish, second_person
from tests.test_pages import words

pytestmark = pytest.mark.django_db

SENTENCE = "Bestätigung durch eine zweite Person steht aus"
EVERYWHERE = ("/", "/arbeitsmittel/", "/arbeitsmittel/glf-sc-3.001a/", "/suche/?q=anliegen", "/suche/?q=3.001")


@pytest.fixture
def emergency():
    return make_fassung(published=False), make_person("eilig")


def release_in_a_hurry(row, person):
    publish(row, weg="eil", eil_grund="Störung", veroeffentlicht_von=person)
    row.refresh_from_db()
    return row


def test_emergency_release_is_flagged_wherever_it_shows_until_it_is_confirmed(reader, emergency, freigabe):
    fassung = release_in_a_hurry(*emergency)
    make_fassung("GLF SC 3.001b")
    for address in EVERYWHERE:
        assert words(reader.get(address)).count(SENTENCE) >= 1, address
    assert words(reader.get("/arbeitsmittel/glf-sc-3.001a/")).count(SENTENCE) == 2  # the page, and its line of time
    assert SENTENCE in words(reader.get("/arbeitsmittel/glf-sc-3.001b/"))  # as one on the same topic
    confirm_release(fassung, comment="", user=freigabe, now=timezone.now())
    for address in EVERYWHERE:
        assert SENTENCE not in words(reader.get(address)), address
    assert "von einer zweiten Person bestätigt am" in words(reader.get("/arbeitsmittel/glf-sc-3.001a/"))


def test_emergency_release_to_come_is_flagged_too(reader):
    make_fassung(stand="2024-01-02")
    release_in_a_hurry(make_fassung(stand="2098-01-01", published=False), make_person("eilig"))
    for address in ("/", "/arbeitsmittel/glf-sc-3.001a/", "/arbeitsmittel/glf-sc-3.001a/2098-01-01/"):
        assert SENTENCE in words(reader.get(address)), address
    assert SENTENCE not in words(reader.get("/arbeitsmittel/"))  # what applies today came the usual way


def test_weisung_in_a_hurry_is_flagged_wherever_it_shows(reader, redaktion, freigabe):
    make_fassung()
    draft = make_weisung(published=False, cites=("GLF SC 3.001a",))
    now = timezone.now()
    weisung = release_at_once(draft, grund="x", begruendungen={}, user=redaktion, visible_from=now, now=now)
    addresses = ("/", "/weisungen/", "/weisungen/202305004/", "/suche/?q=beispiel", "/arbeitsmittel/glf-sc-3.001a/")
    for address in addresses:
        assert SENTENCE in words(reader.get(address)), address
    confirm_release(weisung, comment="", user=freigabe, now=timezone.now())
    for address in addresses:
        assert SENTENCE not in words(reader.get(address)), address


@pytest.mark.parametrize(("art", "label"), [("irrtum", "irrtümlich veröffentlicht"), ("ueberholt", "überholt")])
def test_withdrawn_says_kind_reason_day_and_what_applies_instead(reader, freigabe, art, label):
    make_fassung(stand="2023-05-12")
    taken_back = make_fassung(stand="2024-01-02")
    withdraw(taken_back, art=art, reason="Falsche Frist genannt", user=freigabe, now=timezone.now())
    response = reader.get("/arbeitsmittel/glf-sc-3.001a/2024-01-02/")
    for expected in (label, "Falsche Frist genannt", f"Zurückgezogen am {timezone.localdate():%d.%m.%Y}"):
        assert expected in words(response)
    assert "Heute gilt Stand 12.05.2023" in words(response)
    assert "PDF des zurückgezogenen Standes" in words(response)
    assert reader.get("/arbeitsmittel/glf-sc-3.001a/2024-01-02.pdf").status_code == 200
    assert label in words(reader.get("/arbeitsmittel/glf-sc-3.001a/"))  # in the line of time


def test_withdrawn_stays_reachable_when_another_one_takes_its_stand(reader):
    first = make_fassung(text="<p>Falscher Text.</p>", withdrawn="Falsche Frist")
    second = make_fassung(text="<p>Richtiger Text.</p>")
    page = reader.get("/arbeitsmittel/glf-sc-3.001a/2024-01-02/")
    assert "Richtiger Text." in words(page)
    link = f"/arbeitsmittel/glf-sc-3.001a/2024-01-02/?id={first.pk}"
    assert f'href="{link}"' in page.content.decode()
    old = reader.get(link)
    assert "Falscher Text." in words(old)
    assert "Zurückgezogen am" in words(old)
    assert f'href="/arbeitsmittel/glf-sc-3.001a/2024-01-02.pdf?id={first.pk}"' in old.content.decode()
    assert reader.get(f"/arbeitsmittel/glf-sc-3.001a/2024-01-02.pdf?id={first.pk}").status_code == 200
    other = make_fassung("GLF SC 3.204", published=False)
    for key in (other.pk, "0", "x", "9" * 30, f"{second.pk} OR 1=1"):
        assert reader.get(f"/arbeitsmittel/glf-sc-3.001a/2024-01-02/?id={key}").status_code == 404
        assert reader.get(f"/arbeitsmittel/glf-sc-3.001a/2024-01-02.pdf?id={key}").status_code == 404


def test_withdrawn_weisung_says_what_applies_instead_and_stays_reachable(reader):
    first = make_weisung(titel="Falsch")
    withdraw(first, art="irrtum", reason="Falscher Text", user=second_person(), now=timezone.now())
    page = words(reader.get("/weisungen/202305004/"))
    for expected in ("irrtümlich veröffentlicht", "Falscher Text", "Unter dieser Nummer gilt keine andere"):
        assert expected in page
    make_weisung(titel="Richtig")
    page = reader.get("/weisungen/202305004/")
    assert "Richtig" in words(page)
    assert f'href="/weisungen/202305004/?id={first.pk}"' in page.content.decode()
    old = words(reader.get(f"/weisungen/202305004/?id={first.pk}"))
    assert "Falscher Text" in old
    assert "An ihrer Stelle gilt Weisung 202305004" in old
    draft = make_weisung("202305005", published=False)
    for key in (draft.pk, "0", "x"):
        assert reader.get(f"/weisungen/202305004/?id={key}").status_code == 404


def test_late_entry_says_when_and_why(reader):
    late = make_fassung(stand="2023-05-12", published=False, nachtrag_grund="Lag nur auf Papier vor.")
    publish(late, timezone.now())
    make_fassung(stand="2024-01-02")
    expected = f"Nachträglich erfasst am {timezone.localdate():%d.%m.%Y}: Lag nur auf Papier vor."
    assert expected in words(reader.get("/arbeitsmittel/glf-sc-3.001a/2023-05-12/"))
    assert expected in words(reader.get("/arbeitsmittel/glf-sc-3.001a/"))  # in the line of time
    make_fassung("GLF SC 3.204")
    assert "Nachträglich" not in words(reader.get("/arbeitsmittel/glf-sc-3.204/"))


def test_page_says_how_and_when_it_was_released(reader):
    make_fassung()
    make_fassung("GLF SC 3.204", only_stand=True)
    make_weisung()
    assert "Geprüft und freigegeben am 01.01.2020" in words(reader.get("/arbeitsmittel/glf-sc-3.001a/"))
    assert "Übernommen am 01.01.2020" in words(reader.get("/arbeitsmittel/glf-sc-3.204/"))
    assert "Geprüft und freigegeben am 01.01.2020" in words(reader.get("/weisungen/202305004/"))


def test_announced_stand_says_what_changes_and_leads_there(reader):
    make_fassung(stand="2024-01-02")
    make_fassung(stand="2098-01-01", aenderungshinweis="Frist auf drei Tage verkürzt.")
    page = reader.get("/arbeitsmittel/glf-sc-3.001a/")
    assert "Ab 01.01.2098 gilt Stand 01.01.2098 mit fachlicher Änderung: Frist auf drei Tage verkürzt." in words(page)
    assert 'href="/arbeitsmittel/glf-sc-3.001a/2098-01-01/"' in page.content.decode()


def test_announced_weisung_is_marked_on_its_page_in_the_list_and_on_the_start_page(reader):
    make_weisung(gueltig_ab=timezone.localdate().replace(year=2098))
    for address in ("/", "/weisungen/", "/weisungen/202305004/", "/suche/?q=beispiel"):
        assert "ilt ab" in words(reader.get(address)), address
        assert ".2098" in words(reader.get(address)), address
    assert "heute noch nicht in Kraft" in words(reader.get("/weisungen/202305004/"))
    assert "202305004" not in words(reader.get("/weisungen/?geltung=in-kraft"))
