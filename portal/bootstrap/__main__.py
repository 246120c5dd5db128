"""The targets, and what the terminal sees of them.

Exit status 1: the target cannot work, or (with CI=true) a system package is missing that a person's machine may do
without.
"""

from __future__ import annotations

import fcntl
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from portal.bootstrap.debian import PDF_LIBRARIES, TEST_PROGRAMS, system_packages
from portal.bootstrap.lock import lock
from portal.bootstrap.node import fonts, node_packages
from portal.bootstrap.python import OLDEST_PYTHON, python_packages
from portal.bootstrap.shell import ROOT, SetupFailed, say


def prepare_run() -> bool:
    """Set up `make run`."""
    python_packages("embedded")
    node_packages()
    fonts()
    return system_packages(PDF_LIBRARIES, "bis dahin entstehen keine PDF-Dateien")


def prepare_test() -> bool:
    """Set up the tests and the bench."""
    python_packages("dev")
    node_packages()
    fonts()
    return system_packages(
        PDF_LIBRARIES + TEST_PROGRAMS, "bis dahin werden Tests von PDF-Dateien und im Browser übersprungen"
    )


def prepare_lint() -> bool:
    """Set up `make lint`: Django's check misses the folder of KERN UX when it is not there."""
    python_packages("dev")
    node_packages()
    return True


TARGETS: dict[str, Callable[..., bool]] = {
    "run": prepare_run,
    "test": prepare_test,
    "lint": prepare_lint,
    "lock": lock,
}


@contextmanager
def alone() -> Iterator[None]:
    """Wait until no other set-up works in this folder; the kernel frees the lock, however a process ends."""
    descriptor = os.open(ROOT, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Eine andere Einrichtung läuft schon, ihr Ende wird abgewartet …")
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def main(arguments: Sequence[str]) -> int:
    """Set up one target and return the exit status."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # a terminal without „→“ shows a question mark, not a traceback
    if sys.version_info[:2] < OLDEST_PYTHON:
        print(f"Nötig ist Python 3.11 oder neuer, dies ist {sys.version.split()[0]}.", file=sys.stderr)
        return 1
    if not arguments or arguments[0] not in TARGETS:
        print(f"Aufruf: python3 -m portal.bootstrap {'|'.join(TARGETS)}", file=sys.stderr)
        return 2
    try:
        with alone():
            complete = TARGETS[arguments[0]](*arguments[1:])
    except SetupFailed as fault:
        print(fault, file=sys.stderr)
        return 1
    except OSError as fault:
        print(f"Die Einrichtung ist nicht möglich: {fault}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Einrichtung abgebrochen; der nächste Aufruf setzt sie fort.", file=sys.stderr)
        return 130
    return 0 if complete or os.environ.get("CI") != "true" else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
