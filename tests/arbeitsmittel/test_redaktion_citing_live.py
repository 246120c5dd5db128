"""What the editor of a text is told while somebody writes."""

import pytest

from tests.arbeitsmittel.redaktion_pages import make_draft, signed_in, words
from tests.factories import make_arbeitsmittel, make_fassung

pytestmark = pytest.mark.django_db
BASE = "/redaktion/arbeitsmittel/arbeitsmittel"


@pytest.fixture
def client(redaktion):
    return signed_in(redaktion)


@pytest.mark.parametrize("typed", ["3.001a", "glf sc 3001 a", "anliegen", "3.00"])
def test_search_offers_what_applies(client, typed):
    make_fassung("GLF SC 3.001a", "2024-01-02", titel="Anliegen klären")
    make_fassung("GLF SC 2.206", "2024-01-02", titel="Termin")
    hits = client.get(f"{BASE}/suche/", {"q": typed}).json()
    assert hits == [{"kennung": "GLF SC 3.001a", "titel": "Anliegen klären", "stand": "02.01.2024"}]


@pytest.mark.parametrize("typed", ["", " ", "gibtesnicht", "\x00", "%", "_"])
def test_search_answers_anything(client, typed):
    make_fassung("GLF SC 3.001a", "2024-01-02")
    assert client.get(f"{BASE}/suche/", {"q": typed}).json() == []


def test_citations_are_told_with_their_stand_and_their_doubts(client, redaktion):
    make_fassung("GLF SC 3.001a", "2024-01-02")
    make_fassung("GLF SC 3.002", "2024-01-02", withdrawn="Falsch")
    make_draft(redaktion, kennung="GLF SC 3.204")
    text = "<p>Es gelten GLF SC 3.001a, GLF SC 3.001a, GLF SC 3.002, GLF SC 3.204 und GLF SC 3.999.</p>"
    page = words(client.post(f"{BASE}/zitate/", {"text": text}))
    assert page.count("<li>") == 4
    assert "<li>GLF SC 3.001a, Stand 02.01.2024</li>" in page
    assert "<span data-pruefen>GLF SC 3.002: heute gilt kein Stand</span>" in page
    assert "<span data-pruefen>GLF SC 3.204: noch kein Stand veröffentlicht</span>" in page
    assert "<span data-pruefen>GLF SC 3.999: kennt das Portal nicht</span>" in page


@pytest.mark.parametrize("text", ["", "<p>nichts</p>", "<div>" * 100, "\x00", "<script>GLF SC 3.001a</script>"])
def test_texts_without_citations_give_nothing(client, text):
    assert words(client.post(f"{BASE}/zitate/", {"text": text})).strip() == ""


def test_names_are_escaped(client):
    make_arbeitsmittel("EMB AH A & B")
    assert "A &amp; B" in words(client.post(f"{BASE}/zitate/", {"text": "<p>EMB AH A &amp; B.</p>"}))
