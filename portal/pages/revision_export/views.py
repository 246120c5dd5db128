"""Taking a list or the dossier of an object along. CSV comes at once, the rest is an Auftrag."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from portal.auftraege import Refused, TooManyOpen, order
from portal.pages.revision.access import may_audit
from portal.pages.revision_export.auszug import COLUMNS, auszug_of
from portal.pages.revision_export.dossier.gegenstand import gegenstand_of
from portal.pages.revision_export.listen import file_name
from portal.tabellen import csv_lines

FORMATS = {"xlsx": "Zeitachse als Excel-Datei", "pdf": "Zeitachse als PDF-Bericht"}
NAMES = ("person", "dienststelle", "objekt", "vorgang", "von", "bis", "worte", "gesichtet")  # of a filter


@require_safe
@may_audit
def auszug_csv(request: HttpRequest) -> HttpResponse:
    """The filtered timeline, line by line while it is read."""
    try:
        auszug = auszug_of(_filter(request))
    except Refused as refusal:
        return _back(request, str(refusal))
    name = file_name(timezone.now(), "csv")
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    lines: Any = () if request.method == "HEAD" else csv_lines(COLUMNS, auszug.rows())
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


@require_POST
@may_audit
def auszug(request: HttpRequest, form: str) -> HttpResponse:
    """The filtered timeline as workbook or report, in the background."""
    if form not in FORMATS:
        raise Http404
    query = _filter(request)
    try:
        auszug_of(query)
    except Refused as refusal:
        return _back(request, str(refusal))
    return _ordered(request, f"auszug-{form}", FORMATS[form], {"query": query}, _page(request))


@require_POST
@may_audit
def dossier(request: HttpRequest, art: str, slug: str) -> HttpResponse:
    """The dossier of an Arbeitsmittel or a Weisung, in the background."""
    found = gegenstand_of(art, slug)
    if found is None:
        raise Http404
    angaben = {"art": art, "slug": slug, "adresse": request.build_absolute_uri("/")}
    return _ordered(request, "dossier", f"Dossier zu {found.titel}", angaben, reverse(f"{art}_historie", args=[slug]))


def _ordered(request: HttpRequest, art: str, titel: str, angaben: dict[str, Any], zurueck: str) -> HttpResponse:
    try:
        auftrag = order(art, titel, angaben, person=request.user, now=timezone.now(), zurueck=zurueck)
    except TooManyOpen as refusal:
        messages.warning(request, str(refusal))
        auftrag = refusal.auftrag
    return redirect("auftrag", auftrag.pk)


def _filter(request: HttpRequest) -> str:
    """Return the filter as it stands in the address; the place in the list is no part of it."""
    kept = request.GET.copy()
    for name in set(kept) - set(NAMES):
        del kept[name]
    return kept.urlencode()


def _back(request: HttpRequest, sentence: str) -> HttpResponse:
    messages.error(request, sentence[:1000])
    return redirect(_page(request))


def _page(request: HttpRequest) -> str:
    """Return the address of the timeline with the same filter."""
    kept = _filter(request)
    return reverse("revision:zeitachse") + (f"?{kept}" if kept else "")
