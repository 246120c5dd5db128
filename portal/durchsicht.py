"""That a reviewer has looked at an entry: a note beside the record, which it changes in nothing."""

from datetime import datetime

import pgtrigger
from django.conf import settings
from django.db import models

from portal.ledger import Refusal, never_deleted
from portal.ledger.model import Eintrag


class Durchsicht(models.Model):
    """One entry, looked at by one person. It has actor, moment and note itself, so it needs no history of its own."""

    eintrag = models.ForeignKey(Eintrag, on_delete=models.PROTECT, related_name="durchsichten", verbose_name="Eintrag")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="Person"
    )
    am = models.DateTimeField("Gesichtet am")
    notiz = models.TextField("Notiz", blank=True)

    class Meta:
        verbose_name = "Durchsicht"
        verbose_name_plural = "Durchsichten"
        ordering = ["am"]
        permissions = [("open_revision", "Darf die Seiten der Revision öffnen")]
        constraints = [models.UniqueConstraint(fields=["eintrag", "person"], name="durchsicht_once_per_person")]
        triggers = [
            *never_deleted("Durchsicht"),
            Refusal(
                name="never_changed",
                operation=pgtrigger.Update,
                message="Durchsicht: Ein Vermerk bleibt, wie er ist.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.eintrag}, gesichtet von {self.person}"


def note_durchsicht(eintrag: Eintrag, *, person: models.Model, notiz: str, now: datetime) -> bool:
    """Note that somebody has looked at an entry; returns whether it is new: the first note of a person stays."""
    values = {"am": now, "notiz": notiz.strip()}
    _noted, new = Durchsicht.objects.get_or_create(eintrag=eintrag, person=person, defaults=values)
    return new
