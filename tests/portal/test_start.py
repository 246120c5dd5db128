"""manage.py start as a person uses it: up, answering, kept, and gone with Ctrl-C."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.slow, pytest.mark.needs_pdf]


@pytest.fixture
def data() -> Iterator[Path]:
    """A folder that the service user of the database can reach, unlike pytest's own below a closed one."""
    folder = Path(tempfile.mkdtemp(prefix="portal-start-"))
    folder.chmod(0o755)
    yield folder / "Daten mit Ä"
    shutil.rmtree(folder)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(data: Path, port: int, output: TextIO) -> subprocess.Popen:
    environ = {key: value for key, value in os.environ.items() if key not in ("PORTAL_ENV", "DATABASE_URL")}
    return subprocess.Popen(
        [sys.executable, "manage.py", "start"],
        cwd=ROOT, env=environ | {"PORTAL_ENV": "demo", "PORTAL_DATA": str(data), "PORT": str(port)},
        stdout=output, stderr=subprocess.STDOUT,
    )  # fmt: skip


def answer(server: subprocess.Popen, port: int, path: str, seconds: int) -> tuple[int, str]:
    """The first answer of the server; fails with its output when it ends before or takes too long."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if server.poll() is not None:
            pytest.fail(f"Ende mit Status {server.returncode}.")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as response:
                return response.status, response.read().decode()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    server.kill()
    pytest.fail(f"Keine Antwort nach {seconds} Sekunden.")


def end(server: subprocess.Popen, with_signal: signal.Signals) -> int:
    server.send_signal(with_signal)
    try:
        return server.wait(timeout=60)
    except subprocess.TimeoutExpired:
        server.kill()
        raise


@pytest.mark.parametrize("with_signal", [signal.SIGINT, signal.SIGTERM])
def test_start_serves_keeps_and_ends_cleanly(data, tmp_path, with_signal):
    port = free_port()
    with (tmp_path / "first").open("w") as output:
        first = start(data, port, output)
        status, page = answer(first, port, "/", seconds=240)
        assert status == 200
        assert "sachbearbeitung" in page  # the demo shows its people on the login page
        assert end(first, with_signal) == 0
    # A clean stop removes the note of the running server; a killed one would leave it.
    assert not list(data.rglob("postmaster.pid"))

    with (tmp_path / "second").open("w") as output:
        began = time.monotonic()
        second = start(data, port, output)
        assert answer(second, port, "/health/ready", seconds=60)[0] == 200
        assert time.monotonic() - began < 45
        assert end(second, with_signal) == 0
    assert "Beispiele veröffentlichen" in (tmp_path / "first").read_text()
    assert "Beispiele veröffentlichen" not in (tmp_path / "second").read_text()
