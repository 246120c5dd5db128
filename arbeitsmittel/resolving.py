"""What a citation means on a day: one query for any number of citations (architecture: citations are text)."""

from collections.abc import Collection
from dataclasses import dataclass

from arbeitsmittel.citations import Datum
from arbeitsmittel.kennung import Art, Kennung
from arbeitsmittel.models import Arbeitsmittel
from portal.stichtag import Stichtag


@dataclass(frozen=True)
class Ziel:
    """An Arbeitsmittel that the portal knows, with what applies on the Stichtag (None: nothing yet)."""

    slug: str
    titel: str
    stand: Datum | None


def resolve(kennungen: Collection[Kennung], stichtag: Stichtag) -> dict[Kennung, Ziel]:
    """Return the Ziel of each Kennung that the portal knows and shows to readers; unknown ones are left out."""
    if not kennungen:
        return {}
    found = (
        Arbeitsmittel.objects.known_to_readers(stichtag)
        .with_current(stichtag)
        .filter(slug__in={kennung.slug for kennung in kennungen})
    )
    by_slug = {arbeitsmittel.slug: _ziel(arbeitsmittel) for arbeitsmittel in found}
    return {kennung: by_slug[kennung.slug] for kennung in kennungen if kennung.slug in by_slug}


def known_emb_names(stichtag: Stichtag | None = None) -> list[str]:
    """Return the names of all EMB AH, for the finder: a name may hold commas and `und` itself.

    For readers those that they know on the Stichtag: a later name must not change how an older text was read.
    """
    found = Arbeitsmittel.objects.filter(art=Art.EMB_AH)
    if stichtag is not None:
        found = found.known_to_readers(stichtag)
    return list(found.order_by("slug").values_list("bezeichnung", flat=True))


def _ziel(arbeitsmittel: Arbeitsmittel) -> Ziel:
    stand = Datum(arbeitsmittel.stand, arbeitsmittel.stand_nur_monat) if arbeitsmittel.stand else None
    return Ziel(arbeitsmittel.slug, arbeitsmittel.titel or "", stand)
