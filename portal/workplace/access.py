"""Who gets into the editors' pages, and what every page of a row needs: its address and the people of its way."""

from collections.abc import Callable
from functools import wraps
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

View = Callable[..., HttpResponse]
PEOPLE = (
    "verfasst_von", "vorgelegt_von", "geprueft_von", "zurueckgegeben_von", "veroeffentlicht_von", "eil_bestaetigt_von",
    "zurueckgezogen_von", "verworfen_von",
)  # fmt: skip


class Rights(NamedTuple):
    """The rights with which somebody works on one kind of row; whoever has one of them sees its drafts.

    Reading what is released is no right to see drafts (domain rule 7); working on them is, and so is auditing them.
    """

    write: str
    start: str
    release: str
    rush: str
    audit: str


def rights_over(model: type[Model]) -> Rights:
    """Return the rights over a model that goes the way of a release, as portal.roles names them."""
    verbs = ("change_", "add_", "publish_", "rush_", "view_historical")
    return Rights(*(f"{model._meta.app_label}.{verb}{model._meta.model_name}" for verb in verbs))


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


def with_people(found: QuerySet) -> QuerySet:
    """Return the rows with the people of their way, in the same query, and without what only the search reads."""
    return found.select_related(*PEOPLE).defer("suche")


def address(name: str, row: Model, *more: Any) -> str:
    """Return the address of a page of a row: `change` is the page itself, the others are its steps and views."""
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{name}", args=[row.pk, *more])
