"""The page of one Fassung: a draft to write on, or what became of it to look at."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
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
from portal.freigabe import Conflict, Schritt, Weg
from portal.presence import note_presence, others_present, presence_note
from portal.stichtag import today
from portal.workplace import CONFLICT, REFUSALS, address, checked_at_once, needs, refused_by_database

WAY = (Schritt.ENTWURF, Schritt.IN_PRUEFUNG, Schritt.GEPRUEFT, Schritt.VEROEFFENTLICHT)
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
    row, now = fassung_or_404(pk), timezone.now()
    if row.ist_entwurf:
        note_presence(row, request.user, now)
    return JsonResponse({"satz": presence_note(others_present(row, request.user, now))})


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
    except REFUSALS as fault:
        return _form_page(request, fassung_or_404(row.pk), form, ablehnung=str(fault))
    except IntegrityError as fault:
        return _form_page(request, fassung_or_404(row.pk), form, ablehnung=refused_by_database(fault))
    messages.success(request, _saved(row, saved))
    return redirect(address("vorlegen" if request.POST.get("weiter") == "vorlegen" else "change", row))


def _saved(before: Fassung, after: Fassung) -> str:
    if before.version == after.version:
        return "Es war nichts zu speichern: Der Entwurf ist unverändert."
    if before.vorgelegt_am and not after.vorgelegt_am:
        return "Gespeichert. Die Prüfung ist damit aufgehoben; der Entwurf muss neu vorgelegt werden."
    return "Gespeichert."


def _conflict_page(request: HttpRequest, current: Fassung, form: FassungForm) -> HttpResponse:
    """Both texts and what differs; the own one stays in the form, which now saves over the other one."""
    last = current.history.select_related("history_user").first()
    conflict = {"wer": last.history_user, "wann": last.history_date, "grund": last.history_change_reason}
    again = FassungForm.over(request.POST, current)
    again.is_valid()
    comparison = with_own_text(current, form.cleaned_data)
    return _form_page(request, current, again, konflikt=conflict, vergleich=comparison, status=CONFLICT)


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
        "fassung": row,
        "arbeitsmittel": row.arbeitsmittel,
        "weg": _track(row),
        "marken": badges(row),
        "naechste": steps_for(row, user),
    }


def _track(row: Fassung) -> list[tuple[str, str]]:
    """The four steps of the way, each with what it is now: fertig, hier, offen, ausgelassen (in haste)."""
    here = WAY.index(row.schritt) if row.schritt in WAY else len(WAY)
    states = ["fertig" if number < here else "hier" if number == here else "offen" for number in range(len(WAY))]
    if row.weg not in ("", Weg.PRUEFUNG):
        states[1:3] = ["ausgelassen", "ausgelassen"]
    return [(step.label, state) for step, state in zip(WAY, states, strict=True)]
