"""The page of one Fassung: a draft to write on, or what became of it to look at."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from arbeitsmittel.checks import check_fassung
from arbeitsmittel.drafting import edit_fassung
from arbeitsmittel.forms import FassungForm
from arbeitsmittel.models import Fassung
from arbeitsmittel.redaktion.access import SEE_DRAFTS, WRITE, fassung_or_404
from arbeitsmittel.redaktion.comparing import with_own_text
from arbeitsmittel.redaktion.next_steps import steps_for
from arbeitsmittel.redaktion.showing import badges
from arbeitsmittel.views import readable
from portal.freigabe import Conflict
from portal.presence import note_presence, others_present, presence_note
from portal.stichtag import today
from portal.workplace import CONFLICT, REFUSED, address, checked_at_once, needs, refusal_of
from portal.workplace.editing import sign_of_life, what_was_saved, who_was_faster
from portal.workplace.showing import way_to, without_check

# Where a finding about a field leads (arbeitsmittel.checks names the field as the form does).
FIELDS = {str(field.label): f"#id_{name}" for name, field in FassungForm.base_fields.items() if field.label}


@needs(*SEE_DRAFTS)
def fassung(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft in its form, for who may write; everything else to read, with what can be done about it."""
    row = fassung_or_404(pk)
    may_write = request.user.has_perm(WRITE)
    if request.method == "POST":
        if not may_write:
            raise PermissionDenied
        return _save(request, row)
    if not (may_write and row.ist_entwurf):
        return _show(request, row)
    if request.method == "GET":
        note_presence(row, request.user, timezone.now())
    return _form_page(request, row, FassungForm.of(row))


@needs(WRITE)
@require_POST
def anwesend(request: HttpRequest, pk: int) -> JsonResponse:
    """The sign of life that the open page gives every minute; the answer is the sentence about the others."""
    return sign_of_life(request, fassung_or_404(pk))


def _save(request: HttpRequest, row: Fassung) -> HttpResponse:
    form = FassungForm(request.POST)
    if not form.is_valid():
        return _form_page(request, row, form)
    version, now = form.cleaned_data["version"] or 0, timezone.now()
    try:
        saved = checked_at_once(
            lambda: edit_fassung(row, values=form.input, version=version, user=request.user, now=now)
        )
    except Conflict as fault:
        return _conflict_page(request, fassung_or_404(fault.current.pk), form)
    except REFUSED as fault:
        return _form_page(request, fassung_or_404(row.pk), form, ablehnung=refusal_of(fault))
    messages.success(request, what_was_saved(row, saved))
    return redirect(address("vorlegen" if request.POST.get("weiter") == "vorlegen" else "change", row))


def _conflict_page(request: HttpRequest, current: Fassung, form: FassungForm) -> HttpResponse:
    """Both texts and what differs; the own one stays in the form, which now saves over the other one."""
    again = FassungForm.over(request.POST, current)
    again.is_valid()
    comparison = with_own_text(current, form.cleaned_data)
    return _form_page(request, current, again, konflikt=who_was_faster(current), vergleich=comparison, status=CONFLICT)


def _form_page(
    request: HttpRequest, row: Fassung, form: FassungForm, *, ablehnung: str = "", status: int = 200, **context: Any
) -> HttpResponse:
    now = timezone.now()
    page = {
        "form": form,
        "ablehnung": ablehnung,
        "befunde": [(befund, FIELDS.get(befund.stelle, "#id_inhalt")) for befund in check_fassung(row, today(now))],
        "felder": FIELDS,
        "anwesende": presence_note(others_present(row, request.user, now)),
        **_about(row, request.user),
        **context,
    }
    return render(request, "redaktion/arbeitsmittel/bearbeiten.html", page, status=CONFLICT if ablehnung else status)


def _show(request: HttpRequest, row: Fassung) -> HttpResponse:
    other_draft = row.arbeitsmittel.fassungen.drafts().exclude(pk=row.pk).without_text().first()
    page = {"inhalt": readable(row.inhalt, request.stichtag), "entwurf": other_draft, **_about(row, request.user)}
    return render(request, "redaktion/arbeitsmittel/ansehen.html", page)


def _about(row: Fassung, user: Any) -> dict[str, Any]:
    return {
        "objekt": row,
        "fassung": row,
        "arbeitsmittel": row.arbeitsmittel,
        "weg": way_to(row.schritt, skipped=without_check(row)),
        "marken": badges(row),
        "naechste": steps_for(row, user),
    }
