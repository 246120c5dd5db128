"""Pages of the Arbeitsmittel: what there is, what applies, and each Stand for good."""

import re
from datetime import date
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.db.models import F, Value
from django.db.models.functions import NullIf
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from arbeitsmittel.citing import with_live_citations
from arbeitsmittel.kennung import Art, Bereich
from arbeitsmittel.models import Arbeitsmittel, Fassung, FassungPdf
from arbeitsmittel.reading import Einordnung, einordnen, zitierende_weisungen
from portal.reader_pages import published_page
from portal.stichtag import Stichtag
from portal.text import headings, labelled, with_anchors

PER_PAGE = 100
KEY = re.compile(r"[1-9][0-9]{0,17}")
SORTS = {
    "kennung": ("bereich_rang", "slug"),
    # What has no Stand on the Stichtag, or no title, stands last and not in the way.
    "stand": (F("stand").desc(nulls_last=True), "slug"),
    "titel": (NullIf("titel", Value("")).asc(nulls_last=True), "slug"),
}
may_read = permission_required("arbeitsmittel.view_arbeitsmittel", raise_exception=True)


@require_safe
@may_read
@published_page()
def liste(request: HttpRequest) -> HttpResponse:
    """All Arbeitsmittel, Bereich by Bereich, with the Stand that applies on the Stichtag in every row."""
    art = request.GET.get("art", "")
    bereich = request.GET.get("bereich", "")
    sort = request.GET.get("sortierung", "") if request.GET.get("sortierung") in SORTS else "kennung"
    found = Arbeitsmittel.objects.known_to_readers(request.stichtag).with_current(request.stichtag)
    if art in list(Art):
        found = found.filter(art=art)
    if bereich in list(Bereich):
        found = found.filter(bereich_rang=list(Bereich).index(Bereich(bereich)) + 1)
    page = Paginator(found.order_by(*SORTS[sort]), PER_PAGE).get_page(request.GET.get("seite"))
    context = {
        "seite": page,
        "art": art,
        "bereich": bereich,
        "arten": [(wert.value, wert.label) for wert in Art],
        "bereiche": [(wert.value, wert.label) for wert in Bereich],
        "sortierung": sort,
        "gruppiert": sort == "kennung",
    }
    return render(request, "arbeitsmittel/liste.html", context)


@require_safe
@may_read
@published_page()
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """What applies on the Stichtag: the text, or that only the Stand is known, or that nothing applies yet."""
    arbeitsmittel, einordnung = _read_or_404(request, slug)
    return _render(request, arbeitsmittel, einordnung, einordnung.geltend)


@require_safe
@may_read
@published_page()
def fassung(request: HttpRequest, slug: str, stand: date) -> HttpResponse:
    """One Stand, for good; a banner says where it stands in the row of Stände.

    `?id=` names a withdrawn Fassung in whose place another one of the same Stand was released.
    """
    arbeitsmittel, einordnung = _read_or_404(request, slug)
    shown = einordnung.with_stand(stand, request.GET.get("id", ""))
    if shown is None:
        raise Http404
    return _render(request, arbeitsmittel, einordnung, shown, permanent=True)


@require_safe
@may_read
def fassung_pdf(request: HttpRequest, slug: str, stand: date) -> HttpResponse:
    """The stored file of a Stand, byte for byte as it was released."""
    if request.stichtag.fehler:
        raise Http404  # a file has no place for a message, and another moment may know another file
    released = Fassung.objects.published(request.stichtag).filter(arbeitsmittel__slug=slug, stand=stand)
    if key := request.GET.get("id", ""):
        released = released.filter(pk=int(key) if KEY.fullmatch(key) else None)
    pdf = FassungPdf.objects.filter(fassung__in=released).order_by("-fassung__veroeffentlicht_am").first()
    if pdf is None:
        raise Http404
    response = HttpResponse(bytes(pdf.inhalt), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{slug}_{stand.isoformat()}.pdf"'
    return response


def _read_or_404(request: HttpRequest, slug: str) -> tuple[Arbeitsmittel, Einordnung]:
    found = Fassung.objects.published(request.stichtag).filter(arbeitsmittel__slug=slug)
    found = found.select_related("arbeitsmittel").without_text()
    staende = list(found.order_by("-stand", "-veroeffentlicht_am"))
    # Without any Stand it may still be named by a Weisung, and then it has a page that says so.
    known = staende[0].arbeitsmittel if staende else None
    arbeitsmittel = known or get_object_or_404(Arbeitsmittel.objects.known_to_readers(request.stichtag), slug=slug)
    return arbeitsmittel, einordnen(staende, request.stichtag)


def readable(text: str, stichtag: Stichtag) -> SafeString:
    """Return a stored text, cleaned when it was written, as the page shows it."""
    return mark_safe(labelled(with_live_citations(with_anchors(text), stichtag))) if text else mark_safe("")


def page_of(
    arbeitsmittel: Arbeitsmittel,
    einordnung: Einordnung,
    shown: Fassung | None,
    text: str,
    stichtag: Stichtag,
    *,
    permanent: bool,
) -> dict[str, Any]:
    """Return what `arbeitsmittel/detail.html` shows of a Fassung; the preview of a draft uses it too."""
    return {
        "arbeitsmittel": arbeitsmittel,
        "fassung": shown,
        # The anchors are made from the text as it was released, so that they stay when a cited Stand changes.
        "inhalt": readable(text, stichtag),
        "gliederung": headings(text) if text else [],
        "einordnung": einordnung,
        "zustand": einordnung.zustand(shown) if shown else "",
        "nachfolger": einordnung.abgeloest_durch(shown) if shown else None,
        "permanent": permanent,
        "nachweis_moeglich": stichtag.tag <= stichtag.heute and not permanent,  # of what applies, not of one Stand
        "verwandte": arbeitsmittel.verwandte(stichtag),
        "weisungen": [
            (weisung, weisung.zustand(stichtag.tag)) for weisung in zitierende_weisungen(arbeitsmittel, stichtag)
        ],
    }


def _render(
    request: HttpRequest,
    arbeitsmittel: Arbeitsmittel,
    einordnung: Einordnung,
    shown: Fassung | None,
    *,
    permanent: bool = False,
) -> HttpResponse:
    text = ""
    if shown is not None and not shown.nur_stand:
        text = Fassung.objects.values_list("inhalt", flat=True).get(pk=shown.pk)
    context = page_of(arbeitsmittel, einordnung, shown, text, request.stichtag, permanent=permanent)
    return render(request, "arbeitsmittel/detail.html", context)
