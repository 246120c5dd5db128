"""State changes of Fassungen. Each is one function: guards, then one transaction, history included.

Guards raise NotPossible with a sentence for the user; the database refuses the same things once more.
"""

import hashlib
from datetime import date, datetime
from typing import Any

from django.db import transaction

from arbeitsmittel.citations import Datum
from arbeitsmittel.kennung import Kennung
from arbeitsmittel.models import Aenderungsart, Arbeitsmittel, Fassung, FassungPdf
from arbeitsmittel.printing import fassung_pdf
from portal.freigabe import NotPossible, withdraw
from portal.history import acting_as
from portal.text import clean, plain


def provide_arbeitsmittel(kennung: Kennung) -> Arbeitsmittel:
    """Return the Arbeitsmittel with this Kennung, made if it is new. Call it inside `acting_as`."""
    arbeitsmittel, _created = Arbeitsmittel.objects.get_or_create(
        slug=kennung.slug, defaults={"art": kennung.art, "bezeichnung": kennung.bezeichnung}
    )
    return arbeitsmittel


def start_draft(
    arbeitsmittel: Arbeitsmittel,
    *,
    stand: date,
    titel: str,
    inhalt: str,
    aenderungshinweis: str,
    aenderungsart: str,
    user: Any,
    reason: str,
    now: datetime | None = None,
) -> Fassung:
    """Return a new draft with cleaned text. Raises NotPossible where one is open, TextRefused for a bad text."""
    if arbeitsmittel.fassungen.filter(veroeffentlicht_am__isnull=True).exists():
        raise NotPossible(f"Zu {arbeitsmittel} gibt es schon einen offenen Entwurf.")
    draft = Fassung(
        arbeitsmittel=arbeitsmittel,
        stand=stand,
        titel=titel.strip(),
        inhalt=clean(inhalt),
        aenderungshinweis=aenderungshinweis.strip(),
        aenderungsart=Aenderungsart(aenderungsart),
    )
    with transaction.atomic(), acting_as(user, reason, at=now):
        draft.save()
    return draft


def publish_fassung(fassung: Fassung, *, user: Any, reason: str, now: datetime) -> Fassung:
    """Release a draft: from here on neither text nor Stand nor PDF changes (domain rules 1 to 4).

    Returns the released Fassung with its PDF stored. Raises NotPossible, portal.pdf.PdfFailed; then nothing changed.
    """
    with transaction.atomic(), acting_as(user, reason, at=now):
        # The identity is the lock: two releases of one Arbeitsmittel wait for each other.
        Arbeitsmittel.objects.select_for_update().get(pk=fassung.arbeitsmittel_id)
        draft = Fassung.objects.select_related("arbeitsmittel").get(pk=fassung.pk)
        _refuse_unreleasable(draft, user)
        _make_room(draft, user, now)
        draft.veroeffentlicht_am, draft.veroeffentlicht_von = now, user
        draft.save()
        content = fassung_pdf(draft)
        FassungPdf.objects.create(fassung=draft, inhalt=content, sha256=hashlib.sha256(content).hexdigest())
    return draft


def record_known_stand(arbeitsmittel: Arbeitsmittel, *, stand: Datum, quelle: str, user: Any, now: datetime) -> bool:
    """Enter a Stand of which the text was never in the portal, with its source. Call it inside `acting_as`.

    Returns False where the Stand is known already, or was withdrawn with its text; then nothing is written.
    """
    # As in a release, the identity is the lock: two imports that name the same Stand wait for each other.
    Arbeitsmittel.objects.select_for_update().get(pk=arbeitsmittel.pk)
    known = arbeitsmittel.fassungen.published().filter(stand=stand.tag)
    if known.filter(zurueckgezogen_am=None).exists() or known.exclude(inhalt="").exists():
        return False  # a text that was withdrawn for this Stand does not come back without its text
    Fassung.objects.create(
        arbeitsmittel=arbeitsmittel,
        stand=stand.tag,
        stand_nur_monat=stand.nur_monat,
        quelle=quelle,
        veroeffentlicht_am=now,
        veroeffentlicht_von=user,
    )
    return True


def _refuse_unreleasable(draft: Fassung, user: Any) -> None:
    if draft.veroeffentlicht_am is not None:
        raise NotPossible(f"{draft} ist schon veröffentlicht.")
    missing = [
        name
        for name, value in (
            ("der Titel", draft.titel),
            ("der Text", plain(draft.inhalt).strip()),
            ("der Änderungshinweis", draft.aenderungshinweis),
            ("die Art der Änderung", draft.aenderungsart),
        )
        if not value
    ]
    if missing:
        raise NotPossible(f"Vor der Veröffentlichung fehlt: {', '.join(missing)}.")
    if draft.history.filter(history_user=user).exists():
        raise NotPossible("Freigeben muss eine zweite Person, die an dieser Fassung nicht geschrieben hat.")


def _make_room(draft: Fassung, user: Any, now: datetime) -> None:
    """One live Fassung per Stand: a text takes the place of its Stand known without text, nothing else gives way."""
    same_stand = Fassung.objects.live().filter(arbeitsmittel=draft.arbeitsmittel_id, stand=draft.stand).first()
    if same_stand is None:
        return
    if not same_stand.nur_stand:
        raise NotPossible(f"{same_stand} ist schon veröffentlicht; eine Korrektur braucht einen neuen Stand.")
    withdraw(same_stand, user=user, reason="Der Text zu diesem Stand liegt jetzt im Portal vor.", now=now)
