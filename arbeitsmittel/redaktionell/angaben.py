"""What binds in a German text: numbers, dates, deadlines, amounts, negations, must and may.

Pure. Each such place (`Angabe`) has a value in which spellings of the same thing fall together: `2. Januar 2024` and
`02.01.2024`, `vierzehn Tagen` and `14 Tage`, `kann` and `können`, `nötig` and `erforderlich`. What is only politeness
(`Was kann ich für Sie tun?`, `Guten Tag`) is none.
"""

import re
from dataclasses import dataclass

from arbeitsmittel.stand import parse_datum


@dataclass(frozen=True)
class Angabe:
    """One binding place at text[start:end]; `worte` are the words shown, `wert` is equal for spellings of the same."""

    art: str
    wert: str
    worte: str
    start: int
    end: int


def find_angaben(text: str) -> list[Angabe]:
    """Return the binding places of a sentence or paragraph in their order."""
    counter = _COUNTER.match(text)
    begin = counter.end() if counter else 0
    found = [angabe for match in _ANGABE.finditer(text, begin) if (angabe := _angabe(match))]
    return sorted([*found, *_duties(text)], key=lambda angabe: angabe.start)


# `Schritt 5:` counts and binds nobody; a step more moves all that follow.
_COUNTER = re.compile(r"(?:(?:Schritt|Fall|Punkt|Teil|Variante)\s\d+[a-z]?\s?[:.–-]|\d{1,2}\))\s", re.IGNORECASE)


def number_of(word: str) -> str | None:
    """Return the digits of a number in words (`zwei`, `vierzehn`, `dritten`), None for any other word."""
    return _NUMBER_WORDS.get(word.lower())


# --- numbers in words ------------------------------------------------------------------------------------------------

_CARDINALS = {
    "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11,
    "zwölf": 12, "dreizehn": 13, "vierzehn": 14, "fünfzehn": 15, "sechzehn": 16, "siebzehn": 17, "achtzehn": 18,
    "neunzehn": 19, "zwanzig": 20, "einundzwanzig": 21, "vierundzwanzig": 24, "dreißig": 30, "vierzig": 40,
    "achtundvierzig": 48, "fünfzig": 50, "sechzig": 60, "siebzig": 70, "achtzig": 80, "neunzig": 90, "hundert": 100,
    "tausend": 1000,
}  # fmt: skip
_ORDINAL_STEMS = {
    "zweite": 2, "dritte": 3, "vierte": 4, "fünfte": 5, "sechste": 6, "siebte": 7, "achte": 8, "neunte": 9,
    "zehnte": 10, "letzte": -1,
}  # fmt: skip
_NUMBER_WORDS = {
    **{word: str(value) for word, value in _CARDINALS.items()},
    **{f"{stem}{end}": f"{value}." for stem, value in _ORDINAL_STEMS.items() for end in ("", "r", "n", "s", "m")},
    **{f"halbe{end}": "0,5" for end in ("", "r", "n", "s", "m")},
    **{f"doppelte{end}": "doppelt" for end in ("", "r", "n", "s", "m")},
    "einmal": "1-mal", "zweimal": "2-mal", "dreimal": "3-mal", "mehrmals": "n-mal", "doppelt": "doppelt",
}  # fmt: skip

# --- words that bind -------------------------------------------------------------------------------------------------

