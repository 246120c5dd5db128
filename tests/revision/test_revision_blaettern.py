"""Turning pages over two streams: every row on exactly one page, forwards and backwards, while new ones come."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from axes.models import AccessFailureLog
from django.http import QueryDict

from portal.models import Eintrag
from portal.pages.revision.blaettern import ANFANG, Richtung, Stelle, read_place, turned_to
from portal.pages.revision.zeilen import stream_of_entries, stream_of_log_ins
from tests.factories import make_fassung, settle
from tests.revision.timeline import PAGE
from tests.weisungen.redaktion_forms import client_of

pytestmark = pytest.mark.django_db


def streams() -> tuple:
    return stream_of_entries(Eintrag.objects.order_by()), stream_of_log_ins(AccessFailureLog.objects.order_by())


def walked(start: Richtung, size: int, *, newer: bool) -> list[list[tuple[int, int]]]:
    """Turn pages until there is none; return (stream, key) of each page."""
    pages, place = [], start
    while place is not None:
        blatt = turned_to(streams(), place, size)
        pages.append([(stream, row[0]) for stream, row in blatt.zeilen])
        end = blatt.neuer if newer else blatt.aelter
        place = Richtung(end, newer=newer) if end else None
        assert len(pages) < 100
    return pages


@pytest.fixture
def mixed():
    """Entries with log-ins before, between and behind them, some at the very same moment."""
    make_fassung()
    settle()
    moments = list(Eintrag.objects.order_by("nummer").values_list("erfasst_am", flat=True))
    wanted = [moments[0] - timedelta(days=1), moments[1], moments[1], moments[5], moments[-1] + timedelta(seconds=1)]
    for number, moment in enumerate(wanted):
        entry = AccessFailureLog.objects.create(username=f"x{number}", ip_address="10.0.0.7", user_agent="x")
        AccessFailureLog.objects.filter(pk=entry.pk).update(attempt_time=moment)
    everything = [(0, key) for key in Eintrag.objects.values_list("nummer", flat=True)]
    return everything + [(1, key) for key in AccessFailureLog.objects.values_list("pk", flat=True)]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100])
def test_every_row_stands_on_one_page(mixed, size):
    for pages in (
        walked(Richtung(), size, newer=False),
        walked(Richtung(ANFANG, newer=True), size, newer=True),
    ):
        rows = [row for page in pages for row in page]
        assert sorted(rows) == sorted(mixed)
        assert all(len(page) == size for page in pages[:-1])


def test_the_two_streams_are_merged_by_time(mixed):
    moments = {(0, key): moment for key, moment in Eintrag.objects.values_list("nummer", "erfasst_am")}
    moments |= {(1, key): moment for key, moment in AccessFailureLog.objects.values_list("pk", "attempt_time")}
    order = [moments[row] for page in walked(Richtung(), 3, newer=False) for row in page]
    assert order == sorted(order, reverse=True)


def test_both_directions_give_the_same_order(mixed):
    older = [row for page in walked(Richtung(), 3, newer=False) for row in page]
    newer = [row for page in walked(Richtung(ANFANG, newer=True), 3, newer=True) for row in reversed(page)]
    assert older == newer[::-1]


def test_forth_and_back_is_the_same_page(mixed):
    first = turned_to(streams(), Richtung(), 4)
    second = turned_to(streams(), Richtung(first.aelter), 4)
    again = turned_to(streams(), Richtung(second.neuer, newer=True), 4)
    assert again.zeilen == first.zeilen
    assert turned_to(streams(), Richtung(again.aelter), 4).zeilen == second.zeilen


def test_what_comes_meanwhile_moves_no_page(mixed):
    first = turned_to(streams(), Richtung(), 4)
    second = turned_to(streams(), Richtung(first.aelter), 4)
    make_fassung("GLF SC 3.777")
    AccessFailureLog.objects.create(username="y", ip_address="10.0.0.7", user_agent="x")
    settle()
    assert turned_to(streams(), Richtung(first.aelter), 4).zeilen == second.zeilen


def test_a_log_in_that_comes_after_the_first_page_is_not_on_the_second():
    make_fassung()
    settle()
    first = turned_to(streams(), Richtung(), 3)
    AccessFailureLog.objects.create(username="y", ip_address="10.0.0.7", user_agent="x")
    second = turned_to(streams(), Richtung(first.aelter), 3)
    assert {stream for stream, _row in second.zeilen} == {0}
    newest = turned_to(streams(), Richtung(first.aelter, newer=True), 3)
    assert newest.neuer is not None or {stream for stream, _row in newest.zeilen} == {0, 1}


def test_ends_lead_nowhere(mixed):
    everything = turned_to(streams(), Richtung(), 100)
    assert (everything.aelter, everything.neuer) == (None, None)
    oldest = turned_to(streams(), Richtung(ANFANG, newer=True), 3)
    assert oldest.aelter is None
    assert oldest.neuer is not None


def test_a_place_is_read_from_the_address():
    assert read_place(QueryDict("vor=12-3")) == Richtung(Stelle(12, 3))
    assert read_place(QueryDict("nach=12-3")) == Richtung(Stelle(12, 3), newer=True)
    assert read_place(QueryDict("")) == Richtung()
    assert read_place(QueryDict("vor=12")).fehler


def test_links_of_the_page_cover_everything_and_keep_the_filter(revision, monkeypatch):
    monkeypatch.setattr("portal.pages.revision.zeitachse.PER_PAGE", 4)
    for number in range(4):
        make_fassung(f"GLF SC 3.10{number}")
    settle()
    client, found, address = client_of(revision), [], f"{PAGE}?vorgang=pruefung&vorgang=vorlage&person="
    pages = 0
    while address:
        response = client.get(address)
        found += [line.ziel for line in response.context["zeilen"]]
        links = SimpleNamespace(**response.context["blaettern"])
        address = PAGE + links.aeltere if links.aeltere else ""
        pages += 1
        assert not address or "vorgang=vorlage" in address
    wanted = Eintrag.objects.filter(vorgang__in=["pruefung", "vorlage"]).order_by("-nummer")
    assert found == [f"/revision/eintrag/{nummer}/" for nummer in wanted.values_list("nummer", flat=True)]
    assert pages == 2
    assert links.letzte == ""
    assert "nach=" in links.neuere
