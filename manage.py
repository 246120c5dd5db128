#!/usr/bin/env python3
"""Django's command line, with what it needs: the virtual environment, and the database that belongs to this folder."""

import importlib.util
import os
import sys
from collections.abc import Sequence
from pathlib import Path

VENV = Path(__file__).resolve().parent / ".venv"
# These read and write files only; everything else may ask the database. `start` brings its own up itself.
WITHOUT_DATABASE = {
    "check",
    "collectstatic",
    "compilemessages",
    "diffsettings",
    "findstatic",
    "help",
    "makemessages",
    "start",
    "startapp",
    "version",
}
HELP = {"-h", "--help", "--version"}


def needs_database(arguments: Sequence[str]) -> bool:
    """Return whether the command (the arguments without `manage.py`) may ask the database."""
    if not arguments or HELP.intersection(arguments):
        return False
    names_a_database = any(argument.startswith("--database") for argument in arguments)
    return names_a_database or arguments[0] not in WITHOUT_DATABASE


def enter_virtual_environment() -> None:
    """Go on with the environment's own Python where this one has no Django; does not return then."""
    if importlib.util.find_spec("django") is not None:
        return
    python = VENV / "bin" / "python"
    if Path(sys.prefix).resolve() == VENV.resolve() or not python.exists():
        sys.exit("Das Portal ist noch nicht eingerichtet. Bitte zuerst „make run“ oder „make setup“ aufrufen.")
    os.execv(python, [str(python), *sys.argv])


def main() -> None:
    """Run the command; exit status 1 and one German sentence when the database cannot be reached."""
    enter_virtual_environment()
    os.environ.setdefault("PORTAL_ENV", "local")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    if os.environ["PORTAL_ENV"] in ("local", "demo") and needs_database(sys.argv[1:]):
        from portal.database import DatabaseUnavailable, ensure_running

        try:
            ensure_running()
        except DatabaseUnavailable as fault:
            sys.exit(str(fault))

    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    finally:
        close_database()


def close_database() -> None:
    """Close the pool before the embedded server stops at exit; else its threads complain of a lost connection."""
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        connection.close()
        if hasattr(connection, "close_pool"):
            connection.close_pool()


if __name__ == "__main__":
    main()
