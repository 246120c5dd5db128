"""The page of one step: what it does in words, a small form, a button; refusals stand on the same page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db import IntegrityError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from portal.freigabe import NotPossible
from portal.pdf import PdfFailed
from portal.text import TextRefused
from portal.workplace.forms import WorkplaceForm

REFUSALS = (NotPossible, PdfFailed, TextRefused)
REFUSED = (*REFUSALS, IntegrityError)
CONFLICT = 409


@dataclass(frozen=True)
class Step:
    """What a step page says: title, explanation, label of the button, where it leads, and what is said when done."""

    titel: str
    erklaerung: str
    knopf: str
    zurueck: str
    erledigt: str
    gefahr: bool = False
    weiter: str = ""  # where to go when done, if not back


def step_page(
    request: HttpRequest,
    step: Step,
    form: WorkplaceForm,
    do: Callable[[WorkplaceForm], Any],
    *,
    template: str = "redaktion/schritt.html",
    **context: Any,
) -> HttpResponse:
    """Show the page (GET), or do the step (POST) and lead back. A refusal is a sentence on the page, status 409."""
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            checked_at_once(lambda: do(form))
        except REFUSED as fault:
            refusal = refusal_of(fault)
        else:
            messages.success(request, step.erledigt)
            return redirect(step.weiter or step.zurueck)
    page = {"schritt": step, "form": form, "ablehnung": refusal, **context}
    status = CONFLICT if refusal else 200
    return render(request, template, page, status=status)


def checked_at_once(do: Callable[[], Any]) -> Any:
    """Do something in a savepoint, the database's checks that wait for the commit included, so that none comes late."""
    with transaction.atomic():
        done = do()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    return done


def refusal_of(fault: Exception) -> str:
    """Return the sentence for what was refused; from the database only ours, else that somebody was faster."""
    if not isinstance(fault, IntegrityError):
        return str(fault)
    first = str(fault).partition("\n")[0]
    if "constraint" in first or not first:
        return "In der Zwischenzeit hat sich etwas geändert, das diesen Schritt ausschließt; bitte die Seite neu laden."
    return first
