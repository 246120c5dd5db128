"""The one exception of the database launcher, and how the launcher talks to the person who waits."""

import sys


class DatabaseUnavailable(RuntimeError):
    """There is no database to work with; the message is one German sentence fit for the user."""


def say(text: str) -> None:
    """Tell what takes a while; on stderr, because stdout belongs to the output of the command."""
    print(text, file=sys.stderr, flush=True)
