"""The steps of a Fassung that are one form and one button: submit, take back, release, withdraw, discard."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from arbeitsmittel import publishing
from arbeitsmittel.checks import check_fassung
from arbeitsmittel.forms import EilfreigabeForm
from arbeitsmittel.models import Fassung
from arbeitsmittel.redaktion import facts
from arbeitsmittel.redaktion.access import RELEASE, RUSH, WRITE, fassung_or_404
from arbeitsmittel.redaktion.editing import FIELDS
from arbeitsmittel.redaktion.next_steps import steps_for
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

STEP_TEMPLATE = "redaktion/arbeitsmittel/schritt.html"
STALE = "Der Entwurf wurde inzwischen geändert. Bitte die Seite neu laden und noch einmal ansehen."
page = require_http_methods(["GET", "HEAD", "POST"])


@page
@needs(WRITE)
def vorlegen(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a draft to the second person; warnings need a reason, errors lead back to their field."""
    row = fassung_or_404(pk)
    findings = _findings(row)
    step = Step(
        titel="Zur Prüfung vorlegen",
        erklaerung="Das PDF wird jetzt erzeugt, und der Text wird so festgehalten, wie er ist. Eine zweite Person "
        "prüft beides. Wird danach noch etwas geändert, beginnt die Prüfung von vorn.",
        knopf="Zur Prüfung vorlegen",
        zurueck=address("change", row),
        erledigt=f"{row} liegt jetzt zur Prüfung vor.",
    )
    form = BegruendungenForm(_data(request), findings=findings, kept=row.begruendungen, initial=_version(row))

    def do(form: BegruendungenForm) -> None:
        publishing.submit_fassung(
            row, begruendungen=form.begruendungen, version=_sent(form), user=request.user, now=timezone.now()
        )

    return _step(request, row, step, form, do, befunde=findings, fakten=facts.of_release(row, timezone.now()))


