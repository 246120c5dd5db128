"""Reads a PDF back for tests: structure tree, text of each tag, artifacts, links. Needs pikepdf (development only)."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf


@dataclass
class Tag:
    """A structure element: its type, the words directly below it, its children and its PDF dictionary."""

    name: str
    words: str = ""
    children: list["Tag"] = field(default_factory=list)
    source: pikepdf.Object | None = None
    document: pikepdf.Pdf | None = None  # pikepdf forgets `source` with the last reference to its document

    def __iter__(self) -> Iterator["Tag"]:
        yield self
        for child in self.children:
            yield from child

    def find(self, *names: str) -> list["Tag"]:
        """Return all elements of these types below this one, in reading order."""
        return [tag for tag in self if tag.name in names]

    def text(self) -> str:
        """Return the words of this element and everything below it."""
        return re.sub(r"[ \n]+", " ", " ".join(tag.words for tag in self)).strip()  # no-break spaces stay


class ReadPdf:
    """A PDF file with its pages taken apart."""

    def __init__(self, data: bytes) -> None:
        self.pdf = pikepdf.open(io.BytesIO(data))
        self.artifacts: list[tuple[str, str]] = []  # subtype ("" where none is given), words
        self.unmarked: list[str] = []  # painting operators outside of any mark
        self._words: dict[tuple[int, int], str] = {}
        self._page_numbers = {page.obj.objgen: number for number, page in enumerate(self.pdf.pages)}
        for number, page in enumerate(self.pdf.pages):
            self._read_page(number, page)
        self.used: set[tuple[int, int]] = set()
        self.tree = self._element(self.pdf.Root.StructTreeRoot.K[0], 0)

    @property
    def untagged_words(self) -> list[str]:
        """Words with a content number that no structure element reaches."""
        return [words for key, words in self._words.items() if key not in self.used]

    def links(self) -> list[tuple[str, str]]:
        """Return (Contents, address or name of the target) of every link annotation."""
        found = []
        for page in self.pdf.pages:
            for annotation in page.get("/Annots", []):
                target = annotation.A.URI if "/A" in annotation else annotation.Dest
                found.append((str(annotation.get("/Contents", "")), str(target)))
        return found

    def outline(self) -> list[str]:
        """Return the titles of all bookmarks, in order."""
        with self.pdf.open_outline() as outline:
            titles, stack = [], list(reversed(outline.root))
            while stack:
                item = stack.pop()
                titles.append(item.title)
                stack.extend(reversed(item.children))
        return titles

    def fonts(self) -> dict[str, bool]:
        """Return base font → is its file embedded?"""
        found = {}
        for item in self.pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/FontDescriptor":
                found[str(item.FontName).split("+")[-1]] = any(key.startswith("/FontFile") for key in item)
        return found

    def _element(self, element: pikepdf.Object, page: int) -> Tag:
        tag = Tag(str(element.S)[1:], source=element, document=self.pdf)
        if "/Pg" in element:
            page = self._page_numbers[element.Pg.objgen]
        for kid in element.get("/K", []):
            if isinstance(kid, int):
                self.used.add((page, kid))
                tag.words += " " + self._words[page, kid]
            elif "/S" in kid:
                tag.children.append(self._element(kid, page))
        return tag

    def _read_page(self, number: int, page: pikepdf.Page) -> None:
        fonts = {name: _unicode_map(font) for name, font in page.Resources.get("/Font", {}).items()}
        marks: list[tuple[str, int | str | None]] = []
        font: dict[int, str] = {}
        for operands, operator in pikepdf.parse_content_stream(page):
            name = str(operator)
            if name in ("BDC", "BMC"):
                properties = operands[1] if len(operands) > 1 else {}
                kind = str(operands[0])
                detail = str(properties.get("/Subtype", ""))[1:] if kind == "/Artifact" else properties.get("/MCID")
                marks.append((kind, detail))
                if kind == "/Artifact":
                    self.artifacts.append((detail, ""))
                elif detail is not None:
                    self._words[number, detail] = ""
            elif name == "EMC":
                marks.pop()
            elif name == "Tf":
                font = fonts[str(operands[0])]
            elif name in ("Tj", "TJ"):
                self._put(number, marks, _decode(operands[0], font))
            elif name in ("f", "f*", "S", "s", "B", "B*", "b", "b*", "sh", "Do") and not marks:
                self.unmarked.append(name)

    def _put(self, page: int, marks: list, words: str) -> None:
        if not marks:
            self.unmarked.append(words)
        elif marks[-1][0] == "/Artifact":
            subtype, before = self.artifacts[-1]
            self.artifacts[-1] = (subtype, before + words)
        else:
            self._words[page, marks[-1][1]] += words


def _unicode_map(font: pikepdf.Object) -> dict[int, str]:
    text = font.ToUnicode.read_bytes().decode("latin-1")
    pairs = re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", text)
    return {int(code, 16): bytes.fromhex(value).decode("utf-16-be") for code, value in pairs if len(value) % 4 == 0}


def _decode(operand: pikepdf.Object, font: dict[int, str]) -> str:
    pieces = operand if isinstance(operand, pikepdf.Array) else [operand]
    codes = b"".join(bytes(piece) for piece in pieces if isinstance(piece, pikepdf.String))
    return "".join(font.get(int.from_bytes(codes[i : i + 2], "big"), "?") for i in range(0, len(codes), 2))
