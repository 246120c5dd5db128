"""What is released, and taken back: the fields and rules that a Fassung and a Weisung share (domain rules 1 and 3)."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from portal.ledger import Frozen, Refusal, never_deleted

WITHDRAWAL = ("zurueckgezogen_am", "zurueckgezogen_von", "zurueckgezogen_grund")


def _person(name: str) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=name
    )


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
