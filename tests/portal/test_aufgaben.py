""" "Meine Aufgaben": what waits for whom, with the rule of four eyes, and never more than twelve queries."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from arbeitsmittel.models import Fassung
from portal.freigabe import (
    approve,
    confirm_release,
    release_at_once,
    return_to_author,
    save_draft,
    submit,
    withdraw,
    writers,
)
from portal.freigabe.worklist import Liste, drafts_of
from portal.history import acting_as
from portal.models import Benutzer
from portal.pages.aufgaben.inhalte import gruppen_der_inhalte
from portal.pages.aufgaben.personen import gruppen_der_personen
from portal.pages.aufgaben.zeilen import CAP, Gruppe
from portal.provisioning import system_actor
from portal.stichtag import on_day
from tests.factories import make_fassung, make_person, make_umsetzung, make_weisung, publish
from weisungen.models import Weisung

pytestmark = pytest.mark.django_db

HEUTE = date(2026, 11, 23)


def client_of(person: Benutzer) -> Client:
    client = Client()
    client.force_login(person, backend="portal.role_backend.RoleBackend")
    return client


def draft_of(author: Benutzer, kennung: str = "GLF SC 3.204", **fields: Any) -> Fassung:
    return make_fassung(kennung, "2026-12-01", published=False, verfasst_von=author, **fields)


def weisung_of(author: Benutzer, nummer: str = "202612001") -> Weisung:
    return make_weisung(nummer, published=False, verfasst_von=author)


def submitted(row: Any, by: Benutzer) -> Any:
    return submit(row, begruendungen={}, version=row.version, user=by, now=timezone.now())


def approved(row: Any, by: Benutzer) -> Any:
    return approve(row, pruefsumme=row.pruefsumme, comment="", user=by, now=timezone.now())


def sections(person: Benutzer, whole: str = "", heute: date = HEUTE) -> dict[str, Gruppe]:
    """What is shown to a person, by key; empty sections left out."""
    found = [*gruppen_der_inhalte(person, whole, on_day(heute, timezone.now())), *gruppen_der_personen(person, whole)]
    return {str(gruppe.schluessel): gruppe for gruppe in found if gruppe.anzahl}


def in_section(person: Benutzer, key: str) -> list[tuple[str, str]]:
    """Number and button of each line."""
    gruppe = sections(person).get(key)
    return [(zeile.nummer, zeile.knopf) for zeile in gruppe.zeilen] if gruppe else []


def test_draft_stands_with_its_author_and_with_nobody_else(redaktion, freigabe):
    draft_of(redaktion)
    weisung_of(redaktion)
    other = make_person("andere", role="Redaktion")
    expected = {("GLF SC 3.204", "Weiterschreiben"), ("Weisung 202612001", "Weiterschreiben")}
    assert set(in_section(redaktion, "entwuerfe")) == expected
    assert sections(other) == sections(freigabe) == {}


@pytest.mark.parametrize("make", [draft_of, weisung_of])
def test_submitted_waits_for_the_second_person(redaktion, freigabe, make):
    row = submitted(make(redaktion), redaktion)
    assert [knopf for _nummer, knopf in in_section(freigabe, "pruefen")] == ["Prüfen"]
    assert [knopf for _nummer, knopf in in_section(redaktion, "bei-anderen")] == ["Ansehen"]
    assert sections(freigabe)["pruefen"].wartend == 1
    approved(row, freigabe)
    assert [knopf for _nummer, knopf in in_section(freigabe, "freigeben")] == ["Freigeben"]
    assert "pruefen" not in sections(freigabe)


def test_nobody_is_asked_to_check_what_they_wrote_or_submitted(redaktion):
    both = make_person("beides", role="Redaktion")
    with acting_as(system_actor(), "Test"):
        both.groups.add(make_person("hilfe", role="Freigabe").groups.get())
    wrote = draft_of(redaktion, "GLF SC 3.101")
    wrote = save_draft(wrote, values={"titel": "Neu"}, version=wrote.version, user=both, reason="x", now=timezone.now())
    wrote = save_draft(
        wrote, values={"titel": "Neuer"}, version=wrote.version, user=redaktion, reason="x", now=timezone.now()
    )
    submitted(wrote, redaktion)
    submitted(draft_of(redaktion, "GLF SC 3.102"), both)
    submitted(draft_of(redaktion, "GLF SC 3.103"), redaktion)
    both = Benutzer.objects.get(pk=both.pk)
    assert in_section(both, "pruefen") == [("GLF SC 3.103", "Prüfen")]
    assert {nummer for nummer, _knopf in in_section(both, "bei-anderen")} == {"GLF SC 3.101", "GLF SC 3.102"}
    for number in (101, 102, 103):
        row = Fassung.objects.get(arbeitsmittel__bezeichnung=f"3.{number}")
        is_own = both.pk in writers(row) or row.vorgelegt_von_id == both.pk
        found = drafts_of(Fassung.objects.all(), user=both, may_check=True, may_audit=False, cap=9, whole="")
        assert (found.get(pk=row.pk).liste != Liste.PRUEFEN) == is_own


def test_member_of_a_package_is_released_with_its_weisung(redaktion, freigabe):
    alone = approved(submitted(draft_of(redaktion, "GLF SC 3.101"), redaktion), freigabe)
    member = draft_of(redaktion, "GLF SC 3.102")
    make_umsetzung(weisung_of(redaktion), "GLF SC 3.102", fassung=member, im_paket=True)
    approved(submitted(member, redaktion), freigabe)
    by_number = {zeile.nummer: zeile for zeile in sections(freigabe)["freigeben"].zeilen}
    assert by_number[str(alone.arbeitsmittel)].knopf == "Freigeben"
    assert by_number["GLF SC 3.102"].knopf == "Ansehen"
    assert ("neutral", "im Paket der Weisung 202612001") in by_number["GLF SC 3.102"].marken


def test_returned_draft_comes_back_with_its_comment(redaktion, freigabe):
    row = submitted(draft_of(redaktion), redaktion)
    return_to_author(row, comment="Die Frist stimmt nicht.", user=freigabe, now=timezone.now())
    (zeile,) = sections(redaktion)["zurueck"].zeilen
    assert (zeile.bemerkung, zeile.wer, zeile.knopf) == ("Die Frist stimmt nicht.", freigabe, "Überarbeiten")
    assert sections(freigabe) == {}
    page = client_of(redaktion).get("/redaktion/").content.decode()
    assert "Die Frist stimmt nicht." in page
    assert f'href="/redaktion/arbeitsmittel/fassung/{row.pk}/change/"' in page


def test_future_stand_is_listed_with_its_embargo(redaktion, revision):
    embargoed = make_fassung("GLF SC 3.204", "2026-12-03", published=False, sperrfrist=True)
    publish(embargoed, sichtbar_ab=timezone.now() + timedelta(days=300))
    make_fassung("GLF SC 3.101", "2026-12-01")
    make_fassung("GLF SC 3.101", "2026-11-23")  # today is not to come
    withdraw(
        make_weisung("202612001", datum="2026-12-02"),
        art="irrtum", reason="x", user=redaktion, now=timezone.now(),
    )  # fmt: skip
    make_weisung("202612002", datum="2026-12-02")
    for person in (redaktion, revision):
        zeilen = sections(person)["kuenftig"].zeilen
        assert [zeile.nummer for zeile in zeilen] == ["GLF SC 3.101", "Weisung 202612002", "GLF SC 3.204"]
        assert [bool(zeile.marken) for zeile in zeilen] == [False, False, True]
        assert sections(person)["kuenftig"].wartend == 0


def test_emergency_release_waits_for_another_person(redaktion, freigabe):
    row = release_at_once(
        weisung_of(redaktion), grund="Störung", begruendungen={}, user=redaktion, visible_from=timezone.now(),
        now=timezone.now(),
    )  # fmt: skip
    assert in_section(freigabe, "eil") == [("Weisung 202612001", "Bestätigen")]
    assert sections(freigabe)["eil"].wartend == 1
    assert in_section(redaktion, "eil") == [("Weisung 202612001", "Ansehen")]
    assert sections(redaktion)["eil"].wartend == 0
    confirm_release(row, comment="", user=freigabe, now=timezone.now())
    assert "eil" not in sections(freigabe)


def test_announced_and_not_delivered(redaktion):
    weisung, soon = make_weisung(), HEUTE + timedelta(days=14)
    make_umsetzung(weisung, "GLF SC 3.101", soll_stand=HEUTE - timedelta(days=1))
    make_umsetzung(weisung, "GLF SC 3.102", soll_stand=soon)
    make_umsetzung(weisung, "GLF SC 3.103", soll_stand=soon + timedelta(days=1))
    make_fassung("GLF SC 3.104", HEUTE.isoformat())
    make_umsetzung(weisung, "GLF SC 3.104", soll_stand=HEUTE)  # came, whether somebody linked it or not
    make_umsetzung(weisung, "GLF SC 3.105", soll_stand=HEUTE, fassung=draft_of(redaktion, "GLF SC 3.105"))
    make_umsetzung(weisung, "GLF SC 3.106", soll_stand=HEUTE, entschuldigt_am=timezone.now(),
                   entschuldigt_von=redaktion, entschuldigt_grund="entfällt")  # fmt: skip
    make_umsetzung(weisung, "GLF SC 3.107", soll_stand=HEUTE, gestrichen=True)
    make_umsetzung(weisung_of(redaktion), "GLF SC 3.108", soll_stand=HEUTE)
    zeilen = sections(redaktion)["angekuendigt"].zeilen
    assert [(zeile.nummer, zeile.marken[0][1]) for zeile in zeilen] == [
        ("GLF SC 3.101", "überfällig"),
        ("GLF SC 3.105", "bald fällig"),
        ("GLF SC 3.102", "bald fällig"),
    ]


def test_revision_oversees_and_is_asked_for_nothing(redaktion, freigabe, revision):
    submitted(draft_of(redaktion, "GLF SC 3.101"), redaktion)
    approved(submitted(draft_of(redaktion, "GLF SC 3.102"), redaktion), freigabe)
    assert {nummer for nummer, _knopf in in_section(revision, "in-pruefung")} == {"GLF SC 3.101", "GLF SC 3.102"}
    assert {knopf for _nummer, knopf in in_section(revision, "in-pruefung")} == {"Ansehen"}
    assert sum(gruppe.wartend for gruppe in sections(revision).values()) == 0


def test_administration_sees_people_and_no_content(verwaltung, redaktion):
    draft_of(redaktion, titel="Geheimer Entwurf")
    make_person("neu", first_name="Nora", last_name="Neumann")
    page = client_of(verwaltung).get("/redaktion/").content.decode()
    assert "Nora Neumann" in page
    assert "Geheimer Entwurf" not in page
    assert set(sections(verwaltung)) == {"ohne-rolle", "geaendert"}


def test_newest_first_and_the_rest_on_demand(redaktion, freigabe):
    for number in range(CAP + 3):
        submitted(draft_of(redaktion, f"GLF SC 3.1{number:02}"), redaktion)
        submitted(weisung_of(redaktion, f"2026120{number:02}"), redaktion)
    short = sections(freigabe)["pruefen"]
    assert (len(short.zeilen), short.anzahl, short.gekuerzt) == (CAP, 2 * CAP + 6, True)
    assert [zeile.tag for zeile in short.zeilen] == sorted((zeile.tag for zeile in short.zeilen), reverse=True)
    assert len(sections(freigabe, whole="pruefen")["pruefen"].zeilen) == 2 * CAP + 6
    client = client_of(freigabe)
    assert 'href="?alle=pruefen#aufgaben_pruefen"' in client.get("/redaktion/").content.decode()
    assert "?alle=pruefen" not in client.get("/redaktion/?alle=pruefen").content.decode()


def test_empty_sections_are_one_line(freigabe):
    page = client_of(freigabe).get("/redaktion/").content.decode()
    assert "Alles erledigt" in page
    make_fassung("GLF SC 3.101", "2098-12-01")
    page = client_of(freigabe).get("/redaktion/").content.decode()
    assert re.search(r"Nichts offen: [^<]*Wartet auf meine Prüfung · [^<]*Eilfreigaben zu bestätigen", page)


def make_rows(first: int, last: int, author: Benutzer, checker: Benutzer) -> None:
    """Each round adds one row to every section."""
    weisung = make_weisung(f"2025010{first:02}")
    for number in range(first, last + 1):
        draft_of(author, f"GLF SC 3.1{number:02}")
        submitted(draft_of(author, f"GLF SC 3.2{number:02}"), author)
        approved(submitted(draft_of(author, f"GLF SC 3.3{number:02}"), author), checker)
        back = submitted(weisung_of(author, f"2026110{number:02}"), author)
        return_to_author(back, comment="x", user=checker, now=timezone.now())
        submitted(weisung_of(author, f"2026120{number:02}"), author)
        make_fassung(f"GLF SC 3.4{number:02}", "2098-12-01")
        make_weisung(f"2025020{number:02}", gueltig_ab=date(2098, 12, 1))
        make_umsetzung(weisung, f"GLF SC 3.1{number:02}", soll_stand=date(2020, 1, 1))
        release_at_once(weisung_of(author, f"2026100{number:02}"), grund="x", begruendungen={}, user=author,
                        visible_from=timezone.now(), now=timezone.now())  # fmt: skip
        make_person(f"ohne{number}")


def number_of_queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get("/redaktion/").status_code == 200
    return len([query for query in captured if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))])


def test_number_of_queries_is_small_and_constant(redaktion, freigabe, revision, verwaltung):
    everybody = make_person("alles", role="Redaktion")
    with acting_as(system_actor(), "Test"):
        for person in (freigabe, verwaltung, revision):
            everybody.groups.add(person.groups.get())
    clients = [client_of(person) for person in (redaktion, freigabe, revision, verwaltung, everybody)]
    make_rows(1, 1, redaktion, freigabe)
    with_one = [number_of_queries(client) for client in clients]
    make_rows(2, 30, redaktion, freigabe)
    assert [number_of_queries(client) for client in clients] == with_one
    assert max(with_one) <= 12


def test_only_the_workplace_and_only_by_reading(sachbearbeitung, redaktion):
    assert client_of(sachbearbeitung).get("/redaktion/").status_code == 403
    assert client_of(redaktion).post("/redaktion/").status_code == 405
    assert Client().get("/redaktion/").headers["Location"].startswith("/anmelden/")
