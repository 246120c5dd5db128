"""Which paragraph became which: what stands in both texts is set aside, the rest is paired by similarity. Pure."""

import re
from collections import Counter
from collections.abc import Callable, Iterator

from arbeitsmittel.redaktionell.words import WORD


def changed_paragraphs(old: str, new: str, *, at_most: int) -> list[tuple[str, str]] | None:
    """Return what is left of the paragraphs of two plain texts, in pairs; one that came or went stands beside "".

    Sentences that the other text has too are left out, wherever they stand in it. None if more is left than `at_most`
    characters.
    """
    left_old, left_new = _without_common_sentences(_blocks(old), _blocks(new))
    if sum(map(len, (*left_old, *left_new))) > at_most:
        return None
    return list(_paired(left_old, left_new))


# After an abbreviation or the number of a date the sentence goes on; a small letter after the full stop says so, too.
_SENTENCE_END = re.compile(
    r"(?<=[.!?…])(?<!\b[a-zA-Z]\.)(?<!\d\.)(?<!\bNr\.)(?<!\bbzw\.)(?<!\bggf\.)[“\"]?\s+(?=[A-ZÄÖÜ„\"\d])"
)
Block = list[str]


def _blocks(text: str) -> list[Block]:
    """Each line as its sentences; cells of a table row are sentences of their own."""
    lines = (line.split("\t") for line in text.split("\n"))
    return [
        [" ".join(sentence.split()) for cell in line for sentence in _SENTENCE_END.split(cell) if sentence.strip()]
        for line in lines
    ]


def _without_common_sentences(old: list[Block], new: list[Block]) -> tuple[list[str], list[str]]:
    """Return the lines that are left, without the sentences that the other text has, too.

    A sentence that only says half without its row (a single cell) is set aside with the whole row only.
    """
    old, new = _minus(old, new, tuple), _minus(new, old, tuple)
    common = Counter(s for block in old for s in block if _tells(s))
    common &= Counter(s for block in new for s in block if _tells(s))
    return _leftover(old, common), _leftover(new, common)


def _minus(blocks: list[Block], others: list[Block], key: Callable[[Block], tuple[str, ...]]) -> list[Block]:
    there = Counter(map(key, others))
    left = []
    for block in blocks:
        if there[key(block)] > 0:
            there[key(block)] -= 1
        else:
            left.append(block)
    return left


def _tells(sentence: str) -> bool:
    return len(sentence.split()) >= 4


def _leftover(blocks: list[Block], common: Counter[str]) -> list[str]:
    remaining = common.copy()
    lines = []
    for block in blocks:
        kept = []
        for sentence in block:
            if remaining[sentence] > 0:
                remaining[sentence] -= 1
            else:
                kept.append(sentence)
        if kept:
            lines.append(" ".join(kept))
    return lines


# --- which paragraph became which ------------------------------------------------------------------------------------

_ALIKE = 0.25  # share of common words from which on two paragraphs are held to be the same one
_MOST_COMPARED = 100_000  # pairs; beyond that only near neighbours are looked at


def _paired(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    """Yield pairs, most similar first; what has no partner stands alone beside an empty one."""
    old_words, new_words = [_bag(text) for text in old], [_bag(text) for text in new]
    window = max(1, _MOST_COMPARED // max(1, len(old)))
    candidates = []
    for i, words in enumerate(old_words):
        middle = i * len(new) // len(old)
        for j in range(max(0, middle - window), min(len(new), middle + window)):
            likeness = _likeness(words, new_words[j])
            if likeness >= _ALIKE:
                candidates.append((-likeness, abs(i - j), i, j))
    free_old, free_new = dict(enumerate(old)), dict(enumerate(new))
    for *_rank, i, j in sorted(candidates):
        if i in free_old and j in free_new:
            yield free_old.pop(i), free_new.pop(j)
    if len(free_old) == 1 and len(free_new) == 1:  # one paragraph gave way to one other
        yield free_old.popitem()[1], free_new.popitem()[1]
    yield from ((text, "") for text in free_old.values())
    yield from (("", text) for text in free_new.values())


def _bag(text: str) -> frozenset[str]:
    return frozenset(word.lower() for word in WORD.findall(text) if word[0].isalnum())


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other) or 1)
