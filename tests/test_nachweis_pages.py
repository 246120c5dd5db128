"""The page with the form, and the certificate: opened again and read."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from arbeitsmittel.models import Arbeitsmittel
from portal.freigabe import withdraw
from portal.history import acting_as
from portal.provisioning import system_actor
from portal.zeitpunkt import start_of
from tests.factories import make_fassung, make_weisung, publish, second_person
from tests.portal.pdf_reading import ReadPdf
from tests.test_pages import words
from weisungen.models import Umsetzung

pytestmark = pytest.mark.django_db

FILE = "/nachweis/glf-sc-3.001a/2024-01-02.pdf"
QUESTION = "/nachweis/?kennung=3.001a&datum=02.01.2024"
LATER = datetime(2024, 1, 5, 13, 30, tzinfo=UTC)
CODE = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")


@pytest.fixture
def withdrawn():
    make_fassung(stand="2023-05-12")
    row = make_fassung(titel="Erstkontakt am Telefon")
    return withdraw(row, art="irrtum", reason="Falsche Frist genannt", user=second_person(), now=LATER)


def read(reader, address: str) -> ReadPdf:
    answer = reader.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    return ReadPdf(answer.content)


@pytest.mark.parametrize("kennung", ["3.001a", "glf sc 3001a", "GLF SC 3.001a", "glf-sc-3.001a", "GLF-SC 3.001 A"])
@pytest.mark.parametrize("datum", ["02.01.2024", "2024-01-02", "2.1.2024"])
def test_every_spelling_leads_to_the_answer(reader, kennung, datum):
    make_fassung()
    page = words(reader.get("/nachweis/", {"kennung": kennung, "datum": datum}))
    assert "Am 02.01.2024 galt GLF SC 3.001a mit Stand 02.01.2024." in page
    assert "So wusste es das Portal am Ende des 02.01.2024. Eine Uhrzeit ist nicht genannt" in page


def test_page_names_release_checksums_and_weisungen(reader):
    row = make_fassung()
    make_weisung("202305004", cites=("GLF SC 3.204",))
    make_weisung("202305005", cites=("GLF SC 3.001a",))
    page = words(reader.get(QUESTION))
    assert "am 01.01.2020, 13:00 Uhr von zweite-person, nach Prüfung durch eine zweite Person" in page
    for expected in (row.pdf.sha256, row.pruefsumme, "Zitiert inWeisung 202305005 vom 12.05.2023"):
        assert expected in page
    assert CODE.search(page)


def test_weisung_that_ordered_it_is_named(reader):
    row = make_fassung()
    weisung = make_weisung(published=False)
    with acting_as(system_actor(), "Test", at=LATER):
        Umsetzung.objects.create(weisung=weisung, arbeitsmittel=row.arbeitsmittel, soll_stand=date(2024, 1, 2))
    publish(weisung, LATER)
    assert "Angeordnet durchWeisung 202305004" in words(reader.get("/nachweis/?kennung=3.001a&datum=05.01.2024"))
    assert "Angeordnet" not in words(reader.get(QUESTION))  # nobody knew of it then


def test_time_makes_the_moment(reader, withdrawn):
    before = words(reader.get("/nachweis/?kennung=3.001a&datum=05.01.2024&uhrzeit=14:29"))
    after = words(reader.get("/nachweis/?kennung=3.001a&datum=05.01.2024&uhrzeit=14.30 Uhr"))
    assert "Am 05.01.2024 galt GLF SC 3.001a mit Stand 02.01.2024." in before
    assert "am 05.01.2024 um 14:29 Uhr" in before
    assert "mit Stand 12.05.2023." in after
    assert "Später bekannt geworden" not in after


def test_later_knowledge_stands_apart(reader, withdrawn):
    page = words(reader.get(QUESTION))
    assert "Am 02.01.2024 galt GLF SC 3.001a mit Stand 02.01.2024." in page
    later = page[page.index("Später bekannt geworden") :]
    assert "wurde am 05.01.2024, 14:30 Uhr zurückgezogen (irrtümlich veröffentlicht): Falsche Frist genannt" in later
    assert "Nach heutigem Wissen galt am 02.01.2024 Stand 12.05.2023." in later


def test_changes_of_the_day_are_told_where_no_time_is_given(reader, withdrawn):
    page = words(reader.get("/nachweis/?kennung=3.001a&datum=05.01.2024"))
    assert "ab 00:00 Uhr Stand 02.01.2024, ab 14:30 Uhr Stand 12.05.2023." in page


def test_clock_that_was_changed_is_said(reader):
    make_fassung()
    assert "zweimal" in words(reader.get("/nachweis/?kennung=3.001a&datum=26.10.2025&uhrzeit=02:30"))
    assert "nicht, weil die Uhren" in words(reader.get("/nachweis/?kennung=3.001a&datum=30.03.2025&uhrzeit=2:30"))


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"kennung": "", "datum": "02.01.2024"}, "Bitte eine Kennung angeben"),
        ({"kennung": "quatsch", "datum": "02.01.2024"}, "ist keine Kennung"),
        ({"kennung": "3.999", "datum": "02.01.2024"}, "Dieses Arbeitsmittel steht nicht im Portal."),
        ({"kennung": "3.001a", "datum": ""}, "Bitte den Tag angeben."),
        ({"kennung": "3.001a", "datum": "31.02.2024"}, "ist kein Datum"),
        ({"kennung": "3.001a", "datum": "01.01.2098"}, "Dieser Tag kommt erst"),
        ({"kennung": "3.001a", "datum": "01.01.1950"}, "Der Tag muss nach 1989 liegen."),
        ({"kennung": "3.001a", "datum": "02.01.2024", "uhrzeit": "25:00"}, "ist keine Uhrzeit"),
        ({"kennung": "3.001a", "datum": "02.01.2024", "uhrzeit": "mittags"}, "ist keine Uhrzeit"),
        ({"kennung": "\x00", "datum": "\x00", "uhrzeit": "\x00"}, "Nullzeichen sind nicht erlaubt."),
        ({"kennung": "<b>", "datum": "<b>", "uhrzeit": "<b>"}, "ist keine Kennung"),
        ({"kennung": "9" * 10_000, "datum": "9" * 10_000, "uhrzeit": "9" * 10_000}, "Diese Angabe ist zu lang."),
        ({"kennung": "3.001a", "datum": "²²"}, "ist kein Datum"),
    ],
)
def test_bad_input_is_one_sentence_beside_its_field(reader, given, sentence):
    make_fassung()
    answer = reader.get("/nachweis/", given)
    assert answer.status_code == 200
    assert sentence in words(answer)
    assert "Prüfcode" not in words(answer)
    assert "<b>" not in answer.content.decode()


def test_time_of_today_that_comes_is_refused(reader, monkeypatch):
    make_fassung()
    moment = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
    question = "/nachweis/?kennung=3.001a&datum=23.11.2026&uhrzeit="
    assert "kommt heute erst" in words(reader.get(f"{question}10:01"))
    assert "galt GLF SC 3.001a" in words(reader.get(f"{question}10:00"))
    assert "bis zu diesem Moment bekannt" in words(reader.get(question))


def test_hidden_arbeitsmittel_answers_as_a_missing_one(reader):
    make_fassung("GLF SC 3.204", published=False)
    token = re.compile(r'(csrfmiddlewaretoken" value="|nonce=")[^"]*')
    for address, status in (("/nachweis/?kennung={}&datum=02.01.2024", 200), ("/nachweis/{}/2024-01-02.pdf", 404)):
        answers = {kennung: reader.get(address.format(kennung)) for kennung in ("glf-sc-3.204", "glf-sc-3.999")}
        assert [answer.status_code for answer in answers.values()] == [status, status]
        bodies = {token.sub("", answer.content.decode()).replace(key, "") for key, answer in answers.items()}
        assert len(bodies) == 1


def test_what_is_under_embargo_is_never_certified(reader):
    make_fassung(stand="2023-05-12")
    coming = timezone.localdate() + timedelta(days=30)
    hidden = make_fassung(stand=coming.isoformat(), published=False, sperrfrist=True, titel="Verdeckt")
    publish(hidden, datetime(2024, 1, 1, tzinfo=UTC), sichtbar_ab=start_of(coming))
    for address in (QUESTION, f"/nachweis/?kennung=3.001a&datum={timezone.localdate()}"):
        assert "Verdeckt" not in words(reader.get(address))
    assert reader.get(f"/nachweis/glf-sc-3.001a/{coming}.pdf").status_code == 404


def test_arbeitsmittel_page_leads_to_the_nachweis_of_its_day(reader, withdrawn):
    page = reader.get("/arbeitsmittel/glf-sc-3.001a/?stichtag=2024-01-02&bekannt=2024-01-05T14:29").content.decode()
    (link,) = re.findall(r'href="(/nachweis/\?kennung[^"]*)"', page)
    answer = words(reader.get(link.replace("&amp;", "&")))
    assert "So wusste es das Portal am 05.01.2024 um 14:29 Uhr." in answer
    assert "mit Stand 02.01.2024." in answer
    assert "kennung=" not in reader.get("/arbeitsmittel/glf-sc-3.001a/?stichtag=2098-01-01").content.decode()
    before = reader.get("/arbeitsmittel/glf-sc-3.001a/?stichtag=2020-01-01").content.decode()
    assert "Nachweis für diesen Tag" in before


@pytest.mark.needs_pdf
def test_certificate_says_what_the_page_says(reader, withdrawn):
    page = reader.get(QUESTION)
    (address,) = re.findall(r'href="(/nachweis/glf[^"]*)"', page.content.decode())
    pdf = read(reader, address.replace("&amp;", "&"))
    text = pdf.tree.text().replace("\N{NO-BREAK SPACE}", " ")
    assert len(pdf.pdf.pages) == 1
    for expected in (
        "Am 02.01.2024 galt GLF SC 3.001a mit Stand 02.01.2024.",
        "angenommen ist, was bis zum Ende des Tages bekannt war",
        "Erstkontakt am Telefon",
        "zweite-person",
        withdrawn.pdf.sha256,
        withdrawn.pruefsumme,
        "Später bekannt geworden",
        "zurückgezogen (irrtümlich veröffentlicht): Falsche Frist genannt",
        f"Erstellt am {timezone.localdate():%d.%m.%Y}",
        "für sachbearbeitung",
    ):
        assert expected in text, expected
    assert CODE.findall(text) == CODE.findall(words(page))
    assert text.index(withdrawn.pdf.sha256) < text.index("Später bekannt geworden")


@pytest.mark.needs_pdf
def test_certificate_is_accessible_and_leads_back_to_the_question(reader, withdrawn):
    pdf = read(reader, FILE)
    assert str(pdf.pdf.docinfo.Title) == "Nachweis GLF SC 3.001a am 02.01.2024"
    assert (pdf.unmarked, pdf.untagged_words) == ([], [])
    assert [tag.name for tag in pdf.tree.find("H1", "Table")] == ["H1", "Table"]
    with pdf.pdf.open_metadata() as xmp:
        assert xmp["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
    (target,) = {target for _words, target in pdf.links()}
    assert target.startswith("http://testserver/nachweis/?kennung=glf-sc-3.001a")
    answer = words(reader.get(target.removeprefix("http://testserver")))
    (code,) = set(CODE.findall(pdf.tree.text()))
    assert code in answer
    assert "Eine Uhrzeit ist nicht genannt" in answer


@pytest.mark.needs_pdf
def test_certificate_of_nothing_and_of_a_stand_alone(reader):
    make_fassung(only_stand=True)
    alone = read(reader, FILE).tree.text()
    assert "Nur der Stand ist bekannt; der Text dazu war nicht im Portal." in alone
    assert "gedruckt in Weisung 202305004" in alone
    assert "SHA-256" not in alone
    nothing = read(reader, "/nachweis/glf-sc-3.001a/2023-01-01.pdf").tree.text()
    assert "Am 01.01.2023 galt für GLF SC 3.001a kein Stand, den das Portal kannte." in nothing.replace("\xa0", " ")
    assert CODE.search(nothing)


@pytest.mark.needs_pdf
def test_certificate_has_one_page_whatever_stands_in_it(reader):
    long = "Sehr langer Wortlaut mit vielen Wörtern darin " * 40
    name = "EMB AH " + ("Mitteilungen " * 9).strip()
    for minute in range(9):  # a day on which nothing went well
        wrong = make_fassung(name, "2024-01-01", published=False, nachtrag_grund="x")
        publish(wrong, datetime(2024, 1, 2, 8, minute, tzinfo=UTC))
        withdraw(
            wrong, art="irrtum", reason="x", user=second_person(), now=datetime(2024, 1, 2, 8, minute, 30, tzinfo=UTC)
        )
    row = make_fassung(name, published=False, titel=long[:250], nachtrag_grund=long)
    publish(row, datetime(2024, 1, 2, 9, tzinfo=UTC), weg="eil", eil_grund=long)
    withdraw(row, art="irrtum", reason=long, user=second_person(), now=LATER)
    make_fassung(name, "2023-05-12", published=False, nachtrag_grund=long)
    for number in range(1, 9):
        weisung = make_weisung(f"20230500{number}", published=False, cites=(name,))
        if number > 4:
            with acting_as(system_actor(), "Test", at=datetime(2020, 1, 1, tzinfo=UTC)):
                Umsetzung.objects.create(
                    weisung=weisung, arbeitsmittel=row.arbeitsmittel, soll_stand=date(2024, 1, 2)
                )  # fmt: skip
        publish(weisung)
    slug = Arbeitsmittel.objects.get(art="emb-ah").slug
    pdf = read(reader, f"/nachweis/{slug}/2024-01-02.pdf")
    text = pdf.tree.text()
    assert len(pdf.pdf.pages) == 1
    assert text.count("und 1 weiteren") == 2
    assert "und weitere Änderungen" in text


@pytest.mark.needs_pdf
def test_file_without_a_moment_assumes_one_and_with_one_follows_it(reader, withdrawn):
    end = read(reader, "/nachweis/glf-sc-3.001a/2024-01-05.pdf").tree.text()
    then = read(reader, "/nachweis/glf-sc-3.001a/2024-01-05.pdf?bekannt=2024-01-05T14:29").tree.text()
    assert "Im Lauf des Tages" in end
    assert "mit Stand\xa012.05.2023." in end
    assert "mit Stand\xa002.01.2024." in then
    assert "Im Lauf des Tages" not in then


@pytest.mark.parametrize(
    "address",
    [
        f"{FILE}?bekannt=gestern", f"{FILE}?bekannt=2099-01-01", f"{FILE}?stichtag=x", "/nachweis/x/2024-01-02.pdf",
        "/nachweis/glf-sc-3.001a/2098-01-01.pdf", "/nachweis/glf-sc-3.001a/2024-02-30.pdf",
        "/nachweis/glf-sc-3.001a/1950-01-01.pdf", "/nachweis/glf-sc-3.001a/",
    ],
)  # fmt: skip
def test_file_that_cannot_be_is_not_found(reader, address):
    make_fassung()
    assert reader.get(address).status_code == 404
