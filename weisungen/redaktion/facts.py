"""What a release or a withdrawal would do, in sentences: exactly what goes live, when, and for whom."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from arbeitsmittel.models import Fassung
from weisungen.models import Weisung
from weisungen.recording import repeals_in

Fact = tuple[str, str]


@dataclass(frozen=True)
class Livegang:
    """The list of what goes live together; `fingerabdruck` changes with anything in it."""

    weisung: Weisung
    fassungen: list[Fassung]
    aufhebungen: list[Fact]

    @property
    def fingerabdruck(self) -> str:
        rows = [self.weisung, *self.fassungen]
        listed = [[row._meta.label, row.pk, row.version, row.pruefsumme] for row in rows]
        return hashlib.sha256(json.dumps(listed).encode()).hexdigest()


def livegang(weisung: Weisung) -> Livegang:
    """Return what goes live with a Weisung and what it repeals; two queries."""
    people = ("fassung__arbeitsmittel", "fassung__geprueft_von")
    members = [row.fassung for row in weisung.paket().select_related("arbeitsmittel", *people)]
    return Livegang(weisung, members, _repeals(weisung))


def of_release(weisung: Weisung, now: datetime) -> list[Fact]:
    """Return from when a Weisung applies and for whom it is visible, as name and sentence."""
    heute = timezone.localdate(now)
    bis = f"bis {weisung.gueltig_bis:%d.%m.%Y}" if weisung.gueltig_bis else "unbegrenzt"
    return [
        ("Gilt", f"{_begins(weisung, heute)}, {bis}"),
        ("Zu sehen", _visible(weisung, heute)),
    ]


def of_withdrawal(weisung: Weisung) -> list[Fact]:
    """Return what a withdrawal does, as name and sentence."""
    members = [str(row.fassung) for row in weisung.paket()]
    kept = f"Veröffentlicht bleiben: {', '.join(members)}. Sie lassen sich einzeln zurückziehen." if members else "–"
    repealed = [text for text, _target in _repeals(weisung)]
    return [
        ("Was", f"{weisung} – {weisung.titel}"),
        ("Bleibt", "Seite und PDF bleiben erreichbar, mit dem Hinweis „zurückgezogen“ und dem Grund"),
        ("Aufhebungen", f"Wieder in Kraft: {'; '.join(repealed)}" if repealed else "Sie hebt nichts auf."),
        ("Paket", kept),
    ]


def _begins(weisung: Weisung, heute: date) -> str:
    if weisung.gueltig_ab > heute:
        return f"ab {weisung.gueltig_ab:%d.%m.%Y}, 0:00 Uhr, automatisch"
    return "ab heute" if weisung.gueltig_ab == heute else f"rückwirkend ab {weisung.gueltig_ab:%d.%m.%Y}"


def _visible(weisung: Weisung, heute: date) -> str:
    if weisung.gueltig_ab <= heute:
        return "sofort, für alle, die das Portal lesen"
    if weisung.sperrfrist:
        return f"erst ab {weisung.gueltig_ab:%d.%m.%Y}; vorher nur in der Redaktion (Sperrfrist)"
    return f"sofort, für alle, die das Portal lesen, mit dem Vermerk „gilt ab {weisung.gueltig_ab:%d.%m.%Y}“"


def _repeals(weisung: Weisung) -> list[Fact]:
    """Return each line of the repeal with what it does."""
    found = list(repeals_in(weisung.aufhebung))
    numbers = {nummer for _text, _typ, nummer in found if nummer}
    known = {
        (one.typ, one.nummer): one
        for one in Weisung.objects.released()
        .filter(nummer__in=numbers, zurueckgezogen_am=None)
        .only("typ", "nummer", "titel")
    }
    return [(text, _effect(weisung, typ, nummer, known.get((typ, nummer)))) for text, typ, nummer in found]


def _effect(weisung: Weisung, typ: str, nummer: str, target: Weisung | None) -> str:
    if not nummer:
        return "wird als Wortlaut gezeigt; im Portal endet dadurch nichts von selbst"
    if target is None:
        return "ist noch nicht im Portal; kommt sie später, gilt sie als aufgehoben"
    return f"„{target.titel}“ gilt ab {weisung.gueltig_ab:%d.%m.%Y} als aufgehoben"
