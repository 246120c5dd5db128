"""The page of the second person: what changes, the final PDF beside it, and the verdict."""

from csp.constants import SELF
from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from arbeitsmittel.redaktion.access import RELEASE, fassung_or_404
from arbeitsmittel.redaktion.comparing import with_predecessor
from arbeitsmittel.redaktion.kind import KIND
from portal.workplace import needs
from portal.workplace.releasing import check_page


@require_http_methods(["GET", "HEAD", "POST"])
@needs(RELEASE)
@csp_replace({"frame-src": [SELF]})  # the PDF beside the text
def pruefen(request: HttpRequest, pk: int) -> HttpResponse:
    """Read what was submitted, and approve it or give it back."""
    row = fassung_or_404(pk)
    return check_page(
        request, KIND, row, titel=f"Prüfen: {row.arbeitsmittel}",
        erklaerung="Bitte lesen Sie die Änderungen und das PDF. Sie bestätigen genau das, was hier zu sehen ist.",
        vergleich=with_predecessor(row),
    )  # fmt: skip
