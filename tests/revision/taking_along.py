"""What the tests of exports and dossiers share: doing an Auftrag at once, and running the checker as people do."""

import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import portal.urls  # noqa: F401 - registers what can be asked for
from portal.auftraege.registry import File, Progress, job_named
from portal.ledger import dossier_checker
from tests.factories import settle

NOW = datetime(2026, 11, 23, 8, 30, 15, tzinfo=UTC)
CHECKER = Path(dossier_checker.__file__)


def made(job: str, person: Any, **parameters: Any) -> File:
    """Return the file of an Auftrag, made here and now."""
    settle()
    return job_named(job).run(parameters, Progress(person, NOW, BytesIO()))


def content(file: File) -> bytes:
    file.content.seek(0)
    return file.content.read()


def dossier(person: Any, art: str, slug: str) -> bytes:
    """Return the ZIP of a dossier."""
    return content(made("dossier", person, art=art, slug=slug, adresse="https://portal.example/"))


def unpacked(archive: bytes, folder: Path) -> Path:
    """Unpack a dossier as somebody would who got it by mail."""
    with zipfile.ZipFile(BytesIO(archive)) as file:
        file.extractall(folder)
    return folder


def checked(*arguments: Any, checker: Path = CHECKER) -> tuple[int, str]:
    """Run the checker in a Python without anything installed; return status and what it says."""
    command = [sys.executable, "-I", "-S", str(checker), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr == ""
    return done.returncode, done.stdout
