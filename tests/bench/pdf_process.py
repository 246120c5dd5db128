"""One fresh process that renders the PDF of a Weisung several times and prints the seconds as JSON.

`python -m tests.bench.pdf_process portal|bare|bare-ua SLUG FOLDER WARM`, with the environment of the measurement. The
first time holds loading WeasyPrint, as it does for the first reader after a start; Django and the database are up.
"""

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

SITE = "https://portal.example"


def portal(slug: str) -> Callable[[], bytes]:
    """Return the portal's own way to the PDF: reading the Weisung's citations, template, rendering."""
    import django

    django.setup()
    from django.core.cache import cache
    from django.utils import timezone

    from portal.stichtag import Stichtag
    from weisungen.models import Weisung
    from weisungen.printing import weisung_pdf

    heute = timezone.localdate()
    weisung = Weisung.objects.with_repeal(Stichtag(heute, heute)).get(slug=slug)

    def render() -> bytes:
        cache.clear()  # rendering is measured, not remembering
        return weisung_pdf(weisung, Stichtag(heute, heute), SITE)

    return render


def bare(folder: Path, **options: str) -> Callable[[], bytes]:
    """Return WeasyPrint's plain way from the finished HTML."""
    html = (folder / "weisung.html").read_text(encoding="utf-8")
    stylesheet = (folder / "druck.css").read_text(encoding="utf-8")

    def render() -> bytes:
        from weasyprint import CSS, HTML
        from weasyprint.text.fonts import FontConfiguration

        config = FontConfiguration()
        css = CSS(string=stylesheet, font_config=config)
        return HTML(string=html).write_pdf(stylesheets=[css], font_config=config, **options)

    return render


def main(contender: str, slug: str, folder: Path, warm: int) -> None:
    """Render once and then `warm` times more; print first, warm (seconds), pages and size (bytes)."""
    options = {"pdf_variant": "pdf/ua-1"} if contender == "bare-ua" else {}
    render = portal(slug) if contender == "portal" else bare(folder, **options)
    seconds = []
    for _ in range(1 + warm):
        begin = perf_counter()
        content = render()
        seconds.append(perf_counter() - begin)
    json.dump({"first": seconds[0], "warm": seconds[1:], "pages": _pages(content), "size": len(content)}, sys.stdout)


def _pages(content: bytes) -> int:
    import pikepdf

    with pikepdf.open(io.BytesIO(content)) as pdf:
        return len(pdf.pages)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]))
