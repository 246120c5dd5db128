"""The steps of a Weisung (portal.workplace.releasing): who may take them, and what is particular about each."""

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_http_methods

from portal import freigabe
from portal.freigabe import NotPossible
from portal.workplace import Step, address, needs
from portal.workplace import releasing as pages
from weisungen import publishing
from weisungen.forms import FreigebenForm
from weisungen.redaktion import facts
from weisungen.redaktion.access import RELEASE, RUSH, WRITE, site_of, weisung_or_404
from weisungen.redaktion.kind import KIND

CHANGED_LIST = "Was veröffentlicht würde, hat sich inzwischen geändert. Bitte die neue Liste lesen und dann freigeben."
page = require_http_methods(["GET", "HEAD", "POST"])


@page
@needs(WRITE)
def vorlegen(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a draft to the second person; the page lists its package."""
    row = weisung_or_404(pk)
    erklaerung = (
        "Das PDF wird jetzt erzeugt, und Text und Paket werden so festgehalten, wie sie sind. Eine zweite Person prüft "
        "beides. Wird danach noch etwas geändert, beginnt die Prüfung von vorn."
    )
    submit, live = partial(publishing.submit_weisung, site=site_of(request)), facts.livegang(row)
    return pages.submission_page(request, KIND, row, submit, erklaerung=erklaerung, livegang=live)


@page
@needs(WRITE)
def zurueckholen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an own draft back from the check."""
    mehr = " Die Fassungen seines Pakets bleiben, wie sie sind."
    return pages.take_back_page(request, KIND, weisung_or_404(pk), mehr=mehr)


@page
@needs(RELEASE)
def freigeben(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue what was checked with its package; the page lists exactly what goes live, and only that is released."""
    row, now = weisung_or_404(pk), timezone.now()
    live = facts.livegang(row)
    step = Step(
        titel="Freigeben",
        erklaerung="Mit dem Knopf wird alles in dieser Liste zusammen veröffentlicht, oder nichts davon. Das lässt "
        "sich nicht rückgängig machen, nur noch zurückziehen.",
        knopf="Jetzt alles freigeben" if live.fassungen else "Jetzt freigeben",
        zurueck=address("change", row),
        erledigt=f"{row} ist freigegeben{f', mit {_counted(len(live.fassungen))}' if live.fassungen else ''}.",
    )
    start = {"liste": live.fingerabdruck, **pages.version_of(row)}
    form = FreigebenForm(pages.sent_data(request), initial=start)

    def do(form: FreigebenForm) -> None:
        nonlocal live
        current = freigabe.lock(row)
        live = facts.livegang(current)
        if live.fingerabdruck != form.cleaned_data["liste"]:
            form.data = {**form.data.dict(), "liste": live.fingerabdruck}  # the page comes back with just this list
            raise NotPossible(CHANGED_LIST)
        publishing.publish_weisung(current, user=request.user, reason="Freigegeben", now=timezone.now())

    shown, fakten = SimpleLazyObject(lambda: live), facts.of_release(row, now)
    return pages.release_page(request, KIND, row, step, form, do, livegang=shown, fakten=fakten)


@page
@needs(RUSH)
def eilfreigabe(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue at once without a second person."""
    row = weisung_or_404(pk)
    publish = partial(publishing.publish_weisung_at_once, site=site_of(request))
    fakten = facts.of_release(row, timezone.now())
    return pages.rush_page(request, KIND, row, publish, livegang=facts.livegang(row), fakten=fakten)


@page
@needs(RELEASE)
def bestaetigen(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm an emergency release after the fact."""
    return pages.confirmation_page(request, KIND, weisung_or_404(pk))


@page
@needs(RELEASE)
def zurueckziehen(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw something issued; the page says what follows."""
    row = weisung_or_404(pk)
    return pages.withdrawal_page(request, KIND, row, fakten=facts.of_withdrawal(row))


@page
@needs(WRITE)
def verwerfen(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away; the Fassungen of its package go their own way again."""
    erklaerung = (
        "Der Entwurf wird nicht weiter bearbeitet und lässt sich nicht zurückholen. Sein Text bleibt in der Historie, "
        "seine Nummer wird frei. Die Fassungen seines Pakets bleiben als einzelne Entwürfe erhalten."
    )
    row = weisung_or_404(pk)
    return pages.discard_page(request, KIND, row, publishing.discard_weisung, erklaerung=erklaerung)


def _counted(members: int) -> str:
    return "1 Fassung" if members == 1 else f"{members} Fassungen"