# Printed forms -> the value under which they fall together.
_NEGATIONS = {
    "nicht": "nicht",
    "nichts": "nichts",
    "nie|niemals": "nie",
    r"niemand(?:em|en|es)?": "niemand",
    r"kein(?:e|er|es|en|em)?": "kein",
    "keinesfalls|keineswegs": "keinesfalls",
    "ohne": "ohne",
    "weder": "weder",
    "außer|ausgenommen": "außer",
}
_MUST_AND_MAY = {
    "muss|muß|müssen|müßen": "müssen",
    "musste|mussten": "musste",
    "darf|dürfen": "dürfen",
    "kann|können": "können",
    "könnte|könnten": "könnte",
    "soll|sollen": "sollen",
    "sollte|sollten": "sollte",
    "zwingend": "zwingend",
    "unbedingt": "unbedingt",
    "verpflichtend|obligatorisch|verbindlich": "verbindlich",
    "verpflichtet": "verpflichtet",
    "freiwillig": "freiwillig",
    "erforderlich|notwendig|nötig": "nötig",
    "zulässig|erlaubt|gestattet": "erlaubt",
    "verboten|untersagt": "verboten",
    "immer|stets": "immer",
    "nur|lediglich|ausschließlich": "nur",
    "grundsätzlich": "grundsätzlich",
    "ausnahmsweise": "ausnahmsweise",
    "möglichst": "möglichst",
}
_LIMITS = {
    "spätestens": "spätestens",
    "frühestens": "frühestens",
    "mindestens|wenigstens": "mindestens",
    "höchstens|maximal|längstens": "höchstens",
    "sofort": "sofort",
    "unverzüglich": "unverzüglich",
    "umgehend": "umgehend",
    "täglich|werktäglich|arbeitstäglich": "täglich",
    "wöchentlich": "wöchentlich",
    "monatlich": "monatlich",
    "jährlich": "jährlich",
    "montags?": "Montag",
    "dienstags?": "Dienstag",
    "mittwochs?": "Mittwoch",
    "donnerstags?": "Donnerstag",
    "freitags?": "Freitag",
    "samstags?|sonnabends?": "Samstag",
    "sonntags?": "Sonntag",
}
_UNITS = {
    r"Tag(?:e|en|es|s)?": "Tag",
    r"Kalendertag(?:e|en|es|s)?": "Kalendertag",
    r"Arbeitstag(?:e|en|es|s)?": "Arbeitstag",
    r"Werktag(?:e|en|es|s)?": "Werktag",
    r"Bankarbeitstag(?:e|en|es|s)?": "Bankarbeitstag",
    r"Woche(?:n)?": "Woche",
    r"Monat(?:e|en|es|s)?": "Monat",
    r"Quartal(?:e|en|s)?": "Quartal",
    r"Jahr(?:e|en|es|s)?": "Jahr",
    r"Stunde(?:n)?|Std\.?": "Stunde",
    r"Minute(?:n)?|Min\.?": "Minute",
    r"Sekunde(?:n)?": "Sekunde",
    r"€|EUR|Euro": "Euro",
    r"Cent": "Cent",
    r"%|Prozent": "Prozent",
    r"Uhr": "Uhr",
}  # fmt: skip
# Words that make a date or a span an end, a beginning, a limit: only right before one.
_RELATIONS = {"bis": "bis", "ab": "ab", "vor": "vor", "nach": "nach", "seit": "seit", "über": "über", "unter": "unter"}
_RELATIONS |= {"innerhalb": "innerhalb", "binnen": "innerhalb"}

# `un-` turns a word around; these only look like it.
_UN_WORDS = (
    r"un(?!s\b|ser|ter|d\b|d-|ten\b|i[a-zäöü]|ion|gefähr|mittelbar|verzüglich|bedingt|garn|fall|fälle|kosten|wetter)"
)


def _one_of(table: dict[str, str]) -> str:
    return "|".join(table)


_MONTH = r"(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)"
_NUMBER = r"\d+(?:[.,]\d+)*(?:[a-z](?!\w))?"  # 3.001a
_NUMBER_WORD = "|".join(sorted(_NUMBER_WORDS, key=len, reverse=True))
_SPAN_UNITS = r"Tag|Woche|Monat|Jahr|Stunde|Minute"
_ANGABE = re.compile(
    rf"""(?<![\w@])(?:
        (?P<adresse>[\w.+-]{{1,64}}@[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{1,5}}|(?:https?://|www\.)[^\s<>"„“]{{1,200}})
      | (?P<datum>\d{{1,2}}\.\s?(?:\d{{1,2}}\.\s?(?:\d{{4}}|\d{{2}})(?!\d)|{_MONTH}(?:\s\d{{4}})?)
            |\d{{4}}-\d{{2}}-\d{{2}}(?!\d)|\d{{1,2}}\.\d{{1,2}}\.(?![\d]))
      | (?P<telefon>(?:\+49|0)[\d](?:[\d\s/()–-]{{3,20}})\d(?!\d))
      | (?P<uhrzeit>\d{{1,2}}(?:[:.]\d{{2}})?\s?Uhr\b)
      | (?P<rechtskreis>SGB\s?[IVX]{{1,4}}\b)
      | (?P<menge>{_NUMBER}|(?:{_NUMBER_WORD})(?!\w))
            (?:\.?(?:[\s-]|(?=[€%]))(?P<einheit>{_one_of(_UNITS)})(?!\w)|-?(?P<spanne>tägig|wöchig|monatig|jährig|stündig)\w{{0,2}}(?!\w))?
      | (?P<kuerzel>[A-ZÄÖÜ]{{1,6}}\d\w{{0,20}})
      | (?P<monat>{_MONTH})(?!\w)
      | (?P<jeder>(?:jede[nrs]?|pro|je|selben|folgenden|nächsten|gleichen)\s(?:{_one_of(_UNITS)}))(?!\w)
      | (?P<verneinung>{_one_of(_NEGATIONS)}|{_UN_WORDS}[a-zäöüß]{{3,40}})(?!\w)
      | (?P<vorgabe>{_one_of(_MUST_AND_MAY)})(?!\w)
      | (?P<grenze>{_one_of(_LIMITS)})(?!\w)
      | (?P<lage>{_one_of(_RELATIONS)})(?=\s(?:(?:zu|zum|zur|dem|den|der|die|das|von|einem|einer|eines|am)\s){{0,2}}
            (?:\d|{_MONTH}|(?:{_NUMBER_WORD})\b|(?:{_one_of(_LIMITS)})\b|(?:{_SPAN_UNITS})))
    )""",
    re.VERBOSE | re.IGNORECASE,
)

