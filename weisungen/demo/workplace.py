"""What the demo shows of work in progress: every step of a release, a package, and announcements with their outcome.

Made with the functions of the workplace itself, some days around the day on which the demo is loaded.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from arbeitsmittel.checks import check_fassung
from arbeitsmittel.drafting import start_draft, starting_values
from arbeitsmittel.models import Arbeitsmittel, Fassung
from arbeitsmittel.publishing import publish_fassung, publish_fassung_at_once, submit_fassung
from portal.freigabe import approve, return_to_author
from portal.stichtag import today
from weisungen.drafting import new_weisung
from weisungen.models import Weisung
from weisungen.package import announce, excuse, put_into_package

REASON = "Beispielinhalt des Demobetriebs"
People = Mapping[str, Any]


@dataclass(frozen=True)
class Change:
    """One sentence of a text that becomes another one, and what the editor says of it."""

    slug: str
    old: str
    new: str
    hinweis: str
    art: str = "fachlich"


WEEK = "Liegt der Abruf nach sieben Kalendertagen noch nicht vor"
FIVE_DAYS = "Liegt der Abruf nach fünf Kalendertagen noch nicht vor"
KRANKMELDUNG = "Erinnerung an den Operativen Service nach fünf statt sieben Kalendertagen."
AM_TELEFON = Change("glf-sc-3.204", WEEK, FIVE_DAYS, KRANKMELDUNG)
AM_SCHALTER = Change("glf-ah-ez-1.204", WEEK, FIVE_DAYS, KRANKMELDUNG)
ZUGANG = Change(
    "glf-sc-3.410", "Nach zehn Minuten ohne Erfolg", "Nach acht Minuten ohne Erfolg", "Hilfe endet nach acht Minuten."
)
ANTRAG = Change(
    "glf-sc-3.305",
    "ohne Ticket.</p>",
    "möglichst ohne Ticket.</p>",
    "Ziel des Gesprächs klarer benannt.",
    art="redaktionell",
)
NAMEN = Change(
    "emb-ah-mitteilung-einer-namensaenderung",
    "Ein gut lesbares Foto oder ein Scan reicht aus.",
    "Ein gut lesbares Foto reicht wegen der Störung des Scandienstes vorübergehend nicht aus; bitte um eine Kopie.",
    "Störung des Scandienstes: vorübergehend Kopien statt Fotos.",
)
TERMIN = Change(
    "glf-sc-2.206",
    "ja, innerhalb von 14 Tagen",
    "ja, innerhalb von zehn Tagen",
    "Neuer Termin innerhalb von zehn statt 14 Tagen.",
)


def load_workplace(people: People, now: datetime) -> None:
    """Put something on every list of "Meine Aufgaben"."""
    heute = timezone.localdate(now)
    _package(people, heute, now)
    returned = _submit(_draft(ZUGANG, heute + timedelta(days=14), people, now), people, now)
    comment = "Acht Minuten sind mit den Teams nicht abgestimmt: bitte die Grundlage nennen."
    return_to_author(returned, comment=comment, user=people["freigabe"], now=now)
    _submit(_draft(ANTRAG, heute + timedelta(days=7), people, now), people, now)
    _embargoed(people, heute, now)
    _emergency(people, heute, now)
    _announcements(people, now)


def _package(people: People, heute: date, now: datetime) -> None:
    """A Weisung in writing with two Fassungen that go live with it: one is checked, one waits for its check."""
    stand = heute + timedelta(days=10)
    weisung = new_weisung(
        nummer=f"{heute:%Y%m}901",
        titel="Krankmeldung: frühere Erinnerung an den Operativen Service",
        datum=heute,
        gueltig_ab=stand,
        geschaeftszeichen="QUB 5 – 6801.4",
        bezug="Weisung 202610003 vom 12.10.2026",
        sgb_ii="nicht-betroffen",
        sgb_iii="weisung",
        familienkasse="nicht-betroffen",
        vorspann="<p>Beispielinhalt – keine geltende Regelung. Diese Weisung wurde zur Erprobung geschrieben.</p>",
        ausgangssituation="<p>Der elektronische Abruf liegt inzwischen meist nach drei Tagen vor.</p>",
        auftrag_und_ziel=(
            "<p>Fehlt er nach fünf Kalendertagen, wird der Operative Service erinnert. Das steht jetzt in beiden "
            "Leitfäden (GLF SC 3.204, GLF/AH EZ 1.204).</p>"
        ),
        einzelauftraege="<p>Die Service Center und Eingangszonen arbeiten vom ersten Tag an nach GLF SC 3.204 und "
        "GLF/AH EZ 1.204.</p>",
        info="<p>Entfällt</p>",
        haushalt="<p>Entfällt</p>",
        beteiligung="<p>Der Hauptpersonalrat wurde unterrichtet.</p>",
        user=people["redaktion"],
        reason=REASON,
        now=now,
    )
    checked = _approve(_submit(_draft(AM_TELEFON, stand, people, now), people, now), people, now)
    waiting = _submit(_draft(AM_SCHALTER, stand, people, now), people, now)
    for member in (checked, waiting):
        put_into_package(weisung, fassung=member, was=KRANKMELDUNG, user=people["redaktion"], now=now)


def _embargoed(people: People, heute: date, now: datetime) -> None:
    """Released, and invisible for readers until its day."""
    draft = _draft(TERMIN, heute + timedelta(days=21), people, now, sperrfrist=True)
    checked = _approve(_submit(draft, people, now), people, now)
    publish_fassung(checked, user=people["freigabe"], reason=REASON, now=now)


def _emergency(people: People, heute: date, now: datetime) -> None:
    """Released by one person alone; waits for the second one to confirm it."""
    draft = _draft(NAMEN, heute, people, now)
    publish_fassung_at_once(
        draft,
        grund="Störung des Scandienstes seit heute Morgen, Fotos kommen nicht an.",
        begruendungen=_reasons(draft, now),
        version=draft.version,
        user=people["eilfreigabe"],
        now=now,
    )


def _announcements(people: People, now: datetime) -> None:
    """What the youngest issued Weisung announces: done, missing, and excused."""
    weisung = Weisung.objects.get(nummer="202610003")
    announced = {
        "glf-sc-3.011": "Ersatzfrage bei einem Zahlendreher",
        "glf-sc-2.011": "Ersatzfrage bei einem Zahlendreher",
        "glf-ah-ez-1.410": "Hilfe beim Online-Zugang: Verweis auf die Ersatzfrage",
        "glf-sc-3.103": "Videogespräch auf Wunsch",
    }
    for slug, was in announced.items():
        umsetzung = announce(
            weisung,
            arbeitsmittel=Arbeitsmittel.objects.get(slug=slug),
            soll_stand=weisung.gueltig_ab,
            was=was,
            user=people["redaktion"],
            now=now,
        )
        if slug == "glf-sc-3.103":
            reason = "Der Leitfaden für das Telefon folgt nach Nummer 2.4 erst im Jahr 2027."
            excuse(umsetzung, reason=reason, user=people["redaktion"], now=now)


def _draft(change: Change, stand: date, people: People, now: datetime, **more: Any) -> Fassung:
    arbeitsmittel = Arbeitsmittel.objects.get(slug=change.slug)
    begun = starting_values(arbeitsmittel, now)
    inhalt = begun["inhalt"].replace(change.old, change.new)
    if inhalt == begun["inhalt"]:
        raise ValueError(f"{change.slug}: „{change.old}“ steht nicht in der letzten Fassung.")
    return start_draft(
        arbeitsmittel,
        stand=max(stand, begun["stand"]),
        titel=begun["titel"],
        inhalt=inhalt,
        aenderungshinweis=change.hinweis,
        aenderungsart=change.art,
        user=people["redaktion"],
        reason=REASON,
        now=now,
        **more,
    )


def _submit(draft: Fassung, people: People, now: datetime) -> Fassung:
    reasons = _reasons(draft, now)
    return submit_fassung(draft, begruendungen=reasons, version=draft.version, user=people["redaktion"], now=now)


def _approve(submitted: Fassung, people: People, now: datetime) -> Fassung:
    return approve(submitted, pruefsumme=submitted.pruefsumme, comment="", user=people["freigabe"], now=now)


def _reasons(draft: Fassung, now: datetime) -> dict[str, str]:
    return {befund.schluessel: "So abgestimmt (Beispiel)." for befund in check_fassung(draft, today(now))}
