"""Work in the background: who may ask, who sees it, what becomes of it when rights, files or processes go."""

import threading
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connection, connections, transaction
from django.test import Client
from django.utils import timezone

from portal.auftraege import Auftrag, File, Refused, TooManyOpen, Zustand, has_died, job, order, running
from portal.auftraege.model import KEPT, Auftragsteil
from portal.auftraege.registry import _jobs
from portal.history import acting_as
from portal.provisioning import system_actor
from tests.factories import make_person

RIGHT = "portal.open_revision"


@pytest.fixture(autouse=True)
def jobs(monkeypatch):
    """Kinds of work for these tests; nothing starts by itself."""
    monkeypatch.setattr("portal.auftraege.ordering.wake", lambda: None)
    monkeypatch.setattr("portal.pages.auftraege.wake", lambda: None)

    @job("test-datei", right=RIGHT)
    def made(parameters, progress):
        progress(1, 2)
        progress.scratch.write(parameters["worte"].encode() * parameters.get("mal", 1))
        return File("datei.txt", "text/plain", progress.scratch)

    @job("test-ablehnung", right=RIGHT)
    def refused(parameters, progress):
        raise Refused("Das ist zu viel.")

    @job("test-fehler", right=RIGHT)
    def broken(parameters, progress):
        return File("x", "text/plain", BytesIO(b"x" * parameters["fehlt"]))

    yield
    for name in ("test-datei", "test-ablehnung", "test-fehler"):
        del _jobs[name]


@pytest.fixture
def person(db):
    return make_person("revision", role="Revision")


def ordered(person, art="test-datei", **angaben) -> Auftrag:
    return order(art, "Ein Auftrag", {"worte": "Hallo", **angaben}, person=person, now=timezone.now())


def done(auftrag: Auftrag) -> Auftrag:
    claimed = running.claim()
    assert claimed == auftrag
    running.finish(claimed)
    auftrag.refresh_from_db()
    return auftrag


def client_of(person) -> Client:
    client = Client()
    client.force_login(person, "portal.role_backend.RoleBackend")
    return client


def test_file_is_fetched_as_it_was_made(person):
    auftrag = done(ordered(person, mal=500_000))  # more than one piece
    assert auftrag.zustand == Zustand.FERTIG
    assert auftrag.teile.count() == 3
    answer = client_of(person).get(f"/auftraege/{auftrag.pk}/datei/")
    assert b"".join(answer.streaming_content) == b"Hallo" * 500_000
    assert answer["Content-Disposition"] == 'attachment; filename="datei.txt"'
    assert int(answer["Content-Length"]) == 2_500_000
    page = client_of(person).get(f"/auftraege/{auftrag.pk}/").content.decode()
    assert "Datei herunterladen" in page
    assert auftrag.sha256 in page


def test_page_of_an_open_one_looks_again(person):
    auftrag = ordered(person)
    page = client_of(person).get(f"/auftraege/{auftrag.pk}/").content.decode()
    assert '<noscript><meta http-equiv="refresh" content="5"></noscript>' in page
    assert "<progress" in page
    told = client_of(person).get(f"/auftraege/{auftrag.pk}/stand/").json()
    assert told == {"offen": True, "erledigt": 0, "gesamt": 0, "satz": "Kommt gleich an die Reihe."}
    assert client_of(person).get(f"/auftraege/{auftrag.pk}/datei/").status_code == 404


@pytest.mark.parametrize(("art", "sentence"), [("test-ablehnung", "Das ist zu viel."), ("test-fehler", running.BROKEN)])
def test_failure_is_one_sentence_and_leaves_no_file(person, art, sentence, caplog):
    auftrag = done(ordered(person, art))
    assert (auftrag.zustand, auftrag.fehler, auftrag.teile.count()) == (Zustand.GESCHEITERT, sentence, 0)
    assert sentence in client_of(person).get(f"/auftraege/{auftrag.pk}/").content.decode()


def test_too_large_a_file_is_not_kept(person, monkeypatch):
    monkeypatch.setattr(running, "LARGEST", 10)
    auftrag = done(ordered(person, mal=3))
    assert (auftrag.fehler, auftrag.teile.count(), auftrag.groesse) == (running.TOO_LARGE, 0, 0)


def test_nobody_else_sees_it(person):
    auftrag = done(ordered(person))
    other, nothing = client_of(make_person("andere", role="Revision")), "00000000-0000-4000-8000-000000000000"
    for page in ("", "stand/", "datei/"):
        answers = [client_of(person).get(f"/auftraege/{nothing}/{page}"), other.get(f"/auftraege/{auftrag.pk}/{page}")]
        assert [answer.status_code for answer in answers] == [404, 404]
    assert other.get(f"/auftraege/{auftrag.pk}/").content == other.get(f"/auftraege/{nothing}/").content


