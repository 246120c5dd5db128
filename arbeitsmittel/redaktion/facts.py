"""What a release or a withdrawal would do, in sentences: exactly what applies when, and who sees it."""

from datetime import date, datetime

from django.utils import timezone

from arbeitsmittel.models import Fassung
from arbeitsmittel.reading import zitierende_weisungen
from portal.stichtag import today

Fact = tuple[str, str]


def of_release(fassung: Fassung, now: datetime) -> list[Fact]:
    """Return what goes live when, and for whom it is visible, as name and sentence."""
    heute = timezone.localdate(now)
    return [
        ("Was", f"{fassung.arbeitsmittel} – {fassung.titel}, mit Text und PDF"),
        ("Gilt", _applies(fassung, heute)),
        ("Zu sehen", _visible(fassung, heute)),
        ("Löst ab", _replaces(fassung)),
        ("Zitiert", _cited(fassung, now)),
    ]


def _applies(fassung: Fassung, heute: date) -> str:
    if fassung.stand > heute:
        return f"ab {fassung.stand_text}, 0:00 Uhr, automatisch; bis dahin gilt der bisherige Stand weiter"
    if fassung.stand == heute:
        return f"sofort, mit Stand von heute ({fassung.stand_text})"
    return f"sofort, nachträglich mit Stand {fassung.stand_text}: {fassung.nachtrag_grund or 'der Grund fehlt noch'}"


def _visible(fassung: Fassung, heute: date) -> str:
    if fassung.stand <= heute:
        return "sofort, für alle, die das Portal lesen"
    if fassung.sperrfrist:
        return f"erst ab {fassung.stand_text}; vorher nur in der Redaktion (Sperrfrist)"
    return f"sofort, für alle, die das Portal lesen, mit dem Hinweis „gilt ab {fassung.stand_text}“"


def _replaces(fassung: Fassung) -> str:
    others = fassung.arbeitsmittel.fassungen.released().filter(zurueckgezogen_am=None).exclude(pk=fassung.pk)
    before = others.filter(stand__lte=fassung.stand).without_text().order_by("-stand").first()
    after = others.filter(stand__gt=fassung.stand).without_text().order_by("stand").first()
    told = f"Stand {before.stand_text}" if before else "nichts, es ist der erste Stand"
    return f"{told}; ab {after.stand_text} gilt dann Stand {after.stand_text}" if after else told


def _cited(fassung: Fassung, now: datetime) -> str:
    count = zitierende_weisungen(fassung.arbeitsmittel, today(now)).order_by().count()
    if not count:
        return "in keiner Weisung"
    return f"in {count} Weisung{'en' if count > 1 else ''}; dort erscheint dann automatisch der neue Stand"


def of_withdrawal(fassung: Fassung, now: datetime) -> list[Fact]:
    """Return what applies when a Fassung is taken back, as name and sentence."""
    titel = fassung.titel or "nur der Stand ist bekannt"
    return [
        ("Was", f"{fassung.arbeitsmittel} – {titel}, Stand {fassung.stand_text}"),
        ("Dann gilt", _applies_instead(fassung, timezone.localdate(now))),
        ("Bleibt", "Seite und PDF bleiben erreichbar, mit dem Hinweis „zurückgezogen“ und dem Grund"),
        ("Zitiert", _cited(fassung, now).replace("der neue Stand", "der Stand, der dann gilt")),
    ]


def _applies_instead(fassung: Fassung, heute: date) -> str:
    others = fassung.arbeitsmittel.fassungen.released().filter(zurueckgezogen_am=None).exclude(pk=fassung.pk)
    current = others.filter(stand__lte=heute).without_text().order_by("-stand").first()
    then = f"Stand {current.stand_text}" if current else "kein Stand"
    if fassung.stand > heute:
        return f"weiter {then}; was ab {fassung.stand_text} gelten sollte, entfällt"
    if current is not None and current.stand > fassung.stand:
        return f"weiter {then}; zurückgezogen wird ein Stand, der schon abgelöst ist"
    return f"sofort wieder {then}" if current else "sofort kein Stand mehr"
