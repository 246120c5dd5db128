"""Pages of the Weisungen: which there are, one with live citations, its PDF, and what came of what it announced."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from portal.pdf import PdfFailed
from portal.reader_pages import published_page
from portal.workplace import CONFLICT, REFUSALS, WorkplaceForm, checked_at_once
from weisungen.forms import AnkuendigenForm, EntschuldigenForm
from weisungen.models import Weisung
from weisungen.package import announce, excuse
from weisungen.printing import kopf, weisung_pdf
from weisungen.reading import lesefassung
from weisungen.redaktion.access import ANNOUNCE, sees_drafts
from weisungen.umsetzungen import Umsetzungsstand, as_known, released_without_weisung, umsetzungen_of

PER_PAGE = 100
SORTS = {"datum": ("-datum", "-nummer"), "nummer": ("nummer",), "titel": ("titel", "nummer")}
may_read = permission_required("weisungen.view_weisung", raise_exception=True)


@require_safe
@may_read
@published_page()
def liste(request: HttpRequest) -> HttpResponse:
    """All issued Weisungen, newest first, with their roles and whether they are in force on the Stichtag."""
    stichtag = request.stichtag
    sort = request.GET.get("sortierung", "") if request.GET.get("sortierung") in SORTS else "datum"
    nur_in_kraft = request.GET.get("geltung") == "in-kraft"
    found = Weisung.objects.in_force_on(stichtag) if nur_in_kraft else Weisung.objects.published(stichtag)
    found = found.with_repeal(stichtag).without_text().order_by(*SORTS[sort])
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("seite"))
    zeilen = [(weisung, weisung.zustand(stichtag.tag)) for weisung in page]
    context = {"seite": page, "zeilen": zeilen, "sortierung": sort, "nur_in_kraft": nur_in_kraft}
    return render(request, "weisungen/liste.html", context)


@require_safe
@may_read
@published_page()
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """One Weisung; each citation prints the Stand of the Stichtag and tells when the Stand at issue was another."""
    weisung, others = _read_or_404(request, slug)
    context = {
        "weisung": weisung,
        "nachfolgerin": next((other for other in others if not other.zurueckgezogen_am), None),
        "frueher": [] if weisung.zurueckgezogen_am else others,
        "kopf": kopf(weisung),
        "lesbar": lesefassung(weisung, request.stichtag),
        "zustand": weisung.zustand(request.stichtag.tag),
        "hat_umsetzung": bool(as_known(weisung.umsetzungen.all(), request.stichtag)),
    }
    return render(request, "weisungen/detail.html", context)


@require_safe
@may_read
def pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The Weisung as PDF, with its citations resolved for the Stichtag."""
    if request.stichtag.fehler:
        raise Http404  # a file has no place for a message, and must not be taken for that of another day
    weisung, _others = _read_or_404(request, slug)
    try:
        content = weisung_pdf(weisung, request.stichtag, request.build_absolute_uri("/"))
    except PdfFailed as failure:
        return render(request, "pdf_failed.html", {"grund": str(failure)}, status=503)
    response = HttpResponse(content, content_type="application/pdf")
    name = f"{weisung.slug}_{request.stichtag.in_file_name}.pdf"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@may_read
def umsetzung(request: HttpRequest, slug: str) -> HttpResponse:
    """What came of each announcement of a Weisung; editors excuse and announce here as well."""
    if request.method == "POST" and not request.user.has_perm(ANNOUNCE):
        raise PermissionDenied
    weisung, _others = _read_or_404(request, slug)
    if request.method != "POST":
        return _umsetzung_page(request, weisung)
    form = (EntschuldigenForm if "umsetzung" in request.POST else AnkuendigenForm)(request.POST)
    if not form.is_valid():
        return _umsetzung_page(request, weisung, form)
    try:
        done = checked_at_once(lambda: _noted(weisung, form, request.user))
    except REFUSALS as fault:
        return _umsetzung_page(request, weisung, form, ablehnung=str(fault))
    messages.success(request, done)
    return redirect(request.stichtag.on(reverse("weisungen:umsetzung", args=[weisung.slug])))


def _noted(weisung: Weisung, form: WorkplaceForm, user: Any) -> str:
    """Excuse or announce, and say what was done."""
    given, now = form.cleaned_data, timezone.now()
    if "grund" in given:
        rows = weisung.umsetzungen.filter(gestrichen=False).select_related("arbeitsmittel")
        row = get_object_or_404(rows, pk=given["umsetzung"])
        excuse(row, reason=given["grund"], user=user, now=now)
        return f"{row.arbeitsmittel} ist entschuldigt."
    announce(
        weisung, arbeitsmittel=given["kennung"], soll_stand=given["soll_stand"], was=given["was"], user=user, now=now
    )
    return f"{given['kennung']} ist als Ankündigung eingetragen."


def _umsetzung_page(
    request: HttpRequest, weisung: Weisung, form: WorkplaceForm | None = None, *, ablehnung: str = ""
) -> HttpResponse:
    # That somebody works on it is told only to those who may see drafts (domain rule 7).
    zeilen = umsetzungen_of(weisung, request.stichtag, with_drafts=sees_drafts(request.user))
    counted = Counter(zeile.stand for zeile in zeilen)
    context = {
        "weisung": weisung,
        "zeilen": zeilen,
        "summe": [(stand, counted[stand]) for stand in Umsetzungsstand if counted[stand]],
        "ohne_weisung": released_without_weisung(weisung, request.stichtag),
        "entschuldigen": form if isinstance(form, EntschuldigenForm) else EntschuldigenForm(),
        "ankuendigen": form if isinstance(form, AnkuendigenForm) else AnkuendigenForm(),
        "ablehnung": ablehnung,
        # Nothing is entered into what the portal knew earlier.
        "darf_eintragen": request.user.has_perm(ANNOUNCE) and request.stichtag.wissen is None,
    }
    return render(request, "weisungen/umsetzung.html", context, status=CONFLICT if ablehnung else 200)


def _read_or_404(request: HttpRequest, slug: str) -> tuple[Weisung, list[Weisung]]:
    """Return the Weisung at an address, and the others that were ever issued under its number.

    The live one; where all are withdrawn, the one withdrawn last, with its banner. `?id=` names another one.
    """
    found = Weisung.objects.published(request.stichtag).with_repeal(request.stichtag)
    found = found.defer("quelltext", "suche").filter(slug=slug)
    # As known on the Stichtag: sorted here, because the database would sort by a later withdrawal as well.
    issued = sorted(found, key=lambda each: (each.zurueckgezogen_am is None, each.zurueckgezogen_am), reverse=True)
    key = request.GET.get("id", "")
    weisung = next((each for each in issued if not key or str(each.pk) == key), None)
    if weisung is None:
        raise Http404
    return weisung, [each for each in issued if each is not weisung]
