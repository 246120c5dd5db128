"""A Word document into a draft: looked at first, then taken over, and refused with a sentence."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from arbeitsmittel.drafting import edit_fassung
from arbeitsmittel.models import Fassung
from portal.uploads import MAX_UPLOAD
from tests.arbeitsmittel.redaktion_pages import address, make_draft, signed_in, words
from tests.factories import make_fassung, make_person
from tests.portal.docx_samples import docx, p, picture

pytestmark = pytest.mark.django_db


def document(*paragraphs: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("leitfaden.docx", docx(*map(p, paragraphs)))


@pytest.fixture
def draft(redaktion):
    return make_draft(redaktion)


@pytest.fixture
def client(redaktion):
    return signed_in(redaktion)


def upload(client, draft: Fassung, file: SimpleUploadedFile):
    return client.post(address(draft, "einlesen/"), {"datei": file})


def test_a_document_is_shown_and_nothing_is_stored_yet(client, draft):
    entries = draft.history.count()
    response = upload(client, draft, document("Aus Word gelesen.", "Zweiter Absatz."))
    assert response.status_code == 200
    assert "Aus Word gelesen." in words(response)
    assert draft.history.count() == entries


def test_what_is_not_taken_over_is_listed(client, draft):
    page = words(upload(client, draft, SimpleUploadedFile("bild.docx", docx(p("Text."), p(picture())))))
    assert "Nicht übernommen" in page
    assert "Bild" in page


def test_taking_over_replaces_the_text_and_keeps_the_rest(client, draft):
    offer = upload(client, draft, document("Aus Word gelesen.")).context["form"]
    sent = {name: offer[name].value() for name in ("version", "inhalt", "titel")}
    response = client.post(address(draft, "einlesen/"), sent, follow=True)
    stored = Fassung.objects.get()
    assert "Aus Word gelesen." in stored.inhalt
    assert stored.titel == draft.titel
    assert stored.history.first().history_change_reason == "Aus einem Word-Dokument übernommen"
    assert "in den Entwurf übernommen" in words(response)


def test_the_title_is_taken_only_when_ticked(client, draft):
    sent = {"version": draft.version, "inhalt": "<p>Neu</p>", "titel": "Titel aus Word"}
    client.post(address(draft, "einlesen/"), sent)
    assert Fassung.objects.get().titel == draft.titel
    client.post(address(draft, "einlesen/"), sent | {"version": draft.version + 1, "titel_uebernehmen": "on"})
    assert Fassung.objects.get().titel == "Titel aus Word"


def test_a_draft_saved_meanwhile_is_not_overwritten_unasked(client, draft):
    other = make_person("kollegin", role="Redaktion")
    theirs = edit_fassung(draft, values={"inhalt": "<p>K</p>"}, version=draft.version, user=other, now=timezone.now())
    sent = {"version": draft.version, "inhalt": "<p>Aus Word gelesen.</p>"}
    response = client.post(address(draft, "einlesen/"), sent)
    assert response.status_code == 409
    assert "Aus Word gelesen." in words(response)
    assert Fassung.objects.get().inhalt == "<p>K</p>"
    assert client.post(address(draft, "einlesen/"), sent | {"version": theirs.version}).status_code == 302
    assert Fassung.objects.get().inhalt == "<p>Aus Word gelesen.</p>"


def test_what_is_sent_back_is_cleaned_again(client, draft):
    sent = {"version": draft.version, "inhalt": "<p>gut</p><script>alert(1)</script>"}
    client.post(address(draft, "einlesen/"), sent)
    assert Fassung.objects.get().inhalt == "<p>gut</p>"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Die Datei ist leer"),
        (b"%PDF-1.7", "PDF-Datei"),
        (b"Hallo", "kein Word-Dokument"),
        (b"PK\3\4" + b"x" * 100, ""),
        (b"x" * (MAX_UPLOAD + 1), "erlaubt sind 10 MB"),
    ],
)
def test_other_files_are_refused_with_a_sentence(client, draft, content, sentence):
    entries = draft.history.count()
    response = upload(client, draft, SimpleUploadedFile("datei.docx", content))
    assert response.status_code == 200
    assert 'class="feld__meldung"' in words(response)
    assert sentence in words(response)
    assert draft.history.count() == entries


def test_nothing_chosen_is_a_sentence(client, draft):
    assert "Bitte eine Datei auswählen." in words(client.post(address(draft, "einlesen/"), {"version": 1}))


def test_only_drafts_take_a_document(client):
    released = make_fassung(stand="2024-01-02")
    client.post(address(released, "einlesen/"), {"version": released.version, "inhalt": "<p>Anders</p>"})
    released.refresh_from_db()
    assert "Anders" not in released.inhalt
