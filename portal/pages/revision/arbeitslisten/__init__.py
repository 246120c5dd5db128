"""Work lists: what deserves a second look, found by query and never by somebody's memory."""

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.pages.revision.access import may_audit
from portal.pages.revision.arbeitslisten.familien import Auseinander
from portal.pages.revision.arbeitslisten.freigaben import (
    AlteEntwuerfe,
    Eilfreigaben,
    Nachtraege,
    Redaktionell,
    Warnungen,
)
from portal.pages.revision.arbeitslisten.zeilen import Arbeitsliste
from portal.stichtag import today

PER_PAGE = 50
LISTEN: Mapping[str, Arbeitsliste] = {
    "eilfreigaben": Eilfreigaben(),
    "warnungen": Warnungen(),
    "redaktionell": Redaktionell(),
    "nachtraege": Nachtraege(),
    "familien": Auseinander(),
    "alte-entwuerfe": AlteEntwuerfe(),
}


@require_safe
@may_audit
def uebersicht(request: HttpRequest) -> HttpResponse:
    """All lists with their counts."""
    now = today(timezone.now())  # whatever day and whose knowledge the portal shows
    gezaehlt = [(name, liste, liste.anzahl(now)) for name, liste in LISTEN.items()]
    return render(request, "revision/listen.html", {"listen": gezaehlt})


@require_safe
@may_audit
def liste(request: HttpRequest, name: str) -> HttpResponse:
    """One list, paged; its number of queries does not depend on its rows."""
    shown = LISTEN.get(name)
    if shown is None:
        raise Http404
    page = shown.seite(today(timezone.now()), request.GET.get("seite", ""), PER_PAGE)
    namen = [(other, listed.titel) for other, listed in LISTEN.items()]
    context = {"name": name, "liste": shown, "seite": page, "zeilen": page.object_list, "namen": namen}
    return render(request, "revision/liste.html", context)
