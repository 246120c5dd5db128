"""The PDF of a Fassung. It depends on the Fassung alone, so the file is the same whenever it is rendered."""

from typing import Any

from arbeitsmittel.models import Fassung
from portal.pdf import render_pdf
from portal.text import labelled


def fassung_pdf(fassung: Fassung) -> bytes:
    """Return the accessible PDF (PDF/UA-1) of a Fassung with text. Raises portal.pdf.PdfFailed."""
    return render_pdf("pdf/fassung.html", print_context(fassung))


def print_context(fassung: Fassung) -> dict[str, Any]:
    """Return what the print template shows."""
    arbeitsmittel = fassung.arbeitsmittel
    return {
        "kennung": str(arbeitsmittel),
        "titel": fassung.titel,
        "bereich": arbeitsmittel.bereich.label,
        "stand": fassung.stand,
        "kopf": [
            ("Arbeitsmittel", str(arbeitsmittel)),
            ("Bereich", arbeitsmittel.bereich.label),
            ("Stand", fassung.stand_text),
            ("Art der Änderung", fassung.get_aenderungsart_display()),
        ],
        "inhalt": labelled(fassung.inhalt),
        "aenderungshinweis": fassung.aenderungshinweis,
        "hinweise": [],
    }
