"""The embedded PostgreSQL server of one folder: who starts it, who stops it, and what a crash leaves behind.

Every process that uses the server holds a shared lock on `life.lock`; at its exit it tries to make that lock exclusive,
and who succeeds is the last one and stops the server. The kernel frees the lock of a killed process, so nothing has to
be counted: after `kill -9` of the last process the server stays, and the next exit of any process stops it.
`start.lock` is held exclusively around every start and every stop.
"""

import atexit
import contextlib
import fcntl
import os
import shlex
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from portal.database.account import LOCALE, Account, account_for
from portal.database.faults import DatabaseUnavailable, say
from portal.database.places import CLUSTER, DATABASE, PORT, USER, claim_folder, make_parents, socket_folder
from portal.database.processes import ACCEPTING, outlast, postmaster_of
from portal.database.programs import Programs, find_programs

START_SECONDS = 120  # crash recovery: 4.4 s were measured for 0.9 GB of WAL
STOP_SECONDS = 60
LARGEST_LOG = 5_000_000  # bytes; a larger one is begun anew at the next start


class EmbeddedServer:
    """The server whose files are in `folder`; `note` is the file that must tell of a folder outside the data folder."""

    def __init__(self, folder: Path, note: Path | None = None, environ: Mapping[str, str] = os.environ) -> None:
        self.folder = folder
        self.cluster = folder / CLUSTER
        self.socket_folder = socket_folder(folder)
        self._note = note
        self._environ = environ
        self._life: int | None = None
        self._owner = 0
        self._account: Account | None = None
        self._programs: Programs | None = None

    def ensure_running(self) -> None:
        """Return when the server answers; start it, and create the database, where needed.

        From then on this process counts as a user of the server until its exit (atexit), see `release`.
        Raises DatabaseUnavailable with a German sentence.
        """
        try:
            claim_folder(self.folder)
            with self._alone():
                self._equip()
                self._join()
                self._start()
        except OSError as error:
            raise DatabaseUnavailable(
                f"Die Datenbank in {self.folder} konnte nicht gestartet werden: {error}"
            ) from error

    def release(self) -> None:
        """Stop counting as a user, and stop the server when this was the last one. Does nothing in a forked child."""
        if self._life is None or self._owner != os.getpid():
            return
        life, self._life = self._life, None
        try:
            with self._alone():
                fcntl.flock(life, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._stop()
        except BlockingIOError:
            pass  # others still use it
        except FileNotFoundError:
            pass  # the folder is gone, and the server ends by itself within a minute
        finally:
            os.close(life)

    def _release_at_exit(self) -> None:
        try:
            self.release()
        except (DatabaseUnavailable, OSError) as error:
            say(f"Die Datenbank in {self.folder} konnte nicht angehalten werden: {error}")

    def is_running(self) -> bool:
        """Tell whether this folder's server accepts connections; asked by a connection, never by a process number."""
        # A server whose files were deleted under it may still answer for up to a minute.
        return (self.cluster / "postmaster.pid").exists() and self._pg_isready() == ACCEPTING

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        lock = _open_lock(self.folder / "start.lock")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            fcntl.flock(lock, fcntl.LOCK_UN)  # closing is not enough where another thread has forked meanwhile
            os.close(lock)

    def _join(self) -> None:
        if self._life is not None and self._owner == os.getpid():
            return
        if self._life is not None:
            os.close(self._life)  # inherited by fork: the parent keeps its lock
        if self._owner == 0:
            atexit.register(self._release_at_exit)
        life = _open_lock(self.folder / "life.lock")
        try:
            self._set_foreign_data_aside(life)
            fcntl.flock(life, fcntl.LOCK_SH)
        except BaseException:
            os.close(life)
            raise
        self._life, self._owner = life, os.getpid()

    def _set_foreign_data_aside(self, life: int) -> None:
        """A folder elsewhere without its note belongs to a project that was deleted: keep its data, but start anew."""
        if self._note is None or self._note.exists():
            return
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(life, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if self.cluster.exists():
                self._stop()
                aside = self.cluster.with_name(f"cluster-old-{time.time_ns()}")
                self.cluster.rename(aside)
                say(f"Die Datenbank eines früheren Projekts an diesem Ort liegt jetzt in {aside}.")
                self._equip()
        make_parents(self._note.parent)
        self._note.write_text(
            f"Die Datenbank dieses Projekts liegt in {self.folder},\nweil der Benutzer „{self._account.name}“, "
            "als der sie läuft, diesen Ordner nicht betreten darf.\n"
            "Wer diese Datei löscht, beginnt mit einer leeren Datenbank.\n",
            encoding="utf-8",
        )

    def _equip(self) -> None:
        """Find out as whom and with which programs the server runs."""
        self._account = account_for(self.cluster)
        closed = self._account.first_closed([self.folder])
        if closed:
            raise DatabaseUnavailable(
                f"Der Datenbankserver läuft als Benutzer „{self._account.name}“ und darf {closed} nicht betreten; "
                f"die Datenbank soll aber in {self.folder} liegen (PORTAL_DATA wählt einen anderen Ort)."
            )
        self._programs = find_programs(self._account, self.folder, self._major(), self._environ)

    def _major(self) -> int | None:
        try:
            return int((self.cluster / "PG_VERSION").read_text(encoding="ascii"))
        except FileNotFoundError:
            return None
        except ValueError:
            raise DatabaseUnavailable(f"{self.cluster} enthält keine lesbare Datenbank (PG_VERSION).") from None

    def _start(self) -> None:
        if self.is_running():
            return
        for unfinished in self.folder.glob("cluster-new-*"):
            shutil.rmtree(
                unfinished, ignore_errors=True
            )  # an orphaned initdb may still write; the next start tries again
        if not self.cluster.exists():
            self._create_cluster()
        if not outlast(self.cluster, self._account, self._pg_isready, START_SECONDS):
            self._launch()

    def _create_cluster(self) -> None:
        """Make everything in a sibling and rename it, so a kill at any moment leaves nothing half done."""
        if not self._account.name:
            raise DatabaseUnavailable(
                f"Der Benutzer mit der Nummer {self._account.uid} hat auf diesem System keinen Namen; ohne ihn legt "
                "PostgreSQL keine Datenbank an (bitte als anderer Benutzer starten oder DATABASE_URL setzen)."
            )
        say("Die Datenbank wird angelegt (einmalig, einige Sekunden) …")
        fresh = Path(tempfile.mkdtemp(prefix="cluster-new-", dir=self.folder))
        self._account.own(fresh)
        where = ["-D", fresh.name]
        # With --lc-ctype=C pg_trgm would drop umlauts without a word.
        how = ["-U", USER, "-A", "trust", "-E", "UTF8", f"--locale={LOCALE}"]
        if self._programs.major >= 17:
            how += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        try:
            self._run("initdb", *where, *how, "--no-sync")
            output = self._run("postgres", "--single", "-F", *where, "postgres", stdin=f"CREATE DATABASE {DATABASE}\n")
            if "ERROR" in output:  # single-user mode has no exit status for it
                raise DatabaseUnavailable(f"Die Datenbank „{DATABASE}“ konnte nicht angelegt werden: {output}")
            self._run(
                "initdb", *where, "--sync-only"
            )  # once at the end: most of the time goes into waiting for the disk
            fresh.rename(self.cluster)
        except BaseException:
            shutil.rmtree(fresh, ignore_errors=True)
            raise
        _sync(self.folder)

    def _launch(self) -> None:
        self._prepare_socket_folder()
        # No process works on the data any more, so these name processes that are gone or foreign.
        leftovers = [self.cluster / "postmaster.pid", *self.socket_folder.glob(".s.PGSQL.*")]
        log = self.cluster / "server.log"
        if log.is_file() and log.stat().st_size > LARGEST_LOG:
            leftovers.append(log)
        for leftover in leftovers:
            leftover.unlink(missing_ok=True)
        quoted = str(self.socket_folder).replace('"', '""')  # PostgreSQL reads a list of quoted names
        settings = {"listen_addresses": "", "unix_socket_directories": f'"{quoted}"', "port": PORT}
        options = " ".join(f"-c {shlex.quote(f'{name}={value}')}" for name, value in settings.items())
        self._pg_ctl("start", START_SECONDS, "-l", f"{CLUSTER}/server.log", "-o", options)

    def _prepare_socket_folder(self) -> None:
        with contextlib.suppress(FileExistsError):
            self.socket_folder.mkdir(mode=0o700)
        found = os.lstat(self.socket_folder)
        owned = stat.S_ISDIR(found.st_mode) and found.st_uid in (os.geteuid(), self._account.uid)
        if not owned or found.st_mode & 0o077:
            raise DatabaseUnavailable(
                f"{self.socket_folder} gehört nicht der Datenbank dieses Projekts; bitte löschen."
            )
        self._account.own(self.socket_folder)

    def _stop(self) -> None:
        if postmaster_of(self.cluster, self._account):  # pg_ctl would signal whatever process the file names
            self._pg_ctl("stop", STOP_SECONDS, "-m", "fast")

    def _pg_ctl(self, action: str, seconds: int, *options: str) -> None:
        # The name is relative because pg_ctl puts it between double quotes and hands it to a shell.
        self._run("pg_ctl", "-D", CLUSTER, "-w", "-t", str(seconds), *options, action)

    def _pg_isready(self) -> int:
        server = ["-h", self.socket_folder, "-p", PORT, "-U", USER, "-d", DATABASE]
        return self._account.run([self._programs.path("pg_isready"), "-q", *server], self.folder).returncode

    def _run(self, program: str, *arguments: str, stdin: str = "") -> str:
        answer = self._account.run([self._programs.path(program), *arguments], self.folder, stdin)
        output = (answer.stdout + answer.stderr).strip()
        if answer.returncode:
            raise DatabaseUnavailable(
                f"PostgreSQL meldet bei „{program}“ in {self.folder}: {_last_line(output)}{self._last_log_line()}"
            )
        return output

    def _last_log_line(self) -> str:
        try:
            log = (self.cluster / "server.log").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""
        return f" Letzte Zeile des Protokolls: {_last_line(log)}"


def _last_line(text: str) -> str:
    return text.strip().rpartition("\n")[2]


def _open_lock(path: Path) -> int:
    # Root may find something else here if the directory was once another's: never follow a link.
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)


def _sync(folder: Path) -> None:
    """Make a rename survive a power failure."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
