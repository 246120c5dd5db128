"""Who gets in, and how the pages find their Weisung."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from arbeitsmittel.redaktion.access import has_any, needs
from weisungen.models import Weisung

__all__ = [
    "ANNOUNCE", "AUDIT", "RELEASE", "RUSH", "SEE_DRAFTS", "START", "WRITE", "address", "has_any", "needs",
    "sees_drafts", "site_of", "weisung_or_404", "with_people",
]  # fmt: skip

WRITE = "weisungen.change_weisung"
START = "weisungen.add_weisung"
RELEASE = "weisungen.publish_weisung"
RUSH = "weisungen.rush_weisung"
ANNOUNCE = "weisungen.change_umsetzung"
AUDIT = "weisungen.view_historicalweisung"
# Reading what is released is no right to see drafts (domain rule 7); working on them is, and so is auditing them.
SEE_DRAFTS = (WRITE, START, RELEASE, RUSH, AUDIT)


def sees_drafts(user: Any) -> bool:
    """Return whether somebody may see what is not released."""
    return has_any(user, SEE_DRAFTS)


def weisung_or_404(pk: int) -> Weisung:
    """Return a Weisung, whatever its state, with what every page says about it."""
    return get_object_or_404(with_people(Weisung.objects.all()), pk=pk)


def with_people(found: QuerySet) -> QuerySet:
    """Return the Weisungen with the people of their way, in the same query."""
    return found.select_related(
        "verfasst_von", "vorgelegt_von", "geprueft_von", "zurueckgegeben_von", "veroeffentlicht_von",
        "eil_bestaetigt_von", "zurueckgezogen_von", "verworfen_von",
    ).defer("suche")  # fmt: skip


def address(name: str, weisung: Weisung) -> str:
    """Return the address of a page of a Weisung: `change` is the page itself, the others are its steps and views."""
    return reverse(f"admin:weisungen_weisung_{name}", args=[weisung.pk])


def site_of(request: HttpRequest) -> str:
    """Return what stands before the links of a PDF made by this request."""
    return request.build_absolute_uri("/")
