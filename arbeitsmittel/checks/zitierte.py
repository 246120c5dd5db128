"""What the portal knows about cited Arbeitsmittel: for editors, so drafts and what is under embargo count."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, Q

from arbeitsmittel.kennung import Kennung
from arbeitsmittel.models import Arbeitsmittel


@dataclass(frozen=True)
class Zitiertes:
    """One Arbeitsmittel: its first live Stand (None: no live Fassung), whether all were withdrawn, an open draft."""

    erster_stand: date | None
    alle_zurueckgezogen: bool
    entwurf_ab: date | None


def cited(kennungen: Collection[Kennung]) -> dict[str, Zitiertes]:
    """Return by slug what is known of the cited ones, in one query; what the portal does not know is left out."""
    if not kennungen:
        return {}
    released = Q(fassungen__veroeffentlicht_am__isnull=False)
    live = released & Q(fassungen__zurueckgezogen_am__isnull=True)
    draft = Q(fassungen__veroeffentlicht_am__isnull=True, fassungen__verworfen_am__isnull=True)
    rows = (
        Arbeitsmittel.objects.filter(slug__in={kennung.slug for kennung in kennungen})
        .order_by()
        .annotate(
            first=Min("fassungen__stand", filter=live),
            released=Count("fassungen", filter=released),
            draft=Min("fassungen__stand", filter=draft),
        )
        .values_list("slug", "first", "released", "draft")
    )
    return {
        slug: Zitiertes(first, alle_zurueckgezogen=first is None and released > 0, entwurf_ab=draft)
        for slug, first, released, draft in rows
    }
