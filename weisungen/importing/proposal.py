"""What an import proposes: values, their evidence, and findings; as data and in the exact form of `--json`."""

from dataclasses import dataclass, field
from typing import Literal

from arbeitsmittel.kennung import Kennung
from arbeitsmittel.stand import Datum
from weisungen.verweise import Verweis

Schwere = Literal["fehler", "warnung", "hinweis"]


class ImportRefused(ValueError):
    """The text cannot be read as a Weisung; `faults` holds one German sentence with line number for each reason."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True)
class Beleg:
    """Words of the given text and where they begin: `quelltext[position:position + len(text)] == text`."""

    text: str
    position: int


@dataclass(frozen=True)
class Regelung:
    """One entry of Bezug or Aufhebung; typ and nummer are None for a regulation in plain words."""

    text: str
    beleg: str
    position: int
    verweis: Verweis | None = None

    @property
    def typ(self) -> str | None:
        return self.verweis.typ if self.verweis else None

    @property
    def nummer(self) -> str | None:
        return self.verweis.nummer if self.verweis else None


@dataclass(frozen=True)
class Kopf:
    """The header. A role is a printed word or None (line missing or unreadable); gueltig_bis None is unbegrenzt."""

    nummer: str
    titel: str
    datum: Datum | None
    geschaeftszeichen: str
    gueltig_ab: Datum | None
    gueltig_bis: Datum | None
    sgb_ii: str | None
    sgb_iii: str | None
    familienkasse: str | None
    bezug: tuple[Regelung, ...]
    aufhebungen: tuple[Regelung, ...]


@dataclass(frozen=True)
class Abschnitt:
    """One of the six sections; `titel` as printed, `inhalt` clean rich text, `position` where its heading begins."""

    nummer: int
    titel: str
    inhalt: str
    position: int


@dataclass(frozen=True)
class ZitatVorschlag:
    """A citation of an Arbeitsmittel; `stand` is what the page printed beside it, `abschnitt` 0 is the Vorspann."""

    kennung: Kennung
    stand: Datum | None
    abschnitt: int
    beleg: str
    position: int


@dataclass(frozen=True)
class Befund:
    """Something an editor should look at; `position` is None where a finding is about something that is missing."""

    code: str
    schwere: Schwere
    text: str
    beleg: str = ""
    position: int | None = None


@dataclass(frozen=True)
class Vorschlag:
    """Everything that was read from one published Weisung."""

    typ: Literal["Weisung", "Information"]
    kopf: Kopf
    vorspann: str
    abschnitte: tuple[Abschnitt, ...]
    zitate: tuple[ZitatVorschlag, ...]
    befunde: tuple[Befund, ...]
    zusaetze: dict[str, str] = field(default_factory=dict)
    belege: dict[str, Beleg] = field(default_factory=dict)

    def as_json(self) -> dict:
        """The proposal in plain values: dates in ISO form (`2019-12` where only the month is known)."""
        return {
            "typ": self.typ,
            "weisung": _kopf_as_json(self.kopf),
            "zusaetze": dict(self.zusaetze),
            "vorspann": self.vorspann,
            "abschnitte": [
                {"nummer": part.nummer, "titel": part.titel, "inhalt": part.inhalt, "position": part.position}
                for part in self.abschnitte
            ],
            "zitate": [
                {
                    "kennung": str(zitat.kennung),
                    "stand": _iso(zitat.stand),
                    "abschnitt": zitat.abschnitt,
                    "beleg": zitat.beleg,
                    "position": zitat.position,
                }
                for zitat in self.zitate
            ],
            "befunde": [
                {"code": befund.code, "schwere": befund.schwere, "text": befund.text, "beleg": befund.beleg}
                for befund in self.befunde
            ],
            "belege": {name: {"text": beleg.text, "position": beleg.position} for name, beleg in self.belege.items()},
        }


def _kopf_as_json(kopf: Kopf) -> dict:
    return {
        "nummer": kopf.nummer,
        "titel": kopf.titel,
        "datum": _iso(kopf.datum),
        "geschaeftszeichen": kopf.geschaeftszeichen,
        "gueltig_ab": _iso(kopf.gueltig_ab),
        "gueltig_bis": _iso(kopf.gueltig_bis),
        "sgb_ii": kopf.sgb_ii,
        "sgb_iii": kopf.sgb_iii,
        "familienkasse": kopf.familienkasse,
        "bezug": [regelung.text for regelung in kopf.bezug],
        "aufhebungen": [regelung.text for regelung in kopf.aufhebungen],
    }


def _iso(datum: Datum | None) -> str | None:
    return datum.iso() if datum else None
