"""The page of an Auftrag: how far it is, then its file. Only whoever asked sees it, and only while the right holds."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.auftraege import Auftrag, Zustand, has_died, of_person, wake
from portal.auftraege.model import KEPT
from portal.auftraege.registry import job_named

REFRESH = 5  # seconds, for browsers without JavaScript


@require_safe
def liste(request: HttpRequest) -> HttpResponse:
    """What somebody asked for within the last day, the newest first."""
    now = timezone.now()
    found = list(of_person(request.user, now).order_by("-erstellt"))
    for one in found:
        has_died(one, now)  # then its sentence says so
    return render(request, "auftraege/liste.html", {"zeilen": [(one, _sentence(one)) for one in found]})


@require_safe
def auftrag(request: HttpRequest, key: UUID) -> HttpResponse:
    """How far it is; looks again by itself."""
    found = _own_or_404(request, key)
    context = {"auftrag": found, "satz": _sentence(found), "bis": found.erstellt + KEPT, "wiederholung": REFRESH}
    return render(request, "auftraege/auftrag.html", context)


@require_safe
def stand(request: HttpRequest, key: UUID) -> HttpResponse:
    """The same for the script of the page."""
    found = _own_or_404(request, key)
    told = {"offen": found.offen, "erledigt": found.erledigt, "gesamt": found.gesamt, "satz": _sentence(found)}
    return JsonResponse(told)


@require_safe
def datei(request: HttpRequest, key: UUID) -> HttpResponse:
    """The file, piece by piece."""
    found = _own_or_404(request, key)
    if found.zustand != Zustand.FERTIG:
        raise Http404
    headers = {
        "Content-Disposition": f'attachment; filename="{found.dateiname}"',
        "Content-Length": str(found.groesse),
        "Cache-Control": "no-store",
    }
    content: Any = () if request.method == "HEAD" else found.content()
    return StreamingHttpResponse(content, content_type=found.inhaltstyp, headers=headers)


def _own_or_404(request: HttpRequest, key: UUID) -> Auftrag:
    """Return somebody's own Auftrag. That of another person, without the right, or swept away: all the same 404."""
    now = timezone.now()
    found = of_person(request.user, now).filter(pk=key).first()
    kind = job_named(found.art) if found else None
    if found is None or kind is None or not request.user.has_perm(kind.right):
        raise Http404
    has_died(found, now)
    if found.zustand == Zustand.WARTET:
        wake()  # the process that was asked may be gone; any other one will do
    return found


def _sentence(auftrag: Auftrag) -> str:
    if auftrag.zustand == Zustand.WARTET:
        return "Kommt gleich an die Reihe."
    if auftrag.zustand == Zustand.LAEUFT:
        if not auftrag.gesamt:
            return "Wird zusammengestellt."
        return f"Wird zusammengestellt: {auftrag.erledigt} von {auftrag.gesamt}."
    return "Fertig." if auftrag.zustand == Zustand.FERTIG else auftrag.fehler
