"""One function a step. Each locks the row, refuses with one German sentence, and writes once, history included.

Who wrote is everyone whom the history names as author (`verfasst_von`): a draft is a row of its own, so these are all
who wrote since the last release (domain rule 4).
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models.functions import Coalesce

from portal.freigabe.model import Freigabe, Schritt, Weg, WithdrawalKind, checksum
from portal.history import acting_as


class NotPossible(Exception):
    """The step is not possible now; the message is one German sentence for the user."""


class Conflict(NotPossible):
    """Somebody else has saved in the meantime; `current` is what they left."""

    def __init__(self, current: Freigabe) -> None:
        super().__init__("In der Zwischenzeit hat jemand anderes gespeichert; Ihr Text ist noch nicht gespeichert.")
        self.current = current


def lock(row: Freigabe) -> Freigabe:
    """Return the row as it is now, locked until the transaction ends.

    Not its key: rows that point to it may come meanwhile, else two releases that cite each other wait in a circle.
    """
    return type(row)._default_manager.select_for_update(of=("self",), no_key=True).get(pk=row.pk)


def writers(row: Freigabe) -> set[int]:
    """Return the keys of everyone who wrote on the row; entries from before authors were kept name who saved."""
    author = Coalesce("verfasst_von_id", "history_user_id")
    return set(row.history.order_by().values_list(author, flat=True).distinct())


def save_draft(
    row: Freigabe, *, values: Mapping[str, Any], version: int, user: Any, reason: str, now: datetime
) -> Freigabe:
    """Write values into a draft; a check that was under way is void. Returns the row as stored.

    `version` is that of the form: raises Conflict where somebody saved after it was opened, NotPossible where the row
    is no draft any longer. Saving what is there already writes nothing.
    """
    with transaction.atomic(), acting_as(user, reason, at=now):
        current = lock(row)
        if not current.ist_entwurf:
            raise NotPossible(f"{current} ist {current.schritt.label} und lässt sich nicht mehr ändern.")
        if current.version != version:
            raise Conflict(current)
        if all(getattr(current, name) == value for name, value in values.items()):
            return current
        for name, value in values.items():
            setattr(current, name, value)
        touch(current, user)
        current.save()
    return current


def touch(row: Freigabe, user: Any) -> None:
    """Note on an unsaved row who writes, and that no check holds any longer (domain rule 4)."""
    row.version += 1
    row.verfasst_von = user
    _void_check(row)


def reopen(row: Freigabe, *, user: Any, reason: str, now: datetime) -> Freigabe:
    """Return a draft ready to be changed in what belongs to it: locked, `user` noted as author, no check any longer.

    Raises NotPossible where it is no draft.
    """
    with transaction.atomic(), acting_as(user, reason, at=now):
        current = lock(row)
        if not current.ist_entwurf:
            raise NotPossible(f"{current} ist {current.schritt.label} und lässt sich nicht mehr ändern.")
        touch(current, user)
        current.save()
    return current


def submit(row: Freigabe, *, begruendungen: Mapping[str, str], version: int, user: Any, now: datetime) -> Freigabe:
    """Send a draft to the second person; what is printed is fixed by its checksum from here on."""
    with transaction.atomic(), acting_as(user, "Zur Prüfung vorgelegt", at=now):
        current = lock(row)
        _refuse_unless(current, Schritt.ENTWURF, "Zur Prüfung vorlegen lässt sich nur ein Entwurf")
        if current.version != version:
            raise Conflict(current)
        _fix(current, begruendungen, user, now)
        current.save()
    return current


def take_back(row: Freigabe, *, user: Any, now: datetime) -> Freigabe:
    """Take an own draft back from the check, to go on writing."""
    with transaction.atomic(), acting_as(user, "Aus der Prüfung zurückgeholt", at=now):
        current = lock(row)
        _refuse_unless_in_check(current)
        if user.pk not in writers(current) | {current.vorgelegt_von_id}:
            raise NotPossible("Zurückholen kann nur, wer daran geschrieben oder es vorgelegt hat.")
        _void_check(current)
        current.version += 1
        current.save()
    return current


def return_to_author(row: Freigabe, *, comment: str, user: Any, now: datetime) -> Freigabe:
    """Give a draft back with a comment, which stays in the history; nobody rejects own work either."""
    if not comment.strip():
        raise NotPossible("Zum Zurückgeben gehört eine Anmerkung, was zu ändern ist.")
    with transaction.atomic(), acting_as(user, f"Zurückgegeben: {comment.strip()}", at=now):
        current = lock(row)
        _refuse_unless_in_check(current)
        _refuse_own_work(current, user, "zurückgeben")
        _void_check(current)
        current.zurueckgegeben_am, current.zurueckgegeben_von, current.rueckgabe = now, user, comment.strip()
        current.version += 1
        current.save()
    return current


def approve(row: Freigabe, *, pruefsumme: str, comment: str, user: Any, now: datetime) -> Freigabe:
    """Approve what was submitted. `pruefsumme` is that of the page which the second person read."""
    reason = f"Geprüft: {comment.strip()}" if comment.strip() else "Geprüft und in Ordnung"
    with transaction.atomic(), acting_as(user, reason, at=now):
        current = lock(row)
        _refuse_unless(current, Schritt.IN_PRUEFUNG, "Prüfen lässt sich nur, was zur Prüfung vorliegt")
        _refuse_own_work(current, user, "prüfen")
        if pruefsumme != current.pruefsumme or pruefsumme != checksum(current):
            raise NotPossible("Was Sie gelesen haben, wurde inzwischen geändert; bitte die Seite neu laden.")
        current.geprueft_am, current.geprueft_von = now, user
        current.version += 1
        current.save()
    return current


def release(row: Freigabe, *, user: Any, reason: str, visible_from: datetime, now: datetime) -> Freigabe:
    """Release what was checked; from here on nothing of it changes. Call it with the row's guards of its app done."""
    with transaction.atomic(), acting_as(user, reason, at=now):
        current = lock(row)
        if current.veroeffentlicht_am is not None:
            raise NotPossible(f"{current} ist schon veröffentlicht.")
        _refuse_unless(current, Schritt.GEPRUEFT, "Freigeben lässt sich nur, was geprüft ist")
        _refuse_own_work(current, user, "freigeben")
        if checksum(current) != current.pruefsumme:
            raise NotPossible(f"{current} ist nicht mehr das, was geprüft wurde; bitte erneut zur Prüfung vorlegen.")
        _publish(current, Weg.PRUEFUNG, user, now, visible_from)
        current.save()
    return current


