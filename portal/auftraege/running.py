"""Doing the work: one thread for each process, one Auftrag after the other, never the same in two processes."""

import hashlib
import logging
import threading
from tempfile import TemporaryFile
from time import monotonic
from typing import BinaryIO

from django.contrib.auth import get_user_model
from django.db import connection, connections, transaction
from django.utils import timezone

from portal.auftraege.model import Auftrag, Auftragsteil, Zustand
from portal.auftraege.registry import File, Progress, Refused, job_named
from portal.pdf import PdfFailed

PIECE = 1024 * 1024  # bytes of one row
LARGEST = 500 * PIECE
TELL_EVERY = 0.5  # seconds between two notes of the progress
NO_RIGHT = "Das Recht zu diesem Auftrag besteht nicht mehr."
UNKNOWN = "Diese Art von Auftrag kennt das Portal nicht mehr. Bitte noch einmal anfordern."
TOO_LARGE = "Die Datei wird größer als 500 MB. Bitte den Umfang verkleinern."
BROKEN = "Der Auftrag ist an einem Fehler des Portals gescheitert; bitte die Administration verständigen."

logger = logging.getLogger(__name__)
_lock = threading.Lock()
_thread: threading.Thread | None = None


def wake() -> None:
    """Start on what waits, in the background; nothing happens while this process is at it already."""
    global _thread
    with _lock:
        if _thread is None:
            _thread = threading.Thread(target=_work, name="auftraege", daemon=True)
            _thread.start()


def _work() -> None:
    """Do one Auftrag after the other until none waits."""
    global _thread
    try:
        while True:
            with _lock:  # whoever enters one now either is seen here or starts a new thread
                auftrag = claim()
                if auftrag is None:
                    _thread = None
                    return
            finish(auftrag)
    except Exception:  # of whatever kind: a thread that ends silently would leave everybody waiting
        logger.exception("The thread of the Aufträge ended")
        with _lock:
            _thread = None
    finally:
        connections.close_all()


def lock_key(auftrag: Auftrag) -> int:
    """Return the number of the lock that whoever works on it holds until its session ends."""
    return int.from_bytes(auftrag.pk.bytes[:8], signed=True)


def claim() -> Auftrag | None:
    """Take the oldest one that waits, and its lock; None where nothing waits. What others hold is passed over."""
    with transaction.atomic():
        waiting = Auftrag.objects.select_for_update(skip_locked=True).filter(zustand=Zustand.WARTET)
        auftrag = waiting.order_by("erstellt").first()
        if auftrag is None:
            return None
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [lock_key(auftrag)])
        auftrag.zustand = Zustand.LAEUFT
        auftrag.save(update_fields=["zustand"])
    return auftrag


def finish(auftrag: Auftrag) -> None:
    """Do the work of a claimed one and enter its file, or one sentence that says why there is none."""
    try:
        with TemporaryFile() as scratch:
            made = _made(auftrag, scratch)
            with transaction.atomic():
                _store(auftrag, made)
    except (Refused, PdfFailed) as refusal:
        _fail(auftrag, str(refusal))
    except Exception:  # of whatever kind: who waits is told, and the next one gets its turn
        logger.exception("Auftrag %s (%s) failed", auftrag.pk, auftrag.art)
        _fail(auftrag, BROKEN)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [lock_key(auftrag)])


def _made(auftrag: Auftrag, scratch: BinaryIO) -> File:
    """Return the file. The right is looked up anew: it may have been taken since somebody asked."""
    kind = job_named(auftrag.art)
    if kind is None:
        raise Refused(UNKNOWN)
    person = get_user_model().objects.get(pk=auftrag.person_id)
    if not person.has_perm(kind.right):
        raise Refused(NO_RIGHT)
    return kind.run(auftrag.angaben, Progress(person, auftrag.erstellt, scratch, _Teller(auftrag)))


class _Teller:
    """Notes the progress, but not at every step."""

    def __init__(self, auftrag: Auftrag) -> None:
        self.auftrag, self.told = auftrag, 0.0

    def __call__(self, done: int, total: int) -> None:
        if monotonic() - self.told < TELL_EVERY:
            return
        self.told = monotonic()
        self.auftrag.erledigt, self.auftrag.gesamt = done, total
        self.auftrag.save(update_fields=["erledigt", "gesamt"])


def _store(auftrag: Auftrag, made: File) -> None:
    digest = hashlib.sha256()
    made.content.seek(0)
    for number, piece in enumerate(iter(lambda: made.content.read(PIECE), b"")):
        auftrag.groesse += len(piece)
        if auftrag.groesse > LARGEST:
            raise Refused(TOO_LARGE)
        digest.update(piece)
        Auftragsteil.objects.create(auftrag=auftrag, nummer=number, inhalt=piece)
    auftrag.dateiname, auftrag.inhaltstyp, auftrag.sha256 = made.name, made.content_type, digest.hexdigest()
    auftrag.zustand, auftrag.beendet = Zustand.FERTIG, timezone.now()
    auftrag.save()


def _fail(auftrag: Auftrag, sentence: str) -> None:
    auftrag.refresh_from_db()
    auftrag.zustand, auftrag.fehler, auftrag.beendet = Zustand.GESCHEITERT, sentence, timezone.now()
    auftrag.save(update_fields=["zustand", "fehler", "beendet"])
