"""The chain itself: one row an entry of the history, written by the database at commit (portal migration 0004).

It is the reviewers' timeline and the proof in one: each row holds the checksum of the one before, so nothing can be
changed, left out or put in between without all later ones saying so.
"""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Value

from portal.ledger.guards import append_only
from portal.search import SearchVector


class Vorgang(models.TextChoices):
    """What an entry is about. The database reads it from the row and the one before (portal_step_name)."""

    ANGELEGT = "angelegt", "angelegt"
    BEARBEITUNG = "bearbeitung", "bearbeitet"
    VORLAGE = "vorlage", "zur Prüfung vorgelegt"
    ZURUECKGEHOLT = "zurueckgeholt", "aus der Prüfung zurückgeholt"
    RUECKGABE = "rueckgabe", "zurückgegeben"
    PRUEFUNG = "pruefung", "geprüft"
    FREIGABE = "freigabe", "freigegeben"
    EILFREIGABE = "eilfreigabe", "Eilfreigabe"
    EILBESTAETIGUNG = "eilbestaetigung", "Eilfreigabe bestätigt"
    ZURUECKZIEHUNG = "zurueckziehung", "zurückgezogen"
    VERWORFEN = "verworfen", "verworfen"
    UEBERNAHME = "uebernahme", "aus einer Quelle übernommen"
    PAKET = "paket", "Paket geändert"
    UMSETZUNG = "umsetzung", "Umsetzung geändert"
    ZITAT = "zitat", "Zitat erfasst"
    AUFHEBUNG = "aufhebung", "Aufhebung erfasst"
    ROLLEN = "rollen", "Rollen geändert"
    PERSON = "person", "Person geändert"
    DIENSTSTELLE = "dienststelle", "Dienststelle geändert"


class Spaltenliste(models.Model):
    """Which columns of a history table an entry covers: a new column brings a new list, older entries keep theirs."""

    tabelle = models.CharField("Tabelle", max_length=63)
    spalten = models.JSONField("Spalten")
    pruefsumme = models.CharField("Prüfsumme", max_length=64)

    class Meta:
        verbose_name = "Spaltenliste"
        verbose_name_plural = "Spaltenlisten"
        constraints = [models.UniqueConstraint(fields=["tabelle", "pruefsumme"], name="spaltenliste_once")]
        triggers = append_only()

    def __str__(self) -> str:
        return f"Spalten von {self.tabelle}"


class Eintrag(models.Model):
    """One entry: which history row, what it means, who made it and why, and its place in the chain.

    Names are those of the time. Keys point without a constraint, because nothing that is audited can go.
    """

    nummer = models.BigIntegerField("Nummer", primary_key=True)  # without gaps, in the order of commits
    tabelle = models.CharField("Tabelle der Historie", max_length=63)
    zeile = models.BigIntegerField("Zeile der Historie")
    objekt_id = models.BigIntegerField("Schlüssel des Objekts")
    # Whose page shows it: a Fassung belongs to its Arbeitsmittel, a Zitat to its Weisung.
    thema_art = models.CharField("Art des Gegenstands", max_length=20)
    thema_id = models.BigIntegerField("Schlüssel des Gegenstands")
    bezeichnung = models.TextField("Gegenstand")
    vorgang = models.CharField("Vorgang", max_length=16, choices=Vorgang)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+",
        verbose_name="Person",
    )  # fmt: skip
    person_name = models.TextField("Name der Person")
    dienststelle = models.ForeignKey(
        "portal.Dienststelle", on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, null=True,
        related_name="+", verbose_name="Dienststelle",
    )  # fmt: skip
    dienststelle_name = models.TextField("Name der Dienststelle", blank=True)
    grund = models.TextField("Grund")
    zeitpunkt = models.DateTimeField("Zeitpunkt")
    erfasst_am = models.DateTimeField("Eingetragen am")
    angaben = models.JSONField("Weitere Angaben", default=dict)
    spalten = models.ForeignKey(
        Spaltenliste, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+",
        verbose_name="Spalten",
    )  # fmt: skip
    inhalt_hash = models.CharField("Prüfsumme der Zeile", max_length=64)
    vorher_hash = models.CharField("Prüfsumme des Eintrags davor", max_length=64, blank=True)
    hash = models.CharField("Prüfsumme", max_length=64)

    suche = models.GeneratedField(
        expression=SearchVector(Value(""), F("grund")), output_field=SearchVectorField(), db_persist=True
    )

    class Meta:
        verbose_name = "Eintrag"
        verbose_name_plural = "Einträge"
        ordering = ["-nummer"]
        indexes = [
            models.Index(fields=["person", "-nummer"], name="eintrag_person"),
            models.Index(fields=["dienststelle", "-nummer"], name="eintrag_dienststelle"),
            models.Index(fields=["thema_art", "thema_id", "-nummer"], name="eintrag_thema"),
            models.Index(fields=["vorgang", "-nummer"], name="eintrag_vorgang"),
            models.Index(fields=["erfasst_am", "nummer"], name="eintrag_erfasst_am"),
            GinIndex(fields=["suche"], name="eintrag_suche"),
        ]
        constraints = [models.UniqueConstraint(fields=["tabelle", "zeile"], name="eintrag_once")]
        triggers = append_only()

    def __str__(self) -> str:
        return f"Eintrag {self.nummer}"