def release_at_once(
    row: Freigabe, *, grund: str, begruendungen: Mapping[str, str], user: Any, visible_from: datetime, now: datetime
) -> Freigabe:
    """Release without a second person, for a reason; it stays flagged until somebody else confirms it."""
    if not grund.strip():
        raise NotPossible("Eine Eilfreigabe braucht einen Grund.")
    with transaction.atomic(), acting_as(user, f"Eilfreigabe: {grund.strip()}", at=now):
        current = lock(row)
        if not current.ist_entwurf:
            raise NotPossible(f"{current} ist schon {current.schritt.label}.")
        _fix(current, begruendungen or current.begruendungen, user, now)
        current.geprueft_am = current.geprueft_von = None
        current.eil_grund = grund.strip()
        _publish(current, Weg.EIL, user, now, visible_from)
        current.save()
    return current


def confirm_release(row: Freigabe, *, comment: str, user: Any, now: datetime) -> Freigabe:
    """Confirm an emergency release after the fact, as a second person."""
    reason = f"Eilfreigabe bestätigt: {comment.strip()}" if comment.strip() else "Eilfreigabe bestätigt"
    with transaction.atomic(), acting_as(user, reason, at=now):
        current = lock(row)
        if not current.eil_offen:
            raise NotPossible("Zu bestätigen ist nur eine Eilfreigabe, die noch niemand bestätigt hat.")
        if user.pk == current.veroeffentlicht_von_id:
            raise NotPossible("Die eigene Eilfreigabe bestätigt eine andere Person.")
        _refuse_own_work(current, user, "bestätigen")
        current.eil_bestaetigt_am, current.eil_bestaetigt_von = now, user
        current.save()
    return current


