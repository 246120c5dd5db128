"""What somebody may type into an address of the workplace: never a fault of the server."""

import pytest

from arbeitsmittel.redaktion import addresses as of_fassung
from tests.weisungen.redaktion_forms import client_of
from weisungen.redaktion import addresses as of_weisung

pytestmark = pytest.mark.django_db

FASSUNG, WEISUNG = "/redaktion/arbeitsmittel/fassung/", "/redaktion/weisungen/weisung/"
CONTENT = (FASSUNG, WEISUNG, "/redaktion/arbeitsmittel/arbeitsmittel/")
PEOPLE = ("/redaktion/portal/benutzer/", "/redaktion/portal/dienststelle/")
KEYS = ("x", "²", "1.5", "%00", "9" * 19, "9" * 30, "9" * 5000)


def followed(client, path: str) -> int:
    """The answer behind the redirect by which Django leads an unknown address to the page of a row."""
    return client.get(path, follow=True).status_code


@pytest.mark.parametrize("tail", ["change/", "history/"])
def test_a_key_that_is_none_is_not_found(redaktion, revision, verwaltung, tail):
    for person, lists in ((redaktion, CONTENT), (revision, CONTENT), (verwaltung, PEOPLE)):
        client = client_of(person)
        for path in (f"{base}{key}/{tail}" for base in lists for key in KEYS):
            expected = (404, 403) if tail == "history/" and person == redaktion else (404,)
            assert client.get(path).status_code in expected, path[:90]


@pytest.mark.parametrize("key", ["9" * 19, "9" * 30, "9" * 4000, "9" * 5000])
def test_a_step_of_a_row_that_cannot_be_is_not_found(redaktion, freigabe, key):
    steps = [
        (base, tail) for base, module in ((FASSUNG, of_fassung), (WEISUNG, of_weisung)) for _, tail, _ in module.PAGES
    ]
    for person in (redaktion, freigabe):
        client = client_of(person)
        for path in (f"{base}{key}/{tail.replace('<slug:pruefsumme>', 'abc')}" for base, tail in steps):
            assert followed(client, path) in (403, 404, 405), path[-60:]
            assert client.post(path, {}, follow=True).status_code in (403, 404, 405), path[-60:]


@pytest.mark.parametrize("sent", ["\x00", "gibtesnicht", "²", "9" * 5000])
def test_a_section_of_the_tasks_that_is_none_is_ignored(redaktion, verwaltung, sent):
    for person in (redaktion, verwaltung):
        assert client_of(person).get("/redaktion/", {"alle": sent}).status_code == 200


@pytest.mark.parametrize("base", CONTENT)
@pytest.mark.parametrize(
    "name",
    ["typ__exact", "stand__year", "datum__year", "stand__year__gt", "pk", "id__exact", "arbeitsmittel__slug", "x"],
)
def test_a_list_is_filtered_by_its_own_filters_only(redaktion, base, name):
    for sent in ("\x00", "99999999999", "9" * 5000):
        answer = client_of(redaktion).get(base, {name: sent})
        assert answer.status_code == 302
        assert answer.headers["Location"] == f"{base}?e=1"


@pytest.mark.parametrize("base", CONTENT)
@pytest.mark.parametrize(
    "name", ["typ", "schritt", "jahr", "bereich", "art", "eilfreigabe", "zeit", "entwurf", "q", "p", "o"]
)
def test_a_filter_with_a_value_that_is_none_is_ignored(redaktion, base, name):
    for sent in ("\x00", "99999999999"):
        assert followed(client_of(redaktion), f"{base}?{name}={sent.replace(chr(0), '%00')}") == 200
