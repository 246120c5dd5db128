"""The pages on the way of a release, one function a step; what is particular to a kind of row is said by its `Kind`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone

from portal import freigabe
from portal.befund import Befund
from portal.freigabe import Conflict, Freigabe, NotPossible, Schritt
from portal.stichtag import Stichtag, today
from portal.workplace.access import address
from portal.workplace.forms import (
    AnmerkungForm,
    BegruendungenForm,
    EilfreigabeForm,
    GrundForm,
    PruefenForm,
    WorkplaceForm,
    ZurueckziehenForm,
)
from portal.workplace.next_steps import NextSteps
from portal.workplace.steps import Step, step_page

_DONE = {
    PruefenForm.GEPRUEFT: "{} ist geprüft und kann freigegeben werden.",
    PruefenForm.ZURUECK: "{} ist zurückgegeben.",
}


@dataclass(frozen=True)
class Kind:
    """One kind of row that goes the way of a release, as the pages of its steps know it."""

    name: str  # in a sentence, feminine: "Fassung"
    templates: str  # folder of schritt.html and pruefen.html
    stale: str  # what is said where the row changed after the page was opened
    lock: Callable[[Any], Any]  # returns the row as it is now, held until the transaction ends
    check: Callable[[Any, Stichtag], list[Befund]]
    anchor_of: Callable[[Befund], str]  # the place on the page of the draft to which a finding leads
    steps_for: Callable[[Any, Any], NextSteps]
    context: Callable[[Any], dict[str, Any]]  # the row under the names that the templates use

    def findings(self, row: Freigabe) -> list[Befund]:
        """Return what the check finds in a draft; nothing in what is no draft any longer."""
        return self.check(row, today(timezone.now())) if row.ist_entwurf else []

    def about(self, request: HttpRequest, row: Freigabe) -> dict[str, Any]:
        """Return what each page of a step knows about the row, and whether the step is possible."""
        naechste = self.steps_for(row, request.user)
        moeglich = any(one.ziel == request.path for one in naechste.schritte)
        return {
            "objekt": row, "objektname": self.name, "naechste": naechste, "moeglich": moeglich, **self.context(row)
        }  # fmt: skip


def sent_data(request: HttpRequest) -> QueryDict | None:
    """Return what was sent, for a form; None where the page is only shown."""
    return request.POST if request.method == "POST" else None


def version_of(row: Freigabe) -> dict[str, int]:
    """Return the start of a form that finds stale pages."""
    return {"version": row.version}


def refuse_stale(kind: Kind, row: Freigabe, form: WorkplaceForm) -> None:
    """Lock the row. Raises NotPossible where it is another one than the sender saw; no version counts as stale."""
    if kind.lock(row).version != _sent_version(form):
        raise NotPossible(kind.stale)


def release_page(
    request: HttpRequest,
    kind: Kind,
    row: Freigabe,
    step: Step,
    form: WorkplaceForm,
    do: Callable[[Any], Any],
    *,
    befunde: Sequence[Befund] = (),
    **context: Any,
) -> HttpResponse:
    """Show or do a step, with what is known about the row beside the form; errors lead to their field."""

    def in_words(form: WorkplaceForm) -> None:
        try:
            do(form)
        except Conflict as fault:  # its own sentence speaks of a text in a form, and here is none
            raise NotPossible(kind.stale) from fault

    return step_page(
        request, step, form, in_words, template=f"{kind.templates}/schritt.html",
        fehler=[(befund, kind.anchor_of(befund)) for befund in befunde if befund.schwere == "fehler"],
        hinweise=[befund for befund in befunde if befund.schwere == "hinweis"],
        **kind.about(request, row), **context,
    )  # fmt: skip


def submission_page(
    request: HttpRequest, kind: Kind, row: Freigabe, submit: Callable[..., Any], *, erklaerung: str, **context: Any
) -> HttpResponse:
    """Send a draft to the second person; warnings need a reason, errors lead back to their field."""
    findings = kind.findings(row)
    step = Step(
        titel="Zur Prüfung vorlegen",
        erklaerung=erklaerung,
        knopf="Zur Prüfung vorlegen",
        zurueck=address("change", row),
        erledigt=f"{row} liegt jetzt zur Prüfung vor.",
    )
    form = BegruendungenForm(sent_data(request), findings=findings, kept=row.begruendungen, initial=version_of(row))

    def do(form: BegruendungenForm) -> None:
        reasons, version = form.begruendungen, _sent_version(form)
        submit(row, begruendungen=reasons, version=version, user=request.user, now=timezone.now())

    return release_page(request, kind, row, step, form, do, befunde=findings, **context)


def check_page(
    request: HttpRequest, kind: Kind, row: Freigabe, *, titel: str, erklaerung: str, **context: Any
) -> HttpResponse:
    """Read what was submitted, and approve it or give it back."""
    form = PruefenForm(sent_data(request), initial={"pruefsumme": row.pruefsumme, **version_of(row)})
    step = Step(
        titel=titel,
        erklaerung=erklaerung,
        knopf="Geprüft, in Ordnung",
        zurueck=address("change", row),
        erledigt=_DONE.get(request.POST.get("urteil", ""), "{}").format(row),
    )

    def do(form: PruefenForm) -> None:
        given, by = form.cleaned_data, {"user": request.user, "now": timezone.now()}
        if given["urteil"] == PruefenForm.ZURUECK:
            freigabe.return_to_author(row, comment=given["anmerkung"], **by)
        else:
            freigabe.approve(row, pruefsumme=given["pruefsumme"], comment=given["anmerkung"], **by)

    return step_page(
        request, step, form, do, template=f"{kind.templates}/pruefen.html",
        befunde=[(befund, row.begruendungen.get(befund.schluessel, "")) for befund in kind.findings(row)],
        pdf=address("pruefdruck", row, row.pruefsumme) if row.pruefsumme else "",
        noch_zu_pruefen=row.schritt == Schritt.IN_PRUEFUNG,
        **kind.about(request, row), **context,
    )  # fmt: skip


def take_back_page(request: HttpRequest, kind: Kind, row: Freigabe, *, mehr: str = "") -> HttpResponse:
    """Take an own draft back from the check; `mehr` is a further sentence of the explanation."""
    step = Step(
        titel="Aus der Prüfung zurückholen",
        erklaerung="Der Entwurf liegt dann nicht mehr zur Prüfung vor. Er lässt sich weiter bearbeiten und später "
        f"neu vorlegen.{mehr}",
        knopf="Zurückholen",
        zurueck=address("change", row),
        erledigt=f"{row} ist wieder ein Entwurf.",
    )

    def do(form: WorkplaceForm) -> None:
        freigabe.take_back(row, user=request.user, now=timezone.now())

    return release_page(request, kind, row, step, WorkplaceForm(sent_data(request)), do)


def rush_page(
    request: HttpRequest, kind: Kind, row: Freigabe, publish: Callable[..., Any], **context: Any
) -> HttpResponse:
    """Release at once without a second person, for a reason; flagged until somebody confirms."""
    findings = kind.findings(row)
    step = Step(
        titel="Eilfreigabe",
        erklaerung=f"Die {kind.name} wird sofort veröffentlicht, ohne dass eine zweite Person sie geprüft hat. Sie "
        "bleibt in der Redaktion auffällig, bis eine andere Person sie bestätigt.",
        knopf="Ohne zweite Person freigeben",
        zurueck=address("change", row),
        erledigt=f"{row} ist in Eile freigegeben. Bitte eine zweite Person um die Bestätigung.",
        gefahr=True,
    )
    form = EilfreigabeForm(sent_data(request), findings=findings, kept=row.begruendungen, initial=version_of(row))

    def do(form: EilfreigabeForm) -> None:
        given = {"grund": form.cleaned_data["grund"], "begruendungen": form.begruendungen}
        publish(row, **given, version=_sent_version(form), user=request.user, now=timezone.now())

    return release_page(request, kind, row, step, form, do, befunde=findings, **context)


def confirmation_page(request: HttpRequest, kind: Kind, row: Freigabe) -> HttpResponse:
    """Confirm an emergency release after the fact."""
    step = Step(
        titel="Eilfreigabe bestätigen",
        erklaerung="Sie bestätigen, dass Sie den veröffentlichten Text gelesen haben und dass er in Ordnung ist. Ist "
        f"er es nicht, ziehen Sie die {kind.name} bitte zurück.",
        knopf="Bestätigen",
        zurueck=address("change", row),
        erledigt=f"Die Eilfreigabe von {row} ist bestätigt.",
    )

    def do(form: AnmerkungForm) -> None:
        freigabe.confirm_release(row, comment=form.cleaned_data["anmerkung"], user=request.user, now=timezone.now())

    return release_page(request, kind, row, step, AnmerkungForm(sent_data(request)), do)


def withdrawal_page(request: HttpRequest, kind: Kind, row: Freigabe, **context: Any) -> HttpResponse:
    """Withdraw something released; the page says what follows."""
    step = Step(
        titel="Zurückziehen",
        erklaerung=f"Die {kind.name} gilt dann nicht mehr. Den Grund sehen alle, die sie aufrufen.",
        knopf="Jetzt zurückziehen",
        zurueck=address("change", row),
        erledigt=f"{row} ist zurückgezogen.",
        gefahr=True,
    )

    def do(form: ZurueckziehenForm) -> None:
        art, reason = form.cleaned_data["art"], form.cleaned_data["grund"]
        freigabe.withdraw(row, art=art, reason=reason, user=request.user, now=timezone.now())

    return release_page(request, kind, row, step, ZurueckziehenForm(sent_data(request)), do, **context)


def discard_page(
    request: HttpRequest, kind: Kind, row: Freigabe, discard: Callable[..., Any], *, erklaerung: str
) -> HttpResponse:
    """Throw a draft away."""
    step = Step(
        titel="Entwurf verwerfen",
        erklaerung=erklaerung,
        knopf="Entwurf verwerfen",
        zurueck=address("change", row),
        erledigt=f"Der Entwurf {row} ist verworfen.",
        gefahr=True,
    )

    def do(form: GrundForm) -> None:
        refuse_stale(kind, row, form)
        discard(row, reason=form.cleaned_data["grund"], user=request.user, now=timezone.now())

    return release_page(request, kind, row, step, GrundForm(sent_data(request), initial=version_of(row)), do)


def _sent_version(form: WorkplaceForm) -> int:
    """The version of the page that was sent; none at all counts as stale."""
    return form.cleaned_data["version"] or 0
