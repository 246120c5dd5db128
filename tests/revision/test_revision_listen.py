"""Work lists: each finds its cases and nothing else, counts them, and asks no more with more of them."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from arbeitsmittel.models import Fassung
from portal.freigabe import discard, withdraw
from portal.history import acting_as
from portal.pages.revision.arbeitslisten.warnungen import NAMES
from portal.provisioning import system_actor
from tests.factories import make_arbeitsmittel, make_fassung, make_person, make_weisung, publish, second_person
from tests.test_pages import words
from tests.weisungen.redaktion_forms import client_of

pytestmark = pytest.mark.django_db
LISTS = ("eilfreigaben", "warnungen", "redaktionell", "nachtraege", "familien", "alte-entwuerfe")
BINDING = {"nicht-redaktionell:14 Tage → 10 Tage": "Nur ein Tippfehler der alten Fassung."}


@pytest.fixture
def auditor(revision):
    return client_of(revision)


def shown(client, name: str) -> list[str]:
    """What stands in the lines of a list: object and version."""
    response = client.get(f"/revision/listen/{name}/")
    assert response.status_code == 200
    return [", ".join(filter(None, (line.objekt, line.zusatz))) for line in response.context["zeilen"]]


def hurried(kennung: str = "GLF SC 3.601", stand: str = "2024-01-02", **fields):
    row = make_fassung(kennung, stand, published=False, **fields)
    publish(row, weg="eil", eil_grund="Störung der Leitung")
    return row


def with_reasons(kennung: str, *, reasons: dict, **fields):
    row = make_fassung(kennung, published=False, begruendungen=reasons, **fields)
    publish(row)
    return row


def test_emergency_releases_until_they_are_confirmed_or_withdrawn(auditor):
    hurried("GLF SC 3.601")
    withdraw(hurried("GLF SC 3.602"), art="irrtum", reason="Falsch", user=second_person(), now=timezone.now())
    confirmed = hurried("GLF SC 3.603")
    with acting_as(system_actor(), "Test"):
        confirmed.eil_bestaetigt_am, confirmed.eil_bestaetigt_von = (
            timezone.now(),
            make_person("dritte", role="Freigabe"),
        )
        confirmed.save()
    weisung = make_weisung("202305004", published=False)
    publish(weisung, weg="eil", eil_grund="Gesetz ab morgen")
    assert set(shown(auditor, "eilfreigaben")) == {
        "GLF SC 3.601, Stand 02.01.2024",
        "Weisung 202305004, vom 12.05.2023",
    }
    assert "Gesetz ab morgen" in words(auditor.get("/revision/listen/eilfreigaben/"))


def test_overridden_warnings_with_their_reasons(auditor):
    with_reasons("GLF SC 3.601", reasons={"zitat-unbekannt:GLF SC 3.999": "Kommt nächste Woche."})
    make_fassung("GLF SC 3.602")
    make_fassung("GLF SC 3.603", published=False, begruendungen={"stand-fern:Stand": "So gewollt."})
    assert shown(auditor, "warnungen") == ["GLF SC 3.601, Stand 02.01.2024"]
    page = words(auditor.get("/revision/listen/warnungen/"))
    assert "zitiert Unbekanntes: GLF SC 3.999 Kommt nächste Woche." in page


def test_editorial_against_the_warning(auditor):
    with_reasons("GLF SC 3.601", reasons=BINDING, aenderungsart="redaktionell")
    with_reasons("GLF SC 3.602", reasons=BINDING, aenderungsart="fachlich")
    with_reasons("GLF SC 3.603", reasons={"zitat-unbekannt:x": "so"}, aenderungsart="redaktionell")
    assert shown(auditor, "redaktionell") == ["GLF SC 3.601, Stand 02.01.2024"]
    assert "14 Tage → 10 Tage Nur ein Tippfehler" in words(auditor.get("/revision/listen/redaktionell/"))


def test_every_warning_has_a_name():
    root = Path(__file__).resolve().parents[2]
    source = "".join(path.read_text(encoding="utf-8") for path in root.glob("*/checks/*.py"))
    codes = set(re.findall(r'Befund\(\s*"([a-z-]+)",\s*"warnung"', source))
    assert len(codes) > 8
    assert codes - set(NAMES) == set()


def test_late_entries_say_how_late(auditor):
    late = make_fassung("GLF SC 3.602", "2023-05-12", published=False, nachtrag_grund="Lag nur auf Papier vor.")
    publish(late, timezone.now() - timedelta(days=1))
    make_fassung("GLF SC 3.603")
    assert shown(auditor, "nachtraege") == ["GLF SC 3.602, Stand 12.05.2023"]
    assert "Tage zu spät Lag nur auf Papier vor." in words(auditor.get("/revision/listen/nachtraege/"))


def test_families_whose_current_versions_are_more_than_thirty_days_apart(auditor):
    make_fassung("GLF/AH EZ 1.204", "2024-01-02")
    make_fassung("GLF SC 3.204", "2023-10-12")
    make_fassung("GLF SC 3.204", "2022-01-01")  # superseded: it is the newest one that counts
    make_fassung("GLF/AH EZ 1.305", "2024-01-31")
    make_fassung("GLF SC 3.305", "2024-01-01")  # thirty days to the day
    make_fassung("GLF SC 3.011", "2020-01-01")
    make_fassung("GLF/AH EZ 1.410", "2024-01-01")
    make_fassung("GLF SC 3.410", "2024-01-01")
    make_fassung("GLF SC 3.410", "2098-01-01")  # announced, does not apply
    make_fassung("EMB AH Umzug", "2020-01-01")
    make_fassung("EMB AH Anliegen", "2024-01-01")
    assert shown(auditor, "familien") == ["GLF SC 3.204, Stand 12.10.2023"]
    assert "82 Tage hinter dem neuesten Stand" in words(auditor.get("/revision/listen/familien/"))


def test_drafts_that_were_begun_long_ago(auditor):
    now = timezone.now()
    for kennung, days in (("GLF SC 3.601", 61), ("GLF SC 3.602", 59), ("GLF SC 3.603", 300)):
        draft_of_age(kennung, now - timedelta(days=days))
    discarded = draft_of_age("GLF SC 3.604", now - timedelta(days=100))
    discard(discarded, reason="Überholt", user=system_actor(), now=now)
    assert shown(auditor, "alte-entwuerfe") == ["GLF SC 3.603, Stand 01.01.2098", "GLF SC 3.601, Stand 01.01.2098"]
    begun = timezone.localdate(now - timedelta(days=300))
    assert f"begonnen am {begun:%d.%m.%Y}" in words(auditor.get("/revision/listen/alte-entwuerfe/"))


def draft_of_age(kennung: str, begun):
    with acting_as(system_actor(), "Test", at=begun):
        return Fassung.objects.create(
            arbeitsmittel=make_arbeitsmittel(kennung), stand="2098-01-01", verfasst_von=system_actor()
        )


def test_overview_counts_and_says_what_an_empty_list_means(auditor):
    hurried()
    page = words(auditor.get("/revision/listen/"))
    assert "1 Eilfreigaben ohne Bestätigung Eine Person hat allein freigegeben" in page
    assert "0 Nachträge Kein Stand wurde nachträglich erfasst." in page


@pytest.mark.parametrize("name", LISTS)
def test_empty_list_says_so(auditor, name):
    assert "Nichts zu tun" in words(auditor.get(f"/revision/listen/{name}/"))


def test_a_long_list_has_pages(auditor):
    for number in range(52):
        hurried(f"GLF SC 3.{600 + number}")
    first, second = (auditor.get("/revision/listen/eilfreigaben/", {"seite": page}) for page in ("1", "2"))
    lines = [line.objekt for response in (first, second) for line in response.context["zeilen"]]
    assert sorted(lines) == [f"GLF SC 3.{600 + number}" for number in range(52)]
    assert "Seite 2 von 2" in words(second)


def test_lists_are_of_now_whatever_the_address_asks_for(auditor):
    make_fassung("GLF/AH EZ 1.204", "2024-01-02")
    make_fassung("GLF SC 3.204", "2023-10-12")
    draft_of_age("GLF SC 3.601", timezone.now() - timedelta(days=61))
    then = {"stichtag": "2020-06-01", "bekannt": "2020-06-01T12:00"}
    for name in ("familien", "alte-entwuerfe"):
        assert len(auditor.get(f"/revision/listen/{name}/", then).context["zeilen"]) == 1


@pytest.mark.parametrize("sent", ["0", "-1", "x", "²", "9" * 5000, "\x00"])
def test_a_page_that_is_none_is_another_one(auditor, sent):
    assert auditor.get("/revision/listen/familien/", {"seite": sent}).status_code == 200


def test_an_unknown_list_is_not_found(auditor):
    assert auditor.get("/revision/listen/gibt-es-nicht/").status_code == 404


def cases(first: int, last: int) -> None:
    old = timezone.now() - timedelta(days=90)
    for number in range(first, last + 1):
        hurried(f"GLF SC 3.6{number:02}", nachtrag_grund="spät", begruendungen=BINDING, aenderungsart="redaktionell")
        make_fassung(f"GLF/AH EZ 1.6{number:02}", "2023-05-12")
        draft_of_age(f"GLF SC 3.7{number:02}", old)
        publish(
            make_weisung(f"2023050{number:02}", published=False, begruendungen={"x:y": "z"}), weg="eil", eil_grund="x"
        )


def test_number_of_queries_is_the_same_with_one_and_with_three(auditor):
    def asked() -> dict[str, int]:
        counted = {}
        for path in ("/revision/listen/", *(f"/revision/listen/{name}/" for name in LISTS)):
            with CaptureQueriesContext(connection) as captured:
                assert auditor.get(path).status_code == 200
            counted[path] = len([query for query in captured if "SAVEPOINT" not in query["sql"]])
        return counted

    cases(1, 1)
    with_one = asked()
    assert all(shown(auditor, name) for name in LISTS)
    cases(2, 3)
    assert asked() == with_one
    assert max(with_one.values()) <= 8
