"""Drafts as readers will see them: page, PDF, Synopse; and that readers see nothing of them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from arbeitsmittel.printing import fassung_pdf
from portal.pdf import PdfFailed
from portal.workplace import looking
from tests.arbeitsmittel.redaktion_pages import address, make_draft, signed_in, submitted, words
from tests.factories import make_fassung
from tests.portal.pdf_reading import ReadPdf

pytestmark = pytest.mark.django_db


def test_preview_shows_the_page_with_a_banner(redaktion):
    make_fassung("GLF SC 3.204", "2024-01-02")
    draft = make_draft(redaktion)
    client = signed_in(redaktion)
    page = words(client.get(address(draft, "vorschau/")))
    assert "Entwurf – Vorschau" in page
    assert "Nach sieben Tagen erinnern" in page
    assert f"Gilt ab {draft.stand_text}" in page
    assert "Stand 02.01.2024" in page


def test_preview_follows_the_stichtag_and_links_nowhere_missing(redaktion):
    draft = make_draft(redaktion, stand=timezone.localdate() + timedelta(days=30))
    client = signed_in(redaktion)
    later = (draft.stand + timedelta(days=1)).isoformat()
    page = words(client.get(address(draft, "vorschau/"), {"stichtag": later}))
    assert f"Gilt am {(draft.stand + timedelta(days=1)):%d.%m.%Y}" in page
    assert f"{draft.stand.isoformat()}.pdf" not in page
    assert f"/{draft.stand.isoformat()}/?" not in page
    assert "ist kein Datum" in words(client.get(address(draft, "vorschau/"), {"stichtag": "gestern"}))


@pytest.mark.needs_pdf
def test_pdf_of_a_draft_says_so_on_every_page(redaktion):
    draft = make_draft(redaktion, inhalt="<p>Absatz.</p>" * 200)
    response = signed_in(redaktion).get(address(draft, "vorschau.pdf"))
    assert response.headers["Content-Type"] == "application/pdf"
    preview, final = ReadPdf(response.content), ReadPdf(fassung_pdf(draft))
    assert len(preview.pdf.pages) > 2
    assert sum("ENTWURF" in words for _, words in preview.artifacts) == len(preview.pdf.pages)
    assert not [words for _, words in final.artifacts if "ntwurf" in words.lower()]


def test_a_pdf_that_fails_is_a_sentence(redaktion, monkeypatch):
    def fail(*_):
        raise PdfFailed("Das PDF ist gerade nicht möglich.")

    monkeypatch.setattr(looking, "render_pdf", fail)
    answer = signed_in(redaktion).get(address(make_draft(redaktion), "vorschau.pdf"))
    assert answer.status_code == 503
    assert "Das PDF ist gerade nicht möglich." in words(answer)


def test_cited_arbeitsmittel_are_compared(redaktion, freigabe):
    make_fassung("GLF SC 3.204", "2024-01-02", text="<p>Siehe GLF SC 3.001a, GLF SC 3.002 und GLF SC 3.001a.</p>")
    row = submitted(redaktion, inhalt="<p>Siehe GLF SC 3.001a und GLF SC 3.003.</p>")
    expected = [("GLF SC 3.001a", "unveraendert"), ("GLF SC 3.002", "entfallen"), ("GLF SC 3.003", "neu")]
    for person, tail in ((redaktion, "synopse/"), (freigabe, "pruefen/")):
        answer = signed_in(person).get(address(row, tail))
        assert [(str(one.wert), one.art) for one in answer.context["vergleich"].zitate] == expected
        assert "<del>GLF SC 3.002</del>" in words(answer)
        assert "<ins>GLF SC 3.003</ins>" in words(answer)


def test_without_citations_no_list_of_them_is_shown(redaktion):
    assert "Zitierte Arbeitsmittel" not in words(signed_in(redaktion).get(address(make_draft(redaktion), "synopse/")))


def test_synopse_shows_what_changes(redaktion):
    make_fassung("GLF SC 3.204", "2024-01-02", text="<h2>Ablauf</h2><p>Nach fünf Tagen erinnern.</p>")
    page = words(signed_in(redaktion).get(address(make_draft(redaktion), "synopse/")))
    assert "fünf" in page
    assert "sieben" in page
    assert "<ins" in page
    assert "<del" in page


def test_readers_meet_drafts_in_no_channel(redaktion, reader):
    marker = "Zitronenfalter"
    make_fassung("GLF SC 3.001a", "2024-01-02")
    draft = make_draft(redaktion, titel=marker, inhalt=f"<p>{marker}</p>", aenderungshinweis=marker)
    slug, day = draft.arbeitsmittel.slug, draft.stand.isoformat()
    nothing = reader.get("/suche/?q=Tagpfauenauge").content.decode().count("Tagpfauenauge")  # only what was typed
    for url, asked in (("/", 0), ("/arbeitsmittel/", 0), (f"/suche/?q={marker}", nothing), ("/suche/?q=3.204", 0),
                       (f"/arbeitsmittel/{slug}/", 0), (f"/arbeitsmittel/{slug}/{day}/", 0),
                       (f"/arbeitsmittel/{slug}/{day}.pdf", 0)):  # fmt: skip
        page = reader.get(url, follow=True).content.decode(errors="replace")
        assert page.count(marker) == asked, url
