"""What a Weisung announces for one Arbeitsmittel, and what came of it (domain, glossary "Umsetzung")."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from arbeitsmittel.models import Arbeitsmittel, Fassung
from portal.freigabe import believable
from portal.history import History
from portal.ledger import Guard, audited
from weisungen.models.weisung import Weisung


class Umsetzung(models.Model):
    """One announced change. `fassung` is the Fassung that brings it; `im_paket`: it goes live with the Weisung.

    Which Fassungen belong to the package is fixed while the Weisung is checked, and for good once it is issued.
    """

    weisung = models.ForeignKey(Weisung, on_delete=models.PROTECT, related_name="umsetzungen", verbose_name="Weisung")
    arbeitsmittel = models.ForeignKey(
        Arbeitsmittel, on_delete=models.PROTECT, related_name="umsetzungen", verbose_name="Arbeitsmittel"
    )
    was = models.TextField("Angekündigt", blank=True, help_text="was die Weisung für dieses Arbeitsmittel ankündigt")
    soll_stand = models.DateField("Angekündigter Stand")
    fassung = models.ForeignKey(
        Fassung, on_delete=models.PROTECT, null=True, blank=True, related_name="umsetzungen", verbose_name="Fassung"
    )
    im_paket = models.BooleanField("Wird mit der Weisung veröffentlicht", default=False)
    gestrichen = models.BooleanField("Wieder aus der Weisung genommen", default=False)

    entschuldigt_am = models.DateTimeField("Entschuldigt am", null=True, blank=True)
    entschuldigt_von = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="Entschuldigt von",
    )  # fmt: skip
    entschuldigt_grund = models.TextField("Warum nichts kam oder kommt", blank=True)

    history = History(
        describe="weisungen_describe_umsetzung",
        verbose_name="Historie der Umsetzung",
        verbose_name_plural="Historie der Umsetzungen",
    )

    class Meta:
        verbose_name = "Umsetzung"
        verbose_name_plural = "Umsetzungen"
        ordering = ["weisung", "arbeitsmittel__bereich_rang", "arbeitsmittel__slug"]
        constraints = [
            models.UniqueConstraint(fields=["weisung", "arbeitsmittel"], name="umsetzung_once_per_weisung"),
            models.UniqueConstraint(
                fields=["fassung"],
                condition=Q(im_paket=True, gestrichen=False),
                name="umsetzung_fassung_in_one_package",
            ),
            models.CheckConstraint(
                name="umsetzung_package_has_fassung", condition=Q(im_paket=False) | Q(fassung__isnull=False)
            ),
            models.CheckConstraint(
                name="umsetzung_excused_with_reason",
                condition=Q(entschuldigt_am__isnull=True, entschuldigt_von__isnull=True, entschuldigt_grund="")
                | Q(entschuldigt_am__isnull=False, entschuldigt_von__isnull=False) & ~Q(entschuldigt_grund=""),
            ),
            believable("soll_stand", "umsetzung_soll_stand_believable"),
        ]
        triggers = [
            *audited("Umsetzung"),
            Guard(
                name="package_fixed",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                function="weisungen_package_fixed()",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weisung} kündigt {self.arbeitsmittel} an"
