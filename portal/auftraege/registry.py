"""What can be asked for: named functions `(parameters, progress) -> File`, each with the right that it needs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, BinaryIO


class Refused(Exception):
    """The work cannot be done; the message is one German sentence fit for the user."""


@dataclass(frozen=True)
class File:
    """What comes of it. `content`: an open file, read from its beginning by whoever stores it."""

    name: str
    content_type: str
    content: BinaryIO


@dataclass
class Progress:
    """Tells how far the work is; `person` asked for it, at `erstellt`. `scratch`: an empty file, gone afterwards."""

    person: Any
    erstellt: datetime
    scratch: BinaryIO
    tell: Callable[[int, int], None] = field(default=lambda done, total: None)

    def __call__(self, done: int, total: int) -> None:
        self.tell(done, total)


Function = Callable[[Mapping[str, Any], Progress], File]


@dataclass(frozen=True)
class Job:
    """One kind of work."""

    name: str
    right: str
    run: Function


_jobs: dict[str, Job] = {}


def job(name: str, *, right: str) -> Callable[[Function], Function]:
    """Register a function under a name; its module must be imported where the addresses are (portal/urls.py)."""

    def register(function: Function) -> Function:
        if name in _jobs:
            raise ValueError(f"Two functions for the Auftrag {name!r}")
        _jobs[name] = Job(name, right, function)
        return function

    return register


def job_named(name: str) -> Job | None:
    """Return the kind of work of that name, None for one that another release of the portal knew."""
    return _jobs.get(name)
