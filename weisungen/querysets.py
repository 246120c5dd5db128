"""Reading rules of Weisungen: which is in force on a Stichtag, as the portal knew it; both are arguments."""

from datetime import date

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery

from portal.freigabe import FreigabeQuerySet, unwithdrawn, visible
from portal.stichtag import Stichtag


class WeisungQuerySet(FreigabeQuerySet):
    def with_repeal(self, stichtag: Stichtag) -> "WeisungQuerySet":
        """Annotate aufgehoben_durch: the slug of an issued Weisung, valid on the day, that repeals this one."""
        return self.annotate(aufgehoben_durch=Subquery(self._repeals(stichtag).values("weisung__slug")[:1]))

    def in_force_on(self, stichtag: Stichtag) -> "WeisungQuerySet":
        """Issued, begun, not run out, not repealed, not withdrawn."""
        return self.live(stichtag).filter(
            Q(gueltig_bis__isnull=True) | Q(gueltig_bis__gte=stichtag.tag),
            ~Exists(self._repeals(stichtag)),
            gueltig_ab__lte=stichtag.tag,
        )

    def upcoming(self, heute: date) -> "WeisungQuerySet":
        """For editors: issued and not begun on that day, those under embargo included; the next one first."""
        return self.released().filter(zurueckgezogen_am=None, gueltig_ab__gt=heute).order_by("gueltig_ab", "nummer")

    def without_text(self) -> "WeisungQuerySet":
        """For lists: leaves the long columns in the database."""
        return self.defer(*self.model.TEXT_FIELDS, "quelltext", "suche")

    def _repeals(self, stichtag: Stichtag) -> models.QuerySet:
        aufhebungen = self.model._meta.get_field("aufhebungen").related_model.objects
        return aufhebungen.filter(
            visible(stichtag, "weisung__"),
            unwithdrawn(stichtag, "weisung__"),
            ziel_typ=OuterRef("typ"),
            ziel_nummer=OuterRef("nummer"),
            weisung__gueltig_ab__lte=stichtag.tag,
        ).order_by("-weisung__gueltig_ab")
