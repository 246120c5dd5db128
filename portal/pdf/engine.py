"""WeasyPrint: HTML and style sheet to bytes, without network and without file system.

Runs in the child process of `portal.limited` (see the package): loading fails where Pango is missing and takes half a
second, and HTML that went around our cleaning can keep the layout busy for hours.
"""

import logging
from pathlib import Path

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from portal.pdf import tagging
from portal.pdf.prepare import prepare

FONT_SCHEME = "portal-schrift:"

logger = logging.getLogger(__name__)


class OnlyOurFonts(URLFetcher):
    """Serves our own font files by name and refuses every other address.

    The default fetcher reads http, ftp, file and data. In the trial 15 of 20 vectors reached the network with it and
    2 put local files into the PDF.
    """

    def __init__(self, fonts: dict[str, Path]) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self._fonts = fonts

    def fetch(self, url: str, headers: dict | None = None) -> URLFetcherResponse:
        """Return the font file for `portal-schrift:<name>`; raises ValueError for any other address."""
        font = self._fonts.get(url.removeprefix(FONT_SCHEME)) if url.startswith(FONT_SCHEME) else None
        if font is None:
            logger.warning("Refused to load %r for a PDF", url[:200])
            raise ValueError("not one of our fonts")
        return URLFetcherResponse(url, font.read_bytes(), {"Content-Type": "font/ttf"})


def render(html: str, site: str, stylesheet: str, fonts: dict[str, str]) -> bytes:
    """Return the PDF/UA-1 file of a page as its template gave it. `fonts`: file name → path. Raises anything."""
    return write_pdf(prepare(html, site), stylesheet, {name: Path(path) for name, path in fonts.items()})


def write_pdf(html: str, stylesheet: str, fonts: dict[str, Path]) -> bytes:
    """Return the PDF/UA-1 file of a whole HTML page. `fonts`: file name → path, used as `portal-schrift:<name>`."""
    fetcher = OnlyOurFonts(fonts)
    font_config = FontConfiguration()  # not thread-safe: one for each file
    css = CSS(string=stylesheet, url_fetcher=fetcher, font_config=font_config, base_url=None)
    document = HTML(string=html, url_fetcher=fetcher, base_url=None).render(font_config=font_config, stylesheets=[css])
    tagging.mark_margins(document)
    return document.write_pdf(pdf_variant="pdf/ua-1", finisher=tagging.gather_list_bodies)
