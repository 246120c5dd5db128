"""The word diff of two paragraphs, and slips of the pen. Pure."""

import re
from collections import Counter
from difflib import SequenceMatcher

Span = tuple[int, int]

WORD = re.compile(r"\w+|[^\w\s]")
# Pairs of equal words in two paragraphs: what the word diff has to weigh. Above it (thousands of words, or the same few
# again and again) it would take seconds, and the whole paragraph counts as changed.
_MOST_PAIRS = 40_000


def unchanged_spans(old: str, new: str) -> tuple[list[Span], list[Span]]:
    """Return where the words stand that both have, in the old and in the new text, pairwise and in order."""
    old_words, new_words = list(WORD.finditer(old)), list(WORD.finditer(new))
    old_counts, new_counts = Counter(w[0] for w in old_words), Counter(w[0] for w in new_words)
    if sum(count * new_counts[word] for word, count in old_counts.items()) > _MOST_PAIRS:
        return [], []
    matcher = SequenceMatcher(None, [w[0] for w in old_words], [w[0] for w in new_words], autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    return (
        [(old_words[b.a].start(), old_words[b.a + b.size - 1].end()) for b in blocks],
        [(new_words[b.b].start(), new_words[b.b + b.size - 1].end()) for b in blocks],
    )


def hunks_of(old: str, new: str) -> list[tuple[Span, Span]]:
    """Return the changed stretches, each as its place in the old and in the new text; at least one."""
    unchanged_old, unchanged_new = unchanged_spans(old, new)
    ends = zip([*unchanged_old, (len(old), 0)], [*unchanged_new, (len(new), 0)], strict=True)
    hunks: list[tuple[Span, Span]] = []
    done_old = done_new = 0
    for (from_old, to_old), (from_new, to_new) in ends:
        if old[done_old:from_old].strip() or new[done_new:from_new].strip():
            hunks.append(((done_old, from_old), (done_new, from_new)))
        done_old, done_new = to_old, to_new
    return hunks or [((0, len(old)), (0, len(new)))]


def mended(old: str, new: str) -> str:
    """Return the old text with the spelling of the new one where only a slip of the pen was mended (or made)."""
    pieces: list[str] = []
    done = 0
    for (start, end), (new_start, new_end) in hunks_of(old, new):
        spelled = _LETTERS.findall(new[new_start:new_end])
        if max(end - start, new_end - new_start) > _MOST_MENDED:
            continue  # so much new text is no correction
        for word in _LETTERS.finditer(old, start, end):
            if right := next((other for other in spelled if is_slip(word[0].lower(), other.lower())), None):
                pieces += old[done : word.start()], right
                done = word.end()
    return "".join([*pieces, old[done:]])


_MOST_MENDED = 1_000  # characters
_LETTERS = re.compile(r"[^\W\d_]+")
# Words of their own that differ from a binding one as slips do.
_REAL_WORDS = frozenset({"klein", "kleine", "kleiner", "kleines", "kleinen", "kleinem", "solle"})


def is_slip(one: str, other: str) -> bool:
    """Two letters changed places, or one inside is missing or too much. `ein` and `kein` are two words.

    Both in small letters; a slip in the first letter is none here, as it makes another word too often.
    """
    if one == other or one[0] != other[0] or min(len(one), len(other)) < 3 or {one, other} & _REAL_WORDS:
        return False
    if len(one) == len(other):
        return sorted(one) == sorted(other)
    longer, shorter = sorted((one, other), key=len, reverse=True)
    if len(longer) - len(shorter) > 1:
        return False
    extra = next((i for i, letter in enumerate(shorter) if letter != longer[i]), len(shorter))
    if longer[:extra] + longer[extra + 1 :] != shorter:
        return False
    return longer[extra] == longer[extra - 1] or (len(shorter) >= 4 and longer[-1] == shorter[-1])
