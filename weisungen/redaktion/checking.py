"""The page of the second person: the Weisung as readers will see it, its final PDF, its package, and the verdict."""

from typing import Any

from csp.constants import SELF
from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from arbeitsmittel.forms import PruefenForm
from portal import freigabe
from portal.befund import Befund
from portal.freigabe import Schritt
from portal.stichtag import on_day, today
from portal.workplace import Step, address, needs, step_page
from weisungen.checks import check_weisung
from weisungen.models import Weisung
from weisungen.printing import kopf
from weisungen.reading import lesefassung
from weisungen.redaktion.access import RELEASE, weisung_or_404
from weisungen.redaktion.facts import livegang
from weisungen.redaktion.next_steps import steps_for

DONE = {
    PruefenForm.GEPRUEFT: "{} ist geprüft und kann freigegeben werden.",
    PruefenForm.ZURUECK: "{} ist zurückgegeben.",
}


@require_http_methods(["GET", "HEAD", "POST"])
@needs(RELEASE)
@csp_replace({"frame-src": [SELF]})  # the PDF beside the text
def pruefen(request: HttpRequest, pk: int) -> HttpResponse:
    """Read what was submitted, and approve it or give it back."""
    row = weisung_or_404(pk)
    form = PruefenForm(
        request.POST if request.method == "POST" else None,
        initial={"pruefsumme": row.pruefsumme, "version": row.version},
    )
    step = Step(
        titel=f"Prüfen: {row}",
        erklaerung="Bitte lesen Sie die Weisung und das PDF. Sie bestätigen genau das, was hier zu sehen ist, mit der "
        "Liste des Pakets. Die Fassungen des Pakets werden jede für sich geprüft.",
        knopf="Geprüft, in Ordnung",
        zurueck=address("change", row),
        erledigt=DONE.get(request.POST.get("urteil", ""), "{}").format(row),
    )

    def do(form: PruefenForm) -> None:
        given, now = form.cleaned_data, timezone.now()
        if given["urteil"] == PruefenForm.ZURUECK:
            freigabe.return_to_author(row, comment=given["anmerkung"], user=request.user, now=now)
        else:
            freigabe.approve(
                row, pruefsumme=given["pruefsumme"], comment=given["anmerkung"], user=request.user, now=now
            )

    return step_page(request, step, form, do, template="redaktion/weisungen/pruefen.html", **_context(request, row))


def _context(request: HttpRequest, row: Weisung) -> dict[str, Any]:
    naechste, now = steps_for(row, request.user), timezone.now()
    tag = max(row.gueltig_ab, timezone.localdate(now))
    pdf = reverse("admin:weisungen_weisung_pruefdruck", args=[row.pk, row.pruefsumme]) if row.pruefsumme else ""
    return {
        "weisung": row,
        "kopf": kopf(row),
        "lesbar": lesefassung(row, on_day(tag, now)),
        "lesetag": tag,
        "livegang": livegang(row),
        "befunde": _with_reasons(row),
        "naechste": naechste,
        "moeglich": any(one.ziel == request.path for one in naechste.schritte),
        "noch_zu_pruefen": row.schritt == Schritt.IN_PRUEFUNG,
        "pdf": pdf,
    }


def _with_reasons(row: Weisung) -> list[tuple[Befund, str]]:
    """Return the findings, each with the reason that was given for it."""
    findings = check_weisung(row, today(timezone.now())) if row.ist_entwurf else []
    return [(befund, row.begruendungen.get(befund.schluessel, "")) for befund in findings]
