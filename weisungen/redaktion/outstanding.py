"""Everything that issued Weisungen announce and nobody has delivered or excused yet."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.stichtag import today
from portal.workplace import needs
from weisungen.redaktion.access import SEE_DRAFTS
from weisungen.umsetzungen import Umsetzungsstand, Umsetzungszeile, open_umsetzungen


@dataclass(frozen=True)
class Gruppe:
    """Announcements of one kind; `tage` from the announced day until now, or from now until then."""

    titel: str
    stand: Umsetzungsstand
    zeilen: list[tuple[Umsetzungszeile, int]]


@require_safe
@needs(*SEE_DRAFTS)
def offene_umsetzungen(request: HttpRequest) -> HttpResponse:
    """What is overdue, then what is coming, the oldest first; three queries."""
    now = timezone.now()
    lines, heute = open_umsetzungen(today(now)), timezone.localdate(now)
    groups = [
        Gruppe("Fehlt", Umsetzungsstand.FEHLT, _with_days(lines, Umsetzungsstand.FEHLT, heute)),
        Gruppe("Noch nicht fällig", Umsetzungsstand.OFFEN, _with_days(lines, Umsetzungsstand.OFFEN, heute)),
    ]
    return render(request, "redaktion/weisungen/umsetzung_offen.html", {"gruppen": groups, "anzahl": len(lines)})


def _with_days(lines: list[Umsetzungszeile], stand: Umsetzungsstand, heute: date) -> list[tuple[Umsetzungszeile, int]]:
    return [(line, abs((heute - line.umsetzung.soll_stand).days)) for line in lines if line.stand == stand]
