"""The timeline: one filter after the other, what is wrong is said, and it asks six questions at most."""

from datetime import timedelta

import pytest
from axes.models import AccessFailureLog
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.durchsicht import note_durchsicht
from portal.history import acting_as
from portal.models import Dienststelle, Eintrag
from portal.pages.revision.wochen import all_weeks, weeks_of_entries
from portal.provisioning import system_actor
from tests.factories import make_arbeitsmittel, make_fassung, make_person, make_weisung, publish, settle
from tests.revision.timeline import PAGE, all_numbers, numbers, shown
from tests.test_pages import words
from tests.weisungen.redaktion_forms import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor(revision):
    return client_of(revision)


def written_by(person, kennung: str, reason: str = "Neu geschrieben") -> None:
    """Something that a person did, with a reason of their own."""
    make_arbeitsmittel(kennung)
    with acting_as(person, reason):
        row = make_arbeitsmittel(kennung)
        row.save()
    settle()


def failed_log_in(username: str, address: str = "10.0.0.7", **fields) -> AccessFailureLog:
    return AccessFailureLog.objects.create(username=username, ip_address=address, user_agent="x", **fields)


def test_everything_is_there_newest_first(auditor):
    make_fassung("GLF SC 3.001a", "2024-01-02")
    lines = shown(auditor)
    assert lines[:3] == [
        "freigegeben: GLF SC 3.001a, Stand 02.01.2024",
        "geprüft: GLF SC 3.001a, Stand 02.01.2024",
        "zur Prüfung vorgelegt: GLF SC 3.001a, Stand 02.01.2024",
    ]
    assert "angelegt: revision (revision)" in lines
    assert numbers(auditor) == all_numbers()[:100]


def test_each_line_says_who_and_why(auditor):
    person = make_person("dora", first_name="Dora", last_name="Dietz")
    written_by(person, "GLF SC 3.001a", "Auf Bitte der Zentrale")
    page = words(auditor.get(PAGE))
    assert "GLF SC 3.001a Dora Dietz (dora) Auf Bitte der Zentrale" in page


@pytest.mark.parametrize("typed", ["dora", "DORA", "Dora Dietz", "dietz", "Dora Dietz (dora)"])
def test_filter_by_person(auditor, typed):
    written_by(make_person("dora", first_name="Dora", last_name="Dietz"), "GLF SC 3.001a")
    written_by(make_person("emil", first_name="Emil", last_name="Ernst"), "GLF SC 3.002")
    assert shown(auditor, person=typed) == ["bearbeitet: GLF SC 3.001a"]


def test_filter_by_dienststelle(auditor):
    with acting_as(system_actor(), "Test"):
        here, there = (
            Dienststelle.objects.create(name=name, art=Dienststelle.Art.ZENTRALE) for name in ("Hier", "Dort")
        )
    written_by(make_person("dora", dienststelle=here), "GLF SC 3.001a")
    written_by(make_person("emil", dienststelle=there), "GLF SC 3.002")
    assert shown(auditor, dienststelle=here.pk) == ["bearbeitet: GLF SC 3.001a"]
    options = auditor.get(PAGE).content.decode()
    assert options.index(">Dort</option>") < options.index(">Hier</option>")


@pytest.mark.parametrize("typed", ["3.001a", "3001 a", "glf-sc-3.001a", "GLF SC 3.001A"])
def test_filter_by_any_spelling_of_a_kennung(auditor, typed):
    make_fassung("GLF SC 3.001a")
    make_fassung("GLF SC 3.002")
    assert {line.split(": ")[1] for line in shown(auditor, objekt=typed)} == {
        "GLF SC 3.001a",
        "GLF SC 3.001a, Stand 02.01.2024",
    }


@pytest.mark.parametrize("typed", ["202305004", "Weisung 202305004", "weisung-202305004"])
def test_filter_by_the_number_of_a_weisung(auditor, typed):
    make_weisung("202305004", cites=("GLF SC 3.001a",))
    make_weisung("202305005")
    lines = shown(auditor, objekt=typed)
    assert "Zitat erfasst: Weisung 202305004 zitiert GLF SC 3.001a" in lines
    assert all("202305004" in line for line in lines)


def test_filter_by_several_kinds(auditor):
    make_fassung("GLF SC 3.001a", withdrawn="Falsche Frist")
    hurried = make_fassung("GLF SC 3.601", published=False)
    publish(hurried, weg="eil", eil_grund="Störung")
    assert shown(auditor, vorgang="eilfreigabe") == ["Eilfreigabe: GLF SC 3.601, Stand 02.01.2024"]
    both = shown(auditor, vorgang=["eilfreigabe", "pruefung"])
    assert {line.split(":")[0] for line in both} == {"Eilfreigabe", "geprüft"}


