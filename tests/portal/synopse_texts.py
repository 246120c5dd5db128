"""Random texts of the rich-text format and random changes to them, for hypothesis; and what a redline may look like."""

import random

import lxml.html
import tinyhtml5
from hypothesis import strategies as st

from portal.synopse.tree import Node, parse, write
from portal.text import clean
from portal.text.schema import ATTRIBUTES, INLINE, TAGS

WORDS = [
    *("Antrag", "Frist", "nicht", "drei", "Tage", "10", "3.204", "GLF SC", "Übergröße", "ß", "z.B.", "Kund*innen"),
    *("48/50", ".", ",", '"', "'", "„so“", "–", "\u00ad", "x" * 40, "Ende.", "Einfügung:", "data-synopse"),
    *("&lt;script&gt;alert(1)&lt;/script&gt;", "&amp;", "&amp;lt;", "&nbsp;", "&lt;", "&gt;"),
    *("\U0001f469\u200d\U0001f4bb", "\U0001f44d\U0001f3fd", "\U0001f1e9\U0001f1ea", "e\u0323\u0307", "\u200d"),
]
BLANKS = [" ", " ", " ", " ", "\n", "  ", ""]
LINKS = ["/a/", "#b", "https://beispiel.de/?a=1&amp;b=%22", "tel:+49911"]
BOXES = ["hinweis", "achtung", "gespraechsbaustein"]

texts = st.builds(lambda seed: clean(Writer(seed).text()), st.integers(0, 2**32))


@st.composite
def pairs(draw) -> tuple[str, str]:
    """A text, and the same with some changes; seldom two texts that have nothing to do with each other."""
    old, seed = draw(texts), draw(st.integers(0, 2**32))
    if draw(st.integers(0, 9)) == 0:
        return old, draw(texts)
    return old, clean(write(Writer(seed).changed(parse(old))))


soup = st.lists(
    st.one_of(
        st.sampled_from([f"<{tag}>" for tag in sorted(TAGS)] + [f"</{tag}>" for tag in sorted(TAGS)]),
        st.sampled_from([*WORDS, *BLANKS, '<aside data-art="hinweis">', '<a href="/x/">', '<td colspan="2">']),
    ),
    max_size=40,
).map("".join)


