"""apt as an administrator and as an ordinary user; a program of ours stands in and "installs" by creating a command."""

from pathlib import Path

import pytest

from portal.bootstrap import debian
from portal.bootstrap.debian import SystemPackage, library, program, system_packages

FAKE_APT = """#!/bin/sh
bin=$(/usr/bin/dirname "$0")
echo "$*" >> "$bin/apt.log"
case "$1" in
update) /usr/bin/touch "$bin/fresh" ;;
install)
    [ -e "$bin/fresh" ] || [ -z "$NEEDS_UPDATE" ] || { echo "E: Unable to locate package"; exit 100; }
    for name in "$@"; do :; done
    [ "$name" = "unbekannt" ] && exit 100
    echo > "$bin/$name"; /bin/chmod +x "$bin/$name" ;;
esac
"""


def make_program(folder: Path, name: str, script: str) -> None:
    (folder / name).write_text(script, encoding="utf-8")
    (folder / name).chmod(0o755)


@pytest.fixture
def apt(tmp_path, monkeypatch):
    """An administrator's machine with that apt and nothing else; returns its folder of programs."""
    (tmp_path / "bin").mkdir()
    make_program(tmp_path / "bin", "apt-get", FAKE_APT)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr(debian.os, "geteuid", lambda: 0)
    return tmp_path / "bin"


def packages(*names: str) -> list[SystemPackage]:
    return [SystemPackage(name, program(name)) for name in names]


def apt_calls(folder: Path) -> list[list[str]]:
    lines = (folder / "apt.log").read_text(encoding="utf-8").splitlines()
    return [[word for word in line.split() if not word.startswith("-") and "=" not in word] for line in lines]


def test_administrator_gets_exactly_what_is_missing(apt, capsys):
    make_program(apt, "vorhanden", "#!/bin/sh\n")
    assert system_packages(packages("vorhanden", "fehlend"), "ohne")
    assert apt_calls(apt) == [["install", "fehlend"]]
    assert system_packages(packages("vorhanden", "fehlend"), "ohne")
    assert len(apt_calls(apt)) == 1
    assert capsys.readouterr().err == ""


def test_package_lists_are_renewed_only_when_they_lead_nowhere(apt, monkeypatch):
    monkeypatch.setenv("NEEDS_UPDATE", "1")
    assert system_packages(packages("fehlend"), "ohne")
    assert apt_calls(apt) == [["install", "fehlend"], ["update"], ["install", "fehlend"]]


def test_failing_apt_is_reported_with_the_command_for_later(apt, capsys):
    assert not system_packages(packages("unbekannt"), "bis dahin fehlt etwas")
    printed = capsys.readouterr().err
    assert "apt-get konnte unbekannt nicht installieren." in printed
    assert "bis dahin fehlt etwas. Als Administrator installieren: apt-get install" in printed


def test_ordinary_user_is_told_and_apt_is_not_called(apt, monkeypatch, capsys):
    monkeypatch.setattr(debian.os, "geteuid", lambda: 1000)
    assert not system_packages(packages("fehlend"), "bis dahin fehlt etwas")
    assert not (apt / "apt.log").exists()
    assert capsys.readouterr().err == (
        "Es fehlen Systempakete, bis dahin fehlt etwas. "
        "Als Administrator installieren: apt-get install --no-install-recommends fehlend\n"
    )


def test_library_and_program_are_looked_for_by_name():
    assert library("libgibtesnicht.so.1", "libc.so.6")()
    assert not library("libgibtesnicht.so.1")()
    assert program("sh")()
    assert not program("gibtesnicht")()
