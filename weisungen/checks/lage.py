"""What the rules look at for one Weisung, loaded for any number of them in a handful of queries."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from arbeitsmittel.checks.zitierte import Zitiertes, cited
from arbeitsmittel.citing import cited_texts
from arbeitsmittel.kennung import Kennung
from arbeitsmittel.linking import CitedText
from portal.stichtag import Stichtag
from portal.text import plain
from weisungen.abschnitte import ABSCHNITTE
from weisungen.checks.bestand import Bestand, load_bestand
from weisungen.models import TEXT_FIELDS, Aufhebung, Typ, Umsetzung, Weisung
from weisungen.verweise import NamedVerweis, find_verweise, names_whole_directives

EINZELAUFTRAEGE = "einzelauftraege"
_PLACEHOLDERS = {"", "-", "--", "- -", "–", "entfällt", "keine"}


@dataclass(frozen=True)
class Zeile:
    """One line of Bezug or Aufhebung with the directives that it names; `ganz`: it names nothing but whole ones."""

    text: str
    verweise: tuple[NamedVerweis, ...]
    ganz: bool


@dataclass
class Lage:
    """One Weisung with everything around it.

    `tag` is the day on which it must not name what is over, `zitat_tag` the one on which readers follow its citations.
    """

    weisung: Weisung
    tag: date
    zitat_tag: date
    texte: dict[str, CitedText]
    bezug: list[Zeile]
    aufhebung: list[Zeile]
    bestand: Bestand
    zitiert: dict[str, Zitiertes] = field(default_factory=dict)
    umsetzungen: list[Umsetzung] = field(default_factory=list)

    @property
    def kennungen(self) -> set[Kennung]:
        return set().union(*(text.kennungen for text in self.texte.values()))

    @property
    def itself(self) -> tuple[str, str]:
        return self.weisung.typ, self.weisung.nummer

    @property
    def repealed_here(self) -> set[tuple[str, str]]:
        """The directives that this Weisung repeals as a whole: to name them is right."""
        return {key_of(named) for zeile in self.aufhebung if zeile.ganz for named in zeile.verweise}

    @cached_property
    def named_in_text(self) -> list[tuple[NamedVerweis, str]]:
        """Each other directive that a section names, once, with the words of the section."""
        found, seen = [], {self.itself}
        for name in TEXT_FIELDS:
            words = plain(getattr(self.weisung, name))
            for named in find_verweise(words):
                if has_number(named) and key_of(named) not in seen:
                    seen.add(key_of(named))
                    found.append((named, words))
        return found


def section_name(field_name: str) -> str:
    """Return how a section is called in a finding: `Abschnitt 3 (Einzelaufträge)`."""
    for number, (name, titel) in enumerate(ABSCHNITTE, start=1):
        if name == field_name:
            return f"Abschnitt {number} ({titel})"
    return "Vorspann"


def load(
    weisungen: Sequence[Weisung], stichtag: Stichtag, *, released: bool = False, emb_names: Sequence[str] | None = None
) -> list[Lage]:
    """Return the Lage of each Weisung, in at most eight queries. `released`: they are in force, and looked at again."""
    htmls = [getattr(weisung, name) for weisung in weisungen for name in TEXT_FIELDS]
    texts = iter(cited_texts(htmls, emb_names))
    recorded = _recorded_repeals(weisungen) if released else {}
    lagen = [
        Lage(
            weisung,
            stichtag.tag if released else weisung.gueltig_ab or stichtag.heute,
            stichtag.tag if released else max(weisung.gueltig_ab or stichtag.heute, stichtag.heute),
            {name: next(texts) for name in TEXT_FIELDS},
            _zeilen(weisung.bezug),
            recorded.get(weisung.pk) or _zeilen(weisung.aufhebung),
            Bestand(),
        )
        for weisung in weisungen
    ]
    _add_bestand(lagen)
    _add_umsetzungen([lage for lage in lagen if lage.weisung.pk])
    zitiert = cited(set().union(*(lage.kennungen for lage in lagen)))
    for lage in lagen:
        lage.zitiert = zitiert
    return lagen


def has_number(named: NamedVerweis) -> bool:
    """Whether the portal could know it: a HEGA has another kind of number."""
    return named.verweis.typ != "HEGA"


def key_of(named: NamedVerweis) -> tuple[str, str]:
    """Return type and number as the rows have them."""
    return named.verweis.typ.lower(), named.verweis.nummer


def _zeilen(text: str) -> list[Zeile]:
    lines = (line.strip().removeprefix("- ").removeprefix("• ").strip() for line in text.splitlines())
    return [_zeile(line) for line in lines if line.lower().rstrip(".") not in _PLACEHOLDERS]


def _zeile(line: str) -> Zeile:
    verweise = tuple(named for named in find_verweise(line) if has_number(named))
    return Zeile(line, verweise, bool(verweise) and names_whole_directives(line))


def _recorded_repeals(weisungen: Sequence[Weisung]) -> dict[int, list[Zeile]]:
    """An issued Weisung has its repeals as rows."""
    rows = Aufhebung.objects.filter(weisung__in=[weisung.pk for weisung in weisungen])
    found: dict[int, list[Zeile]] = {}
    for row in rows.order_by("weisung", "reihenfolge"):
        found.setdefault(row.weisung_id, []).append(_zeile(row.text))
    return found


def _add_bestand(lagen: Sequence[Lage]) -> None:
    numbers: set[str] = set()
    for lage in lagen:
        named = [named for zeile in (*lage.bezug, *lage.aufhebung) for named in zeile.verweise]
        named += [one for one, _words in lage.named_in_text]
        numbers |= {one.verweis.nummer for one in named}
        numbers |= {lage.weisung.nummer, number_before(lage.weisung.nummer)}
    bestand = load_bestand(numbers - {""})
    for lage in lagen:
        lage.bestand = bestand.without(lage.weisung.pk)


def _add_umsetzungen(lagen: Sequence[Lage]) -> None:
    rows = (
        Umsetzung.objects.filter(weisung__in=[lage.weisung.pk for lage in lagen], gestrichen=False)
        .select_related("arbeitsmittel", "fassung")
        .defer("fassung__inhalt", "fassung__suche")
        .order_by("arbeitsmittel__bereich_rang", "arbeitsmittel__slug")
    )
    found: dict[int, list[Umsetzung]] = {}
    for row in rows if lagen else ():
        found.setdefault(row.weisung_id, []).append(row)
    for lage in lagen:
        lage.umsetzungen = found.get(lage.weisung.pk, [])


def number_before(nummer: str) -> str:
    """Return the running number before, empty for the first of a month and for what is no number."""
    if len(nummer) != 9 or not nummer.isdecimal() or nummer.endswith(("000", "001")):
        return ""
    return f"{int(nummer) - 1}"


def typ_label(typ: str) -> str:
    """Return the printed word for the type of a row."""
    return str(Typ(typ).label)
