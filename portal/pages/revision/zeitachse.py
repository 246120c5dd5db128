"""One timeline over everything: entries of the chain and log-ins that failed, newest first."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.pages.revision.access import may_audit
from portal.pages.revision.auswahl import GESICHTET, VORGAENGE, Auswahl, read_auswahl
from portal.pages.revision.blaettern import ANFANG, Blatt, Stelle, read_place, turned_to
from portal.pages.revision.schaubild import chart_of
from portal.pages.revision.treffer import Treffer, found_by
from portal.pages.revision.wochen import Wochen, all_weeks, weeks_of_entries, weeks_of_log_ins
from portal.pages.revision.zeilen import lines_of, stream_of_entries, stream_of_log_ins

PER_PAGE = 100


@require_safe
@may_audit
def zeitachse(request: HttpRequest) -> HttpResponse:
    """The filter is in the address, and so is the place: at most six queries, session and person included."""
    auswahl, place = read_auswahl(request.GET), read_place(request.GET)
    treffer = found_by(auswahl)
    streams = (stream_of_entries(treffer.eintraege), stream_of_log_ins(treffer.anmeldungen))
    blatt = turned_to(streams, place, PER_PAGE)
    wochen = _weeks(auswahl, treffer, request.stichtag.heute)
    context = {
        "auswahl": auswahl,
        "treffer": treffer,
        "zeilen": lines_of(blatt),
        "blaettern": links_of(blatt, request.GET),
        "stelle": place,
        "wochen": wochen,
        "schaubild": chart_of(wochen, request.GET) if wochen else None,
        "vorgaenge": [(kind, label, kind in auswahl.vorgaenge) for kind, label in VORGAENGE.items()],
        "durchsichten": GESICHTET.items(),
    }
    return render(request, "revision/zeitachse.html", context)


def _weeks(auswahl: Auswahl, treffer: Treffer, heute: date) -> Wochen | None:
    if treffer.fehler:
        return None
    if auswahl.leer:
        return all_weeks(heute)
    if treffer.eintraege is not None:
        return weeks_of_entries(treffer.eintraege, heute)
    return weeks_of_log_ins(treffer.anmeldungen, heute) if treffer.anmeldungen is not None else None


def links_of(blatt: Blatt, query: QueryDict) -> dict[str, Any]:
    """Return the addresses around a page, empty where there is nothing to turn to."""
    kept = query.copy()
    for name in ("vor", "nach"):
        kept.pop(name, None)
    rest = kept.urlencode()

    def to(name: str, place: Stelle | None) -> str:
        return "?" + "&".join(filter(None, (rest, f"{name}={place}"))) if place else ""

    return {
        "erste": f"?{rest}" if blatt.neuer else "",
        "neuere": to("nach", blatt.neuer),
        "aeltere": to("vor", blatt.aelter),
        "letzte": to("nach", ANFANG) if blatt.aelter else "",
    }
