"""The steps of a Fassung (portal.workplace.releasing): who may take them, and what is particular about each."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from arbeitsmittel import publishing
from arbeitsmittel.redaktion import facts
from arbeitsmittel.redaktion.access import RELEASE, RUSH, WRITE, fassung_or_404
from arbeitsmittel.redaktion.kind import KIND
from portal.workplace import AnmerkungForm, Step, address, needs
from portal.workplace import releasing as pages

page = require_http_methods(["GET", "HEAD", "POST"])


@page
@needs(WRITE)
def vorlegen(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a draft to the second person; the page says what would go live."""
    row = fassung_or_404(pk)
    erklaerung = (
        "Das PDF wird jetzt erzeugt, und der Text wird so festgehalten, wie er ist. Eine zweite Person prüft beides. "
        "Wird danach noch etwas geändert, beginnt die Prüfung von vorn."
    )
    fakten = facts.of_release(row, timezone.now())
    return pages.submission_page(request, KIND, row, publishing.submit_fassung, erklaerung=erklaerung, fakten=fakten)


@page
@needs(WRITE)
def zurueckholen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an own draft back from the check."""
    return pages.take_back_page(request, KIND, fassung_or_404(pk))


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
    form = AnmerkungForm(pages.sent_data(request), initial=pages.version_of(row))

    def do(form: AnmerkungForm) -> None:
        now, comment = timezone.now(), form.cleaned_data["anmerkung"].strip()
        pages.refuse_stale(KIND, row, form)
        reason = f"Freigegeben: {comment}" if comment else "Freigegeben"
        publishing.publish_fassung(row, user=request.user, reason=reason, now=now)

    return pages.release_page(request, KIND, row, step, form, do, fakten=facts.of_release(row, timezone.now()))


@page
@needs(RUSH)
def eilfreigabe(request: HttpRequest, pk: int) -> HttpResponse:
    """Release at once without a second person."""
    row = fassung_or_404(pk)
    fakten = facts.of_release(row, timezone.now())
    return pages.rush_page(request, KIND, row, publishing.publish_fassung_at_once, fakten=fakten)


@page
@needs(RELEASE)
def bestaetigen(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm an emergency release after the fact."""
    return pages.confirmation_page(request, KIND, fassung_or_404(pk))


@page
@needs(RELEASE)
def zurueckziehen(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw something released; the page says what applies then."""
    row = fassung_or_404(pk)
    return pages.withdrawal_page(request, KIND, row, fakten=facts.of_withdrawal(row, timezone.now()))


@page
@needs(WRITE)
def verwerfen(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a draft away."""
    erklaerung = (
        "Der Entwurf wird nicht weiter bearbeitet und lässt sich nicht zurückholen. Sein Text bleibt in der Historie. "
        "Was veröffentlicht ist, gilt unverändert weiter."
    )
    row = fassung_or_404(pk)
    return pages.discard_page(request, KIND, row, publishing.discard_fassung, erklaerung=erklaerung)
