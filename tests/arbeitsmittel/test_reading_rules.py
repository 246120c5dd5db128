"""What applies on a day: the rule in SQL, and the same rule in Python for the page that shows all Stände."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from arbeitsmittel.models import Arbeitsmittel, Fassung
from arbeitsmittel.reading import einordnen
from tests.factories import make_fassung, on

pytestmark = pytest.mark.django_db


def current(day: str) -> list[str]:
    return [str(f.stand) for f in Fassung.objects.current_on(on(day))]


def test_newest_stand_up_to_the_day_applies():
    make_fassung(stand="2023-05-12")
    make_fassung(stand="2024-01-02")
    assert current("2023-05-11") == []
    assert current("2023-05-12") == ["2023-05-12"]
    assert current("2024-01-01") == ["2023-05-12"]
    assert current("2024-01-02") == ["2024-01-02"]


def test_withdrawn_fassung_gives_way_to_its_predecessor():
    make_fassung(stand="2023-05-12")
    make_fassung(stand="2024-01-02", withdrawn="irrtümlich veröffentlicht")
    assert current("2024-06-01") == ["2023-05-12"]


def test_draft_never_applies():
    make_fassung(stand="2023-05-12")
    make_fassung(stand="2024-01-02", published=False)
    assert current("2024-06-01") == ["2023-05-12"]


def test_each_arbeitsmittel_has_its_own_current_fassung():
    make_fassung("GLF SC 3.001a", "2023-05-12")
    make_fassung("GLF SC 3.001b", "2024-01-02")
    make_fassung("GLF/AH EZ 1.001", "2030-01-01")
    assert sorted(current("2026-01-01")) == ["2023-05-12", "2024-01-02"]


def test_arbeitsmittel_with_drafts_only_is_unknown_to_readers():
    make_fassung(published=False)
    assert not Arbeitsmittel.objects.known_to_readers(on("2026-01-01")).exists()


def test_lists_stand_in_the_order_of_the_bereiche():
    for kennung in [
        "EMB AH Ämter",
        "GLF SC 3.001a",
        "GLF/AH EZ 1.410",
        "GLF SC 2.011",
        "EMB AH Adressen",
        "GLF/AH EZ 1.001",
    ]:
        make_fassung(kennung)
    assert [str(found) for found in Arbeitsmittel.objects.in_order()] == [
        "GLF/AH EZ 1.001",
        "GLF/AH EZ 1.410",
        "GLF SC 2.011",
        "GLF SC 3.001a",
        "EMB AH Adressen",
        "EMB AH Ämter",
    ]
    assert Arbeitsmittel.objects.count_by_bereich() == {1: 2, 2: 1, 3: 1, 4: 2}


def test_verwandte_share_the_topic():
    for kennung in ["GLF/AH EZ 1.001", "GLF SC 3.001a", "GLF SC 3.001b", "GLF SC 3.011", "EMB AH Umzug"]:
        make_fassung(kennung)
    script = Arbeitsmittel.objects.get(slug="glf-sc-3.001a")
    assert [str(found) for found in script.verwandte(on("2026-01-01"))] == ["GLF/AH EZ 1.001", "GLF SC 3.001b"]
    assert not Arbeitsmittel.objects.get(slug="emb-ah-umzug").verwandte(on("2026-01-01")).exists()


DAYS = st.dates(date(2022, 1, 1), date(2022, 1, 12))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(DAYS, st.sampled_from(["live", "withdrawn", "stand"])), max_size=6), day=DAYS)
def test_both_forms_of_the_rule_agree(rows, day):
    """Against a third form, the sentence of the domain document in plain Python."""
    kennung = f"EMB AH Probe {Arbeitsmittel.objects.count()} x"
    live: set[date] = set()
    for stand, kind in rows:
        if kind != "withdrawn" and stand in live:
            continue
        make_fassung(kennung, str(stand), withdrawn="Irrtum" if kind == "withdrawn" else "", only_stand=kind == "stand")
        live |= {stand} if kind != "withdrawn" else set()
    expected = max((stand for stand in live if stand <= day), default=None)
    mine = Fassung.objects.filter(arbeitsmittel__bezeichnung=kennung.removeprefix("EMB AH "))
    found = mine.current_on(on(day)).first()
    assert (found.stand if found else None) == expected
    if rows:
        einordnung = einordnen(list(mine.order_by("-stand")), on(day))
        assert (einordnung.geltend.stand if einordnung.geltend else None) == expected


def test_einordnung_names_each_state():
    make_fassung(stand="2022-01-01")
    make_fassung(stand="2023-01-01", withdrawn="Irrtum")
    make_fassung(stand="2024-01-01")
    make_fassung(stand="2025-01-01")
    einordnung = einordnen(list(Fassung.objects.order_by("-stand")), on("2024-06-01"))
    assert [zustand for _fassung, zustand in einordnung.zeitstrahl] == [
        "kommend",
        "geltend",
        "zurueckgezogen",
        "abgeloest",
    ]
    assert einordnung.kommend.stand == date(2025, 1, 1)
    assert einordnung.abgeloest_durch(einordnung.with_stand(date(2022, 1, 1))).stand == date(2024, 1, 1)
    assert einordnung.with_stand(date(2023, 1, 1)).zurueckgezogen_grund == "Irrtum"
    assert einordnung.with_stand(date(2021, 1, 1)) is None
