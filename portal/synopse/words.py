"""Word diff of the words in a paragraph, an item or a cell. Inline elements are parts of the sequence, like words.

An element that stays (the same link, the same emphasis) is compared inside; one that comes, goes or changes is
deleted and inserted as a whole, so the redline is always well nested.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from portal.synopse.marks import GONE, NEW, layout, marked
from portal.synopse.matching import Pairs, common, gaps
from portal.synopse.tree import Node, printed, text_of

SMALL = 4  # letters of a word that alone does not hold a sentence together between two changes
KEPT_SHARE = 0.3  # of the letters: with less in common, a sentence is shown as replaced
PHRASE = 3  # words and signs in a row that stay visible even in a sentence mostly replaced
LOOK_AHEAD = 12  # inline elements of the other side among which the same one is looked for

# A sign with what belongs to it (accents, skin tones, joined emoji, flags) is never cut.
_JOINED = "(?:[\u0300-\u036f\u1ab0-\u1aff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\U0001f3fb-\U0001f3ff]|\u200d[^&\\s])"
_WORD = rf"\w(?:\w|{_JOINED}|[-.,:/*'’\u00ad](?=\w))*"
_TOKENS = re.compile(
    rf"(?P<blank>[ \t\n\f\r]+)|&[a-z0-9#]+;|[\U0001f1e6-\U0001f1ff]{{2}}|{_WORD}|.{_JOINED}*", re.DOTALL
)


@dataclass(frozen=True)
class Token:
    """A word, a sign or an inline element, with the blanks before it."""

    lead: str
    body: "Node | str"
    spaced: bool  # whether a blank before it is printed

    @property
    def key(self) -> tuple:
        return (self.spaced, self.body if isinstance(self.body, str) else hash(printed([self.body])))

    @property
    def weight(self) -> int:
        """Letters and digits; none in an escaped sign."""
        words = self.body if isinstance(self.body, str) else text_of([self.body])
        return 0 if words.startswith("&") else sum(map(str.isalnum, words))


def diff_words(old: Sequence[Node | str], new: Sequence[Node | str]) -> list[Node | str]:
    """Return the redline of two runs. Blanks at both ends count as layout."""
    old_tokens, old_tail = _tokens(old)
    new_tokens, new_tail = _tokens(new)
    keys = [token.key for token in old_tokens], [token.key for token in new_tokens]
    pairs = _with_elements(common(*keys), old_tokens, new_tokens)
    redline = _Redline()
    for gap_old, gap_new, pair in gaps(_readable(pairs, old_tokens, new_tokens), len(old_tokens), len(new_tokens)):
        redline.change(old_tokens[gap_old.start : gap_old.stop], new_tokens[gap_new.start : gap_new.stop])
        if pair:
            redline.keep(old_tokens[pair[0]], new_tokens[pair[1]])
    redline.end(old_tail, new_tail)
    return redline.kids


def _tokens(kids: Sequence[Node | str]) -> tuple[list[Token], str]:
    """Return the tokens, and the blanks behind the last one."""
    tokens: list[Token] = []
    lead, at_start = "", True
    for kid in kids:
        bodies = [kid] if isinstance(kid, Node) else _TOKENS.finditer(kid)
        for body in bodies:
            if not isinstance(body, Node):
                if body["blank"]:
                    lead += body[0]
                    continue
                body = body[0]
            tokens.append(Token(lead, body, bool(lead) or at_start))
            lead, at_start = "", isinstance(body, Node) and body.tag == "br"
    return tokens, lead


def _with_elements(pairs: Pairs, old: Sequence[Token], new: Sequence[Token]) -> Pairs:
    """Add pairs of inline elements that stay and only have other words."""
    found: Pairs = []
    for gap_old, gap_new, pair in gaps(pairs, len(old), len(new)):
        theirs = [j for j in gap_new if isinstance(new[j].body, Node)]
        for i in gap_old:
            if isinstance(old[i].body, Node):
                for place, j in enumerate(theirs[:LOOK_AHEAD]):
                    if _same_element(old[i], new[j]):
                        found.append((i, j))
                        del theirs[: place + 1]
                        break
        if pair:
            found.append(pair)
    return found


def _same_element(old: Token, new: Token) -> bool:
    one, other = old.body, new.body
    if one.tag != other.tag or one.attrs != other.attrs or old.spaced != new.spaced or one.tag == "br":
        return False
    if _edges(one) != _edges(other):
        return False
    return one.tag == "q" or bool(one.words & other.words)


def _edges(node: Node) -> tuple[bool, bool]:
    """Whether an inline element begins and ends with a blank, which is printed there."""
    tokens, tail = _tokens(node.kids)
    return bool(tokens and tokens[0].lead), bool(tail)


def _readable(pairs: Pairs, old: Sequence[Token], new: Sequence[Token]) -> Pairs:
    """Return the pairs without those that only chop up a change: lone words and signs that both sides happen to have.

    Elements always stay, because they are compared inside.
    """
    weigh_old, weigh_new = _weigher(old), _weigher(new)
    kept: list[Pairs] = []
    stretches = _stretches(pairs)
    if not stretches:
        return []
    for stretch, following in zip(stretches, [*stretches[1:], [(len(old), len(new))]], strict=True):
        (first_old, first_new), (last_old, last_new) = stretch[0], stretch[-1]
        end_old, end_new = kept[-1][-1] if kept else (-1, -1)
        before = max(weigh_old(end_old + 1, first_old), weigh_new(end_new + 1, first_new))
        after = max(weigh_old(last_old + 1, following[0][0]), weigh_new(last_new + 1, following[0][1]))
        own = weigh_old(first_old, last_old + 1)
        at_edge = stretch[0] == (0, 0) or stretch[-1] == (len(old) - 1, len(new) - 1)
        if at_edge or own > min(before, after, max(SMALL, min(before, after) // 3)) or _holds_element(stretch, old):
            kept.append(stretch)
    if len(kept) > 1 and _share(kept, old, new) < KEPT_SHARE:
        kept = [stretch for stretch in kept if len(stretch) >= PHRASE or _holds_element(stretch, old)]
    return [pair for stretch in kept for pair in stretch]


def _weigher(tokens: Sequence[Token]) -> Callable[[int, int], int]:
    sums = [0, *accumulate(token.weight for token in tokens)]
    return lambda begin, end: sums[end] - sums[begin]


def _stretches(pairs: Pairs) -> list[Pairs]:
    """Return the pairs in stretches without a change inside."""
    stretches: list[Pairs] = []
    for i, j in pairs:
        if stretches and stretches[-1][-1] == (i - 1, j - 1):
            stretches[-1].append((i, j))
        else:
            stretches.append([(i, j)])
    return stretches


def _holds_element(stretch: Pairs, old: Sequence[Token]) -> bool:
    return any(isinstance(old[i].body, Node) and old[i].body.tag != "br" for i, _ in stretch)


def _share(kept: list[Pairs], old: Sequence[Token], new: Sequence[Token]) -> float:
    letters = sum(old[i].weight for stretch in kept for i, _ in stretch)
    return letters / max(1, sum(token.weight for token in old), sum(token.weight for token in new))


class _Redline:
    """Collects the kids; a change waits until it is known which blanks before the next word belong to it."""

    def __init__(self) -> None:
        self.kids: list[Node | str] = []
        self._gone: list[Token] = []
        self._new: list[Token] = []

    def change(self, gone: Sequence[Token], new: Sequence[Token]) -> None:
        self._gone, self._new = list(gone), list(new)

    def keep(self, old: Token, new: Token) -> None:
        self._blanks(old.lead, new.lead)
        if isinstance(old.body, Node) and isinstance(new.body, Node) and old.body.source != new.body.source:
            self.kids.append(new.body.with_kids(diff_words(old.body.kids, new.body.kids)))
        else:
            self.kids.append(new.body)

    def end(self, old_tail: str, new_tail: str) -> None:
        self._blanks(old_tail, new_tail)

    def _blanks(self, old: str, new: str) -> None:
        """Write the waiting change and the blanks behind it."""
        if old == new and self._one_sided_lead() == old != "":
            # "a[ b] c" and "a [b ]c" are the same; in the second form the sign stands at the word.
            self.kids.append(old)
            self._write_change(old, old, without_lead=True)
            return
        # A blank that only one side has belongs to its change.
        own_old = old if old and not new and self._gone else ""
        own_new = new if new and not old and self._new else ""
        self._write_change(own_old, own_new)
        old, new = old.removeprefix(own_old), new.removeprefix(own_new)
        if old == new:
            self.kids += [new] if new else []
        else:
            self.kids.append(layout(old, new))

    def _one_sided_lead(self) -> str | None:
        if bool(self._gone) == bool(self._new):
            return None
        return (self._gone or self._new)[0].lead

    def _write_change(self, behind_gone: str, behind_new: str, *, without_lead: bool = False) -> None:
        gone, new = self._gone, self._new
        if gone and new and gone[0].lead == new[0].lead != "":
            self.kids.append(gone[0].lead)
            without_lead = True
        for tokens, behind, kind in ((gone, behind_gone, GONE), (new, behind_new, NEW)):
            if tokens:
                inner = [part for token in tokens for part in (token.lead, token.body) if part]
                self.kids.append(marked([*inner[without_lead:], *([behind] if behind else [])], kind))
        self._gone, self._new = [], []
