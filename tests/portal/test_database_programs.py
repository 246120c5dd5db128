"""Which PostgreSQL programs the launcher takes; the programs here are scripts that only know their version."""

import os

import pytest

from portal.database import DatabaseUnavailable, programs
from portal.database.account import Account
from tests.portal.database_apps import as_root, open_folder


def fake_programs(folder, version="18.6"):
    folder.mkdir(parents=True)
    for name in ("initdb", "pg_ctl", "pg_isready", "postgres"):
        (folder / name).write_text(f'#!/bin/sh\necho "{name} (PostgreSQL) {version}"\n')
        (folder / name).chmod(0o755)
    return folder


def me():
    return Account("ich", os.geteuid(), os.getegid())


@pytest.fixture
def open_path():
    with open_folder() as folder:
        yield folder


@pytest.fixture
def no_programs(monkeypatch, tmp_path):
    monkeypatch.setattr(programs, "wheel_folder", lambda: None)
    monkeypatch.setattr(programs, "INSTALLED", tmp_path / "nichts")


def test_programs_of_the_environment_come_first_and_stand_alone(no_programs, monkeypatch, open_path):
    wheel = fake_programs(open_path / "wheel/bin")
    monkeypatch.setattr(programs, "wheel_folder", lambda: wheel.parent)
    named = fake_programs(open_path / "eigene/bin", "16.2")
    found = programs.find_programs(me(), open_path, environ={"PORTAL_PG_BIN": str(named)})
    assert (found.folder, found.major) == (named, 16)
    with pytest.raises(DatabaseUnavailable, match="leer"):
        programs.find_programs(me(), open_path, environ={"PORTAL_PG_BIN": str(open_path / "leer")})


def test_programs_of_the_wheel_come_before_installed_ones_and_those_newest_first(no_programs, monkeypatch, open_path):
    for version in ("9", "14", "15", "16"):
        fake_programs(open_path / "lib" / version / "bin", f"{version}.1 (Debian)")
    monkeypatch.setattr(programs, "INSTALLED", open_path / "lib")
    assert programs.find_programs(me(), open_path, environ={}).major == 16
    assert programs.find_programs(me(), open_path, 15, environ={}).folder == open_path / "lib/15/bin"
    wheel = fake_programs(open_path / "wheel/bin")
    monkeypatch.setattr(programs, "wheel_folder", lambda: wheel.parent)
    assert programs.find_programs(me(), open_path, environ={}).folder == wheel


def test_programs_below_15_or_of_another_major_are_refused_with_what_was_seen(no_programs, monkeypatch, open_path):
    fake_programs(open_path / "lib/14/bin", "14.1")
    monkeypatch.setattr(programs, "INSTALLED", open_path / "lib")
    with pytest.raises(DatabaseUnavailable, match=r"PostgreSQL ab 15 wurde nicht gefunden.*14/bin \(14\)"):
        programs.find_programs(me(), open_path, environ={})
    fake_programs(open_path / "lib/16/bin", "16.1")
    with pytest.raises(DatabaseUnavailable, match=r"PostgreSQL 18 .*16/bin \(16\)"):
        programs.find_programs(me(), open_path, 18, environ={})


@as_root
def test_programs_of_the_wheel_are_copied_once_when_the_account_cannot_reach_them(no_programs, monkeypatch, open_path):
    wheel = fake_programs(open_path / "zu/wheel/pginstall/bin")
    for name in ("lib", "share", "../../wheel.libs"):
        (wheel.parent / name).mkdir()
    (open_path / "zu/wheel.libs/lib.so").write_text("so")
    (wheel.parent / "share/nur-root").write_text("x")
    (wheel.parent / "share/nur-root").chmod(0o600)
    (open_path / "zu").chmod(0o700)
    monkeypatch.setattr(programs, "wheel_folder", lambda: wheel.parent)
    nobody = Account("nobody", 65534, 65534)
    target = open_path / "postgres"
    target.mkdir()
    found = programs.find_programs(nobody, target, environ={})
    assert found.folder.is_relative_to(target)
    assert nobody.run(["cat", found.folder.parent / "share/nur-root"], target).stdout == "x"
    assert nobody.run(["cat", found.folder.parents[2] / "wheel.libs/lib.so"], target).stdout == "so"
    made = found.path("postgres").stat().st_ctime_ns
    assert programs.find_programs(nobody, target, environ={}) == found
    assert found.path("postgres").stat().st_ctime_ns == made
    with pytest.raises(DatabaseUnavailable, match=f"darf {open_path / 'zu'} nicht lesen"):
        programs.find_programs(nobody, target, environ={"PORTAL_PG_BIN": str(fake_programs(open_path / "zu/b/bin"))})


def test_programs_in_a_path_that_a_shell_would_read_are_refused(no_programs, tmp_path):
    folder = fake_programs(tmp_path / "a$(touch x)/bin")
    with pytest.raises(DatabaseUnavailable, match="startet nicht aus einem Pfad"):
        programs.find_programs(me(), tmp_path, environ={"PORTAL_PG_BIN": str(folder)})