def test_filter_by_words_of_the_reason(auditor):
    person = make_person("dora")
    written_by(person, "GLF SC 3.001a", "Fristen nach neuem Gesetz angepasst")
    written_by(person, "GLF SC 3.002", "Tippfehler")
    assert shown(auditor, worte="frist gesetz") == ["bearbeitet: GLF SC 3.001a"]  # by the stem of a word


def test_filter_by_reviewed(auditor, revision):
    written_by(make_person("dora"), "GLF SC 3.001a")
    seen = Eintrag.objects.order_by("-nummer").first()
    note_durchsicht(seen, person=revision, notiz="", now=timezone.now())
    assert numbers(auditor, gesichtet="ja") == [seen.nummer]
    assert numbers(auditor, gesichtet="nein") == all_numbers()[1:]


def test_filter_by_period(auditor):
    written_by(make_person("dora"), "GLF SC 3.001a")
    today = timezone.localdate()
    yesterday, tomorrow = today - timedelta(days=1), today + timedelta(days=1)
    everything = numbers(auditor)
    assert numbers(auditor, von=today, bis=today) == everything
    assert numbers(auditor, von=yesterday) == everything
    assert numbers(auditor, bis=f"{today:%d.%m.%Y}") == everything
    assert numbers(auditor, von=tomorrow) == []
    assert numbers(auditor, bis=yesterday) == []


def test_filters_are_joined(auditor):
    dora = make_person("dora")
    written_by(dora, "GLF SC 3.001a", "Gesetz")
    written_by(dora, "GLF SC 3.002", "Gesetz")
    written_by(make_person("emil"), "GLF SC 3.001a", "Gesetz")
    assert shown(auditor, person="dora", objekt="3.001a", worte="gesetz") == ["bearbeitet: GLF SC 3.001a"]
    assert shown(auditor, person="dora", objekt="3.001a", worte="tippfehler") == []


def test_failed_log_ins_stand_among_the_entries(auditor):
    make_person("dora")
    Client().post("/anmelden/", {"username": "dora", "password": "falsch"}, REMOTE_ADDR="10.0.0.7")
    lines = shown(auditor)
    assert "gescheiterte Anmeldung: Adresse 10.0.0.7" in lines
    assert "10.0.0.7 dora Kennwort falsch" in words(auditor.get(PAGE))


def test_a_password_typed_into_the_field_of_the_name_is_not_shown(auditor):
    make_person("dora")
    for typed in ("Sommer2026!geheim", "dora", "DORA"):
        failed_log_in(typed)
    body = auditor.get(PAGE).content.decode()
    assert "Sommer2026" not in body
    assert body.count("unbekannter Name") == 1
    people = [line.person for line in auditor.get(PAGE, {"vorgang": "anmeldung"}).context["zeilen"]]
    assert people == ["dora", "dora", "unbekannter Name"]


def test_failed_log_ins_of_one_person(auditor):
    make_person("dora")
    failed_log_in("Dora")
    failed_log_in("revision")
    assert [line.person for line in auditor.get(PAGE, {"person": "dora"}).context["zeilen"] if not line.ziel] == [
        "dora"
    ]
    assert shown(auditor, worte="kennwort") == []  # they have no reason that somebody gave


def test_log_ins_of_a_period(auditor):
    failed_log_in("x")
    yesterday = timezone.localdate() - timedelta(days=1)
    assert shown(auditor, vorgang="anmeldung", bis=yesterday) == []
    assert len(shown(auditor, vorgang="anmeldung", von=yesterday)) == 1


BAD = [
    ({"von": "gestern"}, "kein Tag"),
    ({"von": "31.02.2024"}, "kein Tag"),
    ({"bis": "0001-01-01"}, "kein Tag"),
    ({"von": "2024-02-01", "bis": "2024-01-01"}, "Der Zeitraum ist verkehrt"),
    ({"person": "gibtesnicht"}, "kennt das Portal nicht"),
    ({"person": "x" * 10_000}, "10000 Zeichen"),
    ({"worte": "y" * 10_000}, "10000 Zeichen"),
    ({"objekt": "3." * 5_000}, "10000 Zeichen"),
    ({"objekt": "3.999"}, "weder ein Arbeitsmittel noch eine Weisung"),
    ({"objekt": "202399999"}, "weder ein Arbeitsmittel noch eine Weisung"),
    ({"objekt": "\x00²"}, "weder ein Arbeitsmittel noch eine Weisung"),
    ({"dienststelle": "999999"}, "Diese Dienststelle gibt es nicht"),
    ({"dienststelle": "²"}, "Diese Dienststelle gibt es nicht"),
    ({"dienststelle": "9" * 5000}, "Diese Dienststelle gibt es nicht"),
    ({"vorgang": "gibtesnicht"}, "Diesen Vorgang gibt es nicht"),
    ({"gesichtet": "vielleicht"}, "entweder „gesichtet“"),
]


