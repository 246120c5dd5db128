"""A published Weisung into the portal: upload or paste, look at what was read, set it right, store it.

Nothing is kept between the pages: the text travels in the form and is read again, so that no value is believed that
does not come from it or from the editor.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from portal.freigabe import LIVE, NotPossible
from portal.workplace import CONFLICT, REFUSALS, address, checked_at_once, needs
from weisungen.drafting import draft_from_proposal
from weisungen.forms import QuelleForm, VorschlagForm
from weisungen.importing import ImportRefused, Vorschlag, read_weisung
from weisungen.importing.decoding import text_of
from weisungen.importing.storing import Ergebnis, store_weisung
from weisungen.models import Typ, Weisung
from weisungen.redaktion.access import START
from weisungen.redaktion.editing import same_draft
from weisungen.redaktion.proposing import proposal_of, starting_header

ENTWURF, UEBERNEHMEN = "entwurf", "uebernehmen"
PASTED = "eingefügtem Text"


@dataclass(frozen=True)
class Quelle:
    """What was given: its text, and where it came from."""

    text: str
    name: str


@require_http_methods(["GET", "HEAD", "POST"])
@needs(START)
def einlesen(request: HttpRequest) -> HttpResponse:
    """First the text, then what was read from it; nothing is stored before one of the two buttons says so."""
    if request.method != "POST":
        return _source_page(request, QuelleForm())
    if "quelltext" in request.POST:
        return _store(request)
    form = QuelleForm(request.POST, request.FILES, request=request)
    if not form.is_valid():
        return _source_page(request, form)
    try:
        quelle = _given(form)
        vorschlag = read_weisung(quelle.text)
    except ImportRefused as refused:
        return _source_page(request, form, faults=refused.faults)
    start = {**starting_header(vorschlag), "quelle": quelle.name, "quelltext": quelle.text}
    return _proposal_page(request, VorschlagForm(initial=start), vorschlag, quelle)


def _given(form: QuelleForm) -> Quelle:
    """Return what was uploaded, else what was pasted. Raises ImportRefused for what is no text."""
    file = form.cleaned_data.get("datei")
    if file:
        return Quelle(text_of(file.read()), file.name[:300])
    return Quelle(_lines(form.cleaned_data["text"]), PASTED)


def _store(request: HttpRequest) -> HttpResponse:
    quelle = Quelle(_lines(request.POST["quelltext"]), request.POST.get("quelle", "").strip()[:300] or PASTED)
    try:
        vorschlag = read_weisung(quelle.text)
    except ImportRefused as refused:
        return _source_page(request, QuelleForm(initial={"text": quelle.text}), faults=refused.faults)
    form = VorschlagForm(request.POST, zusaetze=vorschlag.zusaetze)
    if not form.is_valid():
        return _proposal_page(request, form, vorschlag, quelle)
    done = _take_over if request.POST.get("tat") == UEBERNEHMEN else _save_draft
    return done(request, form, vorschlag, quelle)


def _save_draft(request: HttpRequest, form: VorschlagForm, vorschlag: Vorschlag, quelle: Quelle) -> HttpResponse:
    now = timezone.now()
    try:
        draft = checked_at_once(
            lambda: draft_from_proposal(
                vorschlag, quelltext=quelle.text, quelle=quelle.name, corrected=form.values, user=request.user, now=now
            )
        )
    except NotPossible as fault:
        if twice := _drafted_before(form, quelle, request.user):
            messages.info(request, f"{twice} war schon als Entwurf gespeichert; nichts geändert.")
            return redirect(address("change", twice))
        return _proposal_page(request, form, vorschlag, quelle, faults=[str(fault)])
    except REFUSALS as fault:
        return _proposal_page(request, form, vorschlag, quelle, faults=[str(fault)])
    messages.success(request, f"{draft} ist als Entwurf gespeichert. Bitte die Texte einmal ganz durchsehen.")
    return redirect(address("change", draft))


def _drafted_before(form: VorschlagForm, quelle: Quelle, user: Any) -> Weisung | None:
    found = same_draft(form.values, user)
    return found if found is not None and found.quelltext == quelle.text else None


def _take_over(request: HttpRequest, form: VorschlagForm, vorschlag: Vorschlag, quelle: Quelle) -> HttpResponse:
    now = timezone.now()
    try:
        result = checked_at_once(
            lambda: store_weisung(
                vorschlag, quelltext=quelle.text, quelle=quelle.name, user=request.user, now=now, corrected=form.values
            )
        )
    except ImportRefused as refused:
        return _proposal_page(request, form, vorschlag, quelle, faults=refused.faults)
    messages.success(request, _sentence(result))
    return redirect(address("change", result.weisung))


def _sentence(result: Ergebnis) -> str:
    if result.status == "unveraendert":
        return f"{result.weisung} liegt schon genau so im Portal vor; nichts geändert."
    if result.status == "andere-schreibweise":
        return f"{result.weisung} liegt mit demselben Inhalt in anderer Schreibweise vor; nichts geändert."
    new = f"{result.neue_arbeitsmittel} Arbeitsmittel und {result.neue_staende} Stände"
    return f"{result.weisung} ist als veröffentlichte Weisung übernommen. Neu im Portal: {new}."


def _source_page(request: HttpRequest, form: QuelleForm, *, faults: list[str] | None = None) -> HttpResponse:
    context = {"form": form, "maengel": faults or []}
    return render(request, "redaktion/weisungen/einlesen.html", context, status=CONFLICT if faults else 200)


def _proposal_page(
    request: HttpRequest, form: VorschlagForm, vorschlag: Vorschlag, quelle: Quelle, *, faults: list[str] | None = None
) -> HttpResponse:
    typ, nummer = Typ(vorschlag.typ.lower()), vorschlag.kopf.nummer
    context = {
        "form": form,
        "maengel": faults or [],
        "vorschlag": proposal_of(vorschlag, form, quelle.text),
        "quelle": quelle.name,
        "vorhanden": Weisung.objects.filter(LIVE, typ=typ, nummer=nummer).defer("quelltext", "suche").first(),
    }
    return render(request, "redaktion/weisungen/vorschlag.html", context, status=CONFLICT if faults else 200)


def _lines(text: str) -> str:
    """A form sends its newlines as CR LF; places are counted in the text as it was given."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
