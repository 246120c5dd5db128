"""What a Weisung cited and repealed, recorded once when it was issued (domain rules 1 and 6)."""

import pgtrigger
from django.db import models
from django.db.models import Q

from arbeitsmittel.models import Arbeitsmittel
from arbeitsmittel.stand import Datum
from portal.history import History
from portal.ledger import Frozen, Guard, audited
from weisungen.abschnitte import ABSCHNITTE
from weisungen.models.weisung import Typ, Weisung


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
    stand_bei_erlass = models.DateField("Stand bei Erlass", null=True, help_text="leer: es gab noch keinen")
    bei_erlass_angenommen = models.BooleanField("Stand bei Erlass ist angenommen", default=True)

    history = History(
        describe="weisungen_describe_zitat",
        verbose_name="Historie des Zitats",
        verbose_name_plural="Historie der Zitate",
    )

    class Meta:
        verbose_name = "Zitat"
        verbose_name_plural = "Zitate"
        ordering = ["weisung", "reihenfolge"]
        constraints = [
            models.UniqueConstraint(fields=["weisung", "reihenfolge"], name="zitat_reihenfolge_unique"),
            models.CheckConstraint(name="zitat_abschnitt_exists", condition=Q(abschnitt__lte=len(ABSCHNITTE))),
        ]
        triggers = [
            *audited("Zitat"),
            Frozen(name="zitat_frozen", message="Zitat: Was zitiert wurde, bleibt, wie es erfasst ist."),
            only_in_draft(),
        ]

    def __str__(self) -> str:
        return f"{self.weisung} zitiert {self.arbeitsmittel}"

    @property
    def stand_bei_erlass_text(self) -> str:
        """The Stand at issue as printed: 02.01.2024; 12/2019 where it is the printed one and that was a month."""
        if self.stand_bei_erlass is None:
            return "noch keiner"
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

    history = History(
        describe="weisungen_describe_aufhebung",
        verbose_name="Historie der Aufhebung",
        verbose_name_plural="Historie der Aufhebungen",
    )

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
            *audited("Aufhebung"),
            Frozen(name="aufhebung_frozen", message="Aufhebung: Sie bleibt, wie sie erfasst ist."),
            only_in_draft(),
        ]

    def __str__(self) -> str:
        return f"{self.weisung} hebt auf: {self.text}"
