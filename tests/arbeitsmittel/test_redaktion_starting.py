"""How a draft begins."""

import pytest

from arbeitsmittel.models import Arbeitsmittel, Fassung
from tests.arbeitsmittel.redaktion_pages import LIST, address, make_draft, signed_in, words
from tests.factories import make_arbeitsmittel, make_fassung

pytestmark = pytest.mark.django_db
ADD = f"{LIST}add/"


@pytest.mark.parametrize("spelling", ["GLF SC 3.204", "3204", "glf-sc-3.204", "Gesprächsleitfaden SC 3.204"])
def test_a_draft_starts_from_the_newest_text_in_any_spelling(redaktion, spelling):
    make_fassung("GLF SC 3.204", "2024-01-02", text="<p>Bisheriger Text.</p>", titel="Krankmeldung")
    response = signed_in(redaktion).post(ADD, {"kennung": spelling})
    draft = Fassung.objects.drafts().get()
    assert response.headers["Location"] == address(draft)
    assert (draft.inhalt, draft.titel, draft.verfasst_von) == ("<p>Bisheriger Text.</p>", "Krankmeldung", redaktion)


def test_an_open_draft_is_led_to(redaktion):
    draft = make_draft(redaktion)
    client = signed_in(redaktion)
    assert address(draft) in words(client.get(ADD, {"kennung": "3.204"}))
    assert client.post(ADD, {"kennung": "3.204"}).headers["Location"] == address(draft)
    assert Fassung.objects.count() == 1


def test_sending_twice_makes_one_draft(redaktion):
    client = signed_in(redaktion)
    sent = {"kennung": "GLF SC 3.999", "neu": "on", "neu_slug": "glf-sc-3.999"}
    first, again = client.post(ADD, sent), client.post(ADD, sent)
    assert first.headers["Location"] == again.headers["Location"] == address(Fassung.objects.get())
    assert Arbeitsmittel.objects.count() == 1


def test_a_new_kennung_is_made_only_when_confirmed(redaktion):
    client = signed_in(redaktion)
    page = words(client.post(ADD, {"kennung": "3.999"}))
    assert "„GLF SC 3.999“ kennt das Portal noch nicht" in page
    assert 'name="neu_slug" value="glf-sc-3.999"' in page
    # the confirmation is for one Kennung and does not hold for another
    client.post(ADD, {"kennung": "3.998", "neu": "on", "neu_slug": "glf-sc-3.999"})
    assert not Arbeitsmittel.objects.exists()


@pytest.mark.parametrize(
    ("kennung", "sentence"),
    [("", "zwingend"), ("Quatsch", "keine Kennung"), ("4.001", "gehört zu keiner Reihe"), ("EMB AH", "fehlt der Name"),
     ("emb-ah-gibt-es-nicht", "nicht ablesen"), ("x" * 301, "höchstens 300"), ("3.001\x00", "Nullzeichen")],
)  # fmt: skip
def test_what_is_no_kennung_is_a_sentence(redaktion, kennung, sentence):
    response = signed_in(redaktion).post(ADD, {"kennung": kennung})
    assert response.status_code == 200
    assert sentence in words(response)
    assert not Fassung.objects.exists()


def test_looking_at_the_page_starts_nothing(redaktion):
    make_arbeitsmittel("GLF SC 3.204")
    signed_in(redaktion).get(ADD, {"kennung": "GLF SC 3.204", "neu": "on"})
    assert not Fassung.objects.exists()


def test_starting_needs_the_right(freigabe, revision):
    make_arbeitsmittel("GLF SC 3.204")
    for person in (freigabe, revision):
        assert signed_in(person).post(ADD, {"kennung": "3.204"}).status_code == 403
    assert not Fassung.objects.exists()


def test_starting_with_a_document_leads_to_the_upload(redaktion):
    make_arbeitsmittel("GLF SC 3.204")
    response = signed_in(redaktion).post(ADD, {"kennung": "3.204", "weiter": "einlesen"})
    assert response.headers["Location"] == address(Fassung.objects.get(), "einlesen/")
