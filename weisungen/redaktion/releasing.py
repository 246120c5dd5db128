"""The steps of a Weisung that are one form and one button: submit, take back, release, withdraw, discard."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.views.decorators.http import require_http_methods

from arbeitsmittel.forms import EilfreigabeForm
from portal import freigabe
from portal.befund import Befund
from portal.freigabe import Conflict, NotPossible
from portal.stichtag import today
from portal.workplace import (
    AnmerkungForm,
    BegruendungenForm,
    GrundForm,
    Step,
    WorkplaceForm,
    ZurueckziehenForm,
    address,
    needs,
)
from portal.workplace import step_page as shared_step_page
from weisungen import publishing
from weisungen.checks import check_weisung
from weisungen.forms import FreigebenForm
from weisungen.models import Weisung
from weisungen.redaktion import facts
from weisungen.redaktion.access import RELEASE, RUSH, WRITE, site_of, weisung_or_404
from weisungen.redaktion.editing import anchor_of
from weisungen.redaktion.next_steps import steps_for

STEP_TEMPLATE = "redaktion/weisungen/schritt.html"
STALE = "Die Weisung wurde inzwischen geändert. Bitte die Seite neu laden und noch einmal ansehen."
CHANGED_LIST = "Was veröffentlicht würde, hat sich inzwischen geändert. Bitte die neue Liste lesen und dann freigeben."
page = require_http_methods(["GET", "HEAD", "POST"])


@page
@needs(WRITE)
def vorlegen(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a draft to the second person; warnings need a reason, errors lead back to their field."""
    row = weisung_or_404(pk)
    findings = _findings(row)
    step = Step(
        titel="Zur Prüfung vorlegen",
        erklaerung="Das PDF wird jetzt erzeugt, und Text und Paket werden so festgehalten, wie sie sind. Eine zweite "
        "Person prüft beides. Wird danach noch etwas geändert, beginnt die Prüfung von vorn.",
        knopf="Zur Prüfung vorlegen",
        zurueck=address("change", row),
        erledigt=f"{row} liegt jetzt zur Prüfung vor.",
    )
    form = BegruendungenForm(_data(request), findings=findings, kept=row.begruendungen, initial=_version(row))

    def do(form: BegruendungenForm) -> None:
        publishing.submit_weisung(
            row, begruendungen=form.begruendungen, version=_sent(form), user=request.user, now=timezone.now(),
            site=site_of(request),
        )  # fmt: skip

    return _step(request, row, step, form, do, befunde=findings, livegang=facts.livegang(row))


@page
@needs(WRITE)
def zurueckholen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an own draft back from the check."""
    row = weisung_or_404(pk)
    step = Step(
        titel="Aus der Prüfung zurückholen",
        erklaerung="Der Entwurf liegt dann nicht mehr zur Prüfung vor. Er lässt sich weiter bearbeiten und später "
        "neu vorlegen. Die Fassungen seines Pakets bleiben, wie sie sind.",
        knopf="Zurückholen",
        zurueck=address("change", row),
        erledigt=f"{row} ist wieder ein Entwurf.",
    )
    form = WorkplaceForm(_data(request))
    return _step(request, row, step, form, lambda form: freigabe.take_back(row, user=request.user, now=timezone.now()))


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
    form = FreigebenForm(_data(request), initial={"liste": live.fingerabdruck, **_version(row)})

    def do(form: FreigebenForm) -> None:
        nonlocal live
        current = freigabe.lock(row)
        live = facts.livegang(current)
        if live.fingerabdruck != form.cleaned_data["liste"]:
            form.data = {**form.data.dict(), "liste": live.fingerabdruck}  # the page comes back with just this list
            raise NotPossible(CHANGED_LIST)
        publishing.publish_weisung(current, user=request.user, reason="Freigegeben", now=timezone.now())

    return _step(
        request, row, step, form, do, livegang=SimpleLazyObject(lambda: live), fakten=facts.of_release(row, now)
    )


@page
@needs(RUSH)
def eilfreigabe(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue at once without a second person, for a reason; flagged until somebody confirms."""
    row = weisung_or_404(pk)
    findings = _findings(row)
    step = Step(
        titel="Eilfreigabe",
        erklaerung="Die Weisung wird sofort veröffentlicht, ohne dass eine zweite Person sie geprüft hat. Sie bleibt "
        "in der Redaktion auffällig, bis eine andere Person sie bestätigt.",
        knopf="Ohne zweite Person freigeben",
        zurueck=address("change", row),
        erledigt=f"{row} ist in Eile freigegeben. Bitte eine zweite Person um die Bestätigung.",
        gefahr=True,
    )
    form = EilfreigabeForm(_data(request), findings=findings, kept=row.begruendungen, initial=_version(row))

    def do(form: EilfreigabeForm) -> None:
        publishing.publish_weisung_at_once(
            row,
            grund=form.cleaned_data["grund"],
            begruendungen=form.begruendungen,
            version=_sent(form),
            user=request.user,
            now=timezone.now(),
            site=site_of(request),
        )

    fakten = facts.of_release(row, timezone.now())
    return _step(request, row, step, form, do, befunde=findings, livegang=facts.livegang(row), fakten=fakten)


