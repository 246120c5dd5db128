"""The columns of the workflow. The state is read from them and stored nowhere, so that it cannot contradict them."""

import hashlib
import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from portal.freigabe.querysets import Schritt, Weg, WithdrawalKind
from portal.stichtag import EARLIEST, LATEST

# Neither withdrawn nor thrown away: what a number or a Stand is taken by.
LIVE = Q(zurueckgezogen_am__isnull=True, verworfen_am__isnull=True)


def _person(name: str) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=name
    )


def _moment(name: str) -> models.DateTimeField:
    return models.DateTimeField(name, null=True, blank=True)


def _both_or_none(constraint: str, *fields: str) -> models.CheckConstraint:
    none = Q(**{f"{field}__isnull": True for field in fields})
    return models.CheckConstraint(
        name=f"%(class)s_{constraint}", condition=none | Q(**{f"{field}__isnull": False for field in fields})
    )


# What may still be set once something is released, each group at one moment.
_LATER = {
    "zurueckgezogen_am": {"zurueckgezogen_von": None, "zurueckgezogen_art": "", "zurueckgezogen_grund": ""},
    "eil_bestaetigt_am": {"eil_bestaetigt_von": None},
}


class Freigabe(models.Model):
    """Draft until it is released; from then on nothing but confirmation and withdrawal, each once.

    A model with it names its content in `pruefstoff`; what is not named there and not a column of this class is
    content all the same for the database: it does not change while a check runs.
    """

    version = models.PositiveIntegerField("Version", default=1, editable=False)  # counts saves: finds stale forms
    verfasst_von = _person("Zuletzt verfasst von")
    begruendungen = models.JSONField("Begründungen zu Warnungen", default=dict, blank=True)
    sperrfrist = models.BooleanField(
        "Sperrfrist", default=False, help_text="Bis zum Stand unsichtbar statt vorab angekündigt."
    )

    vorgelegt_am = _moment("Zur Prüfung vorgelegt am")
    vorgelegt_von = _person("Zur Prüfung vorgelegt von")
    pruefsumme = models.CharField("Prüfsumme", max_length=64, blank=True, editable=False)
    geprueft_am = _moment("Geprüft am")
    geprueft_von = _person("Geprüft von")
    zurueckgegeben_am = _moment("Zurückgegeben am")
    zurueckgegeben_von = _person("Zurückgegeben von")
    rueckgabe = models.TextField("Anmerkung der Prüfung", blank=True)

    weg = models.CharField("Weg der Freigabe", max_length=12, choices=Weg, blank=True)
    veroeffentlicht_am = _moment("Veröffentlicht am")
    veroeffentlicht_von = _person("Veröffentlicht von")
    sichtbar_ab = _moment("Für Leser sichtbar ab")
    eil_grund = models.TextField("Grund der Eilfreigabe", blank=True)
    eil_bestaetigt_am = _moment("Eilfreigabe bestätigt am")
    eil_bestaetigt_von = _person("Eilfreigabe bestätigt von")

    zurueckgezogen_am = _moment("Zurückgezogen am")
    zurueckgezogen_von = _person("Zurückgezogen von")
    zurueckgezogen_art = models.CharField("Art der Zurückziehung", max_length=10, choices=WithdrawalKind, blank=True)
    zurueckgezogen_grund = models.TextField("Grund der Zurückziehung", blank=True)
    verworfen_am = _moment("Verworfen am")
    verworfen_von = _person("Verworfen von")
    verworfen_grund = models.TextField("Grund des Verwerfens", blank=True)

    class Meta:
        abstract = True
        constraints = [
            _both_or_none("published_by_somebody", "veroeffentlicht_am", "veroeffentlicht_von", "sichtbar_ab"),
            _both_or_none("submitted_by_somebody", "vorgelegt_am", "vorgelegt_von"),
            _both_or_none("checked_by_somebody", "geprueft_am", "geprueft_von"),
            _both_or_none("confirmed_by_somebody", "eil_bestaetigt_am", "eil_bestaetigt_von"),
            models.CheckConstraint(
                name="%(class)s_checked_after_submission",
                condition=Q(vorgelegt_am__isnull=False) & ~Q(pruefsumme="")
                | Q(vorgelegt_am__isnull=True, geprueft_am__isnull=True, pruefsumme=""),
            ),
            models.CheckConstraint(
                name="%(class)s_published_some_way",
                condition=Q(veroeffentlicht_am__isnull=True, weg="")
                | Q(veroeffentlicht_am__isnull=False, weg__in=Weg.values, sichtbar_ab__gte=F("veroeffentlicht_am")),
            ),
            models.CheckConstraint(
                name="%(class)s_emergency_has_reason",
                condition=Q(weg=Weg.EIL) & ~Q(eil_grund="")
                | ~Q(weg=Weg.EIL) & Q(eil_grund="", eil_bestaetigt_am__isnull=True),
            ),
            models.CheckConstraint(
                name="%(class)s_withdrawn_with_reason",
                condition=Q(
                    zurueckgezogen_am__isnull=True,
                    zurueckgezogen_von__isnull=True,
                    zurueckgezogen_grund="",
                    zurueckgezogen_art="",
                )
                | Q(
                    veroeffentlicht_am__isnull=False,
                    zurueckgezogen_am__gte=F("veroeffentlicht_am"),
                    zurueckgezogen_von__isnull=False,
                    zurueckgezogen_art__in=["", *WithdrawalKind.values],  # before migration 0003 there was no kind
                )
                & ~Q(zurueckgezogen_grund=""),
            ),
            models.CheckConstraint(
                name="%(class)s_discarded_with_reason",
                condition=Q(verworfen_am__isnull=True, verworfen_von__isnull=True, verworfen_grund="")
                | Q(veroeffentlicht_am__isnull=True, verworfen_am__isnull=False, verworfen_von__isnull=False)
                & ~Q(verworfen_grund=""),
            ),
        ]

    def pruefstoff(self) -> dict[str, Any]:
        """Return everything that is printed, JSON-ready; its checksum is what somebody checks and releases."""
        # A model without it must not be released on the checksum of nothing.
        raise NotImplementedError(f"{type(self).__name__} does not say what it prints")

    def forget_after(self, moment: datetime) -> None:
        """Take off this row, not off the stored one, what was done to it after a moment."""
        for happened, belongings in _LATER.items():
            at = getattr(self, happened)
            if at is not None and at > moment:
                setattr(self, happened, None)
                for name, value in belongings.items():
                    setattr(self, name, value)

    @property
    def schritt(self) -> Schritt:
        """Where the row stands on its way."""
        if self.verworfen_am:
            return Schritt.VERWORFEN
        if self.zurueckgezogen_am:
            return Schritt.ZURUECKGEZOGEN
        if self.veroeffentlicht_am:
            return Schritt.VEROEFFENTLICHT
        if self.geprueft_am:
            return Schritt.GEPRUEFT
        return Schritt.IN_PRUEFUNG if self.vorgelegt_am else Schritt.ENTWURF

    @property
    def ist_entwurf(self) -> bool:
        """Whether it is on its way: neither released nor thrown away."""
        return self.veroeffentlicht_am is None and self.verworfen_am is None

    @property
    def eil_offen(self) -> bool:
        """Whether it was released in an emergency that nobody has confirmed yet."""
        return self.weg == Weg.EIL and self.eil_bestaetigt_am is None and self.zurueckgezogen_am is None


