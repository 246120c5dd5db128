"""From nothing to a draft: of an Arbeitsmittel that the portal knows, or of a new one."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from arbeitsmittel.drafting import provide_arbeitsmittel, start_draft, starting_values
from arbeitsmittel.forms import StartForm
from arbeitsmittel.models import Arbeitsmittel, Fassung
from arbeitsmittel.redaktion.access import START
from portal.freigabe import NotPossible
from portal.history import acting_as
from portal.workplace import address, checked_at_once, needs

ALREADY_OPEN = "Zu {} gibt es schon einen offenen Entwurf; hier ist er."


@needs(START)
def beginnen(request: HttpRequest) -> HttpResponse:
    """Ask for the Kennung, say what the draft starts from, and start it; an open draft is led to instead."""
    if request.method == "POST":
        form = StartForm(request.POST)
        if form.is_valid():
            return _start(request, form)
    else:
        form = StartForm({"kennung": request.GET["kennung"]}) if request.GET.get("kennung") else StartForm()
    context = {"form": form, **_known(form.arbeitsmittel if form.is_bound and form.is_valid() else None)}
    return render(request, "redaktion/arbeitsmittel/beginnen.html", context)


def _known(arbeitsmittel: Arbeitsmittel | None) -> dict[str, Any]:
    """What there is of an Arbeitsmittel already: its open draft, or what a new one would start from."""
    if arbeitsmittel is None:
        return {}
    draft = arbeitsmittel.fassungen.drafts().without_text().first()
    start = starting_values(arbeitsmittel, timezone.now()) if draft is None else {}
    return {"arbeitsmittel": arbeitsmittel, "entwurf": draft, "anfang": start}


def _start(request: HttpRequest, form: StartForm) -> HttpResponse:
    draft, new = _provide_draft(form, request.user)
    if new:
        messages.success(request, f"Der Entwurf zu {draft.arbeitsmittel} ist angelegt.")
    else:
        messages.info(request, ALREADY_OPEN.format(draft.arbeitsmittel))
    return redirect(address("einlesen" if request.POST.get("weiter") == "einlesen" else "change", draft))


def _provide_draft(form: StartForm, user: Any) -> tuple[Fassung, bool]:
    """Return the draft, and whether it is new: pressing the button twice gives one."""
    try:
        return checked_at_once(lambda: _new_draft(form, user)), True
    except NotPossible:
        found = form.arbeitsmittel or Arbeitsmittel.objects.get(slug=form.neue_kennung.slug)
        return found.fassungen.drafts().select_related("arbeitsmittel").get(), False


def _new_draft(form: StartForm, user: Any) -> Fassung:
    now = timezone.now()
    with transaction.atomic():
        arbeitsmittel = form.arbeitsmittel
        if arbeitsmittel is None:
            with acting_as(user, "Neues Arbeitsmittel angelegt"):
                arbeitsmittel = provide_arbeitsmittel(form.neue_kennung)
        return start_draft(
            arbeitsmittel,
            **starting_values(arbeitsmittel, now),
            aenderungshinweis="",
            aenderungsart="",
            user=user,
            reason="Entwurf begonnen",
        )