def withdraw(row: Freigabe, *, art: str, reason: str, user: Any, now: datetime) -> Freigabe:
    """Take something released back; its page and its file stay, with a banner. `art`: a WithdrawalKind."""
    if art not in WithdrawalKind.values:
        raise NotPossible("Zum Zurückziehen gehört die Art: irrtümlich veröffentlicht oder überholt.")
    if not reason.strip():
        raise NotPossible("Zum Zurückziehen gehört ein Grund.")
    with transaction.atomic(), acting_as(user, f"Zurückgezogen: {reason.strip()}", at=now):
        current = lock(row)
        if current.veroeffentlicht_am is None or current.zurueckgezogen_am is not None:
            raise NotPossible("Zurückziehen lässt sich nur, was veröffentlicht und noch nicht zurückgezogen ist.")
        current.zurueckgezogen_am, current.zurueckgezogen_von = now, user
        current.zurueckgezogen_art, current.zurueckgezogen_grund = art, reason.strip()
        current.save()
    return current


def discard(row: Freigabe, *, reason: str, user: Any, now: datetime) -> Freigabe:
    """Throw a draft away; it stays in the record (domain rule 5: nothing is deleted)."""
    if not reason.strip():
        raise NotPossible("Zum Verwerfen gehört ein Grund.")
    with transaction.atomic(), acting_as(user, f"Verworfen: {reason.strip()}", at=now):
        current = lock(row)
        if not current.ist_entwurf:
            raise NotPossible(f"{current} ist schon {current.schritt.label}.")
        _void_check(current)
        current.verworfen_am, current.verworfen_von, current.verworfen_grund = now, user, reason.strip()
        current.save()
    return current


def _fix(row: Freigabe, begruendungen: Mapping[str, str], user: Any, now: datetime) -> None:
    row.begruendungen = dict(begruendungen)
    row.vorgelegt_am, row.vorgelegt_von = now, user
    row.pruefsumme = checksum(row)
    row.rueckgabe, row.zurueckgegeben_am, row.zurueckgegeben_von = "", None, None
    row.version += 1


def _publish(row: Freigabe, weg: Weg, user: Any, now: datetime, visible_from: datetime) -> None:
    row.weg = weg
    row.veroeffentlicht_am, row.veroeffentlicht_von = now, user
    row.sichtbar_ab = max(visible_from, now)
    row.version += 1


def _void_check(row: Freigabe) -> None:
    row.vorgelegt_am = row.vorgelegt_von = row.geprueft_am = row.geprueft_von = None
    row.pruefsumme = ""


def _refuse_unless(row: Freigabe, schritt: Schritt, sentence: str) -> None:
    if row.schritt != schritt:
        raise NotPossible(f"{sentence}; {row} ist {row.schritt.label}.")


def _refuse_unless_in_check(row: Freigabe) -> None:
    if row.schritt not in (Schritt.IN_PRUEFUNG, Schritt.GEPRUEFT):
        raise NotPossible(f"{row} liegt nicht zur Prüfung vor, sondern ist {row.schritt.label}.")


def _refuse_own_work(row: Freigabe, user: Any, verb: str) -> None:
    if user.pk in writers(row):
        raise NotPossible(f"Das muss eine zweite Person {verb}, die nicht daran geschrieben hat.")
    if user.pk == row.vorgelegt_von_id and row.weg == "":
        raise NotPossible(f"Wer etwas zur Prüfung vorlegt, kann es nicht selbst {verb}.")
