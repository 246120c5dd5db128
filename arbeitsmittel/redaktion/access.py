"""Who gets in, and how the pages find their Fassung."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from arbeitsmittel.models import Fassung

WRITE = "arbeitsmittel.change_fassung"
START = "arbeitsmittel.add_fassung"
RELEASE = "arbeitsmittel.publish_fassung"
RUSH = "arbeitsmittel.rush_fassung"
AUDIT = "arbeitsmittel.view_historicalfassung"
# Reading what is released is no right to see drafts (domain rule 7); working on them is, and so is auditing them.
SEE_DRAFTS = (WRITE, START, RELEASE, RUSH, AUDIT)

View = Callable[..., HttpResponse]


def needs(*rights: str) -> Callable[[View], View]:
    """Refuse (403) everybody who has none of the rights."""

    def guarded(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not has_any(request.user, rights):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return inner

    return guarded


def has_any(user: Any, rights: tuple[str, ...]) -> bool:
    """Return whether somebody has one of the rights."""
    return any(user.has_perm(right) for right in rights)


def sees_drafts(user: Any) -> bool:
    """Return whether somebody may see what is not released."""
    return has_any(user, SEE_DRAFTS)


def fassung_or_404(pk: int) -> Fassung:
    """Return a Fassung, whatever its state, with what every page says about it."""
    return get_object_or_404(with_people(Fassung.objects.all()), pk=pk)


def with_people(found: QuerySet) -> QuerySet:
    """Return the Fassungen with their Arbeitsmittel and the people of their way, in the same query."""
    return found.select_related(
        "arbeitsmittel", "verfasst_von", "vorgelegt_von", "geprueft_von", "zurueckgegeben_von", "veroeffentlicht_von",
        "eil_bestaetigt_von", "zurueckgezogen_von", "verworfen_von",
    ).defer("suche")  # fmt: skip


def address(name: str, fassung: Fassung) -> str:
    """Return the address of a page of a Fassung: `change` is the page itself, the others are its steps and views."""
    return reverse(f"admin:arbeitsmittel_fassung_{name}", args=[fassung.pk])
