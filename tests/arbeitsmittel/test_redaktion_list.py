"""The lists of the workplace: who is found how, what the badges say, and that queries do not grow."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from arbeitsmittel.models import Fassung
from portal.history import acting_as
from tests.arbeitsmittel.redaktion_pages import LIST, address, checked, make_draft, signed_in, submitted, words
from tests.factories import make_arbeitsmittel, make_fassung, make_person

pytestmark = pytest.mark.django_db
MOST = 14
ARBEITSMITTEL = "/redaktion/arbeitsmittel/arbeitsmittel/"


@pytest.fixture
def rows(redaktion):
    make_fassung("GLF SC 3.001a", "2024-01-02", titel="Eingehende Anrufe")
    make_fassung("GLF SC 3.001b", "2024-01-02", titel="Rückrufe")
    make_fassung("GLF/AH EZ 1.001", "2024-01-02", titel="Anliegen am Empfang")
    make_fassung("EMB AH Umzug und Ortswechsel", "2024-01-02", titel="Neue Anschrift")
    make_draft(redaktion)


def found(client, **query) -> set[str]:
    response = client.get(LIST, query)
    assert response.status_code == 200
    return {str(row.arbeitsmittel) for row in response.context["cl"].result_list}


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("GLF SC 3.001a", {"GLF SC 3.001a"}),
        ("3001a", {"GLF SC 3.001a"}),
        ("glf-sc-3.001a", {"GLF SC 3.001a"}),
        ("3.001", {"GLF SC 3.001a", "GLF SC 3.001b"}),
        ("3.00", {"GLF SC 3.001a", "GLF SC 3.001b"}),
        ("EZ 1.001", {"GLF/AH EZ 1.001"}),
        ("emb ah umzug", {"EMB AH Umzug und Ortswechsel"}),
        ("ortswechsel", {"EMB AH Umzug und Ortswechsel"}),
        ("anschrift", {"EMB AH Umzug und Ortswechsel"}),
        ("anrufe eingehende", {"GLF SC 3.001a"}),
        ("gibtesnicht", set()),
        ("\x00", {"GLF SC 3.001a", "GLF SC 3.001b", "GLF/AH EZ 1.001", "EMB AH Umzug und Ortswechsel", "GLF SC 3.204"}),
    ],
)
def test_search_understands_every_spelling(redaktion, rows, typed, names):
    assert found(signed_in(redaktion), q=typed) == names


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"schritt": "offen"}, {"GLF SC 3.204"}),
        ({"schritt": "entwurf"}, {"GLF SC 3.204"}),
        ({"schritt": "geprueft"}, set()),
        ({"bereich": "ez"}, {"GLF/AH EZ 1.001"}),
        ({"art": "emb-ah"}, {"EMB AH Umzug und Ortswechsel"}),
        ({"zeit": "kuenftig"}, {"GLF SC 3.204"}),
        ({"eilfreigabe": "offen"}, set()),
        ({"bereich": "sc-sgb-iii", "schritt": "veroeffentlicht"}, {"GLF SC 3.001a", "GLF SC 3.001b"}),
    ],
)
def test_filters(redaktion, rows, query, names):
    assert found(signed_in(redaktion), **query) == names


def test_what_is_on_the_way_comes_first_with_its_next_step(redaktion, freigabe, rows):
    draft = Fassung.objects.drafts().get()
    page = words(signed_in(redaktion).get(LIST))
    assert page.index("GLF SC 3.204") < page.index("GLF/AH EZ 1.001")
    assert "Weiterschreiben" in page
    with acting_as(redaktion, "Test"):
        draft.vorgelegt_am, draft.vorgelegt_von, draft.pruefsumme = timezone.now(), redaktion, "0" * 64
        draft.save()
    assert address(draft, "pruefen/") in words(signed_in(freigabe).get(LIST))
    assert address(draft, "pruefen/") not in words(signed_in(redaktion).get(LIST))


def test_badges_name_what_is_special(redaktion):
    make_fassung("GLF SC 3.001a", "2024-01-02", nachtrag_grund="Erst jetzt bekannt")
    make_fassung("GLF SC 3.001a", "2023-01-02", withdrawn="Falsch")
    make_draft(redaktion, sperrfrist=True)
    page = words(signed_in(redaktion).get(LIST))
    for word in ("nachträglich", "zurückgezogen", "Sperrfrist bis", "Entwurf"):
        assert f">{word}" in page


def test_titles_are_escaped(redaktion):
    make_draft(redaktion, titel="<img src=x onerror=alert(1)>")
    for url in (LIST, ARBEITSMITTEL):
        assert "<img src=x" not in words(signed_in(redaktion).get(url))


def test_no_actions_and_no_tick_boxes(redaktion, rows):
    page = words(signed_in(redaktion).get(LIST))
    assert "action-select" not in page
    assert 'name="action"' not in page


def test_the_list_of_arbeitsmittel_leads_to_the_draft_or_starts_one(redaktion, freigabe, rows):
    draft = Fassung.objects.drafts().get()
    page = words(signed_in(redaktion).get(ARBEITSMITTEL))
    assert address(draft) in page
    assert f"{LIST}add/?kennung=GLF+SC+3.001a" in page
    assert "add/?kennung" not in words(signed_in(freigabe).get(ARBEITSMITTEL))


@pytest.mark.parametrize("query", [{"entwurf": "ja"}, {"entwurf": "nein"}, {"q": "3.001"}, {"bereich": "ez"}])
def test_the_list_of_arbeitsmittel_can_be_narrowed(redaktion, rows, query):
    response = signed_in(redaktion).get(ARBEITSMITTEL, query)
    assert response.status_code == 200
    assert 0 < response.context["cl"].result_count < 5


def queries(client, url: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return [query["sql"] for query in captured if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]


@pytest.mark.needs_pdf
def test_queries_of_lists_and_pages_are_constant(redaktion, freigabe):
    second = signed_in(freigabe)
    urls = [LIST, f"{LIST}?q=3.1", ARBEITSMITTEL]
    make_rows(redaktion, freigabe, 1)
    second.get(LIST)
    with_one = {url: len(queries(second, url)) for url in urls}
    for number in range(2, 5):
        make_rows(redaktion, freigabe, number)
    assert {url: len(queries(second, url)) for url in urls} == with_one
    assert max(with_one.values()) <= MOST


def make_rows(writer, second, number: int) -> None:
    make_fassung(f"GLF SC 3.10{number}", "2024-01-02")
    make_draft(writer, kennung=f"GLF SC 3.10{number}")
    submitted(writer, kennung=f"GLF SC 3.20{number}")
    checked(writer, second, kennung=f"GLF SC 3.30{number}")


def test_queries_of_the_form_are_constant(redaktion):
    client = signed_in(redaktion)
    counts = {}
    for kennung, fassungen in (("GLF SC 3.204", 1), ("GLF SC 3.305", 4)):
        for number in range(fassungen):
            make_fassung(kennung, f"2024-02-0{number + 1}")
        draft = make_draft(redaktion, kennung=kennung)
        for number in range(fassungen):
            colleague = make_person(f"kollege{number}{fassungen}", role="Redaktion")
            signed_in(colleague).get(address(draft))
        for tail in ("change/", "synopse/", "vorschau/", "vorlegen/"):
            client.get(address(draft, tail))  # the first look makes the entry of presence
            counts.setdefault(tail, set()).add(len(queries(client, address(draft, tail))))
    assert all(len(found) == 1 for found in counts.values()), counts
    assert max(max(found) for found in counts.values()) <= MOST


def test_list_asks_for_no_text(redaktion, rows):
    make_arbeitsmittel("GLF SC 3.555")
    assert not [sql for sql in queries(signed_in(redaktion), LIST) if '"inhalt"' in sql or '"suche"' in sql]
