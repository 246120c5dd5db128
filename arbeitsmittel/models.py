"""Identity and dated version: `Arbeitsmittel` for its whole life, `Fassung` for one Stand of it (domain, glossary)."""

from typing import Any

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Case, Func, Q, Value, When
from django.db.models.functions import Concat, Lower, Substr
from django.urls import reverse

from arbeitsmittel.kennung import Art, Bereich, Kennung
from arbeitsmittel.querysets import ArbeitsmittelQuerySet, FassungQuerySet
from arbeitsmittel.stand import Datum
from portal.freigabe import Freigabe, Pruefdruck, believable, final_once_released, kept_as_shown
from portal.history import History
from portal.ledger import Frozen, Guard, audited, never_deleted
from portal.search import SearchVector
from portal.stichtag import Stichtag

ART_CHOICES = [(art.value, art.label) for art in Art]
BEREICH_CHOICES = [(bereich.value, bereich.label) for bereich in Bereich]
GLF = Q(art__in=[Art.GLF_EZ, Art.GLF_SC])
# The order in which Bereiche are listed everywhere.
BEREICH_RANG = Case(
    *[When(bereich_condition, then=Value(rang)) for rang, bereich_condition in enumerate(
        [Q(art=Art.GLF_EZ), Q(art=Art.GLF_SC, bezeichnung__startswith="2"), Q(art=Art.GLF_SC)], start=1
    )],
    default=Value(4),
)  # fmt: skip


class Arbeitsmittel(models.Model):
    """One script or working aid. What it is called never changes; its title stands on the Fassung."""

    art = models.CharField("Art", max_length=10, choices=ART_CHOICES)
    bezeichnung = models.CharField("Nummer oder Name", max_length=120, help_text="3.001a oder Umzug und Ortswechsel")
    slug = models.SlugField("Adresse", max_length=140, unique=True, editable=False)
    bereich_rang = models.GeneratedField(
        expression=BEREICH_RANG, output_field=models.PositiveSmallIntegerField(), db_persist=True
    )
    # Last three digits of the number: the same topic in another channel (1.204 and 3.204).
    thema = models.GeneratedField(
        expression=Case(When(GLF, then=Substr("bezeichnung", 3, 3)), default=Value("")),
        output_field=models.CharField(max_length=3),
        db_persist=True,
    )

    objects = ArbeitsmittelQuerySet.as_manager()
    history = History(
        describe="arbeitsmittel_describe_arbeitsmittel",
        excluded_fields=["bereich_rang", "thema"],
        verbose_name="Historie des Arbeitsmittels",
        verbose_name_plural="Historie der Arbeitsmittel",
    )

    class Meta:
        verbose_name = verbose_name_plural = "Arbeitsmittel"
        ordering = ["bereich_rang", "slug"]
        indexes = [
            models.Index(fields=["bereich_rang", "slug"], name="arbeitsmittel_in_order"),
            models.Index(fields=["thema"], name="arbeitsmittel_thema"),
        ]
        constraints = [
            models.UniqueConstraint("art", Lower("bezeichnung"), name="arbeitsmittel_kennung_unique"),
            models.CheckConstraint(
                name="arbeitsmittel_bezeichnung_fits_art",
                condition=Q(art=Art.GLF_EZ, bezeichnung__regex=r"^1\.\d{3}[a-z]?$")
                | Q(art=Art.GLF_SC, bezeichnung__regex=r"^[23]\.\d{3}[a-z]?$")
                | Q(art=Art.EMB_AH, bezeichnung__regex=r"^\S.*\S$"),
            ),
            models.CheckConstraint(
                name="arbeitsmittel_slug_is_the_kennung",
                condition=Q(GLF, slug=Concat("art", Value("-"), "bezeichnung"))
                | Q(art=Art.EMB_AH, slug__regex=r"^emb-ah(-[a-z0-9]+)+$"),
            ),
        ]
        triggers = [
            *audited("Arbeitsmittel"),
            Frozen(name="identity_frozen", message="Arbeitsmittel: Die Kennung ändert sich nie."),
        ]

    def __str__(self) -> str:
        return str(self.kennung)

    def get_absolute_url(self) -> str:
        return reverse("arbeitsmittel:detail", args=[self.slug])

    @property
    def kennung(self) -> Kennung:
        return Kennung(Art(self.art), self.bezeichnung)

    @property
    def bereich(self) -> Bereich:
        return self.kennung.bereich

    def verwandte(self, stichtag: Stichtag) -> ArbeitsmittelQuerySet:
        """Those on the same topic in another channel or variant, with what applies on the day; proposed by number."""
        if not self.thema:
            return Arbeitsmittel.objects.none()
        same = Arbeitsmittel.objects.known_to_readers(stichtag).filter(GLF, thema=self.thema).exclude(pk=self.pk)
        return same.with_current(stichtag).in_order()


