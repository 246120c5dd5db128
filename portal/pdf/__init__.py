"""Template and context to an accessible PDF file (PDF/UA-1). The only room that knows WeasyPrint.

`prepare` brings the HTML into the form that WeasyPrint 70 tags rightly, `engine` renders. Both run in a child process
with limits, which stays warm: WeasyPrint needs system libraries, half a second to load, and for hostile input for ever.
"""

import hashlib
import logging
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.template.loader import render_to_string

from portal.fonts import FontsUnavailable, prepare_fonts
from portal.limited import ChildFailed, Limits, Pool, Reason

__all__ = ["PdfFailed", "close", "render_pdf"]

STYLESHEET = Path(__file__).with_name("druck.css")  # not below static/: its font addresses are for `engine` only

AT_ONCE = 2  # renders for one process of the server
PATIENCE = 30  # seconds that a request waits for its turn
# settings.PDF_SECONDS and settings.PDF_MEMORY change these. Measured: 5 pages take 0.4 s and 0.13 GB of addresses,
# 132 pages 12 s and 0.3 GB.
SECONDS = 30
MEMORY = 1_000_000_000  # bytes of addresses, of which the libraries take the first 0.1 GB
LARGEST = 50_000_000  # bytes of a PDF
LARGEST_FONT = 5_000_000  # bytes of a file; WeasyPrint hands fonts to Pango as temporary files

SENTENCES = {
    Reason.NO_TURN: "Gerade werden viele PDF-Dateien erzeugt; bitte in einer Minute noch einmal versuchen.",
    Reason.LOADING: (
        "PDF-Dateien sind auf diesem Rechner nicht möglich, weil die Systembibliotheken von WeasyPrint fehlen "
        "(libpango-1.0-0, libpangoft2-1.0-0, libharfbuzz-subset0)."
    ),
    Reason.TIME: "Das PDF wurde nicht rechtzeitig fertig; bitte den Text vereinfachen oder teilen.",
    Reason.MEMORY: "Das PDF wird zu groß; bitte den Text vereinfachen oder teilen.",
}
SENTENCES |= {Reason.PROCESSOR: SENTENCES[Reason.TIME], Reason.RESULT: SENTENCES[Reason.MEMORY]}
NOT_MADE = "Das PDF konnte nicht erzeugt werden; bitte die Administration verständigen."

logger = logging.getLogger(__name__)
_renderers = Pool("portal.pdf.engine.render", size=AT_ONCE)


class PdfFailed(Exception):
    """A PDF that could not be made; the message is one German sentence fit for the user."""


def render_pdf(template: str, context: dict, *, seconds: int | None = None) -> bytes:
    """Return the PDF/UA-1 file of a Django template; the same template and context give the same bytes.

    `context["portal_adresse"]` ("https://portal.example") makes links to pages of the portal absolute; without it
    they are printed as plain words. Nothing is loaded but our own fonts and style sheet.
    `seconds`: more time than a reader waits for, for what is made in the background.
    Raises PdfFailed when the system libraries or the fonts are missing, when rendering fails, and when it takes more
    than its limits; nothing is stored then.
    """
    html, site = render_to_string(template, context), context.get("portal_adresse", "")
    stylesheet = STYLESHEET.read_text("utf-8")
    # What is printed decides the bytes, so its checksum is the key: a Weisung is rendered anew when a Stand changes.
    key = f"pdf-{hashlib.sha256('|'.join((stylesheet, site, html)).encode()).hexdigest()}"
    content = cache.get(key)
    if content is None:
        content = _rendered(html, site, stylesheet, seconds)
        cache.set(key, content)
    return content


def close() -> None:
    """End the warm child processes; the next PDF starts new ones. For a process that has rendered and now waits."""
    _renderers.close()


def _rendered(html: str, site: str, stylesheet: str, seconds: int | None) -> bytes:
    limits = Limits(
        seconds=seconds or getattr(settings, "PDF_SECONDS", SECONDS),
        memory=getattr(settings, "PDF_MEMORY", MEMORY),
        result=LARGEST,
        file_size=LARGEST_FONT,
    )
    try:
        return _renderers.run(html, site, stylesheet, _fonts(), limits=limits, patience=PATIENCE)
    except ChildFailed as fault:
        logger.error("Rendering a PDF failed: %s", fault)
        raise PdfFailed(SENTENCES.get(fault.reason, NOT_MADE)) from fault


def _fonts() -> dict[str, str]:
    """Return the font files by name, made from the KERN package where they do not exist yet."""
    try:
        return {path.name: str(path) for path in prepare_fonts(Path(settings.FONT_DIR))}
    except (FontsUnavailable, OSError) as fault:
        logger.error("Fonts for PDF files are missing: %s", fault)
        raise PdfFailed("PDF-Dateien sind nicht möglich, weil die Schriftdateien fehlen (KERN-Paket).") from fault
