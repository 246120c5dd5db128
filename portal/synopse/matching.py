"""Which parts of two sequences belong together. Equal ones first, then similar ones, always within bounded time.

Ways that would take time quadratic in the length are only gone while the product of both lengths is small; beyond
that, what occurs once on each side divides the sequences, and what is left without an anchor counts as replaced.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass

MAX_BITS = 60_000_000  # of the table of an exact longest common subsequence: 7.5 MB, some 20 ms
RARE = 6  # occurrences up to which a word is worth looking for
ALIKE = 0.4  # share of common words from which two parts are the same one, changed
SURELY_ALIKE = 0.6
BAND = 6  # neighbours looked at when the budget is used up

Pairs = list[tuple[int, int]]
_LEAVE_OLD, _MATCH, _LEAVE_NEW = range(3)


@dataclass
class Budget:
    """How many pairs may still be weighed in full, for a whole comparison; about a million a second."""

    pairs: int = 500_000

    def take(self, pairs: int) -> bool:
        if pairs > self.pairs:
            return False
        self.pairs -= pairs
        return True


def common(old: Sequence[Hashable], new: Sequence[Hashable]) -> Pairs:
    """Return the index pairs of a longest common subsequence (an approximation for very long ones)."""
    shorter = min(len(old), len(new))
    begin = 0
    while begin < shorter and old[begin] == new[begin]:
        begin += 1
    end = 0
    while end < shorter - begin and old[-1 - end] == new[-1 - end]:
        end += 1
    middle = _common_middle(old[begin : len(old) - end], new[begin : len(new) - end])
    return [
        *((index, index) for index in range(begin)),
        *((i + begin, j + begin) for i, j in middle),
        *((len(old) - index, len(new) - index) for index in range(end, 0, -1)),
    ]


def _common_middle(old: Sequence[Hashable], new: Sequence[Hashable]) -> Pairs:
    if not old or not new:
        return []
    if len(old) * len(new) <= MAX_BITS:
        return _exact(old, new)
    once_old, once_new = Counter(old), Counter(new)
    places = {value: j for j, value in enumerate(new) if once_new[value] == 1}
    candidates = [(i, places[value]) for i, value in enumerate(old) if once_old[value] == 1 and value in places]
    pairs: Pairs = []
    for gap_old, gap_new, anchor in gaps(_rising(candidates), len(old), len(new)):
        if gap_old and gap_new and len(gap_old) * len(gap_new) <= MAX_BITS:
            inner = _exact(old[gap_old.start : gap_old.stop], new[gap_new.start : gap_new.stop])
            pairs += [(i + gap_old.start, j + gap_new.start) for i, j in inner]
        if anchor:
            pairs.append(anchor)
    return pairs


def _exact(old: Sequence[Hashable], new: Sequence[Hashable]) -> Pairs:
    """Hyyrö's bit-parallel algorithm: one row of the table is one integer, and Python's integers are as long as needed.

    A bit that is 0 means that the length of the common subsequence grows at this place of `old`.
    """
    places: dict[Hashable, int] = defaultdict(int)
    for i, value in enumerate(old):
        places[value] |= 1 << i
    everywhere = (1 << len(old)) - 1
    row, rows = everywhere, [everywhere]
    for value in new:
        hits = row & places.get(value, 0)
        row = ((row + hits) | (row - hits)) & everywhere
        rows.append(row)
    pairs: Pairs = []
    i, j = len(old), len(new)
    while i and j:
        if rows[j] >> (i - 1) & 1:
            i -= 1
        elif not rows[j - 1] >> (i - 1) & 1:
            j -= 1
        else:
            i, j = i - 1, j - 1
            pairs.append((i, j))
    return pairs[::-1]


def gaps(pairs: Pairs, len_old: int, len_new: int) -> Iterator[tuple[range, range, tuple[int, int] | None]]:
    """Give what lies before each pair, with the pair; at the end what lies behind the last one, with None."""
    i = j = 0
    for pair in pairs:
        yield range(i, pair[0]), range(j, pair[1]), pair
        i, j = pair[0] + 1, pair[1] + 1
    yield range(i, len_old), range(j, len_new), None


def similar(
    old: Sequence[frozenset[str]],
    new: Sequence[frozenset[str]],
    weigh: Callable[[int, int], float],
    budget: Budget,
) -> Pairs:
    """Return the index pairs of parts that are alike, in the order of both sides.

    `old` and `new` are the words of each part, `weigh(i, j)` is 0 for parts that cannot be the same one, up to 1.
    """
    if not old or not new:
        return []
    if budget.take(len(old) * len(new)):
        return _best(old, new, weigh, len(new))
    pairs: Pairs = []
    for gap_old, gap_new, anchor in gaps(_by_rare_words(old, new, weigh), len(old), len(new)):
        if gap_old and gap_new:
            inner = _best_of_gap(old, new, gap_old, gap_new, weigh, budget)
            pairs += [(i + gap_old.start, j + gap_new.start) for i, j in inner]
        if anchor:
            pairs.append(anchor)
    return pairs


def _best_of_gap(
    old: Sequence[frozenset[str]],
    new: Sequence[frozenset[str]],
    gap_old: range,
    gap_new: range,
    weigh: Callable[[int, int], float],
    budget: Budget,
) -> Pairs:
    band = len(gap_new) if budget.take(len(gap_old) * len(gap_new)) else BAND
    return _best(
        old[gap_old.start : gap_old.stop],
        new[gap_new.start : gap_new.stop],
        lambda i, j: weigh(i + gap_old.start, j + gap_new.start),
        band,
    )


def _best(
    old: Sequence[frozenset[str]], new: Sequence[frozenset[str]], weigh: Callable[[int, int], float], band: int
) -> Pairs:
    """The alignment of the greatest similarity in all, by dynamic programming within a band along the diagonal."""
    slope = len(new) / len(old)
    start, above = 0, [0.0]  # above[x]: the best for the rows so far and the first start + x parts of new
    steps: list[tuple[int, bytearray]] = []
    for i, words in enumerate(old):
        first, last = max(start, int(i * slope) - band), min(len(new), int((i + 1) * slope) + band)
        values = above[first - start :]
        values += [values[-1]] * (last - first + 1 - len(values))  # no match so far to the right: nothing to gain
        row, choices = [values[0]], bytearray()
        for j in range(first, last):
            best, choice = values[j - first + 1], _LEAVE_OLD
            alike = _alike(words, new[j]) * weigh(i, j)
            if alike and values[j - first] + alike > best:
                best, choice = values[j - first] + alike, _MATCH
            if row[-1] > best:
                best, choice = row[-1], _LEAVE_NEW
            row.append(best)
            choices.append(choice)
        start, above = first, row
        steps.append((first, choices))
    return _way_back(steps, len(new))


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of words that both have (Dice), 0 where it is too small to matter."""
    if not one or not other:
        return 0.0
    share = 2 * len(one & other) / (len(one) + len(other))
    return share if share >= ALIKE else 0.0


