"""Template and context to an accessible PDF file (PDF/UA-1). The only room that knows WeasyPrint.

`prepare` brings the HTML into the form that WeasyPrint 70 tags rightly, `engine` renders and is imported late:
WeasyPrint needs system libraries and half a second, and most requests need neither.
"""

import hashlib
import logging
from pathlib import Path
from threading import BoundedSemaphore

from django.conf import settings
from django.core.cache import cache
from django.template.loader import render_to_string

from portal.fonts import FontsUnavailable, prepare_fonts
from portal.pdf.prepare import prepare

__all__ = ["PdfFailed", "render_pdf"]

STYLESHEET = Path(__file__).with_name("druck.css")  # not below static/: its font addresses are for `engine` only

AT_ONCE = 2  # renders in one process; the other threads go on answering pages
PATIENCE = 30  # seconds that a request waits for its turn

logger = logging.getLogger(__name__)
_turns = BoundedSemaphore(AT_ONCE)


class PdfFailed(Exception):
    """A PDF that could not be made; the message is one German sentence fit for the user."""


def render_pdf(template: str, context: dict) -> bytes:
    """Return the PDF/UA-1 file of a Django template; the same template and context give the same bytes.

    `context["portal_adresse"]` ("https://portal.example") makes links to pages of the portal absolute; without it
    they are printed as plain words. Nothing is loaded but our own fonts and style sheet.
    Raises PdfFailed when the system libraries or the fonts are missing, or when rendering fails.
    """
    html, site = render_to_string(template, context), context.get("portal_adresse", "")
    stylesheet = STYLESHEET.read_text("utf-8")
    # What is printed decides the bytes, so its checksum is the key: a Weisung is rendered anew when a Stand changes.
    key = f"pdf-{hashlib.sha256('|'.join((stylesheet, site, html)).encode()).hexdigest()}"
    content = cache.get(key)
    if content is None:
        if not _turns.acquire(timeout=PATIENCE):
            raise PdfFailed("Gerade werden viele PDF-Dateien erzeugt; bitte in einer Minute noch einmal versuchen.")
        try:
            content = _rendered(html, site, stylesheet)
        finally:
            _turns.release()
        cache.set(key, content)
    return content


def _rendered(html: str, site: str, stylesheet: str) -> bytes:
    fonts = _fonts()
    try:
        from portal.pdf import engine
    except (ImportError, OSError) as fault:
        logger.error("WeasyPrint cannot be loaded: %s", fault)
        raise PdfFailed(
            "PDF-Dateien sind auf diesem Rechner nicht möglich, weil die Systembibliotheken von WeasyPrint fehlen "
            "(libpango-1.0-0, libpangoft2-1.0-0, libharfbuzz-subset0)."
        ) from fault
    try:
        return engine.write_pdf(prepare(html, site), stylesheet, fonts)
    except Exception as fault:  # layout engines fail in every way, and the caller can do the same about all of them
        logger.exception("Rendering a PDF failed")
        raise PdfFailed("Das PDF konnte nicht erzeugt werden; bitte die Administration verständigen.") from fault


def _fonts() -> dict[str, Path]:
    """Return the font files by name, made from the KERN package where they do not exist yet."""
    try:
        return {path.name: path for path in prepare_fonts(Path(settings.FONT_DIR))}
    except (FontsUnavailable, OSError) as fault:
        logger.error("Fonts for PDF files are missing: %s", fault)
        raise PdfFailed("PDF-Dateien sind nicht möglich, weil die Schriftdateien fehlen (KERN-Paket).") from fault
