"""Citations while somebody writes: which ones a text holds, and the Arbeitsmittel to pick from."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from arbeitsmittel.citing import cited_texts, resolve_all
from arbeitsmittel.kennung import Kennung
from arbeitsmittel.models import Arbeitsmittel
from arbeitsmittel.redaktion.access import START, WRITE
from arbeitsmittel.redaktion.listing import in_words, named_like
from arbeitsmittel.stand import Datum
from portal.stichtag import today
from portal.text import TextRefused, clean
from portal.workplace import needs

HITS = 12
WRITERS = (WRITE, START, "weisungen.change_weisung", "weisungen.add_weisung")


@require_safe
@needs(*WRITERS)
def suche(request: HttpRequest) -> JsonResponse:
    """The Arbeitsmittel that `?q=` may mean, as a list of {kennung, titel, stand} with what applies today."""
    typed = request.GET.get("q", "").replace("\x00", "").strip()
    wanted = named_like(typed) | in_words(typed, "bezeichnung", "titel")
    found = Arbeitsmittel.objects.with_current(today(timezone.now())).filter(wanted).in_order() if typed else []
    hits = [
        {
            "kennung": str(one),
            "titel": one.titel or "",
            "stand": str(Datum(one.stand, one.stand_nur_monat)) if one.stand else "",
        }
        for one in found[:HITS]
    ]
    return JsonResponse(hits, safe=False)


@require_POST
@needs(*WRITERS)
def zitate(request: HttpRequest) -> HttpResponse:
    """The citations in a text as a list, each with the Stand that applies today; what needs a look is marked."""
    try:
        (text,) = cited_texts([clean(request.POST.get("text", ""))])
    except TextRefused:  # the form says so when it is saved
        return HttpResponse("")
    in_order = list(dict.fromkeys(fundstelle.kennung for fundstelle in text.fundstellen))
    ziele = resolve_all([text], today(timezone.now()))
    unresolved = [kennung.slug for kennung in in_order if kennung not in ziele]
    known = set(Arbeitsmittel.objects.filter(slug__in=unresolved).values_list("slug", flat=True))
    lines = [(kennung, ziele.get(kennung), _doubt(kennung, ziele, known)) for kennung in in_order]
    return render(request, "redaktion/arbeitsmittel/_zitate_live.html", {"zeilen": lines})


def _doubt(kennung: Kennung, ziele: dict, known: set[str]) -> str:
    """Return what is wrong with a citation, empty where nothing is."""
    if kennung in ziele:
        return "" if ziele[kennung].stand else "heute gilt kein Stand"
    return "noch kein Stand veröffentlicht" if kennung.slug in known else "kennt das Portal nicht"