@pytest.mark.parametrize(
    ("query", "said"), BAD, ids=[f"{next(iter(query))}-{number}" for number, (query, _) in enumerate(BAD)]
)
def test_what_is_wrong_with_a_filter_is_said_and_nothing_is_shown(auditor, query, said):
    make_fassung()
    settle()
    response = auditor.get(PAGE, query)
    assert response.status_code == 200
    assert said in words(response)
    assert response.context["zeilen"] == []


@pytest.mark.parametrize("place", ["x", "1", "1-", "-1-2", "9" * 19 + "-1", "1-1-1", "²-1", "\x00"])
@pytest.mark.parametrize("name", ["vor", "nach"])
def test_a_place_that_is_none_is_the_beginning(auditor, name, place):
    response = auditor.get(PAGE, {name: place})
    assert "Diese Stelle der Zeitachse gibt es nicht" in words(response)
    assert response.context["zeilen"] != [] or all_numbers() == []


def test_words_that_are_no_words_find_nothing(auditor):
    make_fassung()
    for typed in ("!!!", "und", "<b>", "' OR 1=1 --", "a & | !", "\\"):
        assert auditor.get(PAGE, {"worte": typed}).status_code == 200


def test_weeks_count_without_counting(auditor):
    make_fassung()
    settle()
    weeks = auditor.get(PAGE).context["wochen"]
    assert weeks.gesamt == len(all_numbers()) == weeks.wochen[-1].anzahl
    assert [week.anzahl for week in weeks.wochen[:-1]] == [0] * 25
    filtered = auditor.get(PAGE, {"vorgang": "freigabe"}).context["wochen"]
    assert (filtered.summe, filtered.mindestens, filtered.gesamt) == (1, False, None)


def test_weeks_in_which_nothing_happened_are_empty(auditor):
    settle()
    later = timezone.localdate() + timedelta(days=14)
    assert [week.anzahl for week in all_weeks(later).wochen[-3:]] == [len(all_numbers()), 0, 0]
    found = weeks_of_entries(Eintrag.objects.order_by(), later)
    assert [week.anzahl for week in found.wochen[-3:]] == [len(all_numbers()), 0, 0]


def test_capped_weeks_say_at_least(auditor, monkeypatch):
    monkeypatch.setattr("portal.pages.revision.wochen.CAP", 3)
    make_fassung()
    settle()
    response = auditor.get(PAGE, {"objekt": "3.001a"})
    assert "mindestens 3 Treffer in 26 Wochen" in words(response)


def test_empty_timeline_has_a_sentence(auditor):
    assert "Zu diesem Filter gibt es keinen Eintrag" in words(auditor.get(PAGE, {"vorgang": "paket"}))


QUERIES = [
    {},
    {"person": "dora"},
    {"person": "dora", "objekt": "3.001a", "worte": "test", "von": "2020-01-01", "bis": "2098-01-01"},
    {"objekt": "202305004"},
    {"vorgang": ["freigabe", "anmeldung"]},
    {"vorgang": "anmeldung"},
    {"gesichtet": "nein"},
    {"nach": "1-1"},
    {"vor": "50-50"},
    {"person": "gibtesnicht"},
]


def test_at_most_six_queries_however_many_rows(auditor):
    def asked() -> list[int]:
        counted = []
        for query in QUERIES:
            with CaptureQueriesContext(connection) as captured:
                assert auditor.get(PAGE, query).status_code == 200
            counted.append(len([query for query in captured if "SAVEPOINT" not in query["sql"]]))
        return counted

    dora = make_person("dora")
    make_weisung("202305004")
    make_fassung("GLF SC 3.001a")
    written_by(dora, "GLF SC 3.001a", "test")
    failed_log_in("dora")
    few = asked()
    for number in range(3):
        make_fassung(f"GLF SC 3.60{number}")
        failed_log_in(f"dora{number}")
    settle()
    assert asked() == few
    assert max(few) <= 6


@pytest.mark.parametrize("who", ["sachbearbeitung", "redaktion", "freigabe", "verwaltung"])
def test_nobody_else_gets_in(who, request):
    client = client_of(request.getfixturevalue(who))
    settle()
    number = Eintrag.objects.first().nummer
    make_fassung()
    for path in (PAGE, f"{PAGE}eintrag/{number}/", f"{PAGE}listen/", "/arbeitsmittel/glf-sc-3.001a/historie/"):
        assert client.get(path).status_code == 403
    assert client.post(f"{PAGE}eintrag/{number}/gesichtet/").status_code == 403
    assert "/revision/" not in client.get("/").content.decode()
