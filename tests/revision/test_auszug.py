"""Any filtered list as a file, opened again: every row of the page and no other, with its filter in words."""

from io import BytesIO

import pikepdf
import pytest
from axes.models import AccessFailureLog
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.auftraege import Refused
from portal.history import acting_as
from portal.models import Auftrag, Eintrag
from portal.pages.revision_export import listen
from portal.provisioning import system_actor
from tests.factories import make_fassung, settle
from tests.portal.pdf_reading import ReadPdf
from tests.portal.test_tabellen import read_csv, read_xlsx
from tests.revision.taking_along import content, made
from tests.weisungen.redaktion_forms import client_of

pytestmark = pytest.mark.django_db
CSV = "/revision/auszug.csv"


@pytest.fixture
def client(revision):
    return client_of(revision)


@pytest.fixture(autouse=True)
def nothing_starts(monkeypatch):
    monkeypatch.setattr("portal.auftraege.ordering.wake", lambda: None)
    monkeypatch.setattr("portal.pages.auftraege.wake", lambda: None)


def change(reason: str, stand: str = "2024-01-02") -> None:
    row = make_fassung(stand=stand, published=False)
    with acting_as(system_actor(), reason):
        row.titel = reason
        row.save()
    settle()


def csv_of(client, **query) -> list[list[str]]:
    settle()
    answer = client.get(CSV, query)
    assert answer.status_code == 200
    return read_csv(b"".join(answer.streaming_content))


def test_csv_has_every_entry_of_the_filter_the_newest_first(client):
    make_fassung()
    make_fassung("GLF SC 3.001b")
    head, *rows = csv_of(client, objekt="3.001a", vor="3-1")  # the place in the list is no part of the filter
    assert head[:4] == ["Nummer", "Eingetragen am", "Zeitpunkt laut Eintrag", "Vorgang"]
    mine = Eintrag.objects.filter(bezeichnung__startswith="GLF SC 3.001a").order_by("-nummer")
    assert [(row[0], row[-1]) for row in rows] == [(str(entry.nummer), entry.hash) for entry in mine]


def test_log_ins_that_failed_stand_in_their_place(client):
    change("Davor")
    AccessFailureLog.objects.create(username="revision", ip_address="192.0.2.1")
    AccessFailureLog.objects.create(username="geheimes Kennwort", ip_address="192.0.2.1")
    rows = csv_of(client)[1:]
    assert [row[3] for row in rows[:2]] == ["gescheiterte Anmeldung"] * 2
    assert [row[5] for row in rows[:2]] == ["unbekannter Name", "revision"]
    assert "geheimes Kennwort" not in str(rows)
    assert len(rows) == 2 + Eintrag.objects.count()


@pytest.mark.parametrize("reason", ['=HYPERLINK("https://example.org")', "+1", "-1", "@SUM(A1)"])
def test_reasons_are_never_formulas(client, revision, reason):
    change(reason)
    assert csv_of(client)[1][7] == f"'{reason}"
    told = read_xlsx(content(made("auszug-xlsx", revision, query="")))
    assert ("n", reason) not in told[1]
    assert next(cell for cell in told[1] if cell[1] == reason)[0] in ("inlineStr", "s")


def test_a_filter_that_cannot_be_read_gives_no_file(client):
    for query in ({"von": "gestern"}, {"person": "Niemand"}, {"worte": "x" * 10_000}, {"vorgang": "quatsch"}):
        answer = client.get(CSV, query, follow=True)
        assert answer.redirect_chain[0][0].startswith("/revision/?")
        assert "banner--fehler" in answer.content.decode()
        answer = client.post("/revision/auszug/xlsx/?von=gestern")
        assert answer.status_code == 302
    assert not Auftrag.objects.exists()


def test_csv_is_read_with_the_same_few_queries(client):
    make_fassung()
    settle()

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            csv_of(client)
        return len([one for one in captured if "portal_eintrag" in one["sql"]])

    before = queries()
    for number in range(5):
        make_fassung(f"GLF SC 3.00{number + 2}")
    assert queries() == before


def test_workbook_has_filter_and_head_on_its_second_sheet(client, revision):
    make_fassung()
    file = made("auszug-xlsx", revision, query="objekt=3.001a&vorgang=freigabe&bis=2099-01-01")
    assert file.name == "revision_2026-11-23_0930.xlsx"
    rows = read_xlsx(content(file))
    assert [cell[1] for cell in rows[1]][3:5] == ["freigegeben", "GLF SC 3.001a, Stand 02.01.2024"]
    assert len(rows) == 2
    facts = {cells[0][1]: cells[1][1] for cells in read_xlsx(content(file), sheet=2)}
    newest = Eintrag.objects.latest("nummer")
    assert facts == {
        "Filter: Arbeitsmittel oder Weisung": "3.001a",
        "Filter: Vorgang": "freigegeben",
        "Filter: Bis": "01.01.2099",
        "Anzahl der Einträge": "1",
        "Erstellt von": "revision",
        "Erstellt am": "23.11.2026, 09:30:15 Uhr",
        "Neuester Eintrag der Kette": f"{newest.nummer}, Prüfsumme {newest.hash}",
    }


