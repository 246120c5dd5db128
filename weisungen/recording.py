"""What a Weisung cites and repeals, entered once at its release (domain rule 6)."""

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence

from arbeitsmittel.citing import cited_texts, resolve_all
from arbeitsmittel.drafting import provide_arbeitsmittel
from arbeitsmittel.models import Fassung
from arbeitsmittel.resolving import Ziel
from arbeitsmittel.stand import Datum
from portal.stichtag import Stichtag
from weisungen.dates import assumed_at_issue
from weisungen.importing import read_weisung
from weisungen.importing.proposal import ZitatVorschlag
from weisungen.models import TEXT_FIELDS, Aufhebung, Typ, Weisung, Zitat
from weisungen.verweise import find_verweise, names_whole_directives

Printed = dict[tuple[int, str], deque[ZitatVorschlag]]


def record_zitate(weisung: Weisung, at_issue: Stichtag, members: Sequence[Fassung] = ()) -> None:
    """Enter every citation of the texts with the Stand at issue. Call it inside `acting_as`, before the release.

    `members` are the Fassungen that go live with it: the Weisung means them, embargoed or not.

    For a Weisung that was written here the Stand at issue is the one that applies on that day, and no assumption; of
    one that came by import only the printed Stand is known, so it stays an assumption.
    """
    texts = cited_texts([getattr(weisung, name) for name in TEXT_FIELDS])
    ziele = resolve_all(texts, at_issue) | {member.arbeitsmittel.kennung: _as_ziel(member) for member in members}
    printed = _printed_staende(weisung)
    reihenfolge = 0
    for abschnitt, text in enumerate(texts):
        for fundstelle in text.fundstellen:
            reihenfolge += 1
            arbeitsmittel = provide_arbeitsmittel(fundstelle.kennung)
            queue = printed.get((abschnitt, fundstelle.kennung.slug))
            source = queue.popleft() if queue else None
            Zitat.objects.create(
                weisung=weisung,
                arbeitsmittel=arbeitsmittel,
                reihenfolge=reihenfolge,
                abschnitt=abschnitt,
                beleg=source.beleg if source else fundstelle.beleg,
                position=source.position if source else fundstelle.start,
                **_staende(weisung, source, ziele.get(fundstelle.kennung)),
            )


def _as_ziel(member: Fassung) -> Ziel:
    return Ziel(member.arbeitsmittel.slug, member.titel, Datum(member.stand))


def record_aufhebungen(weisung: Weisung) -> None:
    """Enter one Aufhebung for each directive that a line names as a whole, else one for its plain words."""
    for reihenfolge, (text, typ, nummer) in enumerate(repeals_in(weisung.aufhebung), start=1):
        Aufhebung.objects.create(weisung=weisung, reihenfolge=reihenfolge, text=text, ziel_typ=typ, ziel_nummer=nummer)


def repeals_in(lines: str) -> Iterator[tuple[str, str, str]]:
    """Yield text, type and number of what the lines repeal; type and number are empty for plain words."""
    for line in filter(None, map(str.strip, lines.splitlines())):
        named = [found.verweis for found in find_verweise(line)]
        numbered = [verweis for verweis in named if verweis.typ.lower() in Typ.values]
        if not numbered or not names_whole_directives(line):
            yield line, "", ""
            continue
        for verweis in numbered:
            yield (line if len(numbered) == 1 else str(verweis)), verweis.typ.lower(), verweis.nummer


def _printed_staende(weisung: Weisung) -> Printed:
    """Return what the source of an import printed, by section and Arbeitsmittel in the order of the text."""
    printed: Printed = defaultdict(deque)
    if weisung.quelltext:
        for zitat in read_weisung(weisung.quelltext).zitate:
            printed[zitat.abschnitt, zitat.kennung.slug].append(zitat)
    return printed


def _staende(weisung: Weisung, source: ZitatVorschlag | None, ziel: Ziel | None) -> dict:
    if weisung.quelltext:
        stand = source.stand if source else None
        return {
            "stand_gedruckt": stand.tag if stand else None,
            "stand_nur_monat": bool(stand and stand.nur_monat),
            "stand_bei_erlass": assumed_at_issue(stand, weisung.datum),
            "bei_erlass_angenommen": True,
        }
    return {
        "stand_bei_erlass": ziel.stand.tag if ziel and ziel.stand else None,
        "bei_erlass_angenommen": False,
    }
