"""The database: whatever DATABASE_URL names, or an embedded PostgreSQL for trying out and for tests.

The embedded server needs no installation and no administrator: it listens only on a Unix socket that nobody but its own
user can reach, starts with the first process of the portal and stops with the last one. Not for production or Windows.
The modules: places (where), account (as whom), programs (which binaries), processes and server (start, stop, crashes).
Knows no Django, so a command can start the database before Django is set up.
"""

import os
from collections.abc import Mapping
from typing import Any

from portal.database.faults import DatabaseUnavailable
from portal.database.places import DATABASE, PORT, USER, data_folder, note_of, server_folder, socket_folder

__all__ = ["DatabaseUnavailable", "data_folder", "database_settings", "ensure_running"]

# One process serves few requests at once; the error page must not wait for half a minute when the database is down.
POOL = {"min_size": 1, "max_size": 6, "timeout": 5}
ENGINE = "django.db.backends.postgresql"

_servers = {}


def database_settings(environ: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Return Django's DATABASES["default"]: DATABASE_URL if set, else the embedded server below the data folder.

    Starts and creates nothing. Connections are pooled and checked before use; with a pool CONN_MAX_AGE must be 0.
    Raises DatabaseUnavailable when DATABASE_URL is no PostgreSQL, or where no server can be embedded (Windows).
    """
    if environ.get("DATABASE_URL"):
        settings = _named_database(environ["DATABASE_URL"])
    else:
        _refuse_windows()
        host = str(socket_folder(server_folder(environ)))
        settings = {"ENGINE": ENGINE, "NAME": DATABASE, "USER": USER, "PASSWORD": "", "HOST": host, "PORT": PORT}
    settings["OPTIONS"] = {"pool": dict(POOL)} | settings.get("OPTIONS", {})
    return settings | {"ATOMIC_REQUESTS": True, "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": True}


def ensure_running(environ: Mapping[str, str] = os.environ) -> None:
    """Start the embedded server if that is what is configured; the last process that called this stops it at its exit.

    Cheap when it already runs. A forked child neither keeps nor stops the server, unless it calls this itself. Exit
    means atexit: normal end, sys.exit, Ctrl-C. SIGTERM runs no atexit unless the program turns it into an exit, as
    gunicorn and runserver do; otherwise, and after `kill -9`, the server stays until the next process using it exits.
    Raises DatabaseUnavailable.
    """
    if environ.get("DATABASE_URL"):
        return
    _refuse_windows()
    from portal.database.server import EmbeddedServer  # needs what Windows lacks

    folder = server_folder(environ)
    server = _servers.setdefault(folder, EmbeddedServer(folder, note_of(folder, environ), environ))
    server.ensure_running()


def _named_database(url: str) -> dict[str, Any]:
    import dj_database_url  # only here: the embedded server gets along with the standard library

    try:
        settings = dict(dj_database_url.parse(url))
    except ValueError:
        settings = {}
    if settings.get("ENGINE") != ENGINE or not settings.get("NAME"):  # the URL holds a password: never repeat it
        raise DatabaseUnavailable(
            "DATABASE_URL muss die Form postgresql://benutzer:kennwort@rechner:5432/datenbank haben."
        )
    return settings


def _refuse_windows() -> None:
    if os.name == "nt":
        raise DatabaseUnavailable(
            "Die mitgelieferte Datenbank läuft nicht unter Windows; bitte DATABASE_URL setzen oder WSL verwenden."
        )
