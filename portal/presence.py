"""Who else has something open in the workplace: a note for colleagues, not a lock and not part of the record."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models

HERE = timedelta(minutes=5)  # after the last sign of life; the page gives one every minute
KEPT = timedelta(days=1)


class Anwesenheit(models.Model):
    """When a person was last seen at one row. At most one entry per person and row; old ones are swept away."""

    art = models.CharField("Art", max_length=60)
    objekt = models.BigIntegerField("Objekt")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name="Person"
    )
    zuletzt = models.DateTimeField("Zuletzt", db_index=True)

    class Meta:
        verbose_name = "Anwesenheit"
        verbose_name_plural = "Anwesenheiten"
        constraints = [models.UniqueConstraint(fields=["art", "objekt", "person"], name="anwesenheit_once")]

    def __str__(self) -> str:
        return f"{self.person} an {self.art} {self.objekt}"


def note_presence(row: models.Model, person: models.Model, now: datetime) -> None:
    """Note that somebody has a row open now."""
    _entry, new = Anwesenheit.objects.update_or_create(**_place(row), person=person, defaults={"zuletzt": now})
    if new:
        Anwesenheit.objects.filter(zuletzt__lt=now - KEPT).delete()


def others_present(row: models.Model, person: models.Model, now: datetime) -> list[str]:
    """Return the names of the others who have had the row open within the last five minutes."""
    here = Anwesenheit.objects.filter(**_place(row), zuletzt__gte=now - HERE).exclude(person=person)
    return [str(entry.person) for entry in here.select_related("person").order_by("person__username")]


def presence_note(names: Sequence[str]) -> str:
    """Return the sentence that tells who else is there, empty where nobody is."""
    if not names:
        return ""
    *first, last = names
    who = f"{', '.join(first)} und {last}" if first else last
    verb = "haben" if first else "hat"
    return f"{who} {verb} diesen Entwurf gerade auch geöffnet. Bitte absprechen, wer schreibt."


def _place(row: models.Model) -> dict[str, str | int]:
    return {"art": row._meta.label_lower, "objekt": row.pk}
