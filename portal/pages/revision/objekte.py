"""The history of one object: of an Arbeitsmittel with all its Fassungen, of a Weisung with all that belongs to it."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from arbeitsmittel.models import Arbeitsmittel
from portal.models import Eintrag
from portal.pages.revision.access import may_audit
from portal.pages.revision.blaettern import read_place, turned_to
from portal.pages.revision.sides import key_of
from portal.pages.revision.verweise import page_of, seen_by_readers
from portal.pages.revision.zeilen import lines_of, no_log_ins, stream_of_entries
from portal.pages.revision.zeitachse import links_of
from portal.stichtag import Stichtag, today
from weisungen.models import Weisung

PER_PAGE = 100
UNFOLDED = 12  # versions from which their table is folded away above the timeline


@require_safe
@may_audit
def arbeitsmittel(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that happened to an Arbeitsmittel, and who released which Stand of it."""
    thing = get_object_or_404(Arbeitsmittel, slug=slug)
    rows = list(_with_people(thing.fassungen.released()).order_by("-stand", "-veroeffentlicht_am"))
    for row in rows:
        row.arbeitsmittel = thing
    entries = Eintrag.objects.filter(thema_art="arbeitsmittel", thema_id=thing.pk)
    return _page(request, thing, rows, entries, art="arbeitsmittel", slug=slug)


@require_safe
@may_audit
def weisung(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that happened under one number, withdrawn ones and drafts included."""
    rows = list(_with_people(Weisung.objects.filter(slug=slug)).order_by("-pk"))
    if not rows:
        raise Http404
    entries = Eintrag.objects.filter(thema_art="weisung", thema_id__in=[row.pk for row in rows])
    issued = [row for row in rows if row.veroeffentlicht_am]
    return _page(request, rows[0], issued, entries, art="weisung", slug=slug)


def _with_people(rows: QuerySet) -> QuerySet:
    people = ("veroeffentlicht_von", "geprueft_von", "zurueckgezogen_von", "eil_bestaetigt_von")
    return rows.without_text().select_related(*people)


def _page(
    request: HttpRequest, thing: Any, versions: list[Any], entries: QuerySet, *, art: str, slug: str
) -> HttpResponse:
    place, now = read_place(request.GET), today(timezone.now())
    blatt = turned_to((stream_of_entries(entries.order_by()), no_log_ins()), place, PER_PAGE)
    context = {
        "ding": thing,
        "art": art,
        "slug": slug,
        "fassungen": _released(versions, now),
        "lesbar": any(seen_by_readers(row, now) for row in versions),
        "eingeklappt": len(versions) > UNFOLDED,
        "zeilen": lines_of(blatt),
        "blaettern": links_of(blatt, request.GET),
        "stelle": place,
        "zeitachse": f"{reverse('revision:zeitachse')}?objekt={slug}",
    }
    return render(request, "revision/historie.html", context)


def _released(versions: list[Any], stichtag: Stichtag) -> list[tuple[Any, str, str, str]]:
    """Return each released version, its page, why it came, and where it is compared with the one before it."""
    found = []
    for place, row in enumerate(versions):
        before = next((other for other in versions[place + 1 :] if not other.zurueckgezogen_am), None)
        compared = f"{reverse('revision:vergleich')}?a={key_of(before)}&b={key_of(row)}" if before else ""
        why = row.eil_grund or getattr(row, "aenderungshinweis", row.titel) or getattr(row, "quelle", "")
        found.append((row, page_of(row, stichtag), why, compared))
    return found
