"""Texts that read like scripts to the search: a few frequent words, a long tail of compounds, citations. Pure."""

import random
import re
from collections.abc import Sequence

EVERYWHERE, RARE = "Anliegen", "Schaltjahrregelung"
_FIRST_WORDS = (
    "Antrag Bescheid Termin Frist Meldung Beratung Leistung Nachweis Anschrift Arbeitgeber Umzug Krankheit Vertrag "
    "Konto Kündigung Vorsprache Unterlagen Rückruf Zuständigkeit Widerspruch Vermittlung Bewerbung Weiterbildung "
    "Urlaub Zeugnis Ausweis Postfach Entgelt Anfrage Familie"
)
_SECOND_WORDS = (
    "prüfung annahme weitergabe klärung eingang auskunft änderung bestätigung erfassung übersicht bearbeitung "
    "rückfrage ablage vorlage stelle regelung dauer anzeige angabe beginn ende hinweis kopie versand entscheidung"
)
_FILLING_WORDS = "die der das wird und bei dem nach mit nicht zuerst dann immer erneut vor ohne zur im Gespräch"
_FIRST, _SECOND, _FILLING = _FIRST_WORDS.split(), _SECOND_WORDS.split(), _FILLING_WORDS.split()
_TAIL = [f"{first}s{second}" for first in _FIRST for second in _SECOND]
_LIST = "<ul><li>{}</li><li>{}</li><li>{}</li></ul>"
_BOX = '<aside data-art="hinweis"><p>{}</p></aside>'
_TABLE = "<table><thead><tr><th>Frage</th><th>Weg</th></tr></thead><tbody>{}</tbody></table>"
_ROW = "<tr><td>{}</td><td>{}</td></tr>"
_LEAF = re.compile("(<(?:p|li|td)>)([^<]+)(</(?:p|li|td)>)")


def emb_names() -> list[str]:
    """Return 750 different names of EMB AH."""
    return [f"{first} und {second.capitalize()}" for second in _SECOND for first in _FIRST]


def script(dice: random.Random, size: int, cited: Sequence[str] = (), extra: str = "") -> str:
    """Return at least `size` characters of rich text with headings, lists, a box and a table; it cites `cited`."""
    opening = f"<p>{EVERYWHERE} klären. {extra} {_sentence(dice)}</p>"
    parts = [opening, *(f"<p>Es gilt {kennung}. {_sentence(dice)}</p>" for kennung in cited)]
    parts += [_BOX.format(_sentence(dice)), _TABLE.format("".join(_ROW.format(*_sentences(dice, 2)) for _ in range(3)))]
    while sum(map(len, parts)) < size:
        parts.append(f"<h2>{dice.choice(_TAIL)}</h2>")
        parts += [f"<p>{' '.join(_sentences(dice, 4))}</p>", _LIST.format(*_sentences(dice, 3))]
    return "".join(parts)


def changed(dice: random.Random, html: str, share: float) -> str:
    """Return a text of `script` with this share of its paragraphs, items and cells changed, gone or doubled."""
    return _LEAF.sub(lambda found: _changed_leaf(dice, found) if dice.random() < share else found[0], html)


def _changed_leaf(dice: random.Random, found: re.Match) -> str:
    opening, words, closing = found.groups()
    where = dice.random()
    if opening != "<td>" and where < 0.2:
        return "" if where < 0.1 else f"{found[0]}{opening}{_sentence(dice)}{closing}"
    places = words.split(" ")
    places[dice.randrange(len(places))] = _noun(dice)
    return opening + " ".join(places) + closing


def _sentences(dice: random.Random, count: int) -> list[str]:
    return [_sentence(dice) for _ in range(count)]


def _sentence(dice: random.Random) -> str:
    words = [word for _ in range(dice.randint(4, 6)) for word in (dice.choice(_FILLING), _noun(dice))]
    return " ".join(words).capitalize() + "."


def _noun(dice: random.Random) -> str:
    """Every third noun is one of a few, the others come from the tail."""
    return dice.choice(_FIRST if dice.random() < 0.35 else _TAIL)
