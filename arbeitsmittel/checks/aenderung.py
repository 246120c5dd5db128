"""Whether a change that is called editorial really is one (mission anchors: "Really only editorial?")."""

from collections import Counter
from collections.abc import Iterator

import lxml.html

from arbeitsmittel.checks.lage import Lage
from arbeitsmittel.models import Aenderungsart, Fassung
from arbeitsmittel.redaktionell import Eingriff, TooMuchChanged, binding_changes
from portal.befund import Befund, passage
from portal.text import plain

_MOST_SHOWN = 12
_ADVICE = "Bitte als fachliche Änderung bezeichnen, oder sagen, warum sich in der Sache nichts ändert."


def editorial_in_name_only(lage: Lage) -> Iterator[Befund]:
    """Numbers, dates, deadlines, amounts, negations, must and may words that differ from the Fassung before."""
    if lage.fassung.aenderungsart != Aenderungsart.REDAKTIONELL or lage.vorgaenger is None:
        return
    try:
        changes = binding_changes(_words(lage.vorgaenger), _words(lage.fassung))
    except TooMuchChanged:
        text = "Als redaktionell bezeichnet, aber der größte Teil des Textes ist neu."
        yield Befund("nicht-redaktionell", "warnung", "ganzer Text", text, _ADVICE)
        return
    by_words = Counter(_named(change) for change in changes)
    if len(by_words) > _MOST_SHOWN:
        yield _many(changes, list(by_words))
        return
    for change in changes:
        if times := by_words.pop(_named(change), 0):
            yield _one(change, times)


def nothing_to_compare(lage: Lage) -> Iterator[Befund]:
    if lage.fassung.aenderungsart == Aenderungsart.REDAKTIONELL and lage.vorgaenger is None:
        yield Befund(
            "redaktionell-ohne-vergleich",
            "hinweis",
            "Art der Änderung",
            "Als redaktionell bezeichnet, aber es gibt keine frühere Fassung mit Text zum Vergleichen.",
            "Bitte prüfen, ob „fachlich“ gemeint ist.",
        )


def _words(fassung: Fassung) -> str:
    """Everything that says something: title, text, and where its links lead (a number to call, an address)."""
    return "\n".join([fassung.titel, plain(fassung.inhalt), *_links(fassung.inhalt)])


def _links(html: str) -> list[str]:
    body = lxml.html.fragment_fromstring(html, create_parent="div")
    targets = ((link.text_content(), link.get("href", "")) for link in body.iter("a"))
    outward = ((words, href) for words, href in targets if href.startswith(("http", "tel:", "mailto:")))
    return [f"{words}: {href.removeprefix('tel:').removeprefix('mailto:')}" for words, href in outward]


def _named(change: Eingriff) -> str:
    """`14 Tage → 2 Wochen`: the same as long as the words are, whatever the sentence around them becomes."""
    return f"{change.alte_worte or '(neu)'} → {change.neue_worte or '(entfallen)'}"


def _one(change: Eingriff, times: int) -> Befund:
    # How often is part of the key: the reason for one place does not hold for a second that comes later.
    place = _named(change) + (f" ({times}-mal)" if times > 1 else "")
    return Befund("nicht-redaktionell", "warnung", place, f"Als redaktionell bezeichnet, aber {_told(change)}", _ADVICE)


def _told(change: Eingriff) -> str:
    if change.alt and change.neu:
        return f"aus „{change.alte_worte}“ wird „{change.neue_worte}“ ({change.arten}): {_after(change)}"
    if change.neu:
        return f"„{change.neue_worte}“ kommt hinzu ({change.arten}): {_after(change)}"
    return f"„{change.alte_worte}“ entfällt ({change.arten}); bisher: {_before(change)}"


def _before(change: Eingriff) -> str:
    return f"„{passage(change.satz_alt, change.alt[0].start, change.alt[-1].end)}“"


def _after(change: Eingriff) -> str:
    return f"„{passage(change.satz_neu, change.neu[0].start, change.neu[-1].end)}“"


def _many(changes: list[Eingriff], named: list[str]) -> Befund:
    shown = "; ".join(named[:_MOST_SHOWN])
    return Befund(
        "nicht-redaktionell",
        "warnung",
        f"{len(changes)} Stellen",
        f"Als redaktionell bezeichnet, aber an {len(changes)} Stellen ändert sich, was bindet, zum Beispiel: {shown}.",
        _ADVICE,
    )
