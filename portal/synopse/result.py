"""The result of a comparison: as one redline, as rows side by side, or only what changed with its headings."""

import html as entities
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from portal.synopse.blocks import Step, compare_items
from portal.synopse.marks import ALT, NEU, Art
from portal.synopse.matching import Budget
from portal.synopse.showing import is_changed, shortened, shown, shown_redline
from portal.synopse.tree import Node, parse, split, text_of, write
from portal.text import clean


@dataclass(frozen=True)
class Zeile:
    """One block of each text (a paragraph, a box, a list, a table), safe HTML; the missing side is empty."""

    art: Art
    alt: str
    neu: str
    bloecke: int = 1  # how many blocks, in a stretch of unchanged ones
    verschoben: bool = False  # gone here and new elsewhere, word for word the same

    @property
    def geaendert(self) -> bool:
        return self.art != Art.UNVERAENDERT


@dataclass
class Abschnitt:
    """Rows under the same headings; `pfad` are these headings as plain words, the highest first."""

    pfad: tuple[str, ...]
    zeilen: list[Zeile] = field(default_factory=list)


class Synopse:
    """Two texts compared. Everything that is HTML here is safe to print without escaping."""

    def __init__(self, steps: list[Step]) -> None:
        self._steps = steps
        gone = Counter(step.old.key for step in steps if step.old and not step.new)
        new = Counter(step.new.key for step in steps if step.new and not step.old)
        self._moved = gone.keys() & new.keys()

    @cached_property
    def html(self) -> str:
        """The redline from which `old_text` and `new_text` rebuild both sides."""
        return write([node for step in self._steps for node in step.redline])

    @cached_property
    def anzeige(self) -> str:
        """The redline for output: boxes with their names, header cells with their scope."""
        return shown_redline([node for step in self._steps for node in step.redline])

    @property
    def geaendert(self) -> bool:
        """Whether anything that is printed differs."""
        return self.anzahl > 0

    @cached_property
    def anzahl(self) -> int:
        """The number of changed passages, each of them one row."""
        return sum(_art(step) != Art.UNVERAENDERT for step in self._steps)

    @cached_property
    def rows(self) -> tuple[Zeile, ...]:
        """All blocks of both texts, side by side."""
        return tuple(self._row(step, step.redline) for step in self._steps)

    @cached_property
    def abschnitte(self) -> tuple[Abschnitt, ...]:
        """Changed passages under their headings, with what stayed in between as stretches of unchanged blocks."""
        return tuple(self._sections())

    @cached_property
    def nur_geaendertes(self) -> tuple[Abschnitt, ...]:
        """Changed passages under their headings; long lists and tables without the items that stayed."""
        changed = (
            Abschnitt(section.pfad, [row for row in section.zeilen if row.geaendert]) for section in self._sections()
        )
        return tuple(section for section in changed if section.zeilen)

    def _sections(self) -> Iterator[Abschnitt]:
        path: list[tuple[int, str]] = []
        section, below = Abschnitt(()), ()
        unchanged: list[Node] = []
        for step in self._steps:
            changed = _art(step) != Art.UNVERAENDERT
            before, path = path, _path_behind(path, step)
            if not changed:
                unchanged += step.redline
                continue
            if unchanged:
                section.zeilen.append(_stretch(unchanged))
                unchanged = []
            # A changed heading is a passage itself; what follows beneath it stays in its section.
            here = tuple(words for _, words in (path[:-1] if path is not before else path))
            if here != below:
                if section.zeilen:
                    yield section
                section = Abschnitt(here)
            below = tuple(words for _, words in path)
            section.zeilen.append(self._row(step, tuple(map(shortened, step.redline))))
        if unchanged:
            section.zeilen.append(_stretch(unchanged))
        if section.zeilen:
            yield section

    def _row(self, step: Step, redline: tuple[Node, ...]) -> Zeile:
        art = _art(step)
        alone = step.old or step.new
        return Zeile(
            art,
            alt=shown(redline, ALT, marks=art == Art.GEAENDERT) if step.old else "",
            neu=shown(redline, NEU, marks=art == Art.GEAENDERT) if step.new else "",
            verschoben=art in (Art.NEU, Art.ENTFALLEN) and alone is not None and alone.key in self._moved,
        )


def _art(step: Step) -> Art:
    if not step.old:
        return Art.NEU
    if not step.new:
        return Art.ENTFALLEN
    return Art.GEAENDERT if is_changed(step.redline) else Art.UNVERAENDERT


def _path_behind(path: list[tuple[int, str]], step: Step) -> list[tuple[int, str]]:
    """Return level and words of the headings above what follows; the same object where the step is no heading."""
    block = step.new or step.old
    if block is None or block.tag not in ("h2", "h3", "h4"):
        return path
    level = int(block.tag[1])
    words = " ".join(entities.unescape(text_of(block.kids)).split())
    return [*(above for above in path if above[0] < level), (level, words)]


def _stretch(unchanged: list[Node]) -> Zeile:
    html = shown(unchanged, NEU, marks=False)
    return Zeile(Art.UNVERAENDERT, alt=html, neu=html, bloecke=len(unchanged))


def compare(old: str, new: str) -> Synopse:
    """Return what changed between two rich texts; either may be empty.

    Both are cleaned once more (this changes nothing in a cleaned text), so that what comes out is safe whatever came
    in. Raises TextRefused for a text that `portal.text.clean` refuses.
    """
    old_items, _ = split(parse(clean(old)))
    new_items, _ = split(parse(clean(new)))
    return Synopse(compare_items(old_items, new_items, Budget()))
