"""The directive itself (domain, glossary "Weisung")."""

from datetime import date
from typing import Any

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q, TextField, Value
from django.db.models.functions import Concat
from django.urls import reverse

from portal.freigabe import LIVE, Freigabe, Pruefdruck, believable, final_once_released, kept_as_shown
from portal.history import History
from portal.ledger import Guard
from portal.search import SearchVector
from weisungen.abschnitte import ABSCHNITTE
from weisungen.querysets import WeisungQuerySet


class Rolle(models.TextChoices):
    """What a Weisung is for one Rechtskreis."""

    NICHT_BETROFFEN = "nicht-betroffen", "nicht betroffen"
    INFORMATION = "information", "Information"
    WEISUNG = "weisung", "Weisung"


class Typ(models.TextChoices):
    """Weisung and Information share the format of the number, so the key is type and number."""

    WEISUNG = "weisung", "Weisung"
    INFORMATION = "information", "Information"


def rolle_field(name: str) -> models.CharField:
    return models.CharField(name, max_length=16, choices=Rolle, blank=True)


TEXT_FIELDS = ("vorspann", *(field for field, _heading in ABSCHNITTE))
# All texts in one, for the search.
WHOLE_TEXT = Concat(*[part for field in TEXT_FIELDS for part in (F(field), Value(" "))], output_field=TextField())


