"""A real dossier, opened again: what lies in it, and what it says."""

import hashlib
import json
import re
import zipfile
from io import BytesIO

import lxml.html
import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from arbeitsmittel.models import Fassung
from portal.history import acting_as
from portal.models import Eintrag
from portal.pdf import PdfFailed
from portal.provisioning import system_actor
from tests.factories import PDF, make_fassung, make_person, make_weisung, settle
from tests.revision.taking_along import dossier
from weisungen.models import Weisung

pytestmark = pytest.mark.django_db


@pytest.fixture
def reviewer():
    return make_person("revision", role="Revision", first_name="Quirin", last_name="Prüfer")


@pytest.fixture
def arbeitsmittel():
    make_fassung(stand="2023-05-12", only_stand=True)
    make_fassung(stand="2024-01-02", text="<p>Frist: zwei Wochen.</p>")
    make_fassung(stand="2024-05-02", text="<p>Frist: drei Wochen.</p>", withdrawn="Falsche Frist")
    make_fassung(stand="2025-06-02", text="<p>Frist: vier Wochen.</p>", published=False)
    make_fassung("GLF SC 3.001b", "2024-01-02")
    return "glf-sc-3.001a"


def files(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(archive)) as opened:
        assert opened.testzip() is None
        return {name: opened.read(name) for name in opened.namelist()}


def entries(found: dict[str, bytes]) -> list[dict]:
    return [json.loads(line) for line in found["eintraege.jsonl"].decode().splitlines()]


def key(stand: str) -> str:
    row = Fassung.objects.get(arbeitsmittel__slug="glf-sc-3.001a", stand=stand)
    return f"fassungen/{stand}_fassung-{row.pk}"


def test_every_version_lies_in_it_with_its_stored_pdf(reviewer, arbeitsmittel):
    found = files(dossier(reviewer, "arbeitsmittel", arbeitsmittel))
    assert found[f"{key('2024-01-02')}/fassung.pdf"] == PDF
    assert found[f"{key('2024-05-02')}/fassung.pdf"] == PDF
    assert "Frist: vier Wochen" in found[f"{key('2025-06-02')}/text.html"].decode()  # drafts too
    assert [name for name in found if name.startswith(key("2023-05-12"))] == [f"{key('2023-05-12')}/text.json"]
    assert "nur der Stand ist bekannt" in found["uebersicht.html"].decode()
    assert sum(name.startswith("synopsen/") for name in found) == 2


def test_synopsen_show_what_changed(reviewer, arbeitsmittel):
    found = files(dossier(reviewer, "arbeitsmittel", arbeitsmittel))
    name = next(name for name in found if name.startswith("synopsen/2024-01-02"))
    words = re.sub(r"\s+", " ", lxml.html.fromstring(found[name]).text_content())
    assert "Bisher Stand 02.01.2024, veröffentlicht" in words
    assert "Streichung: zwei Ende. Wochen." in words
    assert "Einfügung: drei Ende. Wochen." in words


def test_its_entries_are_those_of_the_object_and_hash_as_in_the_database(reviewer, arbeitsmittel):
    found = files(dossier(reviewer, "arbeitsmittel", arbeitsmittel))
    told = entries(found)
    mine = Eintrag.objects.filter(thema_art="arbeitsmittel", bezeichnung__startswith="GLF SC 3.001a").order_by("nummer")
    assert [line["eintrag"]["nummer"] for line in told] == [entry.nummer for entry in mine]
    assert [line["hash"] for line in told] == [entry.hash for entry in mine]
    assert [hashlib.sha256(line["inhalt"].encode()).hexdigest() for line in told] == [e.inhalt_hash for e in mine]
    assert "GLF SC 3.001b" not in found["eintraege.jsonl"].decode()
    assert len(found["streifen.txt"].split()) == Eintrag.objects.latest("nummer").nummer - mine[0].nummer + 1


def test_manifest_names_every_file_once(reviewer, arbeitsmittel):
    found = files(dossier(reviewer, "arbeitsmittel", arbeitsmittel))
    lines = [line.split("  ") for line in found.pop("MANIFEST.txt").decode().splitlines()]
    assert {name: checksum for checksum, name in lines} == {
        name: hashlib.sha256(content).hexdigest() for name, content in found.items()
    }
    assert all(re.fullmatch(r"[A-Za-z0-9_./-]+", name) and not name.startswith("/") for name in found)


