"""Looking at a Fassung before readers do: as page, as PDF, and beside the one before it."""

from csp.constants import SELF
from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from arbeitsmittel import views
from arbeitsmittel.models import Fassung
from arbeitsmittel.printing import print_context
from arbeitsmittel.reading import einordnen
from arbeitsmittel.redaktion.access import SEE_DRAFTS, fassung_or_404
from arbeitsmittel.redaktion.comparing import with_predecessor
from portal.workplace import needs
from portal.workplace.looking import preview_pdf, shown_pdf


@require_safe
@needs(*SEE_DRAFTS)
def vorschau(request: HttpRequest, pk: int) -> HttpResponse:
    """The page as readers will see it on the Stichtag, with a banner that it is none yet."""
    row = fassung_or_404(pk)
    released = Fassung.objects.published(request.stichtag).filter(arbeitsmittel=row.arbeitsmittel).exclude(pk=row.pk)
    staende = [row, *released.select_related("arbeitsmittel").without_text()]
    staende.sort(key=lambda one: (one.stand, one is row), reverse=True)
    context = views.page_of(
        row.arbeitsmittel, einordnen(staende, request.stichtag), row, row.inhalt, request.stichtag, permanent=True
    )
    return render(request, "redaktion/arbeitsmittel/vorschau.html", {**context, "vorschau": True})


@require_safe
@needs(*SEE_DRAFTS)
def vorschau_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The PDF as it will be, marked as a draft on every page."""
    row = fassung_or_404(pk)
    name = f"Entwurf_{row.arbeitsmittel.slug}_{row.stand.isoformat()}.pdf"
    return preview_pdf(request, "pdf/fassung_entwurf.html", print_context(row), name)


@require_safe
@needs(*SEE_DRAFTS)
@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})  # the page of the check shows it beside the text
def pruefdruck(request: HttpRequest, pk: int, pruefsumme: str) -> HttpResponse:
    """The final PDF as it was made for the check, byte for byte what is released."""
    shown = get_object_or_404(fassung_or_404(pk).pruefdrucke, pruefsumme=pruefsumme)
    row = shown.objekt
    return shown_pdf(bytes(shown.inhalt), f"Pruefung_{row.arbeitsmittel.slug}_{row.stand.isoformat()}.pdf")


@require_safe
@needs(*SEE_DRAFTS)
def synopse(request: HttpRequest, pk: int) -> HttpResponse:
    """What changes against the Fassung before it."""
    row = fassung_or_404(pk)
    context = {"fassung": row, "arbeitsmittel": row.arbeitsmittel, "vergleich": with_predecessor(row)}
    return render(request, "redaktion/arbeitsmittel/synopse.html", context)
