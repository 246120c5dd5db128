"""The Nachweis: which Fassung applied on the day of a call, as a page and as a certificate of one page."""

from datetime import date, datetime

from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from arbeitsmittel.models import Arbeitsmittel
from arbeitsmittel.nachweis import Nachweis, knowledge_of, nachweis
from portal.pages.nachweis.asking import WITHOUT_TIME, NachweisForm, file_address
from portal.pages.nachweis.printing import nachweis_pdf, rows_of
from portal.pdf import PdfFailed
from portal.stichtag import EARLIEST, today

# Everybody who reads. The Administration reads no content by itself, and its certificates are content.
may_read = permission_required("arbeitsmittel.view_arbeitsmittel", raise_exception=True)


@require_safe
@may_read
def seite(request: HttpRequest) -> HttpResponse:
    """A form for Kennung, day and time; below it the answer, which the certificate repeats word for word."""
    now = timezone.now()
    if "kennung" not in request.GET:
        tag = min(request.stichtag.tag, request.stichtag.heute)
        return render(request, "nachweis/seite.html", {"form": NachweisForm(initial={"datum": f"{tag:%d.%m.%Y}"})})
    form = NachweisForm(request.GET, now=now, wissen=request.stichtag.wissen)
    context = {"form": form}
    if form.is_valid():
        given = form.cleaned_data
        found = nachweis(given["kennung"], given["datum"], given["wissen"], now, ohne_uhrzeit=given["ohne_uhrzeit"])
        context |= {"nachweis": found, "zeilen": rows_of(found), "datei": file_address(found)}
    return render(request, "nachweis/seite.html", context)


@require_safe
@may_read
def pdf(request: HttpRequest, slug: str, tag: date) -> HttpResponse:
    """The certificate. `?bekannt=` is the moment; without it (or with `uhrzeit=ohne` beside it) it is assumed."""
    now = timezone.now()
    found = _asked_for(request, slug, tag, now)
    try:
        content = nachweis_pdf(found, person=request.user, now=now, site=request.build_absolute_uri("/"))
    except PdfFailed as failure:
        return render(request, "pdf_failed.html", {"grund": str(failure)}, status=503)
    response = HttpResponse(content, content_type="application/pdf")
    name = f"Nachweis_{found.arbeitsmittel.slug}_{found.stichtag.in_file_name}.pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _asked_for(request: HttpRequest, slug: str, tag: date, now: datetime) -> Nachweis:
    """Return what a file certifies; a file has no place for a message, so a date that is none is not found."""
    if request.stichtag.fehler or not EARLIEST <= tag <= timezone.localdate(now):
        raise Http404
    known = Arbeitsmittel.objects.known_to_readers(today(now))
    wissen = request.stichtag.wissen
    without_time = wissen is None or request.GET.get("uhrzeit") == WITHOUT_TIME
    return nachweis(
        get_object_or_404(known, slug=slug), tag, wissen or knowledge_of(tag, now), now, ohne_uhrzeit=without_time
    )
