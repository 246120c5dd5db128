"""What a dossier is about: one Arbeitsmittel, or everything that ever stood under the number of a Weisung."""

from dataclasses import dataclass

from django.db.models import QuerySet

from arbeitsmittel.models import Arbeitsmittel, Fassung
from portal.freigabe import Freigabe
from portal.models import Eintrag
from weisungen.models import Weisung


@dataclass(frozen=True)
class Gegenstand:
    """`model`: what its versions are; `themen`: the keys under which its entries stand."""

    art: str
    slug: str
    titel: str
    model: type[Freigabe]
    themen: tuple[int, ...]

    def eintraege(self) -> QuerySet[Eintrag]:
        """Return its entries, the oldest first."""
        return Eintrag.objects.filter(thema_art=self.art, thema_id__in=self.themen).order_by("nummer")


def gegenstand_of(art: str, slug: str) -> Gegenstand | None:
    """Return what an address names, None where the portal does not know it; drafts count."""
    if art == "arbeitsmittel":
        thing = Arbeitsmittel.objects.filter(slug=slug).first()
        return Gegenstand(art, slug, str(thing), Fassung, (thing.pk,)) if thing else None
    rows = list(Weisung.objects.filter(slug=slug).only("typ", "nummer").order_by("pk"))
    return Gegenstand(art, slug, str(rows[0]), Weisung, tuple(row.pk for row in rows)) if rows else None
