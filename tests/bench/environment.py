"""Which environment the measuring processes run in. Nothing of Django may be imported before `enter`."""

import os
import secrets
from typing import Any
from urllib.parse import quote, urlencode

from portal.database import database_settings


class BenchFailed(RuntimeError):
    """The measurement cannot go on; the message is German and fit for the person who started it."""


def database_url(settings: dict[str, Any], name: str) -> str:
    """Return the DATABASE_URL of another database in the same server, Unix socket or host alike."""
    account = quote(settings["USER"], safe="")
    if settings["PASSWORD"]:
        account += ":" + quote(settings["PASSWORD"], safe="")
    options = urlencode(connection_options(settings))
    host, port = quote(settings["HOST"], safe=""), settings["PORT"]
    return f"postgresql://{account}@{host}{f':{port}' if port else ''}/{name}{'?' + options if options else ''}"


def connection_options(settings: dict[str, Any]) -> dict[str, Any]:
    """Return what libpq is told beside the address; the pool is Django's."""
    return {name: value for name, value in settings["OPTIONS"].items() if name != "pool"}


def enter(name: str) -> dict[str, Any]:
    """Let this process and its children work on the database `name`; return the settings of the server as it was.

    The secret is made for this run and shared with the children, so that all of them accept the same session.
    """
    settings = database_settings()
    os.environ["PORTAL_ENV"] = "test"
    os.environ["SECRET_KEY"] = secrets.token_urlsafe(50)
    os.environ["DATABASE_URL"] = database_url(settings, name)
    return settings