class Writer:
    """Writes and changes texts; everything follows from the seed, so hypothesis can find the smallest failure."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)

    def text(self) -> str:
        return self.some(self.block, 0, 6, depth=0)

    def some(self, part, least: int, most: int, **how) -> str:
        between = self.dice.choice(["", "", "\n"])
        parts = [part(**how) for _ in range(self.dice.randint(least, most))]
        return between.join(["", *parts, ""] if self.dice.random() < 0.7 else parts)

    def block(self, depth: int) -> str:
        kinds = ["p", "p", "p", "h2", "h3", "h4"] + (["ul", "ol", "table", "aside"] if depth < 3 else [])
        kind = self.dice.choice(kinds)
        return getattr(self, kind)(depth) if hasattr(self, kind) else f"<{kind}>{self.words()}</{kind}>"

    def words(self, depth: int = 0) -> str:
        pieces = []
        for _ in range(self.dice.randint(1, 7)):
            piece = self.dice.choice(WORDS)
            if depth < 3 and self.dice.random() < 0.2:
                tag = self.dice.choice(["strong", "em", "q", "a", "br"])
                inner = self.words(depth + 1)
                link = f' href="{self.dice.choice(LINKS)}"' if tag == "a" else ""
                piece = "<br>" if tag == "br" else f"<{tag}{link}>{inner}</{tag}>"
            pieces += [piece, self.dice.choice(BLANKS)]
        return "".join(pieces)

    def item(self, depth: int) -> str:
        return f"<li>{self.content(depth)}</li>"

    def content(self, depth: int) -> str:
        """Words, words in a paragraph, or a block with words around it."""
        form = self.dice.randint(0, 4)
        if form == 0:
            return f"<p>{self.words()}</p>"
        before, behind = self.words() if form != 2 else "", self.words() if form == 2 else ""
        return before + (self.block(depth + 1) if form in (1, 2) else "") + behind

    def ul(self, depth: int) -> str:
        return f"<ul>{self.some(self.item, 1, 5, depth=depth + 1)}</ul>"

    def ol(self, depth: int) -> str:
        how = self.dice.choice(["", "", ' start="3"', ' type="a"'])
        return f"<ol{how}>{self.some(self.item, 1, 5, depth=depth + 1)}</ol>"

    def aside(self, depth: int) -> str:
        return f'<aside data-art="{self.dice.choice(BOXES)}">{self.some(self.block, 1, 3, depth=depth + 1)}</aside>'

    def table(self, depth: int) -> str:
        columns = self.dice.randint(1, 4)
        caption = f"<caption>{self.words()}</caption>" if self.dice.random() < 0.5 else ""
        head = f"<thead>{self.row(columns, depth, 'th')}</thead>" if self.dice.random() < 0.5 else ""
        return f"<table>{caption}{head}<tbody>{self.some(self.row, 1, 5, columns=columns, depth=depth)}</tbody></table>"

    def row(self, columns: int, depth: int, tag: str = "td") -> str:
        return f"<tr>{''.join(self.cell(depth, tag) for _ in range(columns))}</tr>"

    def cell(self, depth: int, tag: str) -> str:
        tag = "th" if self.dice.random() < 0.15 else tag
        scope = f' scope="{self.dice.choice(["row", "col"])}"' if tag == "th" and self.dice.random() < 0.5 else ""
        span = self.dice.choice([' colspan="2"', ' rowspan="2"']) if self.dice.random() < 0.04 else ""
        return f"<{tag}{span}{scope}>{self.content(depth) if self.dice.random() < 0.8 else ''}</{tag}>"

    def changed(self, kids: list[Node | str]) -> list[Node | str]:
        out: list[Node | str] = []
        for kid in kids:
            what = self.dice.random()
            if what < 0.08:
                continue
            if isinstance(kid, str):
                out.append(self.changed_words(kid) if what < 0.4 else kid)
                continue
            inner = Node(self.other_tag(kid.tag), self.changed_attrs(kid), self.changed(kid.kids))
            out.append(kid if what > 0.7 else inner)
            if what > 0.96 and kid.tag not in ("caption", "thead"):
                out.append(inner)
        if self.dice.random() < 0.05:
            self.dice.shuffle(out)
        return out

    def changed_words(self, words: str) -> str:
        place = self.dice.choice([index for index, sign in enumerate(words) if sign == " "] or [0])
        return (
            words[:place] + self.dice.choice(["", " ", "\n", " nicht", f" {self.dice.choice(WORDS)} "]) + words[place:]
        )

    def other_tag(self, tag: str) -> str:
        if self.dice.random() > 0.08:
            return tag
        swaps = {
            "p": "h3",
            "h2": "h3",
            "ul": "ol",
            "ol": "ul",
            "td": "th",
            "th": "td",
            "strong": "em",
            "thead": "tbody",
        }
        return swaps.get(tag, tag)

    def changed_attrs(self, node: Node) -> dict[str, str]:
        if self.dice.random() > 0.1:
            return node.attrs
        if node.tag == "a":
            return {"href": self.dice.choice(LINKS)}
        if node.tag == "aside":
            return {"data-art": self.dice.choice(BOXES)}
        return {"ol": {"start": "7"}, "th": {"scope": "col"}, "td": {"colspan": "3"}}.get(node.tag, {})


BLOCKS = {"h2", "h3", "h4", "p", "ul", "ol", "aside", "table"}
PHRASES = INLINE | {"br", "ins", "del", "span"}
INSIDE = {
    "ul": {"li"}, "ol": {"li"}, "table": {"caption", "thead", "tbody"}, "thead": {"tr"}, "tbody": {"tr"},
    "tr": {"th", "td"}, "li": BLOCKS | PHRASES, "td": BLOCKS | PHRASES, "th": BLOCKS | PHRASES,
    "caption": BLOCKS | PHRASES, "aside": BLOCKS, "": BLOCKS, "span": set(), "br": set(),
}  # fmt: skip
EXTRA = {"data-synopse", "data-huelle", "data-alt-leer", "data-neu-leer", "data-alt-scope"}


def faults(kids: list[Node | str], parent: str = "", changed: str = "") -> list[str]:
    """What is not allowed in a redline: a wrong place, unknown markup, a change inside a change."""
    found = []
    allowed = INSIDE.get(parent, PHRASES)
    for kid in kids:
        if isinstance(kid, str):
            if kid.strip() and not allowed & PHRASES and parent != "span":
                found.append(f"words in {parent}: {kid}")
            continue
        if kid.tag not in allowed:
            found.append(f"{kid.tag} in {parent}")
        if kid.tag in ("ins", "del") and changed:
            found.append(f"{kid.tag} in {changed}")
        known = ATTRIBUTES.get(kid.tag, set()) | EXTRA | ({"class"} if kid.tag == "span" else set())
        found += [f"{name} at {kid.tag}" for name in kid.attrs.keys() - known]
        found += faults(kid.kids, kid.tag, kid.tag if kid.tag in ("ins", "del") else changed)
    singles = [kid.tag for kid in kids if isinstance(kid, Node) and kid.tag in ("caption", "thead")]
    return found + [f"{singles} in one table"] * (len(singles) != len(set(singles)))


def tree_of(html: str, parser: str) -> list:
    """The tree that a parser sees: nested lists of tag, attributes and words."""
    page = f"<!DOCTYPE html><html><head></head><body>{html}</body></html>"
    if parser == "lxml":
        return _listed(lxml.html.document_fromstring(page.encode(), parser=lxml.html.HTMLParser(encoding="utf-8")).body)
    return _listed(tinyhtml5.parse(page, namespace_html_elements=False).find("body"))


def _listed(element) -> list:
    listed = [element.tag, dict(element.attrib), element.text or ""]
    for kid in element:
        listed += [_listed(kid), kid.tail or ""]
    return listed
