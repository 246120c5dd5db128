"""The Nachweis in words: the same lines on the page and on the certificate."""

from datetime import datetime
from textwrap import shorten

from django.utils import timezone

from arbeitsmittel.models import Fassung
from arbeitsmittel.nachweis import Nachweis
from arbeitsmittel.reading import zitierende_weisungen
from portal.freigabe import Weg
from portal.models import Benutzer
from portal.pages.nachweis.asking import page_address
from portal.pdf import render_pdf
from portal.stichtag import Stichtag
from weisungen.models import Weisung
from weisungen.umsetzungen import ordering_weisungen

MOST_WEISUNGEN, LONGEST = 3, 150  # the certificate has one page


def nachweis_pdf(nachweis: Nachweis, *, person: Benutzer, now: datetime, site: str) -> bytes:
    """Return the certificate (PDF/UA-1, one page), made now for a person. Raises PdfFailed."""
    context = {
        "nachweis": nachweis,
        "zeilen": rows_of(nachweis),
        "erstellt": moment_text(now),
        "person": str(person),
        "dienststelle": str(person.dienststelle or ""),
        "portal_adresse": site,
        "seite": page_address(nachweis),
    }
    return render_pdf("pdf/nachweis.html", context)


def rows_of(nachweis: Nachweis) -> list[tuple[str, str, str]]:
    """Return label, value and kind ("" or "code") of each line."""
    fassung = nachweis.fassung
    rows = [("Bereich", nachweis.arbeitsmittel.bereich.label, "")]
    if fassung is not None:
        rows += [("Stand", fassung.stand_text, ""), ("Titel", fassung.titel or "nur der Stand ist bekannt", "")]
        rows += _release(fassung)
        rows += _weisungen(fassung, nachweis.stichtag)
        rows += [
            ("SHA-256 der PDF-Datei", nachweis.pdf_sha256, "code"),
            ("Prüfsumme des Textes", fassung.pruefsumme, "code"),
        ]
    rows.append(("Prüfcode", nachweis.pruefcode, "pruefcode"))
    return [(label, shorten(value, LONGEST, placeholder=" …"), kind) for label, value, kind in rows if value]


def moment_text(moment: datetime) -> str:
    """02.01.2024, 14:30 Uhr."""
    return f"{timezone.localtime(moment):%d.%m.%Y, %H:%M} Uhr"


def _release(fassung: Fassung) -> list[tuple[str, str, str]]:
    by = _name_then(fassung.veroeffentlicht_von, fassung.veroeffentlicht_am)
    at = moment_text(fassung.veroeffentlicht_am)
    said = {
        Weg.PRUEFUNG: f"am {at} von {by}, nach Prüfung durch eine zweite Person",
        Weg.EIL: f"am {at} von {by} in Eile allein; {_confirmation(fassung)}",
        Weg.UEBERNAHME: f"am {at} von {by} übernommen aus einer Quelle",
    }
    announced = [] if fassung.sichtbar_ab == fassung.veroeffentlicht_am else [moment_text(fassung.sichtbar_ab)]
    return [
        ("Freigegeben", said.get(fassung.weg, f"am {at} von {by}"), ""),
        *[("Sichtbar nach Sperrfrist", f"ab {moment}", "") for moment in announced],
        ("Nachträglich erfasst", fassung.nachtrag_grund, ""),
        ("Quelle", fassung.quelle, ""),
    ]


def _confirmation(fassung: Fassung) -> str:
    if fassung.eil_bestaetigt_am is None:
        return "bis dahin von keiner zweiten Person bestätigt"
    by = _name_then(fassung.eil_bestaetigt_von, fassung.eil_bestaetigt_am)
    return f"bestätigt am {moment_text(fassung.eil_bestaetigt_am)} von {by}"


def _weisungen(fassung: Fassung, stichtag: Stichtag) -> list[tuple[str, str, str]]:
    ordering = ordering_weisungen(fassung, stichtag)
    citing = [one for one in zitierende_weisungen(fassung.arbeitsmittel, stichtag) if one not in ordering]
    return [
        ("Angeordnet durch", _listed(ordering, stichtag), ""),
        ("Zitiert in", _listed(citing, stichtag), ""),
    ]


def _listed(found: list[Weisung], stichtag: Stichtag) -> str:
    shown = [f"{one} vom {one.datum:%d.%m.%Y}" for one in found[:MOST_WEISUNGEN]]
    more = len(found) - len(shown)
    return ", ".join(shown) + (f" und {more} weiteren" if more else "")


def _name_then(person: Benutzer, moment: datetime) -> str:
    """Return what somebody was called then; today's name where their history begins later."""
    entry = person.history.filter(history_date__lte=moment).first()
    return (f"{entry.first_name} {entry.last_name}".strip() or entry.username) if entry else str(person)
