"""Looking at a Weisung before readers do: as page for any Stichtag, and as PDF."""

from csp.constants import SELF
from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from portal.workplace import needs
from portal.workplace.looking import preview_pdf, shown_pdf
from weisungen.models import Weisung
from weisungen.printing import kopf, print_context
from weisungen.reading import lesefassung
from weisungen.redaktion.access import SEE_DRAFTS, site_of, weisung_or_404


@require_safe
@needs(*SEE_DRAFTS)
def vorschau(request: HttpRequest, pk: int) -> HttpResponse:
    """The page as readers will see it on the Stichtag, with a banner that it is none yet."""
    row = _with_repeal(request, pk)
    context = {
        "weisung": row,
        "kopf": kopf(row),
        "lesbar": lesefassung(row, request.stichtag),
        "zustand": row.zustand(request.stichtag.tag),
        "paket": row.ist_entwurf and row.paket().exists(),
        "vorschau": True,
    }
    return render(request, "redaktion/weisungen/vorschau.html", context)


@require_safe
@needs(*SEE_DRAFTS)
def vorschau_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The PDF as it would be on the Stichtag, marked as a draft on every page."""
    if request.stichtag.fehler:
        raise Http404
    row = _with_repeal(request, pk)
    context = print_context(row, request.stichtag, site_of(request))
    name = f"Entwurf_{row.slug}_{request.stichtag.tag.isoformat()}.pdf"
    return preview_pdf(request, "pdf/weisung_entwurf.html", context, name)


@require_safe
@needs(*SEE_DRAFTS)
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})  # the page of the check shows it beside the text
def pruefdruck(request: HttpRequest, pk: int, pruefsumme: str) -> HttpResponse:
    """The PDF as it was made for the check."""
    row = weisung_or_404(pk)
    shown = row.pruefdrucke.filter(pruefsumme=pruefsumme).last()  # the one of the newest submission
    if shown is None:
        raise Http404
    return shown_pdf(bytes(shown.inhalt), f"Pruefung_{row.slug}.pdf")


def _with_repeal(request: HttpRequest, pk: int) -> Weisung:
    return get_object_or_404(Weisung.objects.with_repeal(request.stichtag).defer("quelltext", "suche"), pk=pk)
