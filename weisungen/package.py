"""What a Weisung announces, and which Fassungen go live with it. Any change of it voids the check of the Weisung."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from arbeitsmittel.models import Arbeitsmittel, Fassung
from arbeitsmittel.publishing import hold
from portal.freigabe import NotPossible, lock, reopen
from portal.history import acting_as
from weisungen.models import Umsetzung, Weisung


def announce(
    weisung: Weisung, *, arbeitsmittel: Arbeitsmittel, soll_stand: date, was: str, user: Any, now: datetime
) -> Umsetzung:
    """Note that a Weisung announces a change; afterwards too, for a Weisung that came by import.

    Returns the Umsetzung, the one that is there already included. A change in a draft voids its check. Raises
    NotPossible for a withdrawn Weisung, and where an issued one has announced it already: that stays as it is.
    """
    values = {"soll_stand": soll_stand, "was": was.strip(), "gestrichen": False}
    with transaction.atomic(), acting_as(user, f"{weisung} kündigt {arbeitsmittel} an", at=now):
        current = lock(weisung)
        if current.zurueckgezogen_am or current.verworfen_am:
            raise NotPossible(f"{current} ist {current.schritt.label}.")
        umsetzung = current.umsetzungen.filter(arbeitsmittel=arbeitsmittel).first()
        if umsetzung is not None and all(getattr(umsetzung, name) == value for name, value in values.items()):
            return umsetzung
        if umsetzung is not None and not current.ist_entwurf:
            raise NotPossible(f"{current} hat {arbeitsmittel} schon angekündigt; eine Ankündigung bleibt, wie sie ist.")
        if current.ist_entwurf and current.vorgelegt_am:
            _open(current, user, now)
        if umsetzung is None:
            umsetzung = Umsetzung(weisung=current, arbeitsmittel=arbeitsmittel)
        _write(umsetzung, values)
    return umsetzung


def put_into_package(weisung: Weisung, *, fassung: Fassung, was: str = "", user: Any, now: datetime) -> Umsetzung:
    """Let a draft go live with the Weisung. Raises NotPossible where one of both is released or in another package."""
    with transaction.atomic(), acting_as(user, f"{fassung} in das Paket der {weisung} genommen", at=now):
        whole = _open(weisung, user, now)
        hold(fassung.arbeitsmittel_id)  # a release of this Fassung alone waits, or has been
        member = lock(fassung)
        if not member.ist_entwurf:
            raise NotPossible(f"{member} ist {member.schritt.label} und passt in kein Paket mehr.")
        other = member.umsetzungen.filter(im_paket=True, gestrichen=False).exclude(weisung=whole).first()
        if other is not None:
            raise NotPossible(f"{member} gehört schon zum Paket der {other.weisung}.")
        umsetzung = whole.umsetzungen.filter(arbeitsmittel=member.arbeitsmittel_id).first()
        if umsetzung is None:
            umsetzung = Umsetzung(weisung=whole, arbeitsmittel_id=member.arbeitsmittel_id, soll_stand=member.stand)
        values = {"fassung": member, "im_paket": True, "gestrichen": False, "soll_stand": member.stand}
        _write(umsetzung, values | ({"was": was.strip()} if was.strip() else {}))
    return umsetzung


def take_out_of_package(umsetzung: Umsetzung, *, user: Any, now: datetime) -> Umsetzung:
    """Let a Fassung go its own way again; the announcement stays. Raises NotPossible for an issued Weisung."""
    reason = f"{umsetzung.fassung} aus dem Paket der {umsetzung.weisung} genommen"
    with transaction.atomic(), acting_as(user, reason, at=now):
        _open(umsetzung.weisung, user, now)
        current = lock(umsetzung)
        _write(current, {"im_paket": False, "fassung": None})
    return current


def strike(umsetzung: Umsetzung, *, user: Any, now: datetime) -> Umsetzung:
    """Take an announcement out of a draft again; it stays in the record."""
    with transaction.atomic(), acting_as(user, f"Ankündigung von {umsetzung.arbeitsmittel} gestrichen", at=now):
        _open(umsetzung.weisung, user, now)
        current = lock(umsetzung)
        _write(current, {"im_paket": False, "fassung": None, "gestrichen": True})
    return current


def excuse(umsetzung: Umsetzung, *, reason: str, user: Any, now: datetime) -> Umsetzung:
    """Say why nothing came, or nothing will come, of an announcement. Raises NotPossible without a reason."""
    if not reason.strip():
        raise NotPossible("Zum Entschuldigen gehört ein Grund.")
    with transaction.atomic(), acting_as(user, f"Entschuldigt: {reason.strip()}", at=now):
        current = lock(umsetzung)
        values = {"entschuldigt_am": now, "entschuldigt_von": user, "entschuldigt_grund": reason.strip()}
        _write(current, values)
    return current


def _open(weisung: Weisung, user: Any, now: datetime) -> Weisung:
    """Return the Weisung as a draft again: what belongs to it is part of what was checked."""
    return reopen(weisung, user=user, reason="Paket geändert, die Prüfung ist hinfällig", now=now)


def _write(umsetzung: Umsetzung, values: Mapping[str, Any]) -> None:
    unchanged = umsetzung.pk and all(getattr(umsetzung, name) == value for name, value in values.items())
    if unchanged:
        return
    for name, value in values.items():
        setattr(umsetzung, name, value)
    umsetzung.save()
