"""What somebody asked for, how far it is, and the file that came of it. Not audited, kept for a day."""

import uuid
from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.db import models

KEPT = timedelta(days=1)


class Zustand(models.TextChoices):
    WARTET = "wartet", "wartet"
    LAEUFT = "laeuft", "läuft"
    FERTIG = "fertig", "fertig"
    GESCHEITERT = "gescheitert", "gescheitert"


class Auftrag(models.Model):
    """One piece of work. Only its person sees it, and only while it has the right that the work needs."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name="Person"
    )
    art = models.CharField("Art", max_length=40)
    titel = models.CharField("Titel", max_length=200)
    angaben = models.JSONField("Angaben", default=dict)
    zurueck = models.TextField("Adresse der Seite, auf der er angefordert wurde", blank=True)
    zustand = models.CharField("Zustand", max_length=12, choices=Zustand, default=Zustand.WARTET)
    erledigt = models.PositiveIntegerField("Erledigt", default=0)
    gesamt = models.PositiveIntegerField("Gesamt", default=0)  # 0: nobody knows yet
    fehler = models.TextField("Warum es nicht ging", blank=True)
    dateiname = models.CharField("Dateiname", max_length=200, blank=True)
    inhaltstyp = models.CharField("Inhaltstyp", max_length=100, blank=True)
    groesse = models.BigIntegerField("Größe in Byte", default=0)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    erstellt = models.DateTimeField("Erstellt am")
    beendet = models.DateTimeField("Beendet am", null=True, blank=True)

    class Meta:
        verbose_name = "Auftrag"
        verbose_name_plural = "Aufträge"
        ordering = ["erstellt"]
        indexes = [models.Index(fields=["person", "zustand"], name="auftrag_person_zustand")]

    def __str__(self) -> str:
        return self.titel

    @property
    def offen(self) -> bool:
        """Whether it is still to be done, or being done."""
        return self.zustand in OPEN

    def content(self) -> Iterator[bytes]:
        """Yield the file piece by piece, so that nobody holds all of it in memory."""
        numbers = self.teile.order_by("nummer").values_list("nummer", flat=True)
        for number in list(numbers):
            yield bytes(self.teile.get(nummer=number).inhalt)


OPEN = (Zustand.WARTET, Zustand.LAEUFT)


class Auftragsteil(models.Model):
    """A piece of the file: rows of one megabyte are written and read without holding the whole."""

    auftrag = models.ForeignKey(Auftrag, on_delete=models.CASCADE, related_name="teile", verbose_name="Auftrag")
    nummer = models.PositiveIntegerField("Nummer")
    inhalt = models.BinaryField("Bytes")

    class Meta:
        verbose_name = "Teil eines Auftrags"
        verbose_name_plural = "Teile eines Auftrags"
        constraints = [models.UniqueConstraint(fields=["auftrag", "nummer"], name="auftragsteil_once")]

    def __str__(self) -> str:
        return f"Teil {self.nummer} von {self.auftrag_id}"
