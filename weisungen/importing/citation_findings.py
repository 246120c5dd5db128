"""Findings about citations: what an editor should know about Arbeitsmittel and Stände. One function for each rule."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from itertools import groupby, pairwise

from arbeitsmittel.citations import find_citations
from arbeitsmittel.kennung import Bereich
from arbeitsmittel.stand import Datum
from portal.text import plain
from weisungen.dates import is_believable
from weisungen.importing.labels import PRINTED_LABEL
from weisungen.importing.proposal import Befund
from weisungen.importing.quoting import is_storable
from weisungen.importing.readout import Readout, about, staende_of


def role_contradicts_citations(readout: Readout) -> Iterator[Befund]:
    """A Rechtskreis is called not affected, yet an Arbeitsmittel of its Service Center is cited."""
    for feld, bereich in (("sgb_ii", Bereich.SC_SGB_II), ("sgb_iii", Bereich.SC_SGB_III)):
        if getattr(readout.kopf, feld) != "nicht betroffen":
            continue
        for kennung, zitate in readout.by_kennung().items():
            if kennung.bereich is bereich:
                header = f"{PRINTED_LABEL[feld]}: nicht betroffen"
                text = f"Der Kopf sagt „{header}“, zitiert ist aber {kennung} ({bereich.label})."
                yield about(zitate[0], "rolle-widerspricht-zitat", "warnung", text)


def stand_after_weisung(readout: Readout) -> Iterator[Befund]:
    """The printed Stand is that of the day the page was saved; the one at issue is not known from it."""
    datum = readout.kopf.datum
    if datum is None:
        return
    for kennung, zitate in readout.by_kennung().items():
        later = [zitat for zitat in zitate if zitat.stand and _is_later(zitat.stand, datum)]
        if later:
            text = (
                f"{kennung}: Der gedruckte Stand {staende_of(later)} liegt nach dem Datum der Weisung ({datum}); "
                "der Stand bei Erlass ist daraus nicht bekannt."
            )
            yield about(later[0], "stand-nach-weisung", "hinweis", text)


def siblings_differ(readout: Readout) -> Iterator[Befund]:
    """Arbeitsmittel on the same topic (last three digits) carry different Stände."""
    grouped = readout.by_kennung()
    numbered = sorted((kennung for kennung in grouped if kennung.thema), key=lambda one: (one.thema, one))
    for thema, kennungen in groupby(numbered, key=lambda one: one.thema):
        known = {kennung: staende_of(grouped[kennung]) for kennung in kennungen if staende_of(grouped[kennung])}
        if len(set(known.values())) > 1:
            staende = ", ".join(f"{kennung} ({stand})" for kennung, stand in known.items())
            text = f"Die Arbeitsmittel zum Thema {thema} haben verschiedene Stände: {staende}."
            yield about(grouped[next(iter(known))][0], "geschwister-verschieden", "warnung", text)


def one_arbeitsmittel_with_two_staende(readout: Readout) -> Iterator[Befund]:
    for kennung, zitate in readout.by_kennung().items():
        staende = dict.fromkeys(zitat.stand for zitat in zitate if zitat.stand)
        if len(staende) > 1:
            text = f"{kennung} ist mit verschiedenen Ständen zitiert: {staende_of(zitate)}."
            second = next(zitat for zitat in zitate if zitat.stand and zitat.stand != next(iter(staende)))
            yield about(second, "stand-uneinheitlich", "warnung", text)


def citation_without_stand(readout: Readout) -> Iterator[Befund]:
    for kennung, zitate in readout.by_kennung().items():
        if not any(zitat.stand for zitat in zitate):
            text = f"{kennung} ist ohne lesbaren Stand zitiert; der Stand bei Erlass ist daraus nicht bekannt."
            yield about(zitate[0], "stand-fehlt", "hinweis", text)


def stand_unbelievable(readout: Readout) -> Iterator[Befund]:
    """A Stand is published for good, so a slip of the pen must not become one (`10.01.2924`)."""
    for place in readout.citations.places:
        found = place.fundstelle
        if found.stand and not is_believable(found.stand):
            text = f"{found.kennung}: Der Stand {found.stand} ist nicht glaubhaft und nicht übernommen."
            span = readout.citations.words.in_parent(found.start, found.end)
            yield readout.befund("stand-unglaubhaft", "warnung", text, span)


def range_of_citations(readout: Readout) -> Iterator[Befund]:
    """`1.001 bis 1.005`: only the two ends are recorded."""
    text = readout.citations.words.text
    for one, following in pairwise(readout.citations.places):
        between = text[one.fundstelle.end : following.fundstelle.start]
        if one.abschnitt == following.abschnitt and re.fullmatch(r"\s*bis\s*", between[:40]):
            span = readout.citations.words.in_parent(one.fundstelle.start, following.fundstelle.end)
            words = f"{one.fundstelle.kennung} bis {following.fundstelle.kennung}"
            message = f"{words}: Erfasst sind nur die beiden Enden, nicht was dazwischen liegt."
            yield readout.befund("bereich-nur-enden", "warnung", message, span)


_LOOKS_LIKE_CITATION = re.compile(
    r"(?<!\w)(?:GLF(?:[/ -]{1,3}AH)?(?:[/ -]{1,3}(?:EZ|SC))?[ ]{0,2}\d+(?:[.]?\w+)*+|EMB[/ -]{1,3}AH[ ]+[A-ZÄÖÜ]\w*)"
)


def citation_not_understood(readout: Readout) -> Iterator[Befund]:
    """A series with a number or name after it that is no citation (`GLF SC 4.001`)."""
    words = readout.citations.words
    unstorable = readout.citations.unstorable
    for found in unstorable:
        name = found.kennung.bezeichnung
        text = (
            f"„{name}“ hat nicht die Länge, die der Name eines Arbeitsmittels haben kann; das Zitat ist nicht erfasst."
        )
        yield readout.befund("zitat-unverstanden", "warnung", text, words.in_parent(found.start, found.end))
    places = [*(place.fundstelle for place in readout.citations.places), *unstorable]
    known = sorted((found.start, found.end) for found in places)
    for _, span in readout.parts:
        for found in _LOOKS_LIKE_CITATION.finditer(words.text, *words.places_of(span)):
            before = bisect_left(known, (found.end(), 0)) - 1  # the last citation that begins before the end of this
            if before < 0 or known[before][1] <= found.start():
                text = f"„{found[0]}“ sieht aus wie ein Zitat, nennt aber kein Arbeitsmittel, das der Import versteht."
                yield readout.befund("zitat-unverstanden", "warnung", text, words.in_parent(*found.span()))


def stored_text_cites_the_same(readout: Readout) -> Iterator[Befund]:
    """The stored text must say what was recorded, as its citations are found anew whenever it is read."""
    for nummer, html in readout.texts.items():
        recorded = [str(zitat.kennung) for zitat in readout.zitate if zitat.abschnitt == nummer]
        found = find_citations(plain(html), readout.citations.emb_names)
        stored = [str(one.kennung) for one in found if is_storable(one.kennung)]
        if recorded != stored:
            name = f"Abschnitt {nummer}" if nummer else "Vorspann"
            text = (
                f"{name}: Im gespeicherten Text sind andere Zitate zu finden ({', '.join(stored) or 'keine'}) "
                f"als im Quelltext ({', '.join(recorded) or 'keine'})."
            )
            yield readout.befund("zitate-abweichend", "fehler", text, readout.beginning_of(nummer))


def _is_later(stand: Datum, datum: Datum) -> bool:
    """True if a Stand is certainly later; within a month of which the day is unknown nothing is certain."""
    if stand.nur_monat or datum.nur_monat:
        return (stand.tag.year, stand.tag.month) > (datum.tag.year, datum.tag.month)
    return stand.tag > datum.tag


RULES: tuple[Callable[[Readout], Iterator[Befund]], ...] = (
    role_contradicts_citations,
    stand_after_weisung,
    siblings_differ,
    one_arbeitsmittel_with_two_staende,
    citation_without_stand,
    stand_unbelievable,
    range_of_citations,
    citation_not_understood,
    stored_text_cites_the_same,
)
