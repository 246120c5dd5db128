"""The real server as a child process, and a visitor who asks it over one kept connection."""

import http.client
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.bench.environment import BenchFailed

HOST = "127.0.0.1"
START_SECONDS, STOP_SECONDS, ANSWER_SECONDS = 60, 20, 20
# As `manage.py start` serves. Connections are kept longer, or the visitor would come back to the other, cold worker.
GUNICORN = (
    "--worker-class", "gthread", "--workers", "2", "--threads", "4", "--keep-alive", "120", "--log-level", "warning",
    "--no-control-socket",
)  # fmt: skip


class Visitor:
    """Asks one server for pages, with a session, over one connection."""

    def __init__(self, port: int, cookies: dict[str, str]) -> None:
        self._connection = http.client.HTTPConnection(HOST, port, timeout=ANSWER_SECONDS)
        self._headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}

    def get(self, path: str, *, signed_in: bool = True) -> tuple[int, bytes]:
        """Return status and body."""
        self._connection.request("GET", path, headers=self._headers if signed_in else {})
        answer = self._connection.getresponse()
        return answer.status, answer.read()

    def close(self) -> None:
        self._connection.close()


@contextmanager
def serve(database_url: str, cookies: dict[str, str]) -> Iterator[Visitor]:
    """Start gunicorn on a free port, on this database, and end it again. Raises BenchFailed."""
    with socket.socket() as listening, tempfile.TemporaryFile() as log:
        listening.bind((HOST, 0))  # bound here and handed over, so nobody else can take the port in between
        # gunicorn sets this only where it opens the socket itself; without it answers wait 40 ms for the visitor's ACK.
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        listening.listen(64)
        command = [sys.executable, "-m", "gunicorn", "portal.wsgi", *GUNICORN, "--bind", f"fd://{listening.fileno()}"]
        server = subprocess.Popen(
            command,
            env=os.environ | {"DATABASE_URL": database_url},
            pass_fds=[listening.fileno()],
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        visitor = Visitor(listening.getsockname()[1], cookies)
        try:
            _wait_until_ready(server, visitor, log)
            yield visitor
        finally:
            visitor.close()
            _end(server)


def _wait_until_ready(server: subprocess.Popen, visitor: Visitor, log: tempfile.SpooledTemporaryFile) -> None:
    deadline = time.monotonic() + START_SECONDS
    status, body = 0, b""
    while status != 200 and server.poll() is None and time.monotonic() < deadline:
        try:
            status, body = visitor.get("/health/ready", signed_in=False)
        except (OSError, http.client.HTTPException):
            visitor.close()
        time.sleep(0.1)
    if status != 200:
        log.seek(0)
        words = log.read().decode("utf-8", "replace") + body.decode("utf-8", "replace")
        raise BenchFailed(f"Der Server für die Messung ist nicht gestartet (Status {status}):\n{words[-2000:]}")


def _end(server: subprocess.Popen) -> None:
    server.terminate()
    try:
        server.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
