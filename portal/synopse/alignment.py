"""Which blocks, items and rows of two texts face each other."""

from collections.abc import Sequence

from portal.synopse.matching import Budget, common, gaps, similar
from portal.synopse.tree import RUN, Node, visible_attrs

OTHER_FORM = 0.8  # how much a part of another kind (a paragraph made a heading) counts against one of the same kind
# Where a few such parts stand in the place of as many others, they are the same ones, rewritten, even without a word
# in common.
REWRITTEN = {"p", "h2", "h3", "h4", "li", "aside", RUN, "td", "th"}
FEW = 3

Facing = list[tuple[Node | None, Node | None]]


def align(old: Sequence[Node], new: Sequence[Node], budget: Budget) -> Facing:
    """Return both sides in order, what belongs together in pairs; in between gone ones stand before new ones."""
    facing: Facing = []
    pairs = common([item.key for item in old], [item.key for item in new])
    for gap_old, gap_new, pair in gaps(pairs, len(old), len(new)):
        facing += _align_gap(old[gap_old.start : gap_old.stop], new[gap_new.start : gap_new.stop], budget)
        if pair:
            facing.append((old[pair[0]], new[pair[1]]))
    return facing


def _align_gap(old: Sequence[Node], new: Sequence[Node], budget: Budget) -> Facing:
    def weigh(i: int, j: int) -> float:
        return 1.0 if same_kind(old[i], new[j]) else OTHER_FORM

    facing: Facing = []
    pairs = similar([item.words for item in old], [item.words for item in new], weigh, budget)
    for gap_old, gap_new, pair in gaps(pairs, len(old), len(new)):
        gone, come = old[gap_old.start : gap_old.stop], new[gap_new.start : gap_new.stop]
        if _rewritten(gone, come):
            facing += zip(gone, come, strict=True)
        else:
            facing += [(item, None) for item in gone]
            facing += [(None, item) for item in come]
        if pair:
            facing.append((old[pair[0]], new[pair[1]]))
    return facing


def _rewritten(gone: Sequence[Node], come: Sequence[Node]) -> bool:
    if len(gone) != len(come) or len(gone) > FEW:
        return False
    return all(one.tag in REWRITTEN and same_kind(one, other) for one, other in zip(gone, come, strict=True))


def same_kind(old: Node, new: Node) -> bool:
    """Whether the element may stay and only its content changes. Words with and without a paragraph are the same."""
    if {old.tag, new.tag} <= {RUN, "p"}:
        return True
    return old.tag == new.tag and visible_attrs(old) == visible_attrs(new)