_ARTEN = {
    "adresse": "Adresse",
    "datum": "Datum",
    "telefon": "Telefonnummer",
    "uhrzeit": "Uhrzeit",
    "rechtskreis": "Rechtskreis",
    "menge": "Zahl",
    "kuerzel": "Zahl",
    "monat": "Datum",
    "jeder": "Frist",
    "verneinung": "Verneinung",
    "vorgabe": "Vorgabe",
    "grenze": "Frist",
    "lage": "Frist",
}


def _angabe(found: re.Match[str]) -> Angabe | None:
    kind = next(name for name in _ARTEN if found[name])
    words = found[0].rstrip(" .,;:") if kind in ("adresse", "telefon") else found[0]
    if kind == "vorgabe" and _is_polite(found):
        return None
    if kind == "menge" and words.lower() == "einmal" and found.string[: found.start()].lower().endswith("noch "):
        return None  # "noch einmal" says again, not once
    art = _art(kind, found)
    return Angabe(art, _value(kind, found, words), words, found.start(), found.start() + len(words))


def _art(kind: str, found: re.Match[str]) -> str:
    if found["einheit"] and _canonical(_UNITS, found["einheit"]) in ("Euro", "Cent", "Prozent"):
        return "Betrag"
    return "Frist" if found["einheit"] or found["spanne"] else _ARTEN[kind]


def _value(kind: str, found: re.Match[str], words: str) -> str:
    if kind == "datum":
        datum = parse_datum(words)
        return datum.iso() if datum else re.sub(r"\s", "", words)
    if kind == "adresse":
        return re.sub(r"^https?://(?:www\.)?|^www\.", "", words.lower()).rstrip("/")
    if kind == "telefon":
        return re.sub(r"\D", "", words.replace("+49", "0"))
    if kind == "uhrzeit":
        hour, _, minute = re.sub(r"[^\d:.]", "", words).replace(".", ":").partition(":")
        return f"{int(hour)}:{minute or '00'} Uhr"
    if kind == "menge":
        return _amount(found)
    if kind in _TABLES:
        return _canonical(_TABLES[kind], words)
    return " ".join(words.split()).lower()


_TABLES = {"verneinung": _NEGATIONS, "vorgabe": _MUST_AND_MAY, "grenze": _LIMITS, "lage": _RELATIONS}
_SPANS = {"tägig": "Tag", "wöchig": "Woche", "monatig": "Monat", "jährig": "Jahr", "stündig": "Stunde"}


def _amount(found: re.Match[str]) -> str:
    number = number_of(found["menge"]) or _plain_number(found["menge"])
    if found["spanne"]:
        return f"{number} {_SPANS[found['spanne'].lower()]}"
    return f"{number} {_canonical(_UNITS, found['einheit'])}" if found["einheit"] else number


def _plain_number(digits: str) -> str:
    """`1.000,00` and `1000` are the same number."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", digits):
        digits = digits.replace(".", "")
    return re.sub(r",0+$", "", digits)


def _canonical(table: dict[str, str], words: str) -> str:
    matching = (value for forms, value in table.items() if re.fullmatch(forms, words, re.IGNORECASE))
    return next(matching, words.lower())


_QUESTION = re.compile(r"[^.!?]{0,300}\?")


def _is_polite(found: re.Match[str]) -> bool:
    """`Was kann ich für Sie tun?`, `Können Sie mir … nennen?`: a question to the other person orders nothing."""
    text, end = found.string, found.end()
    return bool(re.match(r"\s(?:ich|wir|Sie)\b", text[end : end + 5])) and bool(_QUESTION.match(text, end))


# `ist … zu prüfen`, `hat … einzureichen`: an order without a modal verb.
_DUTY = re.compile(
    r"\b(?P<verb>ist|sind|hat|haben)\b(?P<between>[^.,;:!?]{0,120}?)"
    r"\b(?P<end>zu\s[a-zäöüß]{2,30}n|[a-zäöüß]{2,12}zu[a-zäöüß]{3,30}n)(?!\w)"
)


def _duties(text: str) -> list[Angabe]:
    found = []
    for match in _DUTY.finditer(text):
        verb = "ist zu" if match["verb"] in ("ist", "sind") else "hat zu"
        words = " ".join(f"{match['verb']} … {match['end']}".split()) if match["between"].strip() else match[0]
        found.append(Angabe("Vorgabe", verb, words, match.start(), match.end("verb")))
    return found
