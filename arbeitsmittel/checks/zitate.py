"""Findings about citations of Arbeitsmittel. The same for the text of a Fassung and the sections of a Weisung."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from arbeitsmittel.checks.lage import Lage
from arbeitsmittel.checks.zitierte import Zitiertes
from arbeitsmittel.citations import Fundstelle
from arbeitsmittel.kennung import Kennung
from arbeitsmittel.linking import CitedText
from portal.befund import Befund, passage


@dataclass(frozen=True)
class Zitate:
    """The citations of one document, what is known of the cited ones, and the day on which they must apply.

    `kommend` are the slugs of those that it brings along itself: they need no Stand yet.
    """

    texte: Collection[CitedText]
    zitiert: Mapping[str, Zitiertes]
    tag: date
    kommend: Collection[str] = ()

    def first_places(self) -> Iterator[tuple[Kennung, str]]:
        """Yield each cited Kennung that it does not bring along once, with the words around its first place."""
        seen = set(self.kommend)
        for text in self.texte:
            for fundstelle in text.fundstellen:
                if fundstelle.kennung.slug not in seen:
                    seen.add(fundstelle.kennung.slug)
                    yield fundstelle.kennung, _quoted(text, fundstelle)


def unknown(lage: Lage) -> Iterator[Befund]:
    return unknown_in(of_fassung(lage))


def withdrawn(lage: Lage) -> Iterator[Befund]:
    return withdrawn_in(of_fassung(lage))


def without_stand(lage: Lage) -> Iterator[Befund]:
    return without_stand_in(of_fassung(lage))


def of_fassung(lage: Lage) -> Zitate:
    """Return the citations of a Fassung; that it names itself says nothing."""
    return Zitate([lage.text], lage.zitiert, lage.tag, kommend=[lage.kennung.slug])


def unknown_in(zitate: Zitate) -> Iterator[Befund]:
    """A Kennung that the portal does not know. A warning, because the cited one may be written next."""
    for kennung, place in zitate.first_places():
        if kennung.slug not in zitate.zitiert:
            yield Befund(
                "zitat-unbekannt",
                "warnung",
                str(kennung),
                f"„{kennung}“ gibt es im Portal nicht: {place}",
                "Bitte die Kennung prüfen; ist das Arbeitsmittel erst geplant, das als Grund angeben.",
            )


def withdrawn_in(zitate: Zitate) -> Iterator[Befund]:
    """An Arbeitsmittel of which every Fassung was withdrawn."""
    for kennung, place in zitate.first_places():
        known = zitate.zitiert.get(kennung.slug)
        if known is not None and known.alle_zurueckgezogen:
            yield Befund(
                "zitat-zurueckgezogen",
                "warnung",
                str(kennung),
                f"Alle Fassungen von {kennung} sind zurückgezogen: {place}",
                "Bitte auf das verweisen, was stattdessen gilt, oder einen Grund angeben.",
            )


def without_stand_in(zitate: Zitate) -> Iterator[Befund]:
    """An Arbeitsmittel of which no Stand applies on the day."""
    for kennung, place in zitate.first_places():
        known = zitate.zitiert.get(kennung.slug)
        if known is None or known.alle_zurueckgezogen or _applies(known, zitate.tag):
            continue
        yield Befund(
            "zitat-ohne-stand",
            "warnung",
            str(kennung),
            f"Am {zitate.tag:%d.%m.%Y} gilt von {kennung} kein Stand{_what_there_is(known)}: {place}",
            "Bitte prüfen, ob beide Stände zusammenpassen, oder einen Grund angeben.",
        )


def _applies(known: Zitiertes, tag: date) -> bool:
    return known.erster_stand is not None and known.erster_stand <= tag


def _what_there_is(known: Zitiertes) -> str:
    if known.erster_stand is not None:
        return f" (der erste gilt ab {known.erster_stand:%d.%m.%Y})"
    if known.entwurf_ab is not None:
        return f" (es gibt einen Entwurf mit Stand {known.entwurf_ab:%d.%m.%Y})"
    return ""


def _quoted(text: CitedText, fundstelle: Fundstelle) -> str:
    return f"„{passage(text.words, fundstelle.label_start, fundstelle.label_end)}“"
