"""The two sides of a comparison: which rows somebody may lay side by side, and how they are found."""

import re
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from arbeitsmittel.kennung import slug_of
from arbeitsmittel.models import Fassung
from portal.stichtag import Stichtag
from portal.workplace import has_any, rights_over
from weisungen.models import Weisung

Row = Fassung | Weisung
MAX_TEXT = 200  # characters of a Kennung or number that somebody types
NUMMER = re.compile(r"(weisung|information)?[\s-]*([0-9]{9})", re.IGNORECASE)
_KEY = re.compile(r"(fassung|weisung)-([1-9][0-9]{0,17})")
_MODELS: dict[str, type[Row]] = {"fassung": Fassung, "weisung": Weisung}


def key_of(row: Row) -> str:
    """Return how an address names a row: `fassung-12`, `weisung-5`."""
    return f"{row._meta.model_name}-{row.pk}"


def row_or_404(key: str, user: Any, stichtag: Stichtag) -> Row | None:
    """Return the row that an address names, None for an empty key.

    Raises Http404 for what does not exist and for what this person may not see: nobody can tell them apart.
    """
    if not key:
        return None
    named = _KEY.fullmatch(key)
    row = readable(_MODELS[named[1]], user, stichtag).filter(pk=int(named[2])).first() if named else None
    if row is None:
        raise Http404
    return row


def readable(model: type[Row], user: Any, stichtag: Stichtag) -> QuerySet:
    """Return the rows that somebody may read: drafts and what is under embargo only with a right to them."""
    rows = model.objects.defer("suche").select_related("veroeffentlicht_von", "verfasst_von")
    if model is Fassung:
        rows = rows.select_related("arbeitsmittel")
    if has_any(user, rights_over(model)):
        return rows
    return rows.filter(pk__in=model.objects.published(stichtag).values("pk"))


def versions_of(text: str, user: Any, stichtag: Stichtag) -> list[Row]:
    """Return all versions of what a Kennung or a number names in any spelling, the newest first, without texts."""
    text = text.replace("\x00", "")[:MAX_TEXT]
    if number := NUMMER.fullmatch(text.strip()):
        found = readable(Weisung, user, stichtag).without_text().filter(nummer=number[2])
        found = found.filter(typ=number[1].lower()) if number[1] else found
        return list(found.order_by("-typ", "-pk"))
    if slug := slug_of(text):
        found = readable(Fassung, user, stichtag).without_text().filter(arbeitsmittel__slug=slug)
        return list(found.order_by("-stand", "-pk"))
    return []


def name_of(row: Row) -> str:
    """Return what stands in the field in which somebody chooses: Kennung, or type and number."""
    return str(row.arbeitsmittel if isinstance(row, Fassung) else row)


def label_of(row: Row) -> str:
    """Return how one version is told from the others of the same object."""
    day = f"Stand {row.stand_text}" if isinstance(row, Fassung) else f"{row} vom {row.datum:%d.%m.%Y}"
    return f"{day}, {row.schritt.label}"
