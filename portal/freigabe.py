"""What is released, and taken back: the fields and rules that a Fassung and a Weisung share (domain rules 1 and 3)."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q

from portal.history import acting_as
from portal.ledger import Frozen, Refusal, never_deleted
from portal.stichtag import EARLIEST, LATEST

LIVE = Q(zurueckgezogen_am__isnull=True)
WITHDRAWAL = ("zurueckgezogen_am", "zurueckgezogen_von", "zurueckgezogen_grund")


def _person(name: str) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=name
    )


class NotPossible(Exception):
    """The step is not possible now; the message is one German sentence for the user."""


class FreigabeQuerySet(models.QuerySet):
    def published(self) -> "FreigabeQuerySet":
        """What readers may see: released ones, withdrawn ones included (they carry a banner)."""
        return self.filter(veroeffentlicht_am__isnull=False)

    def live(self) -> "FreigabeQuerySet":
        """Released and not withdrawn."""
        return self.published().filter(zurueckgezogen_am__isnull=True)


class Freigabe(models.Model):
    """Draft until it is released; from then on nothing but its withdrawal changes, and that once."""

    veroeffentlicht_am = models.DateTimeField("Veröffentlicht am", null=True, blank=True)
    veroeffentlicht_von = _person("Veröffentlicht von")
    zurueckgezogen_am = models.DateTimeField("Zurückgezogen am", null=True, blank=True)
    zurueckgezogen_von = _person("Zurückgezogen von")
    zurueckgezogen_grund = models.TextField("Grund der Zurückziehung", blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_published_by_somebody",
                condition=Q(veroeffentlicht_am__isnull=True, veroeffentlicht_von__isnull=True)
                | Q(veroeffentlicht_am__isnull=False, veroeffentlicht_von__isnull=False),
            ),
            models.CheckConstraint(
                name="%(class)s_withdrawn_with_reason",
                condition=Q(zurueckgezogen_am__isnull=True, zurueckgezogen_von__isnull=True, zurueckgezogen_grund="")
                | Q(
                    veroeffentlicht_am__isnull=False,
                    zurueckgezogen_am__gte=F("veroeffentlicht_am"),
                    zurueckgezogen_von__isnull=False,
                )
                & ~Q(zurueckgezogen_grund=""),
            ),
        ]


def final_once_released(noun: str) -> list[Refusal]:
    """Return the triggers of a model with `Freigabe`: never deleted, frozen when released, withdrawn once."""
    return [
        *never_deleted(noun),
        Frozen(
            name="published_frozen",
            once_set="veroeffentlicht_am",
            except_fields=WITHDRAWAL,
            message=f"{noun}: Was veröffentlicht ist, ändert sich nicht.",
        ),
        Frozen(
            name="withdrawal_frozen",
            once_set="zurueckgezogen_am",
            message=f"{noun}: Eine Zurückziehung ist endgültig.",
        ),
    ]


def believable(field: str, name: str) -> models.CheckConstraint:
    """Return the constraint that a date lies where a Stichtag can lie; empty is allowed."""
    return models.CheckConstraint(
        name=name, condition=Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__range": (EARLIEST, LATEST)})
    )


def withdraw(row: Freigabe, *, user: Any, reason: str, now: datetime) -> Freigabe:
    """Take something released back; its page stays with a banner. Returns the row as stored.

    Raises NotPossible for drafts and for what is withdrawn already.
    """
    with transaction.atomic(), acting_as(user, reason, at=now):
        current = type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
        if current.veroeffentlicht_am is None or current.zurueckgezogen_am is not None:
            raise NotPossible("Zurückziehen lässt sich nur, was veröffentlicht und noch nicht zurückgezogen ist.")
        current.zurueckgezogen_am, current.zurueckgezogen_von = now, user
        current.zurueckgezogen_grund = reason.strip()
        current.save()
    return current
