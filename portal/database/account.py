"""As whom the server runs, and what that user can reach. PostgreSQL refuses to run as root."""

import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from portal.database.faults import DatabaseUnavailable

try:
    import pwd
except ImportError:  # Windows, which portal.database refuses before anything here is called
    pwd = None

SERVICE_USERS = ("postgres", "nobody")
# The application's secrets stay out of the server's environment, and LC_*, LANG and PG* must not steer it.
# A locale that needs no generating: the host's LANG may name one that does not exist.
LOCALE = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"
PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TZ")

# Tests with the rights of the user who runs it, so ACLs and group rights count as they really are.
FIRST_CLOSED = """
for path do
    if [ -d "$path" ]; then [ -x "$path" ]; else [ -r "$path" ]; fi || { printf '%s' "$path"; exit 1; }
done
"""


@dataclass(frozen=True)
class Account:
    """A user of the operating system."""

    name: str
    uid: int
    gid: int

    def run(self, command: Sequence[str | Path], folder: Path, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Run a program as this user, in this folder, in a clean environment; its output and exit status come back."""
        identity = {} if self.uid == os.geteuid() else {"user": self.uid, "group": self.gid, "extra_groups": []}
        environ = {key: os.environ[key] for key in PASSED_ON if key in os.environ} | {"LC_ALL": LOCALE}
        return subprocess.run(
            command,
            cwd=folder,
            env=environ,
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
            **identity,
        )

    def first_closed(self, paths: Iterable[Path]) -> Path | None:
        """Return the first directory on the way to the paths that this user may not pass, or file it may not read.

        What does not exist is not closed.
        """
        steps = [step for path in paths for step in [*reversed(path.parents), path] if os.path.lexists(step)]
        answer = self.run(["/bin/sh", "-c", FIRST_CLOSED, "sh", *steps], Path("/"))
        return Path(answer.stdout) if answer.returncode else None

    def own(self, path: Path) -> None:
        """Hand over something this process has just created."""
        if os.lstat(path).st_uid != self.uid:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)


def account_for(cluster: Path) -> Account:
    """Return who runs the server: ourselves, or for root the cluster's owner, else `postgres`, else `nobody`.

    The owner comes first because a package installed between two starts may bring the user `postgres`.
    Raises DatabaseUnavailable when root finds none of them.
    """
    if os.geteuid() != 0:
        return _account(os.geteuid(), os.getegid())
    if os.path.lexists(cluster):
        owner = os.lstat(cluster)
        if owner.st_uid == 0:
            raise DatabaseUnavailable(
                f"Die Datenbank in {cluster} gehört root, PostgreSQL läuft aber nicht als root: "
                "Das Verzeichnis muss wieder dem Benutzer gehören, der es angelegt hat."
            )
        return _account(owner.st_uid, owner.st_gid)
    for name in SERVICE_USERS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid)
    raise DatabaseUnavailable(
        "PostgreSQL läuft nicht als root, und es gibt weder den Benutzer „postgres“ noch „nobody“: "
        "Bitte als gewöhnlicher Benutzer starten oder DATABASE_URL setzen."
    )


def _account(uid: int, gid: int) -> Account:
    try:
        return Account(pwd.getpwuid(uid).pw_name, uid, gid)
    except KeyError:
        return Account("", uid, gid)
