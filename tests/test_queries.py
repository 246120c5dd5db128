"""No page asks more with more rows, and none more than eight times (issue: figures)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_fassung, make_weisung

pytestmark = pytest.mark.django_db

MOST = 8
NACHWEIS = "/nachweis/?kennung=3.001a&datum=02.01.2024"  # gathers what several pages show
PAGES = [
    "/",
    "/arbeitsmittel/",
    "/arbeitsmittel/?sortierung=stand",
    "/arbeitsmittel/glf-sc-3.001a/",
    "/arbeitsmittel/glf-sc-3.001a/2023-05-12/",
    "/weisungen/",
    "/weisungen/202305001/",
    "/suche/?q=anliegen",
    "/suche/?q=3.001",
    "/suche/?q=3.001a",
    "/arbeitsmittel/?stichtag=2024-01-02&bekannt=2024-01-05T14:30",
    "/weisungen/202305001/?stichtag=2024-01-02&bekannt=2024-01-05T14:30",
]


def make_rows(first: int, last: int) -> None:
    """Each round adds a Weisung, a script, a related one, an EMB AH, a Stand, and citations of all of them."""
    for number in range(first, last + 1):
        text = f"<p>Anliegen klären, siehe GLF SC 3.{100 + number} und EMB AH Umzug {number}a.</p>"
        make_fassung("GLF SC 3.001a", f"2023-05-{11 + number}", text=text)
        make_fassung(f"GLF SC 3.{100 + number}", text=text)
        make_fassung(f"GLF SC 3.001{chr(ord('b') + number)}", text=text)
        make_fassung(f"EMB AH Umzug {number}a", text=text)
        make_weisung(
            f"20230500{number}", cites=("GLF SC 3.001a", f"GLF SC 3.{100 + number}", f"EMB AH Umzug {number}a")
        )


def queries(client, path: str) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(path).status_code in (200, 302)
    # The savepoints are the test's own: a request runs in one transaction.
    return [query["sql"] for query in captured if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]


def test_number_of_queries_is_small_and_constant(reader):
    make_rows(1, 1)
    with_one = {path: len(queries(reader, path)) for path in [*PAGES, NACHWEIS]}
    make_rows(2, 4)
    with_four = {path: len(queries(reader, path)) for path in [*PAGES, NACHWEIS]}
    assert with_four == with_one
    assert with_four.pop(NACHWEIS) <= 2 * MOST
    assert max(with_four.values()) <= MOST
