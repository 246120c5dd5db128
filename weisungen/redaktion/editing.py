"""The page of one Weisung: from nothing or as a draft to write on, or what became of it to look at."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from portal.befund import Befund
from portal.freigabe import LIVE, Conflict, NotPossible, Schritt
from portal.presence import note_presence, others_present, presence_note
from portal.stichtag import today
from portal.workplace import CONFLICT, REFUSALS, REFUSED, address, checked_at_once, needs, refusal_of
from portal.workplace.editing import sign_of_life, what_was_saved, who_was_faster
from portal.workplace.showing import way_to
from weisungen.checks import check_weisung
from weisungen.drafting import edit_weisung, new_weisung
from weisungen.forms import TEXT_LABELS, WeisungForm, next_free_number
from weisungen.models import Typ, Weisung
from weisungen.printing import kopf
from weisungen.reading import lesefassung
from weisungen.redaktion.access import SEE_DRAFTS, START, WRITE, weisung_or_404
from weisungen.redaktion.comparing import with_own_values
from weisungen.redaktion.next_steps import steps_for
from weisungen.redaktion.package import package_of
from weisungen.redaktion.showing import badges

HELPERS = {
    "zitate_url": reverse_lazy("admin:arbeitsmittel_zitate"),
    "suche_url": reverse_lazy("admin:arbeitsmittel_suche"),
}
# Where a finding leads: weisungen.checks names a field as the form does, a section by its heading.
_ANCHORS = {str(field.label): f"#feld_{name}" for name, field in WeisungForm.base_fields.items() if field.label}
_ANCHORS |= {label.partition(". ")[2] or label: f"#feld_{name}" for name, label in TEXT_LABELS.items()}
_ANCHORS |= {"Text": "#feld_vorspann", "Rollen": "#feld_sgb_ii"}
_OF_PACKAGE = ("paket-", "angekuendigt-", "auftrag-")
EDIT_PAGE = "redaktion/weisungen/bearbeiten.html"


@require_http_methods(["GET", "HEAD", "POST"])
@needs(START)
def neu(request: HttpRequest) -> HttpResponse:
    """A new Weisung from scratch, in the form in which it is written on later."""
    if request.method != "POST":
        heute = timezone.localdate()
        nummer = next_free_number(Typ.WEISUNG, heute)
        start = {"datum": heute, "gueltig_ab": heute, "nummer": nummer}
        return _new_page(request, WeisungForm(initial=start, **HELPERS))
    form = WeisungForm(request.POST, **HELPERS)
    if not form.is_valid():
        return _new_page(request, form)
    return _create(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(*SEE_DRAFTS)
def weisung(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft in its form, for who may write; everything else to read, with what can be done about it."""
    row = weisung_or_404(pk)
    may_write = request.user.has_perm(WRITE)
    if request.method == "POST":
        if not may_write:
            raise PermissionDenied
        return _save(request, row)
    if not (may_write and row.ist_entwurf):
        return show(request, row)
    if request.method == "GET":
        note_presence(row, request.user, timezone.now())
    return form_page(request, row, WeisungForm.of(row, **HELPERS))


@needs(WRITE)
@require_POST
def anwesend(request: HttpRequest, pk: int) -> JsonResponse:
    """The sign of life that the open page gives every minute; the answer is the sentence about the others."""
    return sign_of_life(request, weisung_or_404(pk))


def anchor_of(befund: Befund) -> str:
    """Return the place of the page to which a finding leads; the form where it names no field."""
    if befund.code.startswith(_OF_PACKAGE):
        return "#paket"
    first_word = befund.stelle.partition(":")[0]
    return _ANCHORS.get(befund.stelle) or _ANCHORS.get(first_word, "#entwurf")


def same_draft(values: Mapping[str, Any], user: Any) -> Weisung | None:
    """Return the draft that somebody has stored with just these values already: a form sent twice."""
    found = Weisung.objects.filter(LIVE, typ=values["typ"], nummer=values["nummer"], verfasst_von=user).first()
    if found is None or not found.ist_entwurf:
        return None
    return found if all(getattr(found, name) == value for name, value in values.items()) else None


