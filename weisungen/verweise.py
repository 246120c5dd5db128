"""Directives named in a text: `Weisung 202502006`, `Weisung202502006`, `HEGA 10/15 - 8`, `2025-02006` on two lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from weisungen.dates import DATE_PATTERN

# Nine digits, year first; one hyphen with or without a line break may stand among them.
LAUFENDE_NUMMER = r"(?:20\d{7}|20\d{1,6}-\s?\d{1,6})(?!\d)"
_HEGA_NUMMER = r"(?P<hega_monat>\d{1,2})/(?P<hega_jahr>\d{2})\s?[-–]\s?(?P<hega_nummer>\d{1,3})(?!\d)"
_TYP = r"(?:Weisung(?:en)?|Information(?:en)?)"
_VERWEIS = re.compile(
    rf"(?<![\w/.-])(?:HEGA\s?{_HEGA_NUMMER}|(?:(?P<typ>{_TYP})\s?(?:Nr\.?\s?)?)?(?P<nummer>{LAUFENDE_NUMMER}))",
    re.IGNORECASE,
)
# What may stand between two directives of one list for the word before the first to hold for the second.
_LIST_GLUE = re.compile(r"(?:\s*(?:,|;|/|und|sowie|vom\s+\d{1,2}\.\d{1,2}\.\d{4}))*\s*", re.IGNORECASE)
# What may stand around the directives of an entry that repeals them as a whole.
_REPEAL_GLUE = re.compile(
    rf"(?:[\s,;/().*_–-]|(?:und|sowie|die|vom|v\.|wird|werden|hiermit|vollständig|aufgehoben)(?!\w)|{DATE_PATTERN})*+",
    re.IGNORECASE,
)
_DATED = re.compile(rf",?\s*(?:(?:vom|v\.)\s*)?(?:{DATE_PATTERN})?", re.IGNORECASE)
_TITLE = re.compile(r"\s*(?:[–—-]\s|[„“\"»])(?P<words>.*)", re.DOTALL)
# Words that pick a part of a directive, or limit what is said about it.
_PART = re.compile(
    r"\b(?:Nummern?|Nrn?|Ziffern?|Ziff|Abschnitte?[ns]?|Abs(?:atz(?:es)?|ätzen?)?|S[aä]tze?[ns]?|Punkte?[ns]?|Kapiteln?|Kap"
    r"|Anlagen?|Anhang|Teil\w*|Buchstaben?|Randnummern?|Rz|Seiten?|Tabellen?|Regelung(?:en)?|Passagen?|nur|soweit|insoweit"
    r"|hinsichtlich|bezüglich|betreffend|außer|ausgenommen|Ausnahmen?)\b|§|\d\.\d",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Verweis:
    """A directive named in a text; `nummer` is "202502006", for a HEGA "10/15-8"."""

    typ: Literal["Weisung", "Information", "HEGA"]
    nummer: str

    def __str__(self) -> str:
        return f"{self.typ} {self.nummer.replace('-', ' - ')}"


@dataclass(frozen=True)
class NamedVerweis:
    """A directive and where the text names it."""

    verweis: Verweis
    start: int
    end: int


def find_verweise(text: str) -> Iterator[NamedVerweis]:
    """The directives that `text` names, in order; a number without a word before it is a Weisung."""
    typ, done = "Weisung", 0
    for found in _VERWEIS.finditer(text):
        if not _LIST_GLUE.fullmatch(text, done, found.start()):
            typ = "Weisung"
        if found["hega_monat"]:
            nummer = f"{int(found['hega_monat']):02}/{found['hega_jahr']}-{int(found['hega_nummer'])}"
            verweis = Verweis("HEGA", nummer)
        else:
            digits = joined_digits(found["nummer"])
            if not is_laufende_nummer(digits):
                continue
            typ = typ_of(found["typ"]) if found["typ"] else typ
            verweis = Verweis(typ, digits)
        done = found.end()
        yield NamedVerweis(verweis, found.start(), found.end())


def typ_of(word: str) -> str:
    """Weisung or Information, from the printed word in any case and number."""
    return "Information" if word.lower().startswith("information") else "Weisung"


def joined_digits(printed: str) -> str:
    """The printed number without the hyphen and the space of a line break."""
    return re.sub(r"\D", "", printed)


def is_laufende_nummer(digits: str) -> bool:
    """True for year, month and running number (domain, glossary "Weisung")."""
    return re.fullmatch(r"20\d\d(?:0[1-9]|1[0-2])\d{3}", digits) is not None


def glue_only(text: str) -> bool:
    """True if nothing but separators and dates stands in `text`."""
    return _LIST_GLUE.fullmatch(text.strip(" .")) is not None


def names_whole_directives(text: str) -> bool:
    """True if `text` is nothing but directives with their dates; a single one may have its title after a dash.

    In doubt (words that pick a part, a second directive in the title) it is not.
    """
    named = list(find_verweise(text))
    if not named:
        return False
    cuts = [0, *(one.end for one in named)]
    between = [text[cut : one.start] for cut, one in zip(cuts, named, strict=False)]
    if not all(_REPEAL_GLUE.fullmatch(part) for part in between):
        return False
    rest = text[cuts[-1] :]
    titled = _TITLE.match(rest, _DATED.match(rest).end())
    is_title = len(named) == 1 and titled is not None and not _PART.search(titled["words"])
    return _REPEAL_GLUE.fullmatch(rest) is not None or is_title