@page
@needs(WRITE)
def zurueckholen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an own draft back from the check."""
    row = fassung_or_404(pk)
    step = Step(
        titel="Aus der Prüfung zurückholen",
        erklaerung="Der Entwurf liegt dann nicht mehr zur Prüfung vor. Er lässt sich weiter bearbeiten und später "
        "neu vorlegen.",
        knopf="Zurückholen",
        zurueck=address("change", row),
        erledigt=f"{row} ist wieder ein Entwurf.",
    )
    form = WorkplaceForm(_data(request))
    return _step(request, row, step, form, lambda form: freigabe.take_back(row, user=request.user, now=timezone.now()))


@page
@needs(RELEASE)
def freigeben(request: HttpRequest, pk: int) -> HttpResponse:
    """Release what was checked; the page says exactly what goes live."""
    row = fassung_or_404(pk)
    step = Step(
        titel="Freigeben",
        erklaerung="Mit dem Knopf wird die Fassung veröffentlicht. Das lässt sich nicht rückgängig machen, die Fassung "
        "lässt sich danach nur noch zurückziehen.",
        knopf="Jetzt freigeben",
        zurueck=address("change", row),
        erledigt=f"{row} ist freigegeben.",
    )
    form = AnmerkungForm(_data(request), initial=_version(row))

    def do(form: AnmerkungForm) -> None:
        now, comment = timezone.now(), form.cleaned_data["anmerkung"].strip()
        if publishing.locked(row).version != _sent(form):
            raise NotPossible(STALE)
        reason = f"Freigegeben: {comment}" if comment else "Freigegeben"
        publishing.publish_fassung(row, user=request.user, reason=reason, now=now)

    return _step(request, row, step, form, do, fakten=facts.of_release(row, timezone.now()))


@page
@needs(RUSH)
def eilfreigabe(request: HttpRequest, pk: int) -> HttpResponse:
    """Release at once without a second person, for a reason; flagged until somebody confirms."""
    row = fassung_or_404(pk)
    findings = _findings(row)
    step = Step(
        titel="Eilfreigabe",
        erklaerung="Die Fassung wird sofort veröffentlicht, ohne dass eine zweite Person sie geprüft hat. Sie bleibt "
        "in der Redaktion auffällig, bis eine andere Person sie bestätigt.",
        knopf="Ohne zweite Person freigeben",
        zurueck=address("change", row),
        erledigt=f"{row} ist in Eile freigegeben. Bitte eine zweite Person um die Bestätigung.",
        gefahr=True,
    )
    form = EilfreigabeForm(_data(request), findings=findings, kept=row.begruendungen, initial=_version(row))

    def do(form: EilfreigabeForm) -> None:
        publishing.publish_fassung_at_once(
            row,
            grund=form.cleaned_data["grund"],
            begruendungen=form.begruendungen,
            version=_sent(form),
            user=request.user,
            now=timezone.now(),
        )

    return _step(request, row, step, form, do, befunde=findings, fakten=facts.of_release(row, timezone.now()))


@page
@needs(RELEASE)
def bestaetigen(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm an emergency release after the fact."""
    row = fassung_or_404(pk)
    step = Step(
        titel="Eilfreigabe bestätigen",
        erklaerung="Sie bestätigen, dass Sie den veröffentlichten Text gelesen haben und dass er in Ordnung ist. Ist "
        "er es nicht, ziehen Sie die Fassung bitte zurück.",
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
    """Withdraw something released; the page says what applies then."""
    row = fassung_or_404(pk)
    step = Step(
        titel="Zurückziehen",
        erklaerung="Die Fassung gilt dann nicht mehr. Den Grund sehen alle, die sie aufrufen.",
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

    return _step(request, row, step, form, do, fakten=facts.of_withdrawal(row, timezone.now()))


@page
@needs(WRITE)
def verwerfen(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    row = fassung_or_404(pk)
    step = Step(
        titel="Entwurf verwerfen",
        erklaerung="Der Entwurf wird nicht weiter bearbeitet und lässt sich nicht zurückholen. Sein Text bleibt in der "
        "Historie. Was veröffentlicht ist, gilt unverändert weiter.",
        knopf="Entwurf verwerfen",
        zurueck=address("change", row),
        erledigt=f"Der Entwurf {row} ist verworfen.",
        gefahr=True,
    )
    form = GrundForm(_data(request), initial=_version(row))

    def do(form: GrundForm) -> None:
        if publishing.locked(row).version != _sent(form):
            raise NotPossible(STALE)
        publishing.discard_fassung(row, reason=form.cleaned_data["grund"], user=request.user, now=timezone.now())

    return _step(request, row, step, form, do)


def _step(
    request: HttpRequest,
    row: Fassung,
    step: Step,
    form: WorkplaceForm,
    do: Callable[[Any], Any],
    *,
    befunde: list[Befund] | None = None,
    **context: Any,
) -> HttpResponse:
    """The shared page of a step, with what is known about the Fassung beside the form."""

    def in_words(form: WorkplaceForm) -> None:
        try:
            do(form)
        except Conflict as fault:  # its own sentence speaks of a text in a form, and here is none
            raise NotPossible(STALE) from fault

    found, naechste = befunde or [], steps_for(row, request.user)
    return shared_step_page(
        request, step, form, in_words, template=STEP_TEMPLATE, fassung=row, arbeitsmittel=row.arbeitsmittel,
        naechste=naechste, moeglich=any(step.ziel == request.path for step in naechste.schritte),
        fehler=[(befund, FIELDS.get(befund.stelle, "#id_inhalt")) for befund in found if befund.schwere == "fehler"],
        hinweise=[befund for befund in found if befund.schwere == "hinweis"],
        **context,
    )  # fmt: skip


def _data(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _findings(row: Fassung) -> list[Befund]:
    return check_fassung(row, today(timezone.now())) if row.ist_entwurf else []


def _version(row: Fassung) -> dict[str, int]:
    return {"version": row.version}


def _sent(form: WorkplaceForm) -> int:
    """The version of the page that was sent; none at all counts as stale."""
    return form.cleaned_data["version"] or 0
