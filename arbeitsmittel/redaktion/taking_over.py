"""A Word document into a draft: upload, look at what came out, take it over."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from arbeitsmittel.drafting import edit_fassung
from arbeitsmittel.forms import DocxForm, UebernahmeForm
from arbeitsmittel.models import Fassung
from arbeitsmittel.redaktion.access import WRITE, fassung_or_404
from arbeitsmittel.views import readable
from portal.docx import DocxRefused, DocxText, read_docx
from portal.freigabe import Conflict
from portal.workplace import CONFLICT, REFUSED, address, checked_at_once, needs, refusal_of

REASON = "Aus einem Word-Dokument übernommen"


@require_http_methods(["GET", "HEAD", "POST"])
@needs(WRITE)
def einlesen(request: HttpRequest, pk: int) -> HttpResponse:
    """First the file, then what was read from it; nothing is stored before it is taken over."""
    row = fassung_or_404(pk)
    if request.method != "POST" or not row.ist_entwurf:
        return _upload_page(request, row, DocxForm())
    if "inhalt" in request.POST:
        return _take_over(request, row)
    form = DocxForm(request.POST, request.FILES, request=request)
    if not form.is_valid():
        return _upload_page(request, row, form)
    try:
        found = read_docx(form.cleaned_data["datei"].read())
    except DocxRefused as refusal:
        form.add_error("datei", str(refusal))
        return _upload_page(request, row, form)
    return _result_page(request, row, _offer(row, found), found.html, nicht_uebernommen=found.nicht_uebernommen)


def _offer(row: Fassung, found: DocxText) -> UebernahmeForm:
    take_title = bool(found.titel) and not row.titel
    titel = found.titel[:250]
    return UebernahmeForm(
        initial={"version": row.version, "inhalt": found.html, "titel": titel, "titel_uebernehmen": take_title}
    )


def _take_over(request: HttpRequest, row: Fassung) -> HttpResponse:
    form = UebernahmeForm(request.POST)
    if not form.is_valid():
        return _result_page(
            request, row, form, "", ablehnung="Der Text ließ sich nicht lesen; bitte noch einmal beginnen."
        )
    version, now = form.cleaned_data["version"] or 0, timezone.now()
    try:
        checked_at_once(
            lambda: edit_fassung(row, values=form.values, version=version, user=request.user, now=now, reason=REASON)
        )
    except Conflict as fault:
        return _stale_page(request, fault.current, form)
    except REFUSED as fault:
        return _result_page(request, row, form, form.cleaned_data["inhalt"], ablehnung=refusal_of(fault))
    messages.success(request, "Der Text ist in den Entwurf übernommen. Bitte einmal ganz durchsehen.")
    return redirect(address("change", row))


def _stale_page(request: HttpRequest, current: Fassung, form: UebernahmeForm) -> HttpResponse:
    sentence = (
        "Inzwischen hat jemand anderes den Entwurf gespeichert. Noch ist nichts übernommen. Der Knopf ersetzt jetzt "
        "auch diesen Text; seine frühere Form bleibt in der Historie."
    )
    again = UebernahmeForm.over(request.POST, current)
    return _result_page(request, current, again, form.cleaned_data["inhalt"], ablehnung=sentence)


def _upload_page(request: HttpRequest, row: Fassung, form: DocxForm) -> HttpResponse:
    context = {"fassung": row, "arbeitsmittel": row.arbeitsmittel, "form": form}
    return render(request, "redaktion/arbeitsmittel/einlesen.html", context)


def _result_page(
    request: HttpRequest, row: Fassung, form: UebernahmeForm, html: str, *, ablehnung: str = "", **context: object
) -> HttpResponse:
    page = {
        "fassung": row,
        "arbeitsmittel": row.arbeitsmittel,
        "form": form,
        "inhalt": readable(html, request.stichtag),
        "ablehnung": ablehnung,
        **context,
    }
    return render(request, "redaktion/arbeitsmittel/eingelesen.html", page, status=CONFLICT if ablehnung else 200)
