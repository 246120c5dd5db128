"""One search over both: a Kennung or a number jumps to its page, anything else is looked for in the texts."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import permission_required
from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from arbeitsmittel.kennung import Art, slug_of
from arbeitsmittel.models import Arbeitsmittel, Fassung
from portal.search import Excerpt, Query, Rank, highlight
from portal.stichtag import KNOWN_PARAMETER, PARAMETER, Stichtag
from portal.stichtag_memory import follows_stichtag
from weisungen.models import WHOLE_TEXT, Weisung

MAX_HITS = 50
# A number wherever it stands, its beginning too: 3.001a, 3001a, 3.00; not the year of a date.
NUMMER = re.compile(r"(?<![0-9.,])([123])[.,]?([0-9]{1,3})(?![0-9])\s?([a-z](?![a-z]))?")
MAX_LENGTH = 200


@dataclass(frozen=True)
class Hit:
    """One line of the result."""

    ziel: Any
    titel: str
    zusatz: str
    auszug: SafeString
    zustand: str = ""  # of a Weisung: a hit may be repealed
    eil: bool = False  # released in an emergency that nobody has confirmed; a Weisung's own state says so itself


@require_safe
@permission_required("arbeitsmittel.view_arbeitsmittel", raise_exception=True)
@follows_stichtag
def suche(request: HttpRequest) -> HttpResponse:
    """Jump where the input names one thing; otherwise list what names it partly, and what mentions it."""
    eingabe = request.GET.get("q", "").replace("\x00", "").strip()[:MAX_LENGTH]
    if not eingabe:
        return render(request, "suche.html", {"eingabe": ""})
    if (ziel := _named(eingabe, request.stichtag)) is not None:
        # What was given, not what was understood: the page says what is wrong with an unreadable Stichtag.
        given = {name: request.GET[name] for name in (PARAMETER, KNOWN_PARAMETER) if request.GET.get(name)}
        return redirect(f"{ziel.get_absolute_url()}{'?' + urlencode(given) if given else ''}")
    context = {
        "eingabe": eingabe,
        "kennungen": _partly_named(eingabe, request.stichtag),
        "arbeitsmittel": _fassung_hits(eingabe, request.stichtag),
        "weisungen": _weisung_hits(eingabe, request.stichtag),
    }
    return render(request, "suche.html", context)


def _named(eingabe: str, stichtag: Stichtag) -> Arbeitsmittel | Weisung | None:
    """Return the one thing that the input names exactly, in any spelling."""
    if slug := slug_of(eingabe):
        found = Arbeitsmittel.objects.known_to_readers(stichtag).filter(slug=slug).first()
        if found:
            return found
    number = re.fullmatch(r"(weisung|information)?[\s-]*([0-9]{9})", eingabe, re.IGNORECASE)
    if not number:
        return None
    typ, nummer = (number[1] or "").lower(), number[2]
    found = Weisung.objects.published(stichtag).without_text().filter(nummer=nummer)
    return (found.filter(typ=typ) if typ else found.order_by("-typ")).first()


def _partly_named(eingabe: str, stichtag: Stichtag) -> list[Arbeitsmittel]:
    """Return the Arbeitsmittel that the input names among other words.

    `3.001` leads to 3.001a and 3.001b, `Stand 3.001a` to 3.001a, `ortswechsel` to the EMB AH with that in its name.
    """
    wanted = Q()
    for first, rest, letter in NUMMER.findall(eingabe.lower()):
        wanted |= Q(bezeichnung__startswith=f"{first}.{rest}{letter}")
    words = [word for word in re.findall(r"\w{4,}", eingabe) if not word.isdigit()]
    if words:
        wanted |= Q(art=Art.EMB_AH) & Q(*[Q(bezeichnung__icontains=word) for word in words])
    if not wanted:
        return []
    found = Arbeitsmittel.objects.known_to_readers(stichtag).with_current(stichtag)
    return list(found.filter(wanted).in_order()[:MAX_HITS])


def _fassung_hits(eingabe: str, stichtag: Stichtag) -> list[Hit]:
    query = Query(eingabe)
    found = (
        Fassung.objects.current_on(stichtag)
        .filter(suche=query)
        .annotate(rang=Rank(F("suche"), query), auszug=Excerpt(F("inhalt"), query))
        .select_related("arbeitsmittel")
        .without_text()
        .order_by("-rang", "arbeitsmittel__slug")[:MAX_HITS]
    )
    return [
        Hit(
            f.arbeitsmittel,
            f"{f.arbeitsmittel} – {f.titel}",
            f"Stand {f.stand_text}",
            highlight(f.auszug),
            eil=f.eil_offen,
        )
        for f in found
    ]


def _weisung_hits(eingabe: str, stichtag: Stichtag) -> list[Hit]:
    query = Query(eingabe)
    found = (
        Weisung.objects.published(stichtag)
        .filter(Q(suche=query) | Q(nummer__startswith=eingabe) if eingabe.isdigit() else Q(suche=query))
        .annotate(rang=Rank(F("suche"), query), auszug=Excerpt(WHOLE_TEXT, query))
        .with_repeal(stichtag)
        .without_text()
        .order_by("-rang", "-datum")[:MAX_HITS]
    )
    return [
        Hit(w, f"{w} – {w.titel}", f"vom {w.datum:%d.%m.%Y}", highlight(w.auszug), w.zustand(stichtag.tag))
        for w in found
    ]
