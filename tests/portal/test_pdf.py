"""PDF files are rendered for real and read back: metadata, templates, same bytes for the same input, failures."""

import hashlib
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from portal import pdf as pdf_module
from portal.fonts import FontsUnavailable
from portal.limited import Pool
from portal.pdf import PdfFailed, render_pdf
from portal.pdf.prepare import NotReadable, prepare
from tests.portal.pdf_samples import fassung, read_fassung, read_weisung, render_here, weisung

pytestmark = pytest.mark.needs_pdf


ROOT = Path(__file__).resolve().parents[2]


def test_pdf_declares_standard_language_title_and_author():
    read = read_fassung()
    assert str(read.pdf.Root.Lang) == "de"
    assert read.pdf.Root.MarkInfo.Marked is True
    assert read.pdf.Root.ViewerPreferences.DisplayDocTitle is True
    assert str(read.pdf.docinfo.Title) == "GLF SC 3.001a Begrüßung am Telefon – Stand 02.01.2024"
    assert str(read.pdf.docinfo.Author) == "Kundenportal"
    with read.pdf.open_metadata() as xmp:
        assert xmp["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
        assert xmp["dc:title"] == "GLF SC 3.001a Begrüßung am Telefon – Stand 02.01.2024"


def test_pdf_embeds_fira_sans_and_nothing_else():
    fonts = read_fassung("<p><strong>fett</strong> <em>kursiv</em> – „Über“ € § …</p>").fonts()
    assert set(fonts) == {"Fira-Sans", "Fira-Sans-Bold", "Fira-Sans-Semi-Bold", "Fira-Sans-Italic"}
    assert all(fonts.values())


def test_every_word_is_tagged_or_an_artifact():
    read = read_fassung("<h2>A</h2><p>b <q>c</q></p><aside data-art=hinweis>d</aside><table><tr><th>e<td>f</table>")
    assert read.unmarked == []
    assert read.untagged_words == []


def test_weisung_has_bookmarks_for_title_and_sections():
    assert read_weisung().outline() == [
        "Änderungen im Kundenportal",
        "1. Ausgangssituation",
        "2. Auftrag und Ziel",
        "2.1 Ablauf",
        "a) Telefon",
    ]


def test_stand_and_its_date_stay_on_one_line():
    assert "(Stand\u00a012.10.2023)" in read_fassung("<p>GLF SC 3.102 (Stand 12.10.2023)</p>").tree.text()


def test_fassung_prints_warnings_and_the_change_note():
    words = read_fassung(
        hinweise=["Am 05.01.2024 zurückgezogen."], aenderungshinweis="Die Reihenfolge ist neu."
    ).tree.text()
    assert "Achtung Am 05.01.2024 zurückgezogen." in words
    assert "Neu in dieser Fassung Die Reihenfolge ist neu." in words


def test_values_are_escaped():
    words = read_fassung(titel="<b>A</b> & <script>x</script>", kopf=[("<i>", "<img src=x>")]).tree.text()
    assert "<b>A</b> & <script>x</script>" in words
    assert "<i> <img src=x>" in words


def test_weisung_prints_for_which_day_its_citations_were_resolved():
    words = read_weisung().tree.text()
    assert "Stichtag 12.03.2024. Alle Verweise nennen den Stand dieses Tages." in words
    assert "Bezug –" in words
    assert "Zitierte Arbeitsmittel" not in words


def test_annex_compares_the_stand_at_issue_with_the_current_one():
    known = {"kennung": "GLF SC 3.001a", "titel": "Begrüßung", "stand_erlass": date(2024, 1, 12), "angenommen": True}
    unknown = {"kennung": "EMB AH Umzug", "titel": "", "stand_erlass": None, "angenommen": False}
    read = read_weisung(
        zitate=[
            known | {"stand_heute": date(2024, 3, 1), "abweichend": True},
            known | {"kennung": "GLF SC 3.102", "stand_heute": date(2024, 1, 12), "abweichend": False},
            unknown | {"stand_heute": "12/2019", "abweichend": False},
        ]
    )
    rows = [row.text() for row in read.tree.find("Table")[1].find("TR")[1:]]
    assert rows == [
        "GLF\u00a0SC\u00a03.001a Begrüßung 12.01.2024 (angenommen) 01.03.2024 geändert",
        "GLF\u00a0SC\u00a03.102 Begrüßung 12.01.2024 (angenommen) 12.01.2024",
        "EMB\u00a0AH Umzug – unbekannt 12/2019",
    ]
    assert read.tree.text().count("„angenommen“:") == 1


RENDER_AGAIN = """
import django, hashlib; django.setup()
from portal.pdf import render_pdf
from tests.portal.pdf_samples import weisung
print(hashlib.sha256(render_pdf("pdf/weisung.html", weisung())).hexdigest())
"""


def test_same_input_gives_the_same_bytes_in_every_process():
    here = render_pdf("pdf/weisung.html", weisung())
    assert render_pdf("pdf/weisung.html", weisung()) == here
    environment = os.environ | {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}
    there = subprocess.run(
        [sys.executable, "-c", RENDER_AGAIN], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert there.stdout.strip() == hashlib.sha256(here).hexdigest()
    assert render_pdf("pdf/weisung.html", weisung(titel="Anderes")) != here


def renderer(monkeypatch, function: str) -> None:
    """Let children load another function than the one that renders."""
    pool = Pool(function, size=pdf_module.AT_ONCE)
    monkeypatch.setattr(pdf_module, "_renderers", pool)


def test_missing_system_libraries_are_reported(monkeypatch):
    renderer(monkeypatch, "tests.portal.limited_unloadable.render")
    with pytest.raises(PdfFailed, match="Systembibliotheken"):
        render_pdf("pdf/fassung.html", fassung())


def test_missing_fonts_are_made_once_and_then_reported(settings, tmp_path, monkeypatch):
    settings.FONT_DIR = tmp_path / "schriften"
    assert render_pdf("pdf/fassung.html", fassung()).startswith(b"%PDF-1.7")
    assert len(list(settings.FONT_DIR.iterdir())) == 4

    def unavailable(target):
        raise FontsUnavailable("weg")

    monkeypatch.setattr(pdf_module, "prepare_fonts", unavailable)
    with pytest.raises(PdfFailed, match="Schriftdateien"):
        render_pdf("pdf/fassung.html", fassung() | {"titel": "Noch nicht gedruckt"})


def test_half_a_document_is_a_failure():
    """The parser stops at a nesting of 256: the words behind must not be missing without notice."""
    with pytest.raises(NotReadable):
        prepare("<div>" * 300 + "Ende", "")
    with pytest.raises(PdfFailed, match="konnte nicht erzeugt werden"):
        render_pdf("pdf/fassung.html", fassung() | {"inhalt": "<div>" * 600 + "Ende"})


def test_the_same_file_is_rendered_once_and_another_one_anew(monkeypatch):
    rendered = []
    run = pdf_module._renderers.run
    monkeypatch.setattr(pdf_module._renderers, "run", lambda *job, **limits: rendered.append(1) or run(*job, **limits))
    assert render_pdf("pdf/fassung.html", fassung()) == render_pdf("pdf/fassung.html", fassung())
    assert len(rendered) == 1
    render_pdf("pdf/fassung.html", fassung() | {"titel": "Anderes"})
    assert len(rendered) == 2


def test_who_waits_too_long_for_a_turn_is_told(monkeypatch):
    monkeypatch.setattr(pdf_module, "PATIENCE", 0.01)
    taken = [pdf_module._renderers._turns.acquire() for _ in range(pdf_module.AT_ONCE)]
    try:
        with pytest.raises(PdfFailed, match="noch einmal versuchen"):
            render_pdf("pdf/fassung.html", fassung())
    finally:
        for _ in taken:
            pdf_module._renderers._turns.release()
    assert render_pdf("pdf/fassung.html", fassung()).startswith(b"%PDF")


def test_failing_layout_is_reported(monkeypatch):
    renderer(monkeypatch, "tests.portal.limited_jobs.fail")
    with pytest.raises(PdfFailed, match="konnte nicht erzeugt werden"):
        render_pdf("pdf/fassung.html", fassung())


def test_child_gives_the_bytes_that_the_engine_gives():
    context = weisung(vorspann="<p>Vorspann mit <a href='https://www.beispiel.de/'>Link</a>.</p>")
    assert render_pdf("pdf/weisung.html", context) == render_here("pdf/weisung.html", context)
