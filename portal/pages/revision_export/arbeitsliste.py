"""A work list as CSV: all its cases, read in blocks, so that its length does not matter."""

from collections.abc import Iterator
from datetime import date, datetime

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.pages.revision.access import may_audit
from portal.pages.revision.arbeitslisten import LISTEN
from portal.pages.revision.arbeitslisten.zeilen import Arbeitsliste, Zeile
from portal.stichtag import Stichtag, today
from portal.tabellen import Cell, csv_lines

COLUMNS = ("Gegenstand", "Zusatz", "Titel", "Wann", "Tag", "Person", "Worte")
BLOCK = 500  # cases in memory


@require_safe
@may_audit
def arbeitsliste_csv(request: HttpRequest, name: str) -> HttpResponse:
    """All cases of a list, as of now."""
    liste, now = LISTEN.get(name), timezone.now()
    if liste is None:
        raise Http404
    file = f"arbeitsliste_{name}_{timezone.localtime(now):%Y-%m-%d_%H%M}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{file}"', "Cache-Control": "no-store"}
    lines = () if request.method == "HEAD" else csv_lines(COLUMNS, rows_of(liste, today(now)))
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


def rows_of(liste: Arbeitsliste, stichtag: Stichtag) -> Iterator[tuple[Cell, ...]]:
    """Yield the cases of a list, in its order."""
    found, start = liste.found(stichtag), 0
    while block := liste.zeilen(list(found[start : start + BLOCK]), stichtag):
        yield from map(_row, block)
        start += BLOCK


def _row(zeile: Zeile) -> tuple[Cell, ...]:
    worte = "\n".join(f"{worum}: {words}" for worum, words in zeile.worte)
    wer = str(zeile.wer) if zeile.wer else ""
    return zeile.objekt, zeile.zusatz, zeile.titel, zeile.wann, _day(zeile.tag), wer, worte


def _day(tag: date | datetime | None) -> str:
    if isinstance(tag, datetime):
        tag = timezone.localtime(tag)
    return f"{tag:%d.%m.%Y}" if tag else ""
