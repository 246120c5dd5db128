"""The words of the workflow, and its reading rules: what readers see on a Stichtag, what editors find at a step."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.query import ModelIterable

from portal.stichtag import Stichtag


class Schritt(models.TextChoices):
    """Where a row stands on its way (issue 3, "States")."""

    ENTWURF = "entwurf", "Entwurf"
    IN_PRUEFUNG = "in-pruefung", "in Prüfung"
    GEPRUEFT = "geprueft", "geprüft"
    VEROEFFENTLICHT = "veroeffentlicht", "veröffentlicht"
    ZURUECKGEZOGEN = "zurueckgezogen", "zurückgezogen"
    VERWORFEN = "verworfen", "verworfen"


class Weg(models.TextChoices):
    """How something came to be released."""

    PRUEFUNG = "pruefung", "geprüft von einer zweiten Person"
    EIL = "eil", "Eilfreigabe"
    UEBERNAHME = "uebernahme", "übernommen aus einer Quelle"


class WithdrawalKind(models.TextChoices):
    """Why something released is taken back."""

    IRRTUM = "irrtum", "irrtümlich veröffentlicht"
    UEBERHOLT = "ueberholt", "überholt"


def visible(stichtag: Stichtag, prefix: str = "") -> Q:
    """What readers may see by then, withdrawn ones included (they carry a banner); `prefix` as in a lookup.

    What was withdrawn before it became visible never was there for readers.
    """
    not_withdrawn = Q(**{f"{prefix}zurueckgezogen_am__isnull": True})
    once_seen = Q(**{f"{prefix}zurueckgezogen_am__gte": F(f"{prefix}sichtbar_ab")})
    return Q(**{f"{prefix}sichtbar_ab__lte": stichtag.bekannt}) & (not_withdrawn | once_seen)


def unwithdrawn(stichtag: Stichtag, prefix: str = "") -> Q:
    """Not withdrawn by then."""
    later = Q(**{f"{prefix}zurueckgezogen_am__gt": stichtag.bekannt})
    return Q(**{f"{prefix}zurueckgezogen_am__isnull": True}) | later


class AsKnown(ModelIterable):
    """Gives the rows of a query as they were known at its moment."""

    def __iter__(self) -> Iterator[Any]:
        moment = self.queryset.known_at
        for row in super().__iter__():
            if moment is not None:
                row.forget_after(moment)
            yield row


class FreigabeQuerySet(models.QuerySet):
    known_at: datetime | None = None  # rows come as they were known then; None: as they are stored

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._iterable_class = AsKnown  # `values` and the like put another one in its place

    def _clone(self) -> "FreigabeQuerySet":
        copy = super()._clone()
        copy.known_at = self.known_at
        return copy

    def published(self, stichtag: Stichtag) -> "FreigabeQuerySet":
        """What readers may see, withdrawn ones included; neither drafts nor what is under embargo.

        The rows come as they were known: a later withdrawal or confirmation is not on them, so that whatever a page
        says of a row is what it said then. Such rows are for reading; the steps lock and read their own.
        """
        found = self.filter(visible(stichtag))
        found.known_at = stichtag.bekannt
        return found

    def live(self, stichtag: Stichtag) -> "FreigabeQuerySet":
        """What readers may see and nobody has withdrawn."""
        return self.published(stichtag).filter(unwithdrawn(stichtag))

    def released(self) -> "FreigabeQuerySet":
        """For editors: released, whether readers see it yet or not; withdrawn ones included."""
        return self.filter(veroeffentlicht_am__isnull=False)

    def drafts(self) -> "FreigabeQuerySet":
        """For editors: on their way, neither released nor thrown away."""
        return self.filter(veroeffentlicht_am__isnull=True, verworfen_am__isnull=True)

    def at_step(self, schritt: str) -> "FreigabeQuerySet":
        """Those at one step of the way; the rule of `Freigabe.schritt` as a query."""
        return self.filter(_STEPS[schritt])


_DRAFT = Q(veroeffentlicht_am__isnull=True, verworfen_am__isnull=True)
_STEPS = {
    Schritt.VERWORFEN: Q(verworfen_am__isnull=False),
    Schritt.ZURUECKGEZOGEN: Q(zurueckgezogen_am__isnull=False),
    Schritt.VEROEFFENTLICHT: Q(veroeffentlicht_am__isnull=False, zurueckgezogen_am__isnull=True),
    Schritt.GEPRUEFT: _DRAFT & Q(geprueft_am__isnull=False),
    Schritt.IN_PRUEFUNG: _DRAFT & Q(vorgelegt_am__isnull=False, geprueft_am__isnull=True),
    Schritt.ENTWURF: _DRAFT & Q(vorgelegt_am__isnull=True),
}