# Columns of the workflow: they change while the content stays as it was checked. `suche` is generated.
WORKFLOW = (
    "version",
    "vorgelegt_am",
    "vorgelegt_von",
    "pruefsumme",
    "geprueft_am",
    "geprueft_von",
    "zurueckgegeben_am",
    "zurueckgegeben_von",
    "rueckgabe",
    "weg",
    "veroeffentlicht_am",
    "veroeffentlicht_von",
    "sichtbar_ab",
    "eil_grund",
    "eil_bestaetigt_am",
    "eil_bestaetigt_von",
    "zurueckgezogen_am",
    "zurueckgezogen_von",
    "zurueckgezogen_art",
    "zurueckgezogen_grund",
    "verworfen_am",
    "verworfen_von",
    "verworfen_grund",
)


class Pruefdruck(models.Model):
    """The PDF as it was shown to the second person: one per checksum, kept for good. A model adds `objekt`."""

    pruefsumme = models.CharField("Prüfsumme", max_length=64)
    inhalt = models.BinaryField("Bytes")
    sha256 = models.CharField("SHA-256", max_length=64)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"Prüfdruck {self.pruefsumme[:12]}"


def checksum(row: Freigabe) -> str:
    """Return the SHA-256 over everything that the row prints, as hexadecimal text."""
    text = json.dumps(row.pruefstoff(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def believable(field: str, name: str) -> models.CheckConstraint:
    """Return the constraint that a date lies where a Stichtag can lie; empty is allowed."""
    return models.CheckConstraint(
        name=name, condition=Q(**{f"{field}__isnull": True}) | Q(**{f"{field}__range": (EARLIEST, LATEST)})
    )