class Aenderungsart(models.TextChoices):
    FACHLICH = "fachlich", "fachlich"
    REDAKTIONELL = "redaktionell", "redaktionell"


class Fassung(Freigabe):
    """One version with its Stand. Draft until it is released; then nothing but its withdrawal changes.

    A Fassung of which only the Stand is known (imported from a Weisung) has a source instead of text and PDF.
    """

    arbeitsmittel = models.ForeignKey(
        Arbeitsmittel, on_delete=models.PROTECT, related_name="fassungen", verbose_name="Arbeitsmittel"
    )
    stand = models.DateField("Stand")
    stand_nur_monat = models.BooleanField(
        "Nur der Monat des Standes ist bekannt", default=False, help_text="Der Stand ist dann der Erste des Monats."
    )
    titel = models.CharField("Titel", max_length=250, blank=True)
    inhalt = models.TextField("Text", blank=True)
    aenderungshinweis = models.TextField("Änderungshinweis", blank=True)
    aenderungsart = models.CharField("Art der Änderung", max_length=12, choices=Aenderungsart, blank=True)
    quelle = models.TextField("Quelle", blank=True, help_text="Woher der Stand bekannt ist, wenn der Text fehlt.")
    nachtrag_grund = models.TextField(
        "Grund der nachträglichen Erfassung",
        blank=True,
        help_text="Nur, wenn der Stand vor der Freigabe liegt.",
    )

    suche = models.GeneratedField(
        expression=SearchVector("titel", "inhalt"), output_field=SearchVectorField(), db_persist=True
    )

    objects = FassungQuerySet.as_manager()
    history = History(
        describe="arbeitsmittel_describe_fassung",
        excluded_fields=["suche"],
        verbose_name="Historie der Fassung",
        verbose_name_plural="Historie der Fassungen",
    )

    class Meta(Freigabe.Meta):
        verbose_name = "Fassung"
        verbose_name_plural = "Fassungen"
        ordering = ["arbeitsmittel", "-stand"]
        permissions = [
            ("publish_fassung", "Darf Fassungen prüfen, freigeben und zurückziehen"),
            ("rush_fassung", "Darf Fassungen allein in Eile freigeben"),
        ]
        indexes = [GinIndex(fields=["suche"], name="fassung_suche")]
        constraints = [
            *Freigabe.Meta.constraints,
            models.UniqueConstraint(
                fields=["arbeitsmittel", "stand"],
                condition=Q(veroeffentlicht_am__isnull=False, zurueckgezogen_am__isnull=True),
                name="fassung_one_live_per_stand",
            ),
            models.UniqueConstraint(
                fields=["arbeitsmittel"],
                condition=Q(veroeffentlicht_am__isnull=True, verworfen_am__isnull=True),
                name="fassung_one_open_draft",
            ),
            models.CheckConstraint(
                name="fassung_published_is_complete",
                condition=Q(veroeffentlicht_am__isnull=True)
                | ~Q(inhalt="") & ~Q(titel="") & ~Q(aenderungshinweis="") & ~Q(aenderungsart="") & Q(quelle="")
                | Q(inhalt="", titel="", aenderungshinweis="", aenderungsart="") & ~Q(quelle=""),
            ),
            models.CheckConstraint(
                name="fassung_aenderungsart_exists", condition=Q(aenderungsart__in=["", *Aenderungsart.values])
            ),
            believable("stand", "fassung_stand_believable"),
            models.CheckConstraint(
                name="fassung_month_stands_on_its_first_day",
                condition=Q(stand_nur_monat=False) | Q(stand__day=1),
            ),
        ]
        triggers = [
            *final_once_released("Fassung", "arbeitsmittel_historicalfassung"),
            Guard(
                name="stand_not_past",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__veroeffentlicht_am__isnull=True, new__veroeffentlicht_am__isnull=False),
                function="arbeitsmittel_fassung_stand_not_past()",
            ),
            Guard(
                name="published_has_pdf",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                timing=pgtrigger.Deferred,
                condition=pgtrigger.Q(new__veroeffentlicht_am__isnull=False) & ~pgtrigger.Q(new__inhalt=""),
                function="arbeitsmittel_fassung_needs_pdf()",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.arbeitsmittel}, Stand {self.stand_text}"

    def get_absolute_url(self) -> str:
        return reverse("arbeitsmittel:fassung", args=[self.arbeitsmittel.slug, self.stand])

    def pruefstoff(self) -> dict[str, Any]:
        """Return everything that is printed (portal.freigabe)."""
        return {
            "format": 1,
            "kennung": str(self.arbeitsmittel),
            "stand": self.stand_text,
            "titel": self.titel,
            "inhalt": self.inhalt,
            "aenderungshinweis": self.aenderungshinweis,
            "aenderungsart": self.aenderungsart,
        }

    @property
    def nachtrag(self) -> bool:
        """Whether it was entered late: released after the Stand from which it applies."""
        return self.nachtrag_grund != ""

    @property
    def nur_stand(self) -> bool:
        """True where the text was never in the portal: only the Stand is known."""
        return self.quelle != ""

    @property
    def stand_text(self) -> str:
        """The Stand as printed: 02.01.2024, or 12/2019 where only the month is known."""
        return str(Datum(self.stand, self.stand_nur_monat))


