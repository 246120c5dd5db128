"""What manage.py does before Django: the right Python, and the database only where it is needed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import manage

PROJECT = Path(__file__).resolve().parents[1]
BARE_PYTHON = os.path.realpath(sys.executable)


@pytest.fixture
def folder(tmp_path):
    """A project folder with nothing in it but manage.py."""
    path = tmp_path / "mit Leerzeichen"
    path.mkdir()
    shutil.copy(PROJECT / "manage.py", path)
    return path


def run_bare(folder: Path, *arguments: str) -> subprocess.CompletedProcess:
    """Run manage.py with a Python that sees no installed package (-S)."""
    return subprocess.run([BARE_PYTHON, "-S", "manage.py", *arguments], cwd=folder, capture_output=True, text=True)


def test_without_environment_one_sentence_says_what_to_do(folder):
    done = run_bare(folder, "migrate")
    assert (done.returncode, done.stdout) == (1, "")
    assert (
        done.stderr == "Das Portal ist noch nicht eingerichtet. Bitte zuerst „make run“ oder „make setup“ aufrufen.\n"
    )


def test_python_without_django_hands_over_to_the_environment(folder):
    python = folder / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\nfor argument in "$@"; do echo "[$argument]"; done\nexit 7\n', encoding="ascii")
    python.chmod(0o755)
    done = run_bare(folder, "import_weisung", "eine Datei.md")
    assert done.returncode == 7
    assert done.stdout == "[manage.py]\n[import_weisung]\n[eine Datei.md]\n"


def test_environment_without_django_does_not_hand_over_to_itself(folder):
    subprocess.run([BARE_PYTHON, "-m", "venv", "--without-pip", folder / ".venv"], check=True)
    python = folder / ".venv" / "bin" / "python"
    done = subprocess.run([python, "manage.py", "migrate"], cwd=folder, capture_output=True, text=True, timeout=20)
    assert done.returncode == 1
    assert done.stderr.startswith("Das Portal ist noch nicht eingerichtet.")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ("", False),
        ("help migrate", False),
        ("migrate --help", False),
        ("--version", False),
        ("check --deploy", False),
        ("check --database default", True),
        ("makemigrations --check --dry-run", True),
        ("collectstatic --noinput", False),
        ("start", False),
        ("migrate", True),
        ("import_weisung datei.md --dry-run", True),
        ("runserver", True),
    ],
)
def test_database_is_started_only_for_commands_that_may_ask_it(arguments, expected):
    assert manage.needs_database(arguments.split()) is expected


def test_unavailable_database_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("", encoding="ascii")
    environ = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "PORTAL_ENV")}
    environ["PORTAL_DATA"] = str(tmp_path / "file" / "var")  # a folder below a file cannot be made
    done = subprocess.run(
        [sys.executable, PROJECT / "manage.py", "migrate"], env=environ, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
