"""What is sent from the list of a package: announcements, and which drafts go live with the Weisung."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from arbeitsmittel.models import Fassung
from portal.freigabe import Conflict, Schritt, lock
from portal.stichtag import today
from portal.workplace import REFUSED, address, checked_at_once, needs, refusal_of
from weisungen.forms import WeisungForm
from weisungen.models import Weisung
from weisungen.package import announce, put_into_package, strike, take_out_of_package
from weisungen.redaktion.access import WRITE, weisung_or_404
from weisungen.redaktion.editing import HELPERS, form_page
from weisungen.redaktion.package import Paket, Paketzeile, fingerprint, package_of

AS_IT_IS = "Die Liste steht unten, wie sie jetzt ist; bitte die eigenen Angaben noch einmal eintragen."


@require_POST
@needs(WRITE)
def paket(request: HttpRequest, pk: int) -> HttpResponse:
    """Store the announcements, then do what the button says: put a draft into the package, or take it out."""
    row, now = weisung_or_404(pk), timezone.now()
    sent = package_of(row, today(now), request.POST)
    if not sent.gueltig:
        return _page(request, row, sent, "Die Ankündigungen sind noch nicht gespeichert; bitte die Angaben ergänzen.")
    try:
        checked_at_once(lambda: _store(row, sent, request.POST.get("tat", ""), request.user, now))
    except Conflict as fault:
        return _page(request, row, None, f"{fault} {AS_IT_IS}")
    except REFUSED as fault:
        return _page(request, row, sent, refusal_of(fault))
    messages.success(request, _done(row, weisung_or_404(pk)))
    return redirect(address("change", row) + "#paket")


@transaction.atomic
def _store(weisung: Weisung, sent: Paket, tat: str, user: Any, now: datetime) -> None:
    _refuse_stale(weisung, sent)
    for zeile in sent.zeilen:
        _store_line(weisung, zeile, user, now)
    if weiteres := sent.weitere.cleaned_data["kennung"]:
        announce(weisung, arbeitsmittel=weiteres, soll_stand=weisung.gueltig_ab, was="", user=user, now=now)
    what, _, key = tat.partition(":")
    if what == "aufnehmen":
        fassung = get_object_or_404(Fassung.objects.select_related("arbeitsmittel"), pk=_number(key))
        put_into_package(weisung, fassung=fassung, user=user, now=now)
    elif what == "herausnehmen":
        umsetzung = get_object_or_404(weisung.umsetzungen.select_related("fassung", "weisung"), pk=_number(key))
        if umsetzung.im_paket:  # else there is nothing to take out, and no check to void
            take_out_of_package(umsetzung, user=user, now=now)


def _refuse_stale(weisung: Weisung, sent: Paket) -> None:
    """Raise Conflict where the sender saw another list; every writer of it locks the Weisung first."""
    current = lock(weisung)
    if sent.weitere.cleaned_data["liste"] != fingerprint(current, current.umsetzungen.filter(gestrichen=False)):
        raise Conflict(current)


def _store_line(weisung: Weisung, zeile: Paketzeile, user: Any, now: datetime) -> None:
    if not zeile.form.is_bound:  # it did not stand on the sender's page
        return
    given = zeile.form.cleaned_data
    if zeile.im_paket:  # its Stand is that of the Fassung, and the tick cannot be taken away
        given = given | {"aendert": True, "soll_stand": zeile.umsetzung.soll_stand}
    if given["aendert"]:
        announce(
            weisung, arbeitsmittel=zeile.arbeitsmittel, soll_stand=given["soll_stand"], was=given["was"],
            user=user, now=now,
        )  # fmt: skip
    elif zeile.umsetzung is not None:
        strike(zeile.umsetzung, user=user, now=now)


def _number(key: str) -> int:
    if not key.isascii() or not key.isdigit() or len(key) > 18:
        raise Http404
    return int(key)


def _done(before: Weisung, after: Weisung) -> str:
    if before.schritt != Schritt.ENTWURF and after.schritt == Schritt.ENTWURF:
        return "Gespeichert. Die Prüfung der Weisung ist damit aufgehoben; sie muss neu vorgelegt werden."
    return "Ankündigungen und Paket sind gespeichert."


def _page(request: HttpRequest, row: Weisung, sent: Paket | None, refusal: str) -> HttpResponse:
    current = weisung_or_404(row.pk)
    shown = {"paket": sent} if sent else {}
    return form_page(request, current, WeisungForm.of(current, **HELPERS), ablehnung=refusal, **shown)