def test_its_pages_ask_nobody_for_anything(reviewer, arbeitsmittel):
    pages = {name: content for name, content in files(dossier(reviewer, "arbeitsmittel", arbeitsmittel)).items()
             if name.endswith(".html")}  # fmt: skip
    assert len(pages) > 4
    for name, content in pages.items():
        page = lxml.html.fromstring(content)
        assert page.xpath("//script | //link | //img | //@src | //iframe") == [], name
        assert "default-src 'none'" in page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
        assert "url(" not in content.decode()


def test_links_of_its_overview_lead_to_files_in_it(reviewer, arbeitsmittel):
    found = files(dossier(reviewer, "arbeitsmittel", arbeitsmittel))
    links = lxml.html.fromstring(found["uebersicht.html"]).xpath("//a/@href")
    assert len(links) > 8
    assert set(links) <= set(found)


def test_who_released_what_and_by_which_way(reviewer, arbeitsmittel):
    found = files(dossier(reviewer, "arbeitsmittel", arbeitsmittel))
    table = found["freigaben.csv"].decode("utf-8-sig").splitlines()
    said = "Stand 02.01.2024, veröffentlicht;freigegeben;zweite-person;01.01.2020 13:00:00;"
    assert f"{said}geprüft von einer zweiten Person" in table
    assert any("zurückgezogen" in line and "irrtümlich veröffentlicht: Falsche Frist" in line for line in table)


def test_timeline_is_in_it_to_read_and_as_table(reviewer, arbeitsmittel):
    found = files(dossier(reviewer, "arbeitsmittel", arbeitsmittel))
    assert found["zeitachse.csv"].decode("utf-8-sig").count("\r\n") == len(entries(found)) + 1
    rows = lxml.html.fromstring(found["zeitachse.html"]).xpath("//tbody/tr")
    assert len(rows) == len(entries(found))


@pytest.mark.needs_pdf
def test_a_weisung_brings_its_prints_and_what_readers_see(reviewer):
    make_weisung(cites=("GLF SC 3.001a",))
    found = files(dossier(reviewer, "weisung", "202305004"))
    row = Weisung.objects.get()
    folder = f"veroeffentlichungen/2023-05-12_weisung-{row.pk}"
    assert found[f"{folder}/pruefdruck-{row.pruefdrucke.get().pk}.pdf"] == PDF
    with pikepdf.open(BytesIO(found[f"{folder}/lesefassung.pdf"])) as pdf:
        assert "202305004" in str(pdf.docinfo["/Title"])
    assert "Es gelten GLF SC 3.001a" in found[f"{folder}/text.html"].decode()
    tables = {line["eintrag"]["tabelle"] for line in entries(found)}
    assert tables == {"weisungen_historicalweisung", "weisungen_historicalzitat"}


def test_a_dossier_without_the_pdf_of_readers_says_why(reviewer, monkeypatch):
    def failing(*_arguments):
        raise PdfFailed("Gerade nicht möglich.")

    monkeypatch.setattr("portal.pages.revision_export.dossier.fassungen.weisung_pdf", failing)
    make_weisung()
    found = files(dossier(reviewer, "weisung", "202305004"))
    (name,) = [name for name in found if "lesefassung" in name]
    assert found[name].decode() == "Gerade nicht möglich.\n"
    assert name in found["uebersicht.html"].decode()


def test_a_later_edit_does_not_slip_in_between(reviewer, arbeitsmittel, monkeypatch):
    """Texts come from the history rows of the entries, so that a save at the same time cannot part them."""
    settle()
    with acting_as(system_actor(), "Test"):
        draft = Fassung.objects.get(stand="2025-06-02")
        draft.inhalt = "<p>Frist: fünf Wochen.</p>"
        draft.save()  # not yet in the chain
    from portal.pages.revision_export.dossier import bauen

    kopf = Eintrag.objects.order_by("-nummer").values_list("nummer", "hash").first()
    monkeypatch.setattr(bauen, "head", lambda: kopf)
    found = files(dossier(reviewer, "arbeitsmittel", arbeitsmittel))
    assert "vier Wochen" in found[f"{key('2025-06-02')}/text.html"].decode()


def queries_of(reviewer, slug):
    dossier(reviewer, "arbeitsmittel", slug)
    with CaptureQueriesContext(connection) as captured:
        dossier(reviewer, "arbeitsmittel", slug)
    return len(captured)


def test_queries_grow_with_versions_only(reviewer):
    row = make_fassung(published=False)
    before = queries_of(reviewer, "glf-sc-3.001a")
    for number in range(20):
        with acting_as(system_actor(), "Test"):
            row.titel = f"Titel {number}"
            row.save()
    assert queries_of(reviewer, "glf-sc-3.001a") == before