@pytest.mark.needs_pdf
def test_report_is_accessible_and_repeats_its_heads(revision):
    for number in range(9):
        make_fassung(f"GLF SC 3.00{number + 1}")
    file = made("auszug-pdf", revision, query="dienststelle=&vorgang=freigabe&vorgang=angelegt")
    with pikepdf.open(BytesIO(content(file))) as pdf:
        assert str(pdf.docinfo["/Title"]) == "Auszug aus der Zeitachse vom 23.11.2026, 09:30"
        assert b"pdfuaid" in pdf.Root.Metadata.read_bytes()
        assert str(pdf.Root.Lang) == "de"
        assert len(pdf.pages) >= 2
    read = ReadPdf(content(file))
    assert (read.untagged_words, read.unmarked) == ([], [])
    words = read.tree.text()
    assert "Filter: Vorgang angelegt, freigegeben" in words
    assert "Anzahl der Einträge 30" in words  # three a Fassung, and three people
    parts = [table for table in read.tree.find("Table") if table.find("THead")]
    assert len(parts) == len(read.pdf.pages)  # the head stands on every page
    for part in parts:
        assert [cell.text() for cell in part.find("THead")[0].find("TH")][:2] == ["Nummer", "Eingetragen am"]


@pytest.mark.parametrize(
    ("kind", "limit", "sentence"),
    [
        ("auszug-xlsx", "MAX_ROWS", listen.TOO_MANY_ROWS),
        ("auszug-pdf", "MAX_REPORT", listen.TOO_LONG),
    ],
)
def test_too_many_rows_are_one_sentence(revision, monkeypatch, kind, limit, sentence):
    make_fassung()
    monkeypatch.setattr(listen, limit, 2)
    with pytest.raises(Refused, match="enger fassen") as refusal:
        made(kind, revision, query="")
    assert str(refusal.value) == sentence


def test_asking_leads_to_the_page_of_the_auftrag(client, revision):
    make_fassung()
    for address, title in (
        ("/revision/auszug/pdf/?objekt=3.001a&quatsch=1", "Zeitachse als PDF-Bericht"),
        ("/revision/dossier/arbeitsmittel/glf-sc-3.001a/", "Dossier zu GLF SC 3.001a"),
    ):
        answer = client.post(address)
        auftrag = Auftrag.objects.get(titel=title)
        assert answer["Location"] == f"/auftraege/{auftrag.pk}/"
        assert auftrag.person == revision
    assert Auftrag.objects.get(art="auszug-pdf").angaben == {"query": "objekt=3.001a"}
    answer = client.post("/revision/dossier/arbeitsmittel/glf-sc-3.001a/", follow=True)  # a third one
    assert "Es laufen schon 2 Aufträge" in answer.content.decode()
    assert Auftrag.objects.count() == 2


def test_unknown_things_are_not_found(client):
    for address in ("/revision/auszug/docx/", "/revision/dossier/arbeitsmittel/gibt-es-nicht/",
                    "/revision/dossier/weisung/209912999/"):  # fmt: skip
        assert client.post(address).status_code == 404
        assert client.get(address).status_code == 405


def test_what_comes_later_is_not_in_the_list(client, revision):
    from portal.pages.revision_export.auszug import auszug_of

    make_fassung()
    settle()
    auszug = auszug_of("")
    rows = auszug.rows()
    make_fassung("GLF SC 3.009")
    settle()
    assert not [row for row in rows if "3.009" in row[4]]


def test_the_page_offers_its_list_with_its_filter(client):
    make_fassung()
    settle()
    page = client.get("/revision/", {"objekt": "3.001a"}).content.decode()
    assert f'href="{CSV}?objekt=3.001a"' in page
    assert 'action="/revision/auszug/xlsx/?objekt=3.001a"' in page
    assert 'action="/revision/dossier/arbeitsmittel/glf-sc-3.001a/"' in client.get(
        "/arbeitsmittel/glf-sc-3.001a/historie/").content.decode()  # fmt: skip


def test_a_work_list_as_csv_has_the_cases_of_its_page(client, monkeypatch):
    monkeypatch.setattr("portal.pages.revision_export.arbeitsliste.BLOCK", 2)
    for number in range(1, 6):
        make_fassung(f"GLF SC 3.00{number}", nachtrag_grund="=Nachgereicht")
    page = client.get("/revision/listen/nachtraege/")
    head, *rows = read_csv(b"".join(client.get("/revision/listen/nachtraege.csv").streaming_content))
    assert head == ["Gegenstand", "Zusatz", "Titel", "Wann", "Tag", "Person", "Worte"]
    assert [row[0] for row in rows] == [zeile.objekt for zeile in page.context["zeilen"]]
    assert len(rows) == 5
    assert "Nachgereicht" in rows[0][6]
    assert 'href="/revision/listen/nachtraege.csv"' in page.content.decode()
    assert client.get("/revision/listen/gibt-es-nicht.csv").status_code == 404