class FassungPdf(models.Model):
    """The printed Fassung, rendered once at release; only ever read afterwards (architecture, decisions)."""

    fassung = models.OneToOneField(Fassung, on_delete=models.PROTECT, related_name="pdf", verbose_name="Fassung")
    inhalt = models.BinaryField("Bytes")
    sha256 = models.CharField("SHA-256", max_length=64, editable=False)

    class Meta:
        verbose_name = "PDF einer Fassung"
        verbose_name_plural = "PDF der Fassungen"
        constraints = [
            models.CheckConstraint(
                name="pdf_sha256_is_the_checksum",
                condition=Q(
                    sha256=Func(
                        Func("inhalt", function="sha256"), Value("hex"), function="encode",
                        output_field=models.CharField(),
                    )
                ),
            )
        ]  # fmt: skip
        triggers = [
            *never_deleted("PDF"),
            Frozen(name="pdf_frozen", message="PDF: Eine abgelegte Datei ändert sich nicht."),
            Guard(
                name="pdf_needs_text",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                function="arbeitsmittel_pdf_needs_text()",
            ),
        ]

    def __str__(self) -> str:
        return f"PDF zu {self.fassung}"


class FassungPruefdruck(Pruefdruck):
    """The PDF of a Fassung as the second person saw it; at release its bytes become the stored file."""

    objekt = models.ForeignKey(Fassung, on_delete=models.PROTECT, related_name="pruefdrucke", verbose_name="Fassung")

    class Meta:
        verbose_name = "Prüfdruck einer Fassung"
        verbose_name_plural = "Prüfdrucke der Fassungen"
        constraints = [models.UniqueConstraint(fields=["objekt", "pruefsumme"], name="fassungpruefdruck_once")]
        triggers = kept_as_shown()
