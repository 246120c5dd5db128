"""Processes of the portal that use the embedded database, and a look at the server behind them."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

import portal.database
from portal.database import database_settings, processes
from portal.database.account import account_for

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="Nur root kann Rechte eines anderen Benutzers annehmen.")

PROJECT = Path(portal.database.__file__).parents[2]
APP = "import sys; from portal.database import ensure_running; ensure_running(); print('bereit', flush=True);"
WAIT = "sys.stdin.readline()"
PATIENCE = 30  # seconds; far more than anything here needs


@contextlib.contextmanager
def open_folder():
    """Give a new directory that the server's user can pass (not so tmp_path); end what runs in it afterwards."""
    root = Path(tempfile.mkdtemp(prefix="portal-test-", dir="/tmp"))
    root.chmod(0o755)
    try:
        yield root
    finally:
        end_servers_below(root)
        shutil.rmtree(root)


class App:
    """A process that uses the database until it is told to end."""

    def __init__(self, data, code=APP + WAIT, project=PROJECT, **environ):
        self.process = subprocess.Popen(
            [sys.executable, "-c", code],
            env={key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "PORTAL_DATA")}
            | {"PYTHONPATH": str(project), "PYTHONDONTWRITEBYTECODE": "1"}
            | ({"PORTAL_DATA": str(data)} if data else {})
            | environ,
            cwd="/",
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def ready(self):
        assert self.process.stdout.readline() == "bereit\n", self.end()
        return self

    def end(self, signal_number=None):
        """Let it end, or make it; returns what it wrote to stderr."""
        if signal_number:
            self.process.send_signal(signal_number)
        with contextlib.suppress(BrokenPipeError):
            return self.process.communicate("\n", timeout=PATIENCE)[1]


def end_servers_below(root):
    """Kill what still works on a cluster below, told by its working directory."""
    for cluster in [path.parent for path in root.rglob("PG_VERSION") if path.parent.parent.name == "postgres"]:
        for number in workers(cluster):
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        wait_for(lambda cluster=cluster: not workers(cluster))


def workers(cluster):
    """Return the numbers of the server's live processes."""
    return processes.working_on(cluster, account_for(cluster))


def postmaster(data):
    """Return the number of its main process, None if there is none."""
    return processes.postmaster_of(data / "postgres/cluster", account_for(data / "postgres/cluster"))


def wait_for(condition):
    """Return when it holds; fail when it never does."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def ask(data, *statements):
    """Run statements, and return the first value of the last one."""
    settings = database_settings({"PORTAL_DATA": str(data)})
    where = {"host": settings["HOST"], "port": settings["PORT"], "user": settings["USER"], "dbname": settings["NAME"]}
    connection = psycopg.connect(**where, autocommit=True)
    with contextlib.closing(connection):
        for statement in statements:
            cursor = connection.execute(statement)
        return cursor.fetchone()[0] if cursor.description else None