def _way_back(steps: list[tuple[int, bytearray]], width: int) -> Pairs:
    pairs: Pairs = []
    i, j = len(steps) - 1, width - 1
    while i >= 0 and j >= 0:
        first, choices = steps[i]
        choice = choices[j - first] if first <= j < first + len(choices) else (_LEAVE_NEW, _LEAVE_OLD)[j < first]
        if choice == _MATCH:
            pairs.append((i, j))
        i, j = i - (choice != _LEAVE_NEW), j - (choice != _LEAVE_OLD)
    return pairs[::-1]


def _by_rare_words(
    old: Sequence[frozenset[str]], new: Sequence[frozenset[str]], weigh: Callable[[int, int], float]
) -> Pairs:
    """Anchors for long sequences: parts that share words which hardly any other part has."""
    often_old = Counter(word for words in old for word in words)
    places: dict[str, list[int]] = defaultdict(list)
    for j, words in enumerate(new):
        for word in words:
            if often_old.get(word, RARE + 1) <= RARE:
                places[word].append(j)
    candidates = []
    for i, words in enumerate(old):
        votes = Counter(j for word in words if len(places.get(word, ())) <= RARE for j in places.get(word, ()))
        for j, _count in votes.most_common(1):
            if _alike(words, new[j]) * weigh(i, j) >= SURELY_ALIKE:
                candidates.append((i, j))
    return _rising(candidates)


def _rising(candidates: Pairs) -> Pairs:
    """Return the longest part of `candidates` (rising on the left) that rises on the right, too."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, (_, j) in enumerate(candidates):
        place = bisect_left(tails, j)
        before.append(ends[place - 1] if place else -1)
        if place == len(tails):
            tails.append(j)
            ends.append(index)
        else:
            tails[place], ends[place] = j, index
    chain, index = [], ends[-1] if ends else -1
    while index >= 0:
        chain.append(candidates[index])
        index = before[index]
    return chain[::-1]
