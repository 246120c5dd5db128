"""Directives, what they cited when they were issued, and what they repeal (domain, glossary)."""

from datetime import date

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q, TextField, Value
from django.db.models.functions import Concat
from django.urls import reverse

from arbeitsmittel.models import Arbeitsmittel
from arbeitsmittel.stand import Datum
from portal.freigabe import LIVE, Freigabe, believable, final_once_released
from portal.history import History
from portal.ledger import Frozen, Guard, never_deleted
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
        excluded_fields=["suche"], verbose_name="Historie der Weisung", verbose_name_plural="Historie der Weisungen"
    )

    class Meta(Freigabe.Meta):
        verbose_name = "Weisung"
        verbose_name_plural = "Weisungen"
        ordering = ["-datum", "-nummer"]
        permissions = [("publish_weisung", "Darf Weisungen freigeben")]
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
        triggers = final_once_released("Weisung")

    def __str__(self) -> str:
        return f"{self.get_typ_display()} {self.nummer}"

    def get_absolute_url(self) -> str:
        return reverse("weisungen:detail", args=[self.slug])

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


def only_in_draft() -> Guard:
    """Return the trigger that lets nothing be added to a Weisung once it is issued."""
    return Guard(
        name="only_in_draft",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        function="weisungen_only_in_draft()",
    )


class Zitat(models.Model):
    """A place of a Weisung that names an Arbeitsmittel, as recorded once when the Weisung came into the portal.

    `stand_gedruckt` is what the source printed; for an imported web page that is the Stand of that day's target,
    not of the issue. The Stand at issue is therefore assumed, and `bei_erlass_angenommen` says so.
    """

    weisung = models.ForeignKey(Weisung, on_delete=models.PROTECT, related_name="zitate", verbose_name="Weisung")
    arbeitsmittel = models.ForeignKey(
        Arbeitsmittel, on_delete=models.PROTECT, related_name="zitate", verbose_name="Arbeitsmittel"
    )
    reihenfolge = models.PositiveSmallIntegerField("Reihenfolge")
    abschnitt = models.PositiveSmallIntegerField("Abschnitt", help_text="1 bis 6, 0 = Vorspann")
    beleg = models.TextField("Beleg", help_text="der Wortlaut der Fundstelle")
    position = models.PositiveIntegerField("Position", help_text="Zeichen ab Beginn des Quelltextes")
    stand_gedruckt = models.DateField("Gedruckter Stand", null=True, blank=True)
    stand_nur_monat = models.BooleanField("Nur der Monat ist bekannt", default=False)
    stand_bei_erlass = models.DateField("Stand bei Erlass")
    bei_erlass_angenommen = models.BooleanField("Stand bei Erlass ist angenommen", default=True)

    history = History(verbose_name="Historie des Zitats", verbose_name_plural="Historie der Zitate")

    class Meta:
        verbose_name = "Zitat"
        verbose_name_plural = "Zitate"
        ordering = ["weisung", "reihenfolge"]
        constraints = [
            models.UniqueConstraint(fields=["weisung", "reihenfolge"], name="zitat_reihenfolge_unique"),
            models.CheckConstraint(name="zitat_abschnitt_exists", condition=Q(abschnitt__lte=len(ABSCHNITTE))),
        ]
        triggers = [
            *never_deleted("Zitat"),
            Frozen(name="zitat_frozen", message="Zitat: Was zitiert wurde, bleibt, wie es erfasst ist."),
            only_in_draft(),
        ]

    def __str__(self) -> str:
        return f"{self.weisung} zitiert {self.arbeitsmittel}"

    @property
    def stand_bei_erlass_text(self) -> str:
        """The Stand at issue as printed: 02.01.2024, or 12/2019 where it is the printed one and that was a month."""
        return str(Datum(self.stand_bei_erlass, self.stand_nur_monat and self.stand_bei_erlass == self.stand_gedruckt))


class Aufhebung(models.Model):
    """What a Weisung repeals: another one by type and number, or a regulation in plain words.

    Resolved by number when it is read, because the repealed Weisung may come into the portal later.
    """

    weisung = models.ForeignKey(Weisung, on_delete=models.PROTECT, related_name="aufhebungen", verbose_name="Weisung")
    reihenfolge = models.PositiveSmallIntegerField("Reihenfolge")
    text = models.TextField("Wortlaut")
    ziel_typ = models.CharField("Typ der aufgehobenen Regelung", max_length=12, choices=Typ, blank=True)
    ziel_nummer = models.CharField("Nummer der aufgehobenen Regelung", max_length=9, blank=True)

    history = History(verbose_name="Historie der Aufhebung", verbose_name_plural="Historie der Aufhebungen")

    class Meta:
        verbose_name = "Aufhebung"
        verbose_name_plural = "Aufhebungen"
        ordering = ["weisung", "reihenfolge"]
        indexes = [models.Index(fields=["ziel_typ", "ziel_nummer"], name="aufhebung_ziel")]
        constraints = [
            models.UniqueConstraint(fields=["weisung", "reihenfolge"], name="aufhebung_reihenfolge_unique"),
            models.CheckConstraint(
                name="aufhebung_ziel_is_whole",
                condition=Q(ziel_typ="", ziel_nummer="") | Q(ziel_typ__in=Typ.values) & ~Q(ziel_nummer=""),
            ),
        ]
        triggers = [
            *never_deleted("Aufhebung"),
            Frozen(name="aufhebung_frozen", message="Aufhebung: Sie bleibt, wie sie erfasst ist."),
            only_in_draft(),
        ]

    def __str__(self) -> str:
        return f"{self.weisung} hebt auf: {self.text}"


def slug_of(typ: str, nummer: str) -> str:
    """Return the address of a Weisung: its number alone, for an Information with the word before it."""
    return nummer if typ == Typ.WEISUNG else f"{typ}-{nummer}"
