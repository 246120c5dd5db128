"""Whether a change that is called editorial touches what binds (issue 3, "Checks"; mission anchors, number 7).

Pure. What stands unchanged somewhere in the other text is set aside, and the rest is paired (`paragraphs`), so that
moving is no change. In each pair the binding places (`angaben`) are compared as multisets, after slips of the pen are
mended; a word diff says which old words gave way to which new ones.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from arbeitsmittel.redaktionell.angaben import Angabe, find_angaben
from arbeitsmittel.redaktionell.paragraphs import changed_paragraphs
from arbeitsmittel.redaktionell.words import Span, hunks_of, mended, unchanged_spans


@dataclass(frozen=True)
class Eingriff:
    """One binding change: the old words, the new ones (either may be empty), and the sentence on each side."""

    alt: tuple[Angabe, ...]
    neu: tuple[Angabe, ...]
    satz_alt: str
    satz_neu: str

    @property
    def alte_worte(self) -> str:
        return " … ".join(angabe.worte for angabe in self.alt)

    @property
    def neue_worte(self) -> str:
        return " … ".join(angabe.worte for angabe in self.neu)

    @property
    def arten(self) -> str:
        """What it is that changed: Frist, Verneinung …, in the order of the text."""
        return ", ".join(dict.fromkeys(angabe.art for angabe in (*self.alt, *self.neu)))


class TooMuchChanged(Exception):
    """So much text is new that comparing it place by place would take long and help nobody."""


_MOST_CHANGED = 60_000  # characters of both sides together: some thirty pages


def binding_changes(old: str, new: str) -> list[Eingriff]:
    """Return what changes in substance between two plain texts (one line per block); nothing if it is editorial.

    Raises TooMuchChanged.
    """
    pairs = changed_paragraphs(old, new, at_most=_MOST_CHANGED)
    if pairs is None:
        raise TooMuchChanged
    found = [eingriff for one, other in pairs if one and other for eingriff in _compared(one, other)]
    alone = [eingriff for one, other in pairs if not (one and other) for eingriff in _alone(one, other)]
    return [*_settled(found, alone)]


# --- what changed in it ----------------------------------------------------------------------------------------------


def _compared(old: str, new: str) -> Iterator[Eingriff]:
    old = mended(old, new)
    lost, gained = _differing(old, new)
    if not (lost or gained):
        return
    hunks = hunks_of(old, new)
    of_lost = [(_hunk_of(angabe, [one for one, _other in hunks]), angabe) for angabe in lost]
    of_gained = [(_hunk_of(angabe, [other for _one, other in hunks]), angabe) for angabe in gained]
    for number in sorted({number for number, _angabe in (*of_lost, *of_gained)}):
        before = tuple(angabe for hunk, angabe in of_lost if hunk == number)
        after = tuple(angabe for hunk, angabe in of_gained if hunk == number)
        yield Eingriff(before, after, old, new)


def _differing(old: str, new: str) -> tuple[list[Angabe], list[Angabe]]:
    """Return the binding places that one side has more of than the other."""
    old_places, new_places = find_angaben(old), find_angaben(new)
    lost = Counter(p.wert for p in old_places) - Counter(p.wert for p in new_places)
    gained = Counter(p.wert for p in new_places) - Counter(p.wert for p in old_places)
    if not lost and not gained and (swapped := _swapped(old, new, old_places, new_places)):
        return swapped
    unchanged_old, unchanged_new = unchanged_spans(old, new)
    return _picked(old_places, lost, unchanged_old), _picked(new_places, gained, unchanged_new)


def _picked(places: list[Angabe], wanted: Counter[str], unchanged: list[Span]) -> list[Angabe]:
    """Return so many places of each value as are wanted, first those in changed words."""

    def untouched(place: Angabe) -> bool:
        return any(start <= place.start and place.end <= end for start, end in unchanged)

    left = wanted.copy()
    picked = []
    for place in sorted(places, key=untouched):
        if left[place.wert] > 0:
            left[place.wert] -= 1
            picked.append(place)
    return sorted(picked, key=lambda place: place.start)


def _swapped(
    old: str, new: str, old_places: list[Angabe], new_places: list[Angabe]
) -> tuple[list[Angabe], list[Angabe]] | None:
    """`nicht` that moved into another clause says something else, though no word was lost.

    Only where the clauses are the same ones by number: a comma more or less is punctuation.
    """
    clauses_old, clauses_new = _clauses(old, old_places), _clauses(new, new_places)
    if len(clauses_old) != len(clauses_new):
        return None
    bags_old, bags_new = ([tuple(sorted(p.wert for p in c)) for c in side] for side in (clauses_old, clauses_new))
    if sorted(bags_old) == sorted(bags_new):
        return None
    moved = [i for i, (one, other) in enumerate(zip(bags_old, bags_new, strict=True)) if one != other]
    lost, gained = [], []
    for i in moved:
        gone = Counter(bags_old[i]) - Counter(bags_new[i])
        come = Counter(bags_new[i]) - Counter(bags_old[i])
        lost += _picked(clauses_old[i], gone, [])
        gained += _picked(clauses_new[i], come, [])
    return lost, gained


def _clauses(text: str, places: list[Angabe]) -> list[list[Angabe]]:
    cuts = [found.start() for found in re.finditer(r"[,;:](?!\d)", text)]
    clauses: list[list[Angabe]] = [[] for _ in range(len(cuts) + 1)]
    for place in places:
        clauses[sum(cut < place.start for cut in cuts)].append(place)
    return clauses


def _hunk_of(angabe: Angabe, spans: list[Span]) -> int:
    """Return the number of the changed stretch in which a place lies, or the nearest one."""

    def distance(number: int) -> int:
        start, end = spans[number]
        return max(start - angabe.end, angabe.start - end, 0)

    return min(range(len(spans)), key=distance, default=0)


# --- what only left one paragraph for another ------------------------------------------------------------------------


def _alone(old: str, new: str) -> Iterator[Eingriff]:
    """A paragraph that came or went is one change with everything that binds in it."""
    if places := tuple(find_angaben(old or new)):
        yield Eingriff(places if old else (), places if new else (), old, new)


_MOST_SETTLED = 10_000


def _settled(found: list[Eingriff], alone: list[Eingriff]) -> list[Eingriff]:
    """Take out what left a paragraph and came back in a new one with the same words behind it (a sentence was split).

    Not between two pairs: there 14 and 7 days would cancel out that were exchanged.
    """
    if len(alone) * (len(found) + len(alone)) > _MOST_SETTLED:
        return [*found, *alone]  # that many are no correction, and only some are shown
    for one in range(len(alone)):
        others = [*found, *alone[one + 1 :]]
        for other in range(len(others)):
            if not others[other].neu and not others[other].alt:
                continue
            alone[one], settled = _cancelled(alone[one], others[other])
            if other < len(found):
                found[other] = settled
            else:
                alone[one + 1 + other - len(found)] = settled
            others[other] = settled
    return [eingriff for eingriff in (*found, *alone) if eingriff.alt or eingriff.neu]


def _cancelled(one: Eingriff, other: Eingriff) -> tuple[Eingriff, Eingriff]:
    gone, come = _without_common(one.alt, one.satz_alt, other.neu, other.satz_neu)
    other_gone, other_come = _without_common(other.alt, other.satz_alt, one.neu, one.satz_neu)
    return replace(one, alt=gone, neu=other_come), replace(other, alt=other_gone, neu=come)


def _without_common(
    lost: tuple[Angabe, ...], old: str, gained: tuple[Angabe, ...], new: str
) -> tuple[tuple[Angabe, ...], tuple[Angabe, ...]]:
    left, still = list(lost), list(gained)
    for angabe in lost:
        same = [g for g in still if g.wert == angabe.wert and _beside(g, new) & _beside(angabe, old)]
        if same:
            left.remove(angabe)
            still.remove(same[0])
    return tuple(left), tuple(still)


def _beside(angabe: Angabe, text: str) -> set[tuple[str, ...]]:
    """Return the two words before a place and the two behind it, marked by side."""
    before = re.findall(r"\w+", text[: angabe.start])[-2:]
    behind = re.findall(r"\w+", text[angabe.end :])[:2]
    return {(side, *words) for side, words in (("vor", before), ("nach", behind)) if words}
