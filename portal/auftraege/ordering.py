"""Asking for work: with the right to it, at most two open ones a person, and nobody sees those of others."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import QuerySet

from portal.auftraege.model import KEPT, OPEN, Auftrag, Zustand
from portal.auftraege.registry import job_named
from portal.auftraege.running import lock_key, wake

AT_ONCE = 2
DIED = "Der Auftrag wurde unterbrochen, weil der Server neu gestartet wurde. Bitte noch einmal anfordern."


class TooManyOpen(Exception):
    """Somebody has two open ones already; the message is one German sentence, `auftrag` the older of them."""

    def __init__(self, auftrag: Auftrag) -> None:
        super().__init__(f"Es laufen schon {AT_ONCE} Aufträge für Sie. Bitte warten, bis einer davon fertig ist.")
        self.auftrag = auftrag


def order(art: str, titel: str, angaben: dict[str, Any], *, person: Any, now: datetime, zurueck: str = "") -> Auftrag:
    """Enter a piece of work and start on it once the transaction is through; `angaben` must be JSON.

    `zurueck`: the address of ours that its page leads back to.
    Raises PermissionDenied without the right to it, TooManyOpen, KeyError for a kind that nobody registered.
    """
    kind = job_named(art)
    if kind is None:
        raise KeyError(art)
    if not person.has_perm(kind.right):
        raise PermissionDenied
    Auftrag.objects.filter(erstellt__lt=now - KEPT).delete()
    with transaction.atomic():
        _one_after_another(person)
        mine = [auftrag for auftrag in of_person(person, now).filter(zustand__in=OPEN) if not has_died(auftrag, now)]
        if len(mine) >= AT_ONCE:
            raise TooManyOpen(mine[0])
        auftrag = Auftrag.objects.create(
            person=person, art=art, titel=titel[:200], angaben=angaben, erstellt=now, zurueck=zurueck
        )
        transaction.on_commit(wake)
    return auftrag


def of_person(person: Any, now: datetime) -> QuerySet[Auftrag]:
    """Return what somebody asked for within the last day."""
    return Auftrag.objects.filter(person=person, erstellt__gte=now - KEPT)


def has_died(auftrag: Auftrag, now: datetime) -> bool:
    """Return whether the process that did the work is gone; then the Auftrag is entered as failed."""
    if auftrag.zustand != Zustand.LAEUFT:
        return False
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [lock_key(auftrag)])
        if not cursor.fetchone()[0]:
            return False
        auftrag.refresh_from_db()  # it may have come to its end since it was read
        if auftrag.zustand != Zustand.LAEUFT:
            return False
        auftrag.zustand, auftrag.fehler, auftrag.beendet = Zustand.GESCHEITERT, DIED, now
        auftrag.save(update_fields=["zustand", "fehler", "beendet"])
    return True


def _one_after_another(person: Any) -> None:
    """Two clicks at once must not count the same open ones."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('auftrag'), %s)", [person.pk % 2**31])
