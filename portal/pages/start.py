"""The start page: search first, then what is new and the four Bereiche."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from arbeitsmittel.kennung import Bereich
from arbeitsmittel.models import Arbeitsmittel, Fassung
from portal.reader_pages import published_page
from weisungen.models import Weisung

NEWEST = 8


@require_safe
@published_page()
def start(request: HttpRequest) -> HttpResponse:
    """Newest Stände up to the Stichtag, what is coming, newest Weisungen; people without content see their way on."""
    if not request.user.has_perm("arbeitsmittel.view_arbeitsmittel"):
        return render(request, "start_ohne_inhalt.html")
    stichtag = request.stichtag
    live = Fassung.objects.live(stichtag).without_text().select_related("arbeitsmittel")
    coming = Weisung.objects.live(stichtag).filter(gueltig_ab__gt=stichtag.tag).without_text()
    counts = Arbeitsmittel.objects.known_to_readers(stichtag).count_by_bereich()
    context = {
        "neueste": live.current_on(stichtag).order_by("-stand", "arbeitsmittel__slug")[:NEWEST],
        "kommende": live.filter(stand__gt=stichtag.tag).order_by("stand", "arbeitsmittel__slug")[:NEWEST],
        "kommende_weisungen": coming.order_by("gueltig_ab", "nummer")[:NEWEST],
        "weisungen": Weisung.objects.in_force_on(stichtag).without_text()[:5],
        "bereiche": [(bereich, counts.get(rang, 0)) for rang, bereich in enumerate(Bereich, start=1)],
    }
    return render(request, "start.html", context)
