"""Reading rules: what applies on a Stichtag, as the portal knew it (domain, "Two time axes"); both are arguments."""

from datetime import date

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, Subquery, When

from portal.freigabe import FreigabeQuerySet, Weg, visible
from portal.stichtag import Stichtag


def _eil_offen(stichtag: Stichtag) -> Case:
    """What `Freigabe.eil_offen` says of a Fassung that is not withdrawn, as known on the Stichtag."""
    unconfirmed = Q(eil_bestaetigt_am__isnull=True) | Q(eil_bestaetigt_am__gt=stichtag.bekannt)
    return Case(When(unconfirmed, weg=Weg.EIL, then=True), default=False)


# An Umsetzung (of the app above) whose Fassung goes live with a Weisung that is not released yet.
IN_OPEN_PACKAGE = Q(im_paket=True, gestrichen=False, weisung__veroeffentlicht_am=None, weisung__verworfen_am=None)


class FassungQuerySet(FreigabeQuerySet):
    def current_on(self, stichtag: Stichtag) -> "FassungQuerySet":
        """The Fassung that applies on the day, at most one per Arbeitsmittel: the newest live Stand up to it."""
        newer = self.model.objects.live(stichtag).filter(
            arbeitsmittel=OuterRef("arbeitsmittel"), stand__gt=OuterRef("stand"), stand__lte=stichtag.tag
        )
        return self.live(stichtag).filter(~Exists(newer), stand__lte=stichtag.tag)

    def upcoming(self, heute: date) -> "FassungQuerySet":
        """For editors: released with a Stand after that day, those under embargo included; the next one first."""
        return self.released().filter(zurueckgezogen_am=None, stand__gt=heute).order_by("stand", "arbeitsmittel__slug")

    def without_text(self) -> "FassungQuerySet":
        """For lists: leaves the long columns in the database."""
        return self.defer("inhalt", "suche")


class ArbeitsmittelQuerySet(models.QuerySet):
    def known_to_readers(self, stichtag: Stichtag) -> "ArbeitsmittelQuerySet":
        """Those with a Fassung that readers see, and those that a Weisung names which they see."""
        zitate = self.model._meta.get_field("zitate").related_model.objects  # of the app above: by the reverse name
        return self.filter(
            Exists(self._fassungen().published(stichtag).filter(arbeitsmittel=OuterRef("pk")))
            | Exists(zitate.filter(visible(stichtag, "weisung__"), arbeitsmittel=OuterRef("pk")))
        )

    def with_current(self, stichtag: Stichtag) -> "ArbeitsmittelQuerySet":
        """Annotate stand, stand_nur_monat, titel and eil_offen of what applies on the day (None where nothing does)."""
        current = self._fassungen().live(stichtag).filter(arbeitsmittel=OuterRef("pk"), stand__lte=stichtag.tag)
        current = current.order_by("-stand")
        return self.annotate(
            stand=Subquery(current.values("stand")[:1]),
            stand_nur_monat=Subquery(current.values("stand_nur_monat")[:1]),
            titel=Subquery(current.values("titel")[:1]),
            eil_offen=Subquery(current.annotate(offen=_eil_offen(stichtag)).values("offen")[:1]),
        )

    def in_order(self) -> "ArbeitsmittelQuerySet":
        """Bereich by Bereich, in each by Kennung; the slug folds umlauts, so it sorts as DIN 5007 does for names."""
        return self.order_by("bereich_rang", "slug")

    def count_by_bereich(self) -> dict[int, int]:
        """Return how many there are in each Bereich, by its rank."""
        return dict(self.order_by().values_list("bereich_rang").annotate(models.Count("pk")))

    def _fassungen(self) -> FassungQuerySet:
        # By way of the relation: the module of the models imports this one.
        return self.model._meta.get_field("fassungen").related_model.objects.all()
