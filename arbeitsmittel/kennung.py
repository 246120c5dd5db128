"""The Kennung of an Arbeitsmittel: what people call it, in one printed form and one address.

Source of the rules: glossary of the domain (Art, Kennung, Nummer). Pure Python, so that importer, search and
database can share it.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

MAX_NAME = 120  # characters of an EMB name
_MAX_INPUT = 300  # nobody types a longer Kennung; keeps hostile input cheap


class KennungInvalid(ValueError):
    """The text names no Arbeitsmittel; the message is one German sentence fit for the user."""


class Art(StrEnum):
    """Kind of an Arbeitsmittel; the value is the first part of the slug."""

    GLF_EZ = "glf-ah-ez"
    GLF_SC = "glf-sc"
    EMB_AH = "emb-ah"

    @property
    def label(self) -> str:
        """The series as it is printed in front of number or name."""
        return {Art.GLF_EZ: "GLF/AH EZ", Art.GLF_SC: "GLF SC", Art.EMB_AH: "EMB AH"}[self]


class Bereich(StrEnum):
    """Part of the Kundenportal that works with an Arbeitsmittel."""

    EZ = "ez"
    SC_SGB_II = "sc-sgb-ii"
    SC_SGB_III = "sc-sgb-iii"
    EMAIL = "e-mail"

    @property
    def label(self) -> str:
        """The name as it is shown."""
        return {
            Bereich.EZ: "Eingangszone",
            Bereich.SC_SGB_II: "Service Center SGB II",
            Bereich.SC_SGB_III: "Service Center SGB III",
            Bereich.EMAIL: "E-Mail-Bearbeitung",
        }[self]


# First digit of the number -> series and Bereich (glossary, "Nummer").
_ART_OF_DIGIT = {"1": Art.GLF_EZ, "2": Art.GLF_SC, "3": Art.GLF_SC}
_BEREICH_OF_DIGIT = {"1": Bereich.EZ, "2": Bereich.SC_SGB_II, "3": Bereich.SC_SGB_III}

_NUMMER = re.compile(r"[123]\.[0-9]{3}[a-z]?")
_FORBIDDEN_IN_NAME = frozenset('()[]{};<>|#*"„“”«»\\')


@dataclass(frozen=True, order=True)
class Kennung:
    """Identity of an Arbeitsmittel; `bezeichnung` is a number ("3.001a") or the name of an EMB AH.

    Raises KennungInvalid unless `bezeichnung` is already in its normal form (parse_kennung makes it so).
    """

    art: Art
    bezeichnung: str

    def __post_init__(self) -> None:
        try:
            object.__setattr__(self, "art", Art(self.art))  # a row of the database gives the plain value
        except ValueError:
            raise KennungInvalid(f"„{_shown(str(self.art))}“ ist keine Art von Arbeitsmitteln.") from None
        if self.art is Art.EMB_AH:
            _check_name(self.bezeichnung)
        else:
            _check_nummer(self.art, self.bezeichnung)

    def __str__(self) -> str:
        return f"{self.art.label} {self.bezeichnung}"

    @property
    def slug(self) -> str:
        """Part of the address: "glf-sc-3.001a", "emb-ah-umzug-und-ortswechsel" (ä becomes ae, ß becomes ss)."""
        tail = _ascii(self.bezeichnung) if self.art is Art.EMB_AH else self.bezeichnung
        return f"{self.art.value}-{tail}"

    @property
    def nummer(self) -> str:
        """The number ("3.001a"), empty for an EMB AH."""
        return "" if self.art is Art.EMB_AH else self.bezeichnung

    @property
    def thema(self) -> str:
        """The three digits that mean the topic ("001"), empty for an EMB AH."""
        return self.nummer[2:5]

    @property
    def bereich(self) -> Bereich:
        """Who works with it: the first digit says it, an EMB AH belongs to the E-Mail-Bearbeitung."""
        return Bereich.EMAIL if self.art is Art.EMB_AH else _BEREICH_OF_DIGIT[self.nummer[0]]


def parse_kennung(text: str) -> Kennung:
    """The Kennung that `text` spells, in any spelling people use ("GLF SC 3.001a", "3001 a", "glf-sc-3.001a").

    A number without a series is enough, because its first digit decides the series. The address of an EMB AH
    ("emb-ah-umzug") is refused, as it does not tell how the name is spelled: see `slug_of`.
    Raises KennungInvalid with one German sentence.
    """
    if len(text) > _MAX_INPUT:
        raise KennungInvalid("Die Eingabe ist zu lang für eine Kennung.")
    tidy = tidied(text)
    if _EMB_SLUG.fullmatch(tidy):
        raise KennungInvalid(f"„{tidy}“ ist eine Adresse, aus der sich der Name der Arbeitshilfe nicht ablesen lässt.")
    if found := _EMB.fullmatch(tidy):
        return Kennung(Art.EMB_AH, tidied(found["name"] or ""))
    return _parse_numbered(tidy)


def slug_of(text: str) -> str | None:
    """The slug for any spelling of a Kennung, the slug itself included; None if `text` spells none.

    Unlike parse_kennung it also takes the address of an EMB AH, so it is the key to look up what somebody typed.
    """
    if len(text) <= _MAX_INPUT and _EMB_SLUG.fullmatch(tidied(text)):
        return tidied(text)
    try:
        return parse_kennung(text).slug
    except KennungInvalid:
        return None


def tidied(text: str) -> str:
    """`text` in NFC with single spaces, without invisible characters and without punctuation around it."""
    visible = text if text.isascii() else "".join(char for char in text if unicodedata.category(char) != "Cf")
    return " ".join(unicodedata.normalize("NFC", visible).split()).strip(_AROUND)


_AROUND = " .,;:!?…\"'()[]{}<>*„“”‚‘’»«›‹/_-‐‑‒–—―−"
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−⁃﹣-", "-"))
_GAP = r"[ /_.:·-]*+"  # possessive, or a row of dots would be divided among five of them in every possible way

_EMB_SLUG = re.compile(r"emb-ah(?:-[a-z0-9]+)+")
_EMB = re.compile(r"EMB[ /_.‐‑‒–—-]*+(?:AH|Arbeitshilfen?)(?:[ /_.:‐‑‒–—-]++(?P<name>.*))?", re.IGNORECASE)
_NUMBERED = re.compile(
    rf"(?P<reihe>(?:glf)?{_GAP}(?:ah)?{_GAP}(?:ez|sc)?){_GAP}(?:nr|nummer)?{_GAP}"
    r"(?P<ziffer>[0-9])[ .,_·-]*+(?P<thema>[0-9]{3})[ ._-]*+(?P<variante>[a-z]?)"
)
_LONG_WORDS = (
    (re.compile(r"gespr(?:ä|ae)chsleitf(?:a|ä|ae)den"), "glf"),
    (re.compile(r"arbeitshilfen?"), "ah"),
    (re.compile(r"eingangszonen?"), "ez"),
    (re.compile(r"service[ -]?centern?"), "sc"),
)
# What is left of the written series without its separators -> series; None: the number alone decides.
_REIHEN = {
    "": None,
    "glf": None,
    "glfah": Art.GLF_EZ,
    "ah": Art.GLF_EZ,
    "glfahez": Art.GLF_EZ,
    "glfez": Art.GLF_EZ,
    "ahez": Art.GLF_EZ,
    "ez": Art.GLF_EZ,
    "glfsc": Art.GLF_SC,
    "sc": Art.GLF_SC,
}


def _parse_numbered(tidy: str) -> Kennung:
    folded = tidy.lower().translate(_DASHES)
    for word, short in _LONG_WORDS:
        folded = word.sub(short, folded)
    found = _NUMBERED.fullmatch(folded)
    reihe = re.sub(r"[^a-z]", "", found["reihe"]) if found else ""
    if not found or reihe not in _REIHEN:
        raise KennungInvalid(
            f"„{_shown(tidy)}“ ist keine Kennung, erwartet wird zum Beispiel „GLF SC 3.001a“, "
            "„GLF/AH EZ 1.001“ oder „EMB AH Umzug und Ortswechsel“."
        )
    nummer = f"{found['ziffer']}.{found['thema']}{found['variante']}"
    return Kennung(_REIHEN[reihe] or _ART_OF_DIGIT.get(found["ziffer"], Art.GLF_SC), nummer)


def _check_nummer(art: Art, nummer: str) -> None:
    if not _NUMMER.fullmatch(nummer):
        if re.fullmatch(r"[04-9]\.[0-9]{3}[a-z]?", nummer):
            raise KennungInvalid(
                f"Die Nummer {nummer} gehört zu keiner Reihe, denn GLF/AH EZ beginnt mit 1 und GLF SC mit 2 oder 3."
            )
        raise KennungInvalid(f"„{_shown(nummer)}“ ist keine Nummer wie 1.001 oder 3.001a.")
    owner = _ART_OF_DIGIT[nummer[0]]
    if owner is not art:
        raise KennungInvalid(f"Die Nummer {nummer} gehört zu {owner.label}, nicht zu {art.label}.")


def _check_name(name: str) -> None:
    if not name:
        raise KennungInvalid("Nach „EMB AH“ fehlt der Name der Arbeitshilfe.")
    if len(name) > MAX_NAME:
        raise KennungInvalid(f"Der Name einer Arbeitshilfe hat höchstens {MAX_NAME} Zeichen.")
    if _FORBIDDEN_IN_NAME.intersection(name) or not name.isprintable() or tidied(name) != name:
        raise KennungInvalid(f"„{_shown(name)}“ enthält Zeichen, die im Namen einer Arbeitshilfe nicht vorkommen.")
    if not re.search(r"[a-z]", _ascii(name)):
        raise KennungInvalid(f"„{_shown(name)}“ ist kein Name einer Arbeitshilfe, denn er enthält keine Buchstaben.")


_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def _ascii(text: str) -> str:
    spelled = unicodedata.normalize("NFC", text).lower().translate(_UMLAUTS)
    plain = unicodedata.normalize("NFKD", spelled).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _shown(text: str) -> str:
    """What somebody typed, fit for a message: short and without control characters."""
    printable = "".join(char for char in text if char.isprintable())
    return printable if len(printable) <= 60 else printable[:59] + "…"
