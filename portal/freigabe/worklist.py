"""What waits for a person: the rows of one model, by what that person can do next (issue 3, "Meine Aufgaben").

The rules are those of `steps`, as a query: nobody checks or releases what they wrote or submitted.
"""

from enum import StrEnum
from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When, Window
from django.db.models.functions import Coalesce, RowNumber

from portal.freigabe.querysets import FreigabeQuerySet, Weg

MOST = 500  # rows of one list, when all of it is asked for


class Liste(StrEnum):
    """The lists of drafts. A draft stands in one of them at most."""

    ZURUECK = "zurueck"  # own, returned with a comment
    ENTWUERFE = "entwuerfe"  # own, being written
    BEI_ANDEREN = "bei-anderen"  # own, with others for check or release
    PRUEFEN = "pruefen"  # of others, this person may check it
    FREIGEBEN = "freigeben"  # of others, checked, this person may release it
    IN_PRUEFUNG = "in-pruefung"  # for who oversees: of others, under check or checked


def drafts_of(rows: FreigabeQuerySet, *, user: Any, may_check: bool, may_audit: bool, cap: int, whole: str) -> QuerySet:
    """Return the drafts that concern a person, newest first in each list, at most `cap` a list (`whole`: all of it).

    Annotated: liste (a value of Liste), seit (since when it stands there), anzahl (how many there are in the list).
    """
    sorted_out = rows.drafts().annotate(eigenes=_is_own(rows, user)).annotate(liste=_liste(may_check, may_audit))
    sorted_out = sorted_out.filter(liste__isnull=False).annotate(seit=_seit(rows))
    in_list = {"partition_by": F("liste")}
    numbered = sorted_out.annotate(
        anzahl=Window(Count("pk"), **in_list), rang=Window(RowNumber(), order_by=F("seit").desc(), **in_list)
    )
    return numbered.filter(Q(rang__lte=cap) | Q(liste=whole, rang__lte=MOST)).order_by("-seit")


def unconfirmed(rows: FreigabeQuerySet, user: Any) -> QuerySet:
    """Return the emergency releases that nobody has confirmed, newest first.

    Annotated: eigenes (this person may not confirm it), anzahl (of all), fremde (how many of them are others').
    """
    found = rows.filter(weg=Weg.EIL, eil_bestaetigt_am=None, zurueckgezogen_am=None)
    found = found.annotate(eigenes=_is_own(rows, user, Q(veroeffentlicht_von=user)), anzahl=Window(Count("pk")))
    return found.annotate(fremde=Window(Count(Case(When(eigenes=False, then=1))))).order_by("-veroeffentlicht_am")


def _is_own(rows: FreigabeQuerySet, user: Any, more: Q | None = None) -> Case:
    """Whether a person wrote on a row (as `steps.writers` reads it from the history) or submitted it."""
    wrote = Q(verfasst_von=user) | Q(verfasst_von=None, history_user=user)
    own = Q(Exists(_history(rows).filter(wrote))) | Q(vorgelegt_von=user)
    return Case(When(own | more if more else own, then=True), default=False)


def _liste(may_check: bool, may_audit: bool) -> Case:
    entwurf, checked = Q(vorgelegt_am__isnull=True), Q(geprueft_am__isnull=False)
    cases = [
        (entwurf & Q(eigenes=True, zurueckgegeben_am__isnull=False), Liste.ZURUECK),
        (entwurf & Q(eigenes=True), Liste.ENTWUERFE),
        (Q(eigenes=True), Liste.BEI_ANDEREN),
        *([(checked, Liste.FREIGEBEN), (~entwurf, Liste.PRUEFEN)] if may_check else []),
        *([(~entwurf, Liste.IN_PRUEFUNG)] if may_audit else []),
    ]
    whens = [When(condition, then=Value(liste.value)) for condition, liste in cases]
    return Case(*whens, default=None, output_field=CharField())


def _seit(rows: FreigabeQuerySet) -> Case:
    """Since when a draft stands where it stands; one that is being written: since it was last saved."""
    saved = Subquery(_history(rows).order_by("-history_id").values("history_date")[:1])
    return Case(
        When(liste=Liste.ZURUECK, then=F("zurueckgegeben_am")),
        When(liste=Liste.ENTWUERFE, then=saved),
        default=Coalesce("geprueft_am", "vorgelegt_am"),
    )


def _history(rows: FreigabeQuerySet) -> QuerySet:
    return rows.model.history.model.objects.order_by().filter(id=OuterRef("pk"))
