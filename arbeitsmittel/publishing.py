"""The way of a Fassung from draft to released. A step is one function: guards, then one transaction with history.

Guards raise NotPossible with a sentence for the user; the database refuses the same things once more.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from arbeitsmittel.checks import check_fassung, check_fassungen
from arbeitsmittel.models import Arbeitsmittel, Fassung, FassungPdf, FassungPruefdruck
from arbeitsmittel.printing import fassung_pdf
from arbeitsmittel.querysets import IN_OPEN_PACKAGE
from arbeitsmittel.stand import Datum
from portal import freigabe
from portal.befund import blocking, kept_reasons
from portal.freigabe import Conflict, NotPossible, Schritt, WithdrawalKind
from portal.stichtag import today
from portal.zeitpunkt import start_of


def submit_fassung(
    fassung: Fassung, *, begruendungen: Mapping[str, str], version: int, user: Any, now: datetime
) -> Fassung:
    """Send a draft to the second person: checks pass, the final PDF is made, and what is printed is fixed.

    `begruendungen`: reasons by `Befund.schluessel`. Raises NotPossible (Conflict for a stale form), PdfFailed.
    """
    with transaction.atomic():
        draft = locked(fassung)
        if draft.version != version:
            raise Conflict(draft)
        reasons = _checked(draft, begruendungen, now)
        submitted = freigabe.submit(draft, begruendungen=reasons, version=version, user=user, now=now)
        _print(submitted)
    return submitted


def publish_fassung(fassung: Fassung, *, user: Any, reason: str, now: datetime) -> Fassung:
    """Release what was checked: from here on neither text nor Stand nor PDF changes (domain rules 1 to 4).

    Returns the released Fassung with its PDF stored. Raises NotPossible; then nothing changed.
    """
    with transaction.atomic():
        draft = locked(fassung)
        _refuse_member_of_package(draft)
        if draft.schritt == Schritt.GEPRUEFT:
            refuse_new_findings([draft], now)
        return release_checked(draft, user=user, reason=reason, now=now)


def release_checked(draft: Fassung, *, user: Any, reason: str, now: datetime) -> Fassung:
    """Release one Fassung whose Arbeitsmittel is locked: alone, or as a member of a package (`refuse_new_findings`)."""
    _refuse_past(draft, now)
    if draft.schritt == Schritt.GEPRUEFT:
        _make_room(draft, user, now)
    released = freigabe.release(draft, user=user, reason=reason, visible_from=visible_from(draft, now), now=now)
    _store_pdf(released)
    return released


def publish_fassung_at_once(
    fassung: Fassung, *, grund: str, begruendungen: Mapping[str, str], version: int, user: Any, now: datetime
) -> Fassung:
    """Release in an emergency; it stays flagged until a second person confirms. Raises NotPossible, PdfFailed."""
    with transaction.atomic():
        draft = locked(fassung)
        if draft.version != version:
            raise Conflict(draft)
        _refuse_member_of_package(draft)
        reasons = _checked(draft, {**draft.begruendungen, **begruendungen}, now)
        _refuse_past(draft, now)
        _make_room(draft, user, now)
        released = freigabe.release_at_once(
            draft, grund=grund, begruendungen=reasons, user=user, visible_from=visible_from(draft, now), now=now
        )
        _print(released)
        _store_pdf(released)
    return released


def discard_fassung(fassung: Fassung, *, reason: str, user: Any, now: datetime) -> Fassung:
    """Throw a draft away. Raises NotPossible, also where a package waits for it."""
    with transaction.atomic():
        draft = locked(fassung)
        _refuse_member_of_package(draft)
        return freigabe.discard(draft, reason=reason, user=user, now=now)


def record_known_stand(arbeitsmittel: Arbeitsmittel, *, stand: Datum, quelle: str, user: Any, now: datetime) -> bool:
    """Enter a Stand of which the text was never in the portal, with its source. Call it inside `acting_as`.

    Returns False where the Stand is known already, was withdrawn with its text, or would stand above a released text;
    then nothing is written.
    """
    # As in a release, the identity is the lock: two imports that name the same Stand wait for each other.
    hold(arbeitsmittel.pk)
    known = arbeitsmittel.fassungen.released().filter(stand=stand.tag)
    if known.filter(zurueckgezogen_am=None).exists() or known.exclude(inhalt="").exists():
        return False  # a text that was withdrawn for this Stand does not come back without its text
    texts = arbeitsmittel.fassungen.released().filter(zurueckgezogen_am=None, stand__lt=stand.tag).exclude(inhalt="")
    if texts.exists():
        return False  # what one person reads off a page does not take a released text off the readers' screens
    Fassung.objects.create(
        arbeitsmittel=arbeitsmittel,
        stand=stand.tag,
        stand_nur_monat=stand.nur_monat,
        quelle=quelle,
        weg=freigabe.Weg.UEBERNAHME,
        verfasst_von=user,
        veroeffentlicht_am=now,
        veroeffentlicht_von=user,
        sichtbar_ab=now,
    )
    return True


def locked(fassung: Fassung) -> Fassung:
    """Return the Fassung as it is now. The identity is the lock: two releases of one Arbeitsmittel wait here."""
    hold(fassung.arbeitsmittel_id)
    return Fassung.objects.select_related("arbeitsmittel").get(pk=fassung.pk)


def hold(*keys: int) -> None:
    """Lock Arbeitsmittel until the transaction ends, always in the order of their keys; rows may point to them."""
    held = Arbeitsmittel.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    list(held.values_list("pk"))


def visible_from(fassung: Fassung, now: datetime) -> datetime:
    """Return from when readers see it: at once (announced), under embargo from 00:00 of its Stand in Germany."""
    return start_of(fassung.stand) if fassung.sperrfrist else now


def _checked(draft: Fassung, begruendungen: Mapping[str, str], now: datetime) -> dict[str, str]:
    """Return the reasons to keep. Raises NotPossible with the first findings that hold the draft up."""
    findings = check_fassung(draft, today(now))
    if held_up := blocking(findings, begruendungen):
        sentences = " ".join(f"{befund.text} {befund.rat}" for befund in held_up[:3])
        raise NotPossible(f"{draft} kann noch nicht weiter: {sentences}")
    return kept_reasons(findings, begruendungen)


def refuse_new_findings(drafts: Sequence[Fassung], now: datetime) -> None:
    """Raise NotPossible where something came up since the check: a cited Fassung withdrawn, a Stand taken."""
    for draft, findings in zip(drafts, check_fassungen(drafts, today(now)), strict=True):
        if new := blocking(findings, draft.begruendungen):
            raise NotPossible(f"Seit der Prüfung von {draft} ist etwas dazugekommen: {new[0].text} {new[0].rat}")


def _print(fixed: Fassung) -> None:
    """Make the file that the second person reads and that is released; the same content gives the same file."""
    content = fassung_pdf(fixed)
    FassungPruefdruck.objects.get_or_create(
        objekt=fixed,
        pruefsumme=fixed.pruefsumme,
        defaults={"inhalt": content, "sha256": hashlib.sha256(content).hexdigest()},
    )


def _store_pdf(released: Fassung) -> None:
    shown = released.pruefdrucke.get(pruefsumme=released.pruefsumme)
    FassungPdf.objects.create(fassung=released, inhalt=shown.inhalt, sha256=shown.sha256)


def _refuse_past(draft: Fassung, now: datetime) -> None:
    if draft.stand < timezone.localdate(now) and not draft.nachtrag_grund:
        raise NotPossible(
            f"Der Stand {draft.stand_text} liegt in der Vergangenheit; dafür braucht die Fassung einen Grund der "
            "nachträglichen Erfassung."
        )


def _refuse_member_of_package(draft: Fassung) -> None:
    """A member of a package goes live with its Weisung, not past it (the fault of the bundles in the field)."""
    package = draft.umsetzungen.filter(IN_OPEN_PACKAGE).first()  # by the reverse name: of the app above
    if package is not None:
        raise NotPossible(f"{draft} gehört zum Paket der {package.weisung} und wird mit ihr veröffentlicht.")


def _make_room(draft: Fassung, user: Any, now: datetime) -> None:
    """One live Fassung per Stand: a text takes the place of its Stand known without text, nothing else gives way."""
    same = draft.arbeitsmittel.fassungen.released().filter(zurueckgezogen_am=None, stand=draft.stand).first()
    if same is None or same.pk == draft.pk:
        return
    if not same.nur_stand:
        raise NotPossible(f"{same} ist schon veröffentlicht; eine Korrektur braucht einen neuen Stand.")
    reason = "Der Text zu diesem Stand liegt jetzt im Portal vor."
    freigabe.withdraw(same, art=WithdrawalKind.UEBERHOLT, reason=reason, user=user, now=now)