class Weisung(Freigabe):
    """One numbered directive. Final once it is issued; then nothing but its withdrawal changes."""

    TEXT_FIELDS = TEXT_FIELDS

    typ = models.CharField("Typ", max_length=12, choices=Typ, default=Typ.WEISUNG)
    nummer = models.CharField("Laufende Nummer", max_length=9, help_text="Jahr, Monat, laufende Nummer: 202305004")
    slug = models.SlugField("Adresse", max_length=30, editable=False)
    titel = models.CharField("Titel", max_length=300)
    datum = models.DateField("Datum")
    geschaeftszeichen = models.CharField("Geschäftszeichen", max_length=200, blank=True)
    gueltig_ab = models.DateField("Gültig ab")
    gueltig_bis = models.DateField("Gültig bis", null=True, blank=True, help_text="leer = unbegrenzt")
    sgb_ii = rolle_field("SGB II")
    sgb_iii = rolle_field("SGB III")
    familienkasse = rolle_field("Familienkasse")
    rollen_zusatz = models.JSONField(
        "Zusätze zu den Rollen", default=dict, blank=True, help_text="was bei einer Rolle in Klammern steht, je Feld"
    )
    bezug = models.TextField("Bezug", blank=True, help_text="eine Zeile je Bezug")
    # As text while it is written; with the release each line becomes an `Aufhebung`.
    aufhebung = models.TextField("Aufhebung von Regelungen", blank=True, help_text="eine Zeile je Regelung")

    vorspann = models.TextField("Vorspann", blank=True)
    ausgangssituation = models.TextField("Ausgangssituation", blank=True)
    auftrag_und_ziel = models.TextField("Auftrag und Ziel", blank=True)
    einzelauftraege = models.TextField("Einzelaufträge", blank=True)
    info = models.TextField("Info", blank=True)
    haushalt = models.TextField("Haushalt", blank=True)
    beteiligung = models.TextField("Beteiligung", blank=True)

    quelle = models.CharField("Quelle", max_length=300, blank=True, help_text="woher ein Import kam")
    quelltext = models.TextField("Quelltext", blank=True, help_text="der eingelesene Wortlaut, Grundlage der Belege")
    befunde = models.JSONField("Befunde des Imports", default=list, blank=True)

    suche = models.GeneratedField(
        expression=SearchVector(
            Concat("nummer", Value(" "), "titel"),
            WHOLE_TEXT,
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = WeisungQuerySet.as_manager()
    history = History(
        describe="weisungen_describe_weisung",
        excluded_fields=["suche"],
        verbose_name="Historie der Weisung",
        verbose_name_plural="Historie der Weisungen",
    )

    class Meta(Freigabe.Meta):
        verbose_name = "Weisung"
        verbose_name_plural = "Weisungen"
        ordering = ["-datum", "-nummer"]
        permissions = [
            ("publish_weisung", "Darf Weisungen prüfen, freigeben und zurückziehen"),
            ("rush_weisung", "Darf Weisungen allein in Eile freigeben"),
        ]
        indexes = [GinIndex(fields=["suche"], name="weisung_suche")]
        constraints = [
            *Freigabe.Meta.constraints,
            # A withdrawn one makes room for the right one.
            models.UniqueConstraint(fields=["typ", "nummer"], condition=LIVE, name="weisung_typ_and_nummer_unique"),
            models.UniqueConstraint(fields=["slug"], condition=LIVE, name="weisung_slug_unique"),
            models.CheckConstraint(
                name="weisung_published_is_complete",
                condition=Q(veroeffentlicht_am__isnull=True) | ~Q(titel=""),
            ),
            models.CheckConstraint(
                name="weisung_choices_exist",
                condition=Q(typ__in=Typ.values)
                & Q(sgb_ii__in=["", *Rolle.values])
                & Q(sgb_iii__in=["", *Rolle.values])
                & Q(familienkasse__in=["", *Rolle.values]),
            ),
            believable("datum", "weisung_datum_believable"),
            believable("gueltig_ab", "weisung_gueltig_ab_believable"),
            believable("gueltig_bis", "weisung_gueltig_bis_believable"),
            models.CheckConstraint(
                name="weisung_nummer_is_year_month_number",
                condition=Q(nummer__regex=r"^(19|20)\d\d(0[1-9]|1[0-2])\d{3}$"),
            ),
            models.CheckConstraint(
                name="weisung_ends_after_it_begins",
                condition=Q(gueltig_bis__isnull=True) | Q(gueltig_bis__gte=F("gueltig_ab")),
            ),
        ]
        triggers = [
            *final_once_released("Weisung", "weisungen_historicalweisung"),
            Guard(
                name="package_whole",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                timing=pgtrigger.Deferred,
                condition=pgtrigger.Q(old__veroeffentlicht_am__isnull=True, new__veroeffentlicht_am__isnull=False),
                function="weisungen_package_whole()",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_typ_display()} {self.nummer}"

    def get_absolute_url(self) -> str:
        return reverse("weisungen:detail", args=[self.slug])

    def pruefstoff(self) -> dict[str, Any]:
        """Return everything that is printed, and what goes live with it (portal.freigabe)."""
        columns = ("nummer", "titel", "geschaeftszeichen", "bezug", "aufhebung", *TEXT_FIELDS)
        gueltig_bis = self.gueltig_bis.isoformat() if self.gueltig_bis else None
        return {
            "format": 1,
            "typ": self.typ,
            "datum": self.datum.isoformat(),
            "gueltig": [self.gueltig_ab.isoformat(), gueltig_bis],
            "rollen": self.rollen,
            **{name: getattr(self, name) for name in columns},
            "paket": [[str(u.arbeitsmittel), u.fassung_id, u.fassung.stand.isoformat()] for u in self.paket()],
        }

    def paket(self) -> models.QuerySet:
        """Return the Umsetzungen whose Fassungen go live with this Weisung, in the order of the list."""
        members = self.umsetzungen.filter(im_paket=True, gestrichen=False).select_related("arbeitsmittel", "fassung")
        return members.order_by("arbeitsmittel__bereich_rang", "arbeitsmittel__slug")

    @property
    def rollen(self) -> list[tuple[str, str]]:
        """The three roles as printed, with the addition in brackets where there is one."""
        fields = ("sgb_ii", "sgb_iii", "familienkasse")
        return [
            (self._meta.get_field(field).verbose_name, self._printed_rolle(field))
            for field in fields
        ]  # fmt: skip

    def zustand(self, stichtag: date) -> str:
        """Return zurueckgezogen, kuenftig, abgelaufen, aufgehoben or in-kraft; needs `with_repeal` of that day."""
        if self.zurueckgezogen_am:
            return "zurueckgezogen"
        if self.gueltig_ab > stichtag:
            return "kuenftig"
        if self.aufgehoben_durch:
            return "aufgehoben"
        return "abgelaufen" if self.gueltig_bis and self.gueltig_bis < stichtag else "in-kraft"

    def _printed_rolle(self, field: str) -> str:
        zusatz = self.rollen_zusatz.get(field)
        printed = getattr(self, f"get_{field}_display")() or "keine Angabe"
        return f"{printed} ({zusatz})" if zusatz else printed


class WeisungPruefdruck(Pruefdruck):
    """The PDF of a Weisung as the second person saw it; it also prints the Stände of the day, so one more a change."""

    objekt = models.ForeignKey(Weisung, on_delete=models.PROTECT, related_name="pruefdrucke", verbose_name="Weisung")

    class Meta:
        verbose_name = "Prüfdruck einer Weisung"
        verbose_name_plural = "Prüfdrucke der Weisungen"
        constraints = [
            models.UniqueConstraint(fields=["objekt", "pruefsumme", "sha256"], name="weisungpruefdruck_once")
        ]
        triggers = kept_as_shown()


def slug_of(typ: str, nummer: str) -> str:
    """Return the address of a Weisung: its number alone, for an Information with the word before it."""
    return nummer if typ == Typ.WEISUNG else f"{typ}-{nummer}"
