"""Two imports at the same time: they queue, so that neither meets what the other is about to write."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone
from importing_texts import weisung_text

from arbeitsmittel.models import Fassung
from portal.provisioning import system_actor
from tests.factories import make_arbeitsmittel
from weisungen.importing import read_weisung
from weisungen.importing.storing import store_weisung
from weisungen.models import Weisung

CITED = weisung_text(s2="Es gilt GLF SC 3.204 (PDF, Stand 10.01.2024).")


def at_once(*texts: str) -> list[str]:
    """What becomes of each text when all are stored at the same moment, on connections of their own."""
    user, barrier = system_actor(), Barrier(len(texts))

    def store(text: str) -> str:
        vorschlag = read_weisung(text)
        barrier.wait(timeout=20)
        try:
            return store_weisung(vorschlag, quelltext=text, quelle="Test", user=user, now=timezone.now()).status
        finally:
            connection.close()

    with ThreadPoolExecutor(len(texts)) as pool:
        return sorted(pool.map(store, texts))


def other(number: int) -> str:
    return CITED.replace("202405001", f"20240500{number}")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (lambda: [CITED] * 4, ["neu", "unveraendert", "unveraendert", "unveraendert"]),
        (lambda: [other(number) for number in (1, 2, 3, 4)], ["neu"] * 4),
    ],
    ids=["same Weisung", "same new Stand"],
)
def test_imports_at_once_queue(texts: Callable[[], list[str]], expected: list[str]):
    make_arbeitsmittel("GLF SC 3.204")  # known already: otherwise one waits for the other to enter it
    assert at_once(*texts()) == expected
    assert Weisung.objects.count() == expected.count("neu")
    assert Fassung.objects.filter(arbeitsmittel__slug="glf-sc-3.204").count() == 1
