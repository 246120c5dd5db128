"""The page of the second person: the Weisung as readers will see it, its final PDF, its package, and the verdict."""

from csp.constants import SELF
from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from portal.stichtag import on_day
from portal.workplace import needs
from portal.workplace.releasing import check_page
from weisungen.printing import kopf
from weisungen.reading import lesefassung
from weisungen.redaktion.access import RELEASE, weisung_or_404
from weisungen.redaktion.facts import livegang
from weisungen.redaktion.kind import KIND


@require_http_methods(["GET", "HEAD", "POST"])
@needs(RELEASE)
@csp_replace({"frame-src": [SELF]})  # the PDF beside the text
def pruefen(request: HttpRequest, pk: int) -> HttpResponse:
    """Read what was submitted, and approve it or give it back."""
    row, now = weisung_or_404(pk), timezone.now()
    tag = max(row.gueltig_ab, timezone.localdate(now))
    return check_page(
        request, KIND, row, titel=f"Prüfen: {row}",
        erklaerung="Bitte lesen Sie die Weisung und das PDF. Sie bestätigen genau das, was hier zu sehen ist, mit der "
        "Liste des Pakets. Die Fassungen des Pakets werden jede für sich geprüft.",
        kopf=kopf(row), lesbar=lesefassung(row, on_day(tag, now)), lesetag=tag, livegang=livegang(row),
    )  # fmt: skip