def without_role(person):
    with transaction.atomic(), acting_as(system_actor(), "Test"):
        person.groups.remove(Group.objects.get(name="Revision"))


def test_list_shows_ones_own_and_nobody_elses(person):
    done(ordered(person))
    failed = ordered(person, art="test-ablehnung")
    done(failed)
    client, other = client_of(person), client_of(make_person("andere", role="Revision"))
    page = client.get("/auftraege/").content.decode()
    assert page.count("Ein Auftrag</a>") == 2
    assert "Fertig." in page
    assert "Das ist zu viel." in page
    assert "In den letzten 24 Stunden haben Sie keine Datei angefordert." in other.get("/auftraege/").content.decode()


def test_right_is_asked_for_at_each_moment(person):
    first, second = ordered(person), ordered(person)
    done(first)
    without_role(person)
    assert done(second).fehler == running.NO_RIGHT
    assert client_of(person).get(f"/auftraege/{first.pk}/datei/").status_code == 404
    with pytest.raises(PermissionDenied):
        ordered(type(person).objects.get(pk=person.pk))


def test_at_most_two_are_open(person):
    first = ordered(person)
    ordered(person)
    with pytest.raises(TooManyOpen) as refusal:
        ordered(person)
    assert refusal.value.auftrag == first
    ordered(make_person("andere", role="Revision"))
    done(first)
    ordered(person)


def test_it_is_swept_away_after_a_day(person):
    auftrag = done(ordered(person))
    Auftrag.objects.filter(pk=auftrag.pk).update(erstellt=timezone.now() - KEPT - timedelta(seconds=1))
    assert client_of(person).get(f"/auftraege/{auftrag.pk}/").status_code == 404
    ordered(person)
    assert not Auftrag.objects.filter(pk=auftrag.pk).exists()
    assert not Auftragsteil.objects.exists()


def test_a_kind_that_nobody_knows_any_more_fails(person):
    auftrag = Auftrag.objects.create(person=person, art="von-gestern", titel="x", erstellt=timezone.now())
    assert done(auftrag).fehler == running.UNKNOWN
    assert client_of(person).get(f"/auftraege/{auftrag.pk}/").status_code == 404
    with pytest.raises(KeyError):
        ordered(person, "von-gestern")


@pytest.mark.django_db(transaction=True)
def test_one_whose_process_died_is_told_as_failed():
    person = make_person("revision", role="Revision")
    auftrag, now = ordered(person), datetime(2026, 11, 23, tzinfo=UTC)
    taken, leave = threading.Event(), threading.Event()

    def work():
        running.claim()
        taken.set()
        leave.wait(20)
        with pytest.raises(OperationalError), connection.cursor() as cursor:  # as the process dies: its session ends
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        connections.close_all()

    thread = threading.Thread(target=work)
    thread.start()
    assert taken.wait(20)
    auftrag.refresh_from_db()
    assert not has_died(auftrag, now)
    leave.set()
    thread.join(20)
    page = client_of(person).get(f"/auftraege/{auftrag.pk}/").content.decode()
    assert "unterbrochen, weil der Server neu gestartet wurde" in page
    ordered(person)
    ordered(person)  # the dead one does not count


@pytest.mark.django_db(transaction=True)
def test_two_processes_never_do_the_same_one():
    person = make_person("revision", role="Revision")
    first, second = ordered(person), ordered(person)
    with transaction.atomic():
        held = Auftrag.objects.select_for_update().get(pk=first.pk)
        claimed = []

        def work():
            claimed.extend([running.claim(), running.claim()])
            running.finish(claimed[0])
            connections.close_all()

        thread = threading.Thread(target=work)
        thread.start()
        thread.join(20)
    assert held == first
    assert claimed == [second, None]


@pytest.mark.django_db(transaction=True)
def test_waking_does_all_that_waits(monkeypatch):
    monkeypatch.setattr("portal.auftraege.ordering.wake", running.wake)
    person = make_person("revision", role="Revision")
    auftraege = [ordered(person), ordered(person)]
    thread = running._thread
    if thread is not None:
        thread.join(20)
    for auftrag in auftraege:
        auftrag.refresh_from_db()
    assert [auftrag.zustand for auftrag in auftraege] == [Zustand.FERTIG] * 2
    assert running._thread is None
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")
        assert cursor.fetchone() == (0,)
