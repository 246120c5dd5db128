"""Which processes work on a cluster: told by their working directory, for a number in a file may be anybody's."""

import contextlib
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

from portal.database.account import Account
from portal.database.faults import DatabaseUnavailable

PROC = Path("/proc/self/cwd")
ACCEPTING, REJECTING = 0, 1  # exit status of pg_isready; 2 = no answer
SILENCE_SECONDS = 10
POLL_SECONDS = 0.05

# Run as the server's own user: even root may not read the working directories of others in a container.
WORKING_ON = """
for process in /proc/[0-9]*; do
    name=; { read -r name < "$process/comm"; } 2>/dev/null
    [ "$name" = postgres ] && [ "$process/cwd" -ef "$1" ] && echo "${process#/proc/}"
done
:
"""


def working_on(cluster: Path, account: Account) -> list[int]:
    """Return the numbers of the live PostgreSQL processes whose working directory is the cluster; a zombie has none."""
    if PROC.exists():
        answer = account.run(["/bin/sh", "-c", WORKING_ON, "sh", cluster], Path("/"))
        return [int(line) for line in answer.stdout.split()]
    try:  # macOS
        lines = account.run(["lsof", "-w", "-a", "-c", "postgres", "-d", "cwd", "-Fpn"], Path("/")).stdout.splitlines()
    except FileNotFoundError:
        return []  # PostgreSQL's own interlock (shared memory) remains
    found, number = [], 0
    for line in lines:
        if line.startswith("p"):
            number = int(line[1:])
        elif line == f"n{os.path.realpath(cluster)}":
            found.append(number)
    return found


def postmaster_of(cluster: Path, account: Account) -> int | None:
    """Return the number of the server's main process if it is alive."""
    try:
        number = int((cluster / "postmaster.pid").read_text(encoding="utf-8").split()[0])
    except (FileNotFoundError, IndexError, ValueError):
        return None
    return number if number in working_on(cluster, account) else None


def outlast(cluster: Path, account: Account, pg_isready: Callable[[], int], seconds: int) -> bool:
    """Wait while processes work on the cluster; True: a server that was starting answers now, False: nobody is left.

    Processes that give no answer (children of a killed server, a server whose socket was deleted) are asked to end,
    first with SIGINT, then with SIGQUIT; PostgreSQL recovers from its log. Raises DatabaseUnavailable when they stay.
    """
    deadline = time.monotonic() + seconds
    silent_since = time.monotonic()
    urges = [signal.SIGINT, signal.SIGQUIT]
    while processes := working_on(cluster, account):
        state = pg_isready()
        if state == ACCEPTING:
            return True
        now = time.monotonic()
        if state == REJECTING:
            silent_since = now  # it starts, recovers or stops, and takes its time
        elif now - silent_since > SILENCE_SECONDS and urges:
            silent_since = now
            for number in processes:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(number, urges[0])
            del urges[0]
        if now > deadline:
            raise DatabaseUnavailable(
                f"Ein Datenbankserver in {cluster} antwortet nicht und endet nicht (Prozess {processes[0]})."
            )
        time.sleep(POLL_SECONDS)
    return False
