"""Where the embedded server keeps its files. No permission of anything that existed before is ever changed."""

import hashlib
import os
import stat
from collections.abc import Mapping
from pathlib import Path

from portal.database.account import account_for
from portal.database.faults import DatabaseUnavailable

PROJECT = Path(__file__).resolve().parents[2]
CLUSTER = "cluster"
USER = "portal"
DATABASE = "portal"
NOTE = "postgres-liegt-anderswo.txt"
OPEN_FOLDERS = (Path("/var/tmp"), Path("/tmp"))
PORT = "5432"  # only the name of the socket file depends on it; nothing listens on TCP
LONGEST_SOCKET = 100  # bytes; the kernel allows 107 (Linux) or 103 (macOS)


def data_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the folder for everything that is kept: PORTAL_DATA (relative to the project) or <project>/var.

    Secret key, media and other files belong here, always. The server's own files are in `postgres` below it, except
    when root works in a folder that is closed to the server's user: then only they move (see server_folder).
    """
    return (PROJECT / Path(environ.get("PORTAL_DATA") or "var").expanduser()).resolve()


def server_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """Return the folder of the server: <data>/postgres, or one outside the project when that one is out of its reach.

    It only moves when this is root, PORTAL_DATA is not set, and no database exists in the ordinary place. The note in
    the data folder says where to, and keeps it there even when the project is opened up later. Creates nothing.
    Raises DatabaseUnavailable when there is no safe place.
    """
    data = data_folder(environ)
    folder = data / "postgres"
    if environ.get("PORTAL_DATA") or os.geteuid() != 0 or os.path.lexists(folder / CLUSTER):
        return folder
    if not (data / NOTE).exists() and account_for(folder / CLUSTER).first_closed([folder]) is None:
        return folder
    return folder_elsewhere(PROJECT)


def note_of(folder: Path, environ: Mapping[str, str] = os.environ) -> Path | None:
    """Return the file in the data folder that tells of a server folder elsewhere; None for the ordinary place."""
    data = data_folder(environ)
    return None if folder == data / "postgres" else data / NOTE


def socket_folder(folder: Path) -> Path:
    """Return the directory of the server's socket: in its folder, or in /tmp when that path is too long for a socket.

    A comma is out as well: in a host name it separates two hosts.
    """
    inside = folder / "socket"
    if len(os.fsencode(inside / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET and "," not in str(inside):
        return inside
    return Path("/tmp") / f"arbeitsmittelportal-{os.geteuid()}-{_fingerprint(folder)}"


def claim_folder(folder: Path) -> None:
    """Create the folder, or make sure that it is ours alone: no link, our property, writable for nobody else.

    Root leaves it passable, because the server's user must get to its own directories in it.
    """
    make_parents(folder.parent)
    is_root = os.geteuid() == 0
    try:
        folder.mkdir(mode=0o711 if is_root else 0o700)
    except FileExistsError:
        if not _is_ours(folder):
            raise DatabaseUnavailable(
                f"Das Verzeichnis {folder} gehört nicht allein dem Benutzer, der das Portal startet; "
                "bitte als sein Eigentümer starten oder mit PORTAL_DATA ein anderes wählen."
            ) from None
    if is_root:
        folder.chmod(0o711)  # whatever the umask, also where another process has made it a moment ago


def make_parents(folder: Path) -> None:
    """Create missing directories; as root passable for all whatever the umask, because the server's user needs it."""
    for step in [*reversed(folder.parents), folder]:
        if not step.exists():
            step.mkdir(exist_ok=True)
            if os.geteuid() == 0:
                step.chmod(0o755)


def folder_elsewhere(project: Path) -> Path:
    """Return the folder of our own outside the project; creates nothing. Raises DatabaseUnavailable if none is safe."""
    name = f"arbeitsmittelportal-{_fingerprint(project)}"
    existing = [base / name for base in OPEN_FOLDERS if _is_ours(base / name)]
    possible = [base / name for base in OPEN_FOLDERS if base.is_dir() and not os.path.lexists(base / name)]
    if not existing + possible:
        raise DatabaseUnavailable(
            f"Weder {OPEN_FOLDERS[0] / name} noch {OPEN_FOLDERS[1] / name} ist als Ort der Datenbank sicher; "
            "bitte mit PORTAL_DATA ein Verzeichnis wählen."
        )
    return (existing + possible)[0]


def _is_ours(folder: Path) -> bool:
    try:
        found = os.lstat(folder)
    except FileNotFoundError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid() and not found.st_mode & 0o022


def _fingerprint(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:16]
