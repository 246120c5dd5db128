"""Writing: from nothing to a draft that can be submitted."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from arbeitsmittel.kennung import Kennung
from arbeitsmittel.models import Aenderungsart, Arbeitsmittel, Fassung
from portal.freigabe import NotPossible, save_draft
from portal.history import acting_as
from portal.text import clean

# What an editor writes; everything else on a Fassung is the workflow's.
WRITTEN = (
    "stand", "titel", "inhalt", "aenderungshinweis", "aenderungsart", "sperrfrist", "nachtrag_grund",
)  # fmt: skip


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
    **more: Any,
) -> Fassung:
    """Return a new draft with cleaned text; `more` are further fields of WRITTEN.

    Raises NotPossible where one is open already, TextRefused for a bad text.
    """
    written = {
        "stand": stand,
        "titel": titel,
        "inhalt": inhalt,
        "aenderungshinweis": aenderungshinweis,
        "aenderungsart": aenderungsart,
        **more,
    }
    draft = Fassung(arbeitsmittel=arbeitsmittel, verfasst_von=user, **_tidied(written))
    already_open = NotPossible(f"Zu {arbeitsmittel} gibt es schon einen offenen Entwurf.")
    if arbeitsmittel.fassungen.drafts().exists():
        raise already_open
    try:
        with transaction.atomic(), acting_as(user, reason, at=now):
            draft.save()
    except IntegrityError as fault:  # somebody else was a moment faster
        if "fassung_one_open_draft" not in str(fault):
            raise
        raise already_open from fault
    return draft


def edit_fassung(
    fassung: Fassung, *, values: Mapping[str, Any], version: int, user: Any, now: datetime, reason: str = "Bearbeitet"
) -> Fassung:
    """Write the given fields of WRITTEN into a draft; a check under way is void. Returns it as stored.

    Raises Conflict for a stale form, NotPossible for what is no draft, TextRefused for a bad text.
    """
    return save_draft(fassung, values=_tidied(values), version=version, user=user, reason=reason, now=now)


def starting_values(arbeitsmittel: Arbeitsmittel, now: datetime) -> dict[str, Any]:
    """Return what a new draft starts from: the newest released text, with a Stand of today."""
    today = timezone.localdate(now)
    latest = arbeitsmittel.fassungen.released().filter(zurueckgezogen_am=None).exclude(inhalt="").order_by("-stand")
    newest = latest.first()
    return {
        "stand": max(today, newest.stand) if newest else today,
        "titel": newest.titel if newest else "",
        "inhalt": newest.inhalt if newest else "",
    }


def _tidied(values: Mapping[str, Any]) -> dict[str, Any]:
    tidy = {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}
    if "inhalt" in tidy:
        tidy["inhalt"] = clean(tidy["inhalt"])
    if tidy.get("aenderungsart"):
        tidy["aenderungsart"] = Aenderungsart(tidy["aenderungsart"])
    return tidy
