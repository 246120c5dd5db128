"""What a page says of a day as the portal knew it at an earlier moment, on every page and in every file."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from arbeitsmittel.models import Fassung
from portal.freigabe import confirm_release, withdraw
from portal.history import acting_as
from portal.provisioning import system_actor
from portal.stichtag import read_stichtag, with_knowledge
from portal.zeitpunkt import start_of
from tests.factories import make_fassung, make_person, make_umsetzung, make_weisung, publish, second_person
from tests.test_pages import words
from weisungen.models import Umsetzung, Weisung
from weisungen.package import excuse
from weisungen.printing import print_context

pytestmark = pytest.mark.django_db

EARLY, LATE = datetime(2024, 1, 2, 8, tzinfo=UTC), datetime(2024, 1, 5, 13, 30, tzinfo=UTC)
BEFORE, AFTER = "stichtag=2024-01-02&bekannt=2024-01-05T14:29", "stichtag=2024-01-02&bekannt=2024-01-05T14:30"
PAGE = "/arbeitsmittel/glf-sc-3.001a/"
PAGES = ("/", "/arbeitsmittel/", PAGE, "/weisungen/", "/suche/?q=anliegen")


def asked(path: str, query: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}{query}"


def take_back(row, reason="Falsche Frist genannt"):
    return withdraw(row, art="irrtum", reason=reason, user=second_person(), now=LATE)


def released(kennung="GLF SC 3.001a", stand="2024-01-02", moment=EARLY, **fields) -> Fassung:
    row = make_fassung(kennung, stand, published=False, **{"nachtrag_grund": "Test", **fields})
    publish(row, moment)
    return row


@pytest.fixture
def withdrawn():
    released(stand="2023-05-12", text="<p>Alter Text zum Anliegen.</p>", moment=datetime(2023, 5, 12, tzinfo=UTC))
    return take_back(released(text="<p>Neuer Text zum Anliegen.</p>"))


def test_fassung_withdrawn_later_is_live_in_the_older_view(reader, withdrawn):
    assert "Neuer Text" in words(reader.get(f"{PAGE}?{BEFORE}"))
    assert "Alter Text" in words(reader.get(f"{PAGE}?{AFTER}"))
    for path in (PAGE, f"{PAGE}2024-01-02/", "/arbeitsmittel/", "/", "/suche/?q=neuer"):
        page = words(reader.get(asked(path, BEFORE)))
        assert "02.01.2024" in page, path
        assert "urückgezogen" not in page, path
        assert "Falsche Frist" not in page, path
    assert "Gilt am 02.01.2024" in words(reader.get(f"{PAGE}2024-01-02/?{BEFORE}"))
    assert "Falsche Frist" in words(reader.get(f"{PAGE}2024-01-02/?{AFTER}"))


def test_search_finds_what_applied_then_as_it_was_known(reader, withdrawn):
    assert "Neuer Text" in words(reader.get(asked("/suche/?q=anliegen", BEFORE)))
    then = words(reader.get(asked("/suche/?q=anliegen", AFTER)))
    assert "Alter Text" in then
    assert "Neuer Text" not in then
    assert "wie das Portal sie am 05.01.2024 um 14:30 Uhr kannte" in then
    jump = reader.get(asked("/suche/?q=3.001a", BEFORE)).headers["Location"]
    assert "Neuer Text" in words(reader.get(jump))


def test_what_was_entered_late_is_not_there_before(reader):
    released(stand="2023-05-12", moment=EARLY)
    released(stand="2024-01-02", moment=LATE, text="<p>Nachgetragener Text.</p>")
    released("GLF SC 3.204", moment=LATE)
    assert "Nachgetragener" in words(reader.get(f"{PAGE}?{AFTER}"))
    for path in (*PAGES, "/suche/?q=3.2", "/suche/?q=nachgetragener"):
        page = words(reader.get(asked(path, BEFORE)))
        assert "Nachgetragener" not in page, path
        assert "GLF SC 3.204" not in page, path
    for path in (f"{PAGE}2024-01-02/", f"{PAGE}2024-01-02.pdf", "/arbeitsmittel/glf-sc-3.204/"):
        assert reader.get(asked(path, BEFORE)).status_code == 404, path
        assert reader.get(asked(path, AFTER)).status_code == 200, path


def test_page_that_was_not_known_yet_offers_the_way_to_today(reader):
    released("GLF SC 3.204", moment=LATE)
    hidden, missing = (reader.get(asked(f"/arbeitsmittel/glf-sc-{n}/", BEFORE)) for n in ("3.204", "3.999"))
    assert "Dieselbe Adresse mit dem, was heute gilt" in words(hidden)
    assert '<a href="?">' in hidden.content.decode()
    assert words(hidden) == words(missing)
    assert "Dieselbe Adresse" not in words(reader.get("/arbeitsmittel/glf-sc-3.999/"))


def test_file_of_a_stand_is_the_one_of_the_page(reader):
    first = make_fassung(published=False, nachtrag_grund="Test")
    publish(first, EARLY)
    take_back(first)
    second = make_fassung(published=False, nachtrag_grund="Test")
    publish(second, LATE + timedelta(hours=1))
    link = re.compile(r'href="(/arbeitsmittel/glf-sc-3.001a/2024-01-02\.pdf[^"]*)"')
    for query in (BEFORE, AFTER, "stichtag=2024-01-02"):
        (path,) = link.findall(reader.get(f"{PAGE}2024-01-02/?{query}").content.decode())
        assert "id=" not in path
        assert reader.get(path.replace("&amp;", "&")).status_code == 200
    assert reader.get(f"{PAGE}2024-01-02.pdf?bekannt=gestern").status_code == 404


def test_emergency_release_is_open_until_it_was_confirmed(reader, freigabe):
    row = make_fassung(published=False, nachtrag_grund="Test")
    publish(row, EARLY, weg="eil", eil_grund="Störung", veroeffentlicht_von=make_person("eilig"))
    row.refresh_from_db()
    confirm_release(row, comment="", user=freigabe, now=LATE)
    for path in ("/", "/arbeitsmittel/", PAGE, "/suche/?q=anliegen", "/suche/?q=3.001"):
        assert "Bestätigung durch eine zweite Person steht aus" in words(reader.get(asked(path, BEFORE))), path
        assert "steht aus" not in words(reader.get(asked(path, AFTER))), path
    assert "bestätigt am" not in words(reader.get(f"{PAGE}?{BEFORE}"))


@pytest.fixture
def weisung():
    released("GLF SC 3.001a", "2023-05-12", moment=datetime(2023, 5, 12, tzinfo=UTC))
    take_back(released())
    row = make_weisung(published=False, cites=("GLF SC 3.001a",))
    publish(row, datetime(2023, 5, 12, 8, tzinfo=UTC))
    return row


def test_weisung_withdrawn_later_is_in_force_in_the_older_view(reader, weisung):
    take_back(weisung, "Falsche Weisung")
    for path in (
        "/",
        "/weisungen/",
        "/weisungen/?geltung=in-kraft",
        "/weisungen/202305004/",
        PAGE,
        "/suche/?q=beispiel",
    ):
        before, after = words(reader.get(asked(path, BEFORE))), words(reader.get(asked(path, AFTER)))
        assert "Beispiel einer Weisung" in before, path
        assert "in Kraft" in before, path
        assert "Falsche Weisung" not in before, path
        assert "urückgezogen" in after or "Beispiel einer Weisung" not in after, path


def test_weisung_repealed_later_is_in_force_in_the_older_view(reader, weisung):
    other = make_weisung("202401002", datum="2024-01-02", published=False, repeals=("202305004",))
    publish(other, LATE)
    assert "in Kraft" in words(reader.get(f"/weisungen/202305004/?{BEFORE}"))
    assert "Aufgehoben" in words(reader.get(f"/weisungen/202305004/?{AFTER}"))
    assert reader.get(f"/weisungen/202401002/?{BEFORE}").status_code == 404
    take_back_at = LATE + timedelta(days=1)
    withdraw(other, art="irrtum", reason="x", user=second_person(), now=take_back_at)
    assert "Aufgehoben" in words(reader.get(f"/weisungen/202305004/?{AFTER}"))
    assert "in Kraft" in words(reader.get("/weisungen/202305004/?stichtag=2024-01-02"))


def test_citations_print_the_stand_that_was_known(reader, weisung):
    assert "(Stand 02.01.2024; bei Erlass" in words(reader.get(f"/weisungen/202305004/?{BEFORE}"))
    after = words(reader.get(f"/weisungen/202305004/?{AFTER}"))
    assert "(Stand 12.05.2023)" in after
    assert "(Stand 02.01.2024" not in after


def test_successor_of_a_withdrawn_weisung_takes_the_address_when_it_was_issued(reader, weisung):
    take_back(weisung, "Falsch")
    second = make_weisung(titel="Richtig", published=False)
    publish(second, LATE + timedelta(hours=1))
    old = words(reader.get(f"/weisungen/202305004/?{BEFORE}"))
    assert "Richtig" not in old
    assert "frühere Veröffentlichung" not in old
    between = words(reader.get(f"/weisungen/202305004/?{AFTER}"))
    assert "Unter dieser Nummer gilt keine andere" in between
    assert "Richtig" in words(reader.get("/weisungen/202305004/"))
    assert reader.get(f"/weisungen/202305004/?id={second.pk}&{AFTER}").status_code == 404


def test_context_of_the_pdf_follows_both_dates(weisung):
    """What is printed is the key of the cache, so each pair of dates has its own file."""
    printed = {}
    for known in ("05.01.2024 14:29", "05.01.2024 14:30", ""):
        stichtag = with_knowledge(read_stichtag("2024-01-02", date(2026, 11, 23)), known, timezone.now())
        row = Weisung.objects.published(stichtag).with_repeal(stichtag).get()
        printed[known] = print_context(row, stichtag, "https://portal.example")
    assert printed["05.01.2024 14:29"]["zitate"][0]["stand_heute"] == "02.01.2024"
    assert printed["05.01.2024 14:30"]["zitate"][0]["stand_heute"] == "12.05.2023"
    assert "wie es das Portal am 05.01.2024 um 14:29 Uhr wusste" in printed["05.01.2024 14:29"]["stand_hinweis"]
    assert printed[""]["wissen"] is None


@pytest.mark.needs_pdf
def test_file_name_of_a_weisung_names_both_dates(reader, weisung):
    answer = reader.get(f"/weisungen/202305004.pdf?{BEFORE}")
    assert answer.status_code == 200
    assert "202305004_2024-01-02_bekannt-2024-01-05T1429.pdf" in answer.headers["Content-Disposition"]
    assert answer.content != reader.get(f"/weisungen/202305004.pdf?{AFTER}").content
    assert reader.get("/weisungen/202305004.pdf?bekannt=gestern").status_code == 404


def test_umsetzung_is_read_as_it_stood(reader, weisung, redaktion):
    """Announcements may be added and excused after the issue; an older answer does not change by that."""
    with acting_as(system_actor(), "Test", at=EARLY):
        row = Umsetzung.objects.create(
            weisung=weisung, arbeitsmittel=make_fassung("GLF SC 3.204", "2020-01-01").arbeitsmittel,
            soll_stand=date(2024, 1, 1), was="wird angepasst",
        )  # fmt: skip
    excuse(row, reason="Kommt nicht mehr", user=redaktion, now=LATE)
    make_umsetzung(weisung, "GLF SC 3.305")  # announced today
    page = "/weisungen/202305004/umsetzung/"
    before, after = words(reader.get(f"{page}?{BEFORE}")), words(reader.get(f"{page}?{AFTER}"))
    assert "Fehlt: angekündigt zum 01.01.2024" in before
    assert "Kommt nicht mehr" not in before
    assert "Entschuldigt: Kommt nicht mehr" in after
    for text in (before, after):
        assert "GLF SC 3.305" not in text
    assert "GLF SC 3.305" in words(reader.get(page))
    none_yet = "stichtag=2023-06-01&bekannt=2023-06-01"
    assert "kündigt für kein Arbeitsmittel" in words(reader.get(f"{page}?{none_yet}"))
    assert "Was aus den Ankündigungen wurde" not in words(reader.get(f"/weisungen/202305004/?{none_yet}"))


def test_editors_enter_nothing_into_an_older_view(client, weisung, redaktion):
    client.force_login(redaktion, backend="portal.role_backend.RoleBackend")
    assert "Ankündigung nachtragen" in words(client.get("/weisungen/202305004/umsetzung/"))
    assert "Ankündigung nachtragen" not in words(client.get(f"/weisungen/202305004/umsetzung/?{BEFORE}"))


def test_tasks_are_those_of_today_whatever_is_asked_for(client, redaktion):
    client.force_login(redaktion, backend="portal.role_backend.RoleBackend")
    make_fassung(stand="2098-01-01")
    assert "01.01.2098" in words(client.get(f"/redaktion/?{BEFORE}"))


def test_banner_says_both_dates_and_leads_back_at_once(reader, withdrawn):
    page = reader.get(f"{PAGE}?{AFTER}").content.decode()
    band = re.search(r'<aside class="stichtag-band".*?</aside>', page, re.DOTALL)[0]
    said = re.sub(r"<[^>]+>", "", band)
    assert "Gezeigt wird, was am 02.01.2024 galt, wie es das Portal am 05.01.2024 um 14:30 Uhr wusste" in said
    assert f'<a href="{PAGE}?stichtag=heute">zurück zu heute</a>' in band
    assert f'<a href="{PAGE}?stichtag=2024-01-02&amp;stichtag_setzen=1">mit heutigem Wissen</a>' in band
    assert "bekannt am 05.01.2024 um 14:30 Uhr)" in re.search("<title>.*</title>", page)[0]


@pytest.mark.parametrize("path", PAGES)
def test_every_link_carries_both_dates(reader, path):
    make_fassung(text="<p>Anliegen, siehe GLF SC 3.001b.</p>")
    make_fassung("GLF SC 3.001b")
    make_weisung(cites=("GLF SC 3.001a",))
    html = reader.get(asked(path, BEFORE)).content.decode()
    html = re.sub(r"<aside class=\"stichtag-band.*?</aside>", "", html, flags=re.DOTALL)
    links = re.findall(r'href="(/(?:arbeitsmittel|weisungen|suche|)/?[^"]*)"', html)
    links = [link for link in links if not link.startswith(("/static", "/redaktion", "/?"))]
    assert links
    assert [link for link in links if "bekannt=2024-01-05T14" not in link.replace("%3A", ":")] == []
    assert html.count('name="bekannt"') >= 2  # the search of the header, and the choice of the day


@pytest.mark.parametrize(
    "value", ["gestern", "2024-02-30", "%00", "9" * 500, "2024-01-02%27", "<b>", "2099-01-01", "1980-01-01", "²", "%FF"]
)
def test_unreadable_knowledge_is_a_sentence_on_the_page(reader, value):
    make_fassung()
    for path in PAGES:
        response = reader.get(asked(path, f"bekannt={value}"))
        assert response.status_code == 200
        assert "Gezeigt wird, was das Portal jetzt weiß." in response.content.decode()
        assert "<b>" not in response.content.decode()


def test_clock_that_was_changed_is_said_in_the_banner(reader):
    make_fassung()
    said = reader.get("/?stichtag=2025-10-26&bekannt=2025-10-26T02:30").content.decode()
    assert "02:30 Uhr gab es am 26.10.2025 zweimal" in said
    assert "02:30 Uhr gab es am 30.03.2025 nicht" in reader.get("/?bekannt=30.03.2025 02:30").content.decode()


def test_embargo_ends_at_its_moment_and_never_before_whatever_is_asked(reader):
    """The day begins in Germany at 23:00 UTC, in winter; nobody can ask for a knowledge that lies ahead."""
    hidden = make_fassung(stand="2024-01-02", published=False, sperrfrist=True, text="<p>Verdeckt.</p>",
                          nachtrag_grund="Test")  # fmt: skip
    publish(hidden, datetime(2023, 12, 1, tzinfo=UTC), sichtbar_ab=start_of(date(2024, 1, 2)))
    coming = make_fassung("GLF SC 3.204", "2097-05-04", published=False, sperrfrist=True)
    publish(coming, EARLY, sichtbar_ab=start_of(date(2097, 5, 4)))
    for known, status in (("2024-01-01T23:59:59", 404), ("2024-01-01", 404), ("2024-01-02T00:00", 200)):
        assert reader.get(f"{PAGE}?stichtag=2024-01-02&bekannt={known}").status_code == status, known
    for known in ("2097-05-04", "2097-05-04T00:00", "2098-01-01", ""):
        assert reader.get(f"/arbeitsmittel/glf-sc-3.204/?stichtag=2098-01-01&bekannt={known}").status_code == 404


def test_a_name_that_came_later_does_not_change_how_an_older_text_reads(reader):
    released(text="<p>Siehe EMB AH Umzug und Ortswechsel.</p>")
    released("EMB AH Umzug", moment=EARLY)
    assert "EMB AH Umzug (Stand 02.01.2024) und Ortswechsel" in words(reader.get(f"{PAGE}?{BEFORE}"))
    released("EMB AH Umzug und Ortswechsel", moment=LATE)
    assert "EMB AH Umzug (Stand 02.01.2024) und Ortswechsel" in words(reader.get(f"{PAGE}?{BEFORE}"))
    assert "EMB AH Umzug und Ortswechsel (Stand 02.01.2024)" in words(reader.get(f"{PAGE}?{AFTER}"))


def test_rows_read_for_an_older_view_forget_and_the_stored_one_does_not(withdrawn):
    stichtag = with_knowledge(read_stichtag("2024-01-02", date(2026, 11, 23)), "05.01.2024 14:29", timezone.now())
    row = Fassung.objects.published(stichtag).filter(pk=withdrawn.pk).order_by("pk")[0]
    assert (row.zurueckgezogen_am, row.zurueckgezogen_von, row.zurueckgezogen_grund) == (None, None, "")
    assert row.zurueckgezogen_art == ""
    assert Fassung.objects.get(pk=withdrawn.pk).zurueckgezogen_am == LATE
    again = list(Fassung.objects.published(stichtag).iterator())
    assert [each.zurueckgezogen_am for each in again] == [None, None]
