"""Around django-simple-history: every entry has an actor and a reason (domain rule 5).

A write without them fails instead of passing silently, so that commands, threads and migrations cannot leave
entries of nobody. Who acts is said by the caller, with `acting_as`; it is never guessed from the request.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core import checks
from django.db import models
from django.utils import timezone
from simple_history.models import HistoricalRecords

from portal.ledger import Chained, TrueAtOnce, append_only


class ActorMissing(RuntimeError):
    """A tracked row was written outside `acting_as`: a fault of the program, not of its user."""


@dataclass(frozen=True)
class Acting:
    """Who writes at the moment, why, and (for the demo content) as of which moment."""

    user: Any
    reason: str
    at: datetime | None = None


_acting: ContextVar[Acting | None] = ContextVar("acting", default=None)


@contextmanager
def acting_as(user: Any, reason: str, *, at: datetime | None = None) -> Iterator[None]:
    """Name the person and the reason for all tracked writes inside the block.

    `at` dates the entries; only tests and the demo content give it. Raises ActorMissing when one of both is missing.
    """
    if user is None or user.pk is None or not reason.strip():
        raise ActorMissing("Jede Änderung braucht eine handelnde Person und einen Grund.")
    token = _acting.set(Acting(user, reason.strip(), at))
    try:
        yield
    finally:
        _acting.reset(token)


def acting() -> Acting:
    """Return who acts now; raises ActorMissing outside `acting_as`."""
    current = _acting.get()
    if current is None:
        raise ActorMissing("Diese Änderung geschieht ohne Angabe von Person und Grund (portal.history.acting_as).")
    return current


@checks.register
def history_is_on(**_: Any) -> list[checks.Error]:
    """Refuse to start where the library's history is switched off: every write would be refused at commit anyway."""
    if getattr(settings, "SIMPLE_HISTORY_ENABLED", True):
        return []
    return [checks.Error("SIMPLE_HISTORY_ENABLED darf nicht abgeschaltet sein.", id="portal.E001")]


class History(HistoricalRecords):
    """`history = History(describe=…)` on a model: append-only entries in the chain, author never lost, reason given.

    `describe`: the database function that says what an entry means (`portal.ledger.Chained`).
    """

    def __init__(self, *, describe: str = "", **options: Any) -> None:
        self.describe = describe
        options.setdefault("history_change_reason_field", models.TextField(verbose_name="Grund"))
        super().__init__(**options)

    def _get_history_user_fields(self) -> dict[str, models.Field]:
        # The library's own field is nullable and is blanked when the user goes; an audit needs the author for good.
        return {
            "history_user": models.ForeignKey(
                settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="Person"
            )
        }

    def get_meta_options(self, model: type[models.Model]) -> dict[str, Any]:
        # By the order of writing: the date is the clock of one of several servers, or given for the demo content.
        order = {"ordering": ("-history_id",), "get_latest_by": "history_id"}
        newest = models.Index(fields=["id", "-history_id"], name=f"{model._meta.model_name}_history_newest")
        guards = {"indexes": [newest], "triggers": [*append_only(), TrueAtOnce(), Chained(describe=self.describe)]}
        return super().get_meta_options(model) | order | guards

    def get_meta_options_m2m(self, through_model: type[models.Model]) -> dict[str, Any]:
        return super().get_meta_options_m2m(through_model) | {"triggers": append_only()}

    def get_history_user(self, instance: models.Model) -> Any:
        return acting().user

    def get_change_reason_for_object(self, instance: models.Model, history_type: str, using: str | None) -> str:
        return acting().reason

    def post_save(self, instance: models.Model, created: bool, using: str | None = None, **kwargs: Any) -> None:
        written = kwargs.get("update_fields")
        if written is not None and set(written) <= set(self.excluded_fields):
            return  # e.g. last_login: not tracked, so there is nothing to enter and nobody to name
        super().post_save(instance, created, using=using, **kwargs)

    def create_historical_record(self, instance: models.Model, history_type: str, using: str | None = None) -> None:
        instance._history_date = acting().at or timezone.now()
        super().create_historical_record(instance, history_type, using=using)