def _create(request: HttpRequest, form: WeisungForm) -> HttpResponse:
    values, now = form.values, timezone.now()
    try:
        draft = checked_at_once(lambda: new_weisung(**values, user=request.user, reason="Entwurf begonnen", now=now))
    except NotPossible as fault:
        if twice := same_draft(values, request.user):
            messages.info(request, f"Der Entwurf {twice} war schon gespeichert; hier ist er.")
            return redirect(address("change", twice))
        free = next_free_number(values["typ"], values["datum"])
        proposed = f" Die nächste freie Nummer dieses Monats ist {free}." if free else ""
        form.add_error("nummer", f"{fault}{proposed}")
        return _new_page(request, form)
    except REFUSALS as fault:
        return _new_page(request, form, ablehnung=str(fault))
    messages.success(request, f"Der Entwurf {draft} ist angelegt.")
    return redirect(_after(request, draft))


def _save(request: HttpRequest, row: Weisung) -> HttpResponse:
    form = WeisungForm(request.POST, zusaetze=row.rollen_zusatz, **HELPERS)
    if not form.is_valid():
        return form_page(request, row, form)
    version, now = form.cleaned_data["version"] or 0, timezone.now()
    try:
        saved = checked_at_once(
            lambda: edit_weisung(row, values=form.values, version=version, user=request.user, now=now)
        )
    except Conflict as fault:
        return _conflict_page(request, weisung_or_404(fault.current.pk), form)
    except REFUSED as fault:
        return form_page(request, weisung_or_404(row.pk), form, ablehnung=refusal_of(fault))
    messages.success(request, what_was_saved(row, saved))
    return redirect(_after(request, row))


def _after(request: HttpRequest, row: Weisung) -> str:
    return address("vorlegen" if request.POST.get("weiter") == "vorlegen" else "change", row)


def _conflict_page(request: HttpRequest, current: Weisung, form: WeisungForm) -> HttpResponse:
    """Both texts and what differs; the own one stays in the form, which now saves over the other one."""
    again = WeisungForm.over(request.POST, current, **HELPERS)
    again.is_valid()
    comparison = with_own_values(current, form.values)
    return form_page(request, current, again, konflikt=who_was_faster(current), vergleich=comparison, status=CONFLICT)


def form_page(
    request: HttpRequest, row: Weisung, form: WeisungForm, *, ablehnung: str = "", status: int = 200, **context: Any
) -> HttpResponse:
    """The draft in its form, with everything that is known about it at the side and its package below."""
    now = timezone.now()
    page = {
        "form": form,
        "ablehnung": ablehnung,
        "befunde": [(befund, anchor_of(befund)) for befund in check_weisung(row, today(now))],
        "anwesende": presence_note(others_present(row, request.user, now)),
        **about(row, request.user),
        **context,
    }
    page.setdefault("paket", package_of(row, today(now)))
    return render(request, EDIT_PAGE, page, status=CONFLICT if ablehnung else status)


def _new_page(request: HttpRequest, form: WeisungForm, *, ablehnung: str = "") -> HttpResponse:
    page = {"form": form, "ablehnung": ablehnung, "weg": way_to(Schritt.ENTWURF)}
    return render(request, EDIT_PAGE, page, status=CONFLICT if ablehnung else 200)


def show(request: HttpRequest, row: Weisung) -> HttpResponse:
    """What is no draft any longer, or is not for this person to write on."""
    page = {
        "kopf": kopf(row),
        "lesbar": lesefassung(row, request.stichtag),
        "paket": package_of(row, today(timezone.now())),
        **about(row, request.user),
    }
    return render(request, "redaktion/weisungen/ansehen.html", page)


def about(row: Weisung, user: Any) -> dict[str, Any]:
    """Return what every page of a Weisung says about it."""
    return {
        "objekt": row,
        "weisung": row,
        "weg": way_to(row.schritt),
        "marken": badges(row),
        "naechste": steps_for(row, user),
    }
