"""The people and their offices."""

import pgtrigger
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower

from portal.auftraege.model import Auftrag, Auftragsteil
from portal.durchsicht import Durchsicht
from portal.history import History
from portal.ledger import Refusal, audited
from portal.ledger.model import Eintrag, Spaltenliste, Vorgang
from portal.presence import Anwesenheit
from portal.roles import SYSTEM_USERNAME

__all__ = [
    "Anwesenheit", "Auftrag", "Auftragsteil", "Benutzer", "Dienststelle", "Durchsicht", "Eintrag", "Spaltenliste",
    "Vorgang",
]  # fmt: skip


class Dienststelle(models.Model):
    """Where somebody works: an Agentur für Arbeit, a Service Center, the Zentrale."""

    class Art(models.TextChoices):
        AGENTUR = "agentur", "Agentur für Arbeit"
        SERVICE_CENTER = "service-center", "Service Center"
        ZENTRALE = "zentrale", "Zentrale"

    name = models.CharField("Name", max_length=120)
    art = models.CharField("Art", max_length=20, choices=Art)

    history = History(
        describe="portal_describe_dienststelle",
        verbose_name="Historie der Dienststelle",
        verbose_name_plural="Historie der Dienststellen",
    )

    class Meta:
        verbose_name = "Dienststelle"
        verbose_name_plural = "Dienststellen"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("name"), name="dienststelle_name_unique")]
        triggers = audited("Dienststelle")

    def __str__(self) -> str:
        return self.name


class Benutzer(AbstractUser):
    """Somebody who signs in. Never deleted, only deactivated: entries of the history keep their author."""

    dienststelle = models.ForeignKey(
        Dienststelle, on_delete=models.PROTECT, null=True, blank=True, verbose_name="Dienststelle"
    )

    history = History(
        describe="portal_describe_person",
        excluded_fields=["password", "last_login"],
        m2m_fields=["groups"],  # roles given and taken are entries of their own
        verbose_name="Historie der Person",
        verbose_name_plural="Historie der Personen",
    )

    class Meta:
        verbose_name = "Person"
        verbose_name_plural = "Personen"
        ordering = ["username"]
        permissions = [("open_redaktion", "Darf den Arbeitsplatz der Redaktion öffnen")]
        constraints = [
            models.UniqueConstraint(Lower("username"), name="benutzer_username_unique_ignoring_case"),
            # Rights come from roles only (portal/roles.py); nobody stands above them.
            models.CheckConstraint(condition=models.Q(is_superuser=False), name="benutzer_no_superuser"),
            # Nobody can become what "no person" did.
            models.CheckConstraint(
                condition=~models.Q(username__iexact=SYSTEM_USERNAME) | models.Q(is_active=False),
                name="benutzer_system_never_signs_in",
            ),
        ]
        triggers = [
            *audited("Person"),
            Refusal(
                name="system_keeps_its_name",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__username=SYSTEM_USERNAME) & ~pgtrigger.Q(new__username=SYSTEM_USERNAME),
                message="Person: Der Name des Systems bleibt.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.username
