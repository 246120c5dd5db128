"""A Weisung as it is read: sections with live citations, and what it meant when it was issued."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString, mark_safe

from arbeitsmittel.citations import Fundstelle
from arbeitsmittel.citing import cited_texts, live_html, resolve_all
from arbeitsmittel.kennung import Art, Kennung
from arbeitsmittel.resolving import Ziel
from portal.stichtag import Stichtag
from portal.text import labelled
from weisungen.abschnitte import ABSCHNITTE
from weisungen.models import Weisung, Zitat


@dataclass(frozen=True)
class Abschnitt:
    """One section as shown: number (0 = Vorspann), heading, html with live citations."""

    nummer: int
    titel: str
    html: SafeString


@dataclass(frozen=True)
class Zitierstand:
    """One cited Arbeitsmittel: its Stand at issue beside the one that applies on the Stichtag."""

    zitat: Zitat
    ziel: Ziel | None
    tag: date

    @property
    def abweichend(self) -> bool:
        """Another Stand applies on the Stichtag than at issue."""
        return not self.ohne_stand and _differs(self.zitat, self.ziel, self.tag)

    @property
    def ohne_stand(self) -> bool:
        """No Stand applies on the Stichtag, or none is known."""
        return self.ziel is None or self.ziel.stand is None


@dataclass(frozen=True)
class Lesefassung:
    """Everything that the page and the PDF of a Weisung show."""

    weisung: Weisung
    vorspann: SafeString
    abschnitte: list[Abschnitt]
    zitate: list[Zitierstand]

    @property
    def abweichungen(self) -> int:
        return sum(zitierstand.abweichend for zitierstand in self.zitate)

    @property
    def angenommen(self) -> bool:
        """Whether the comparison rests on assumed Stände."""
        return any(zitierstand.zitat.bei_erlass_angenommen for zitierstand in self.zitate)

    @property
    def ohne_stand(self) -> int:
        return sum(zitierstand.ohne_stand for zitierstand in self.zitate)


def lesefassung(weisung: Weisung, stichtag: Stichtag) -> Lesefassung:
    """Return the Weisung for a Stichtag: two queries, however many citations it has."""
    zitate = list(weisung.zitate.select_related("arbeitsmittel"))
    names = sorted({z.arbeitsmittel.bezeichnung for z in zitate if z.arbeitsmittel.art == Art.EMB_AH})
    fields = ["vorspann", *(field for field, _titel in ABSCHNITTE)]
    texts = cited_texts([getattr(weisung, field) for field in fields], names)
    kennungen = {zitat.arbeitsmittel.kennung for zitat in zitate}
    ziele = resolve_all(texts, stichtag, also=kennungen)
    htmls = [
        mark_safe(labelled(live_html(text, ziele, stichtag, note=_note_of(zitate, nummer, stichtag.tag))))
        for nummer, text in enumerate(texts)
    ]
    abschnitte = [Abschnitt(nummer, titel, htmls[nummer]) for nummer, (_field, titel) in enumerate(ABSCHNITTE, start=1)]
    return Lesefassung(weisung, htmls[0], abschnitte, _zitierstaende(zitate, ziele, stichtag.tag))


def _note_of(zitate: list[Zitat], abschnitt: int, tag: date) -> Callable[[int, Fundstelle, Ziel], str]:
    """Say what the Weisung meant at issue, where the Stand of the Stichtag is another one.

    The n-th citation of a section is its n-th recorded Zitat, as both never change after the issue.
    """
    recorded = [zitat for zitat in zitate if zitat.abschnitt == abschnitt]

    def note(number: int, fundstelle: Fundstelle, ziel: Ziel) -> str:
        zitat = recorded[number] if number < len(recorded) else None
        if zitat is None or zitat.arbeitsmittel.slug != fundstelle.kennung.slug or not _differs(zitat, ziel, tag):
            return ""
        return f"bei Erlass{' vermutlich' if zitat.bei_erlass_angenommen else ''} {zitat.stand_bei_erlass_text}"

    return note


def _differs(zitat: Zitat, ziel: Ziel, tag: date) -> bool:
    """A Stand that the Weisung brings with it is no other one while it has not begun."""
    if zitat.stand_bei_erlass is not None and zitat.stand_bei_erlass > tag:
        return False
    return ziel.stand is None or ziel.stand.tag != zitat.stand_bei_erlass


def _zitierstaende(zitate: list[Zitat], ziele: dict[Kennung, Ziel], tag: date) -> list[Zitierstand]:
    """One row for each cited Arbeitsmittel, in the order of Bereich and Kennung."""
    first = {zitat.arbeitsmittel_id: zitat for zitat in reversed(zitate)}
    ordered = sorted(first.values(), key=lambda zitat: (zitat.arbeitsmittel.bereich_rang, zitat.arbeitsmittel.slug))
    return [Zitierstand(zitat, ziele.get(zitat.arbeitsmittel.kennung), tag) for zitat in ordered]
