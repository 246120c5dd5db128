"""The page of the second person: what changes, the final PDF beside it, and the verdict."""

from csp.constants import SELF
from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from arbeitsmittel.checks import check_fassung
from arbeitsmittel.forms import PruefenForm
from arbeitsmittel.models import Fassung
from arbeitsmittel.redaktion.access import RELEASE, fassung_or_404
from arbeitsmittel.redaktion.comparing import with_predecessor
from arbeitsmittel.redaktion.next_steps import steps_for
from portal import freigabe
from portal.befund import Befund
from portal.freigabe import Schritt
from portal.stichtag import today
from portal.workplace import Step, address, needs, step_page

DONE = {
    PruefenForm.GEPRUEFT: "{} ist geprüft und kann freigegeben werden.",
    PruefenForm.ZURUECK: "{} ist zurückgegeben.",
}


@require_http_methods(["GET", "HEAD", "POST"])
@needs(RELEASE)
@csp_replace({"frame-src": [SELF]})  # the PDF beside the text
def pruefen(request: HttpRequest, pk: int) -> HttpResponse:
    """Read what was submitted, and approve it or give it back."""
    row = fassung_or_404(pk)
    form = PruefenForm(
        request.POST if request.method == "POST" else None,
        initial={"pruefsumme": row.pruefsumme, "version": row.version},
    )
    urteil = request.POST.get("urteil", "")
    step = Step(
        titel=f"Prüfen: {row.arbeitsmittel}",
        erklaerung="Bitte lesen Sie die Änderungen und das PDF. Sie bestätigen genau das, was hier zu sehen ist.",
        knopf="Geprüft, in Ordnung",
        zurueck=address("change", row),
        erledigt=DONE.get(urteil, "{}").format(row),
    )

    def do(form: PruefenForm) -> None:
        given, now = form.cleaned_data, timezone.now()
        if given["urteil"] == PruefenForm.ZURUECK:
            freigabe.return_to_author(row, comment=given["anmerkung"], user=request.user, now=now)
        else:
            freigabe.approve(
                row, pruefsumme=given["pruefsumme"], comment=given["anmerkung"], user=request.user, now=now
            )

    return step_page(request, step, form, do, template="redaktion/arbeitsmittel/pruefen.html", **_context(request, row))


def _context(request: HttpRequest, row: Fassung) -> dict:
    naechste = steps_for(row, request.user)
    return {
        "fassung": row,
        "arbeitsmittel": row.arbeitsmittel,
        "vergleich": with_predecessor(row),
        "befunde": _with_reasons(row),
        "naechste": naechste,
        "moeglich": any(one.ziel == request.path for one in naechste.schritte),
        "noch_zu_pruefen": row.schritt == Schritt.IN_PRUEFUNG,
        "pdf": reverse("admin:arbeitsmittel_fassung_pruefdruck", args=[row.pk, row.pruefsumme])
        if row.pruefsumme
        else "",
    }


def _with_reasons(row: Fassung) -> list[tuple[Befund, str]]:
    """Return the findings, each with the reason that was given for it."""
    findings = check_fassung(row, today(timezone.now())) if row.ist_entwurf else []
    return [(befund, row.begruendungen.get(befund.schluessel, "")) for befund in findings]