@page
@needs(RELEASE)
def bestaetigen(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm an emergency release after the fact."""
    row = weisung_or_404(pk)
    step = Step(
        titel="Eilfreigabe bestätigen",
        erklaerung="Sie bestätigen, dass Sie den veröffentlichten Text gelesen haben und dass er in Ordnung ist. Ist "
        "er es nicht, ziehen Sie die Weisung bitte zurück.",
        knopf="Bestätigen",
        zurueck=address("change", row),
        erledigt=f"Die Eilfreigabe von {row} ist bestätigt.",
    )
    form = AnmerkungForm(_data(request))

    def do(form: AnmerkungForm) -> None:
        freigabe.confirm_release(row, comment=form.cleaned_data["anmerkung"], user=request.user, now=timezone.now())

    return _step(request, row, step, form, do)


@page
@needs(RELEASE)
def zurueckziehen(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw something issued; the page says what follows."""
    row = weisung_or_404(pk)
    step = Step(
        titel="Zurückziehen",
        erklaerung="Die Weisung gilt dann nicht mehr. Den Grund sehen alle, die sie aufrufen.",
        knopf="Jetzt zurückziehen",
        zurueck=address("change", row),
        erledigt=f"{row} ist zurückgezogen.",
        gefahr=True,
    )
    form = ZurueckziehenForm(_data(request))

    def do(form: ZurueckziehenForm) -> None:
        freigabe.withdraw(
            row, art=form.cleaned_data["art"], reason=form.cleaned_data["grund"], user=request.user, now=timezone.now()
        )

    return _step(request, row, step, form, do, fakten=facts.of_withdrawal(row))


@page
@needs(WRITE)
def verwerfen(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away; the Fassungen of its package go their own way again."""
    row = weisung_or_404(pk)
    step = Step(
        titel="Entwurf verwerfen",
        erklaerung="Der Entwurf wird nicht weiter bearbeitet und lässt sich nicht zurückholen. Sein Text bleibt in der "
        "Historie, seine Nummer wird frei. Die Fassungen seines Pakets bleiben als einzelne Entwürfe erhalten.",
        knopf="Entwurf verwerfen",
        zurueck=address("change", row),
        erledigt=f"Der Entwurf {row} ist verworfen.",
        gefahr=True,
    )
    form = GrundForm(_data(request), initial=_version(row))

    def do(form: GrundForm) -> None:
        if freigabe.lock(row).version != _sent(form):
            raise NotPossible(STALE)
        publishing.discard_weisung(row, reason=form.cleaned_data["grund"], user=request.user, now=timezone.now())

    return _step(request, row, step, form, do)


def _step(
    request: HttpRequest,
    row: Weisung,
    step: Step,
    form: WorkplaceForm,
    do: Callable[[Any], Any],
    *,
    befunde: list[Befund] | None = None,
    **context: Any,
) -> HttpResponse:
    """The shared page of a step, with what is known about the Weisung beside the form."""

    def in_words(form: WorkplaceForm) -> None:
        try:
            do(form)
        except Conflict as fault:  # its own sentence speaks of a text in a form, and here is none
            raise NotPossible(STALE) from fault

    found, naechste = befunde or [], steps_for(row, request.user)
    return shared_step_page(
        request, step, form, in_words, template=STEP_TEMPLATE, weisung=row, naechste=naechste,
        moeglich=any(one.ziel == request.path for one in naechste.schritte),
        fehler=[(befund, anchor_of(befund)) for befund in found if befund.schwere == "fehler"],
        hinweise=[befund for befund in found if befund.schwere == "hinweis"],
        **context,
    )  # fmt: skip


def _counted(members: int) -> str:
    return "1 Fassung" if members == 1 else f"{members} Fassungen"


def _findings(row: Weisung) -> list[Befund]:
    return check_weisung(row, today(timezone.now())) if row.ist_entwurf else []


def _data(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _version(row: Weisung) -> dict[str, int]:
    return {"version": row.version}


def _sent(form: WorkplaceForm) -> int:
    """The version of the page that was sent; none at all counts as stale."""
    return form.cleaned_data["version"] or 0
