"""Word documents written by hand: the least that Word opens, in memory."""

import struct
import zipfile
import zlib
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
MAIN = f"{WORD}.document.main+xml"
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"

# Styles as the German Word writes them: the ids are translated, the names of its own styles are not.
PARAGRAPH_STYLES = {
    "Standard": "Normal",
    "Titel": "Title",
    "berschrift1": "heading 1",
    "berschrift2": "heading 2",
    "berschrift3": "heading 3",
    "berschrift4": "heading 4",
    "Listenabsatz": "List Paragraph",
    "Listennummer": "List Number",
    "Listennummer2": "List Number 2",
    "Aufzhlungszeichen": "List Bullet",
    "Aufzhlungszeichen2": "List Bullet 2",
    "Verzeichnis1": "toc 1",
    "Hinweis": "Hinweis",
    "Achtung": "Achtung",
    "Gesprchsbaustein": "Gesprächsbaustein",
    "Randnotiz": "Randnotiz",
}
CHARACTER_STYLES = {"ZitatWortlaut": "Zitat Wortlaut", "Fett": "Strong", "Link": "Hyperlink", "Marker": "Marker"}


def p(*content: str, style: str = "", num: tuple[int, int] | None = None, properties: str = "") -> str:
    """A paragraph of runs (or plain words); `num`: number of the list and level from 0."""
    inside = f'<w:pStyle w:val="{style}"/>' if style else ""
    if num:
        inside += f'<w:numPr><w:ilvl w:val="{num[1]}"/><w:numId w:val="{num[0]}"/></w:numPr>'
    return f"<w:p><w:pPr>{inside}{properties}</w:pPr>{''.join(map(as_run, content))}</w:p>"


def as_run(content: str) -> str:
    return content if content.startswith("<") else r(content)


def r(words: str, properties: str = "") -> str:
    """A run; `properties` like "<w:b/>"."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def link(identity: str, words: str) -> str:
    return f'<w:hyperlink r:id="{identity}">{r(words, "<w:rStyle w:val=" + quoteattr("Link") + "/>")}</w:hyperlink>'


def field(instruction: str, words: str) -> str:
    def char(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    instructed = f"<w:r><w:instrText>{escape(instruction)}</w:instrText></w:r>"
    return char("begin") + instructed + char("separate") + r(words) + char("end")


def row(*cells: str, header: bool = False, properties: str = "") -> str:
    inside = "".join(cell if cell.startswith("<w:tc>") else tc(cell) for cell in cells)
    return f"<w:tr><w:trPr>{'<w:tblHeader/>' * header}{properties}</w:trPr>{inside}</w:tr>"


def tc(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content if content.startswith('<') else p(content)}</w:tc>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def picture(identity: str = "rIdBild", attribute: str = "embed") -> str:
    return (
        '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Bild" descr="Ein Foto"/><a:graphic><a:graphicData>'
        f'<pic:pic><pic:blipFill><a:blip r:{attribute}="{identity}"/></pic:blipFill></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def text_box(words: str) -> str:
    inside = f"<w:txbxContent>{p(words)}</w:txbxContent>"
    return (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp>"
        f"<wps:txbx>{inside}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{inside}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def level(number: int, kind: str = "decimal", text: str = "", style: str = "", start: int = 1) -> str:
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    text = text or ("•" if kind == "bullet" else f"%{number + 1}.")
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>{styled}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


# 1 and 3: numbers, letters, Roman numbers with one set of counters, 3 starts anew; 2: bullets; 4: 1, 1.1;
# 5 and 6: what "List Number 2" and "List Bullet 2" bring along: a list of one level.
ABSTRACT = {
    1: level(0) + level(1, "lowerLetter", "%2)") + level(2, "lowerRoman"),
    2: level(0, "bullet") + level(1, "bullet") + level(2, "bullet"),
    4: level(0) + level(1, text="%1.%2."),
    5: level(0, style="Listennummer2"),
    6: level(0, "bullet", style="Aufzhlungszeichen2"),
}
NUMS = {1: (1, ""), 2: (2, ""), 4: (4, ""), 5: (5, ""), 6: (6, "")} | {
    3: (1, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>')
}


def numbering() -> str:
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{key}">{inside}</w:abstractNum>' for key, inside in ABSTRACT.items()
    )
    nums = "".join(
        f'<w:num w:numId="{key}"><w:abstractNumId w:val="{of}"/>{more}</w:num>' for key, (of, more) in NUMS.items()
    )
    return f"<w:numbering {NAMESPACES}>{abstract}{nums}</w:numbering>"


def styles(more: str = "") -> str:
    listed = {"Listennummer2": 5, "Aufzhlungszeichen2": 6}
    inside = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>'
        + (f'<w:pPr><w:numPr><w:numId w:val="{listed[key]}"/></w:numPr></w:pPr>' if key in listed else "")
        + "</w:style>"
        for key, name in PARAGRAPH_STYLES.items()
    )
    inside += "".join(
        f'<w:style w:type="character" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in CHARACTER_STYLES.items()
    )
    return f"<w:styles {NAMESPACES}>{inside}{more}</w:styles>"


def document(*blocks: str) -> str:
    return f"<w:document {NAMESPACES}><w:body>{''.join(blocks)}<w:sectPr/></w:body></w:document>"


def part(name: str, inside: str) -> str:
    """A part beside the document: footnotes, header …"""
    return f"<w:{name} {NAMESPACES}>{inside}</w:{name}>"


def relationships(*entries: tuple[str, str, str]) -> str:
    """Relationships of (id, last word of the type, target); targets with a colon lie outside."""
    inside = "".join(
        f'<Relationship Id="{key}" Type="{R}/{kind}" Target={quoteattr(target)}'
        + (' TargetMode="External"/>' if ":" in target or target.startswith("\\\\") else "/>")
        for key, kind, target in entries
    )
    return f'<Relationships xmlns="{RELATIONSHIPS}">{inside}</Relationships>'


def content_types(main: str = MAIN) -> str:
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
    )


def parts(*blocks: str, links: dict[str, str] | None = None, more: dict[str, str | bytes] | None = None) -> dict:
    """The parts of a document by name. `links`: id → address. `more`: further parts, or others under the same name."""
    beside = {"styles": "styles.xml", "numbering": "numbering.xml"}
    beside |= {name.rstrip("0123456789"): f"{name}.xml" for name in ("footnotes", "endnotes", "comments")}
    entries = [(f"rId{kind}", kind, target) for kind, target in beside.items()]
    entries += [(f"rId{name}", name.removesuffix(".xml").rstrip("0123456789"), name)
                for name in ("header1.xml", "footer1.xml")]  # fmt: skip
    entries += [("rIdBild", "image", "media/image1.png")]
    entries += [(identity, "hyperlink", address) for identity, address in (links or {}).items()]
    return {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relationships(("rId1", "officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": relationships(*entries),
        "word/document.xml": document(*blocks),
        "word/styles.xml": styles(),
        "word/numbering.xml": numbering(),
    } | (more or {})


def packed(parts: dict[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", compression) as zip_file:
        for name, content in parts.items():
            zip_file.writestr(zipfile.ZipInfo(name) if compression == zipfile.ZIP_STORED else name, content)
    return file.getvalue()


def docx(*blocks: str, **options) -> bytes:
    """A whole document of paragraphs and tables; `options` as in `parts`."""
    return packed(parts(*blocks, **options))


def record(name: bytes, content: bytes) -> bytes:
    """An entry as it stands in the file: header and content, stored."""
    sizes = (zlib.crc32(content), len(content), len(content), len(name), 0)
    return struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 0, 0, 0, *sizes) + name + content


def quoting(data: bytes, name: bytes, content: bytes) -> bytes:
    """A document with two more entries, of which one lies inside the other: each for itself is right."""
    inner = record(name, content)
    place = data.rindex(b"PK\5\6")
    size, start = struct.unpack_from("<2L", data, place + 12)
    body, directory = data[:start], data[start : start + size]
    outer_name = b"word/aussen.bin"
    for entry, what, offset in (
        (outer_name, inner, len(body)),
        (name, content, len(body) + len(record(outer_name, inner)) - len(inner)),
    ):
        sizes = (zlib.crc32(what), len(what), len(what), len(entry), 0, 0, 0, 0, 0, offset)
        directory += struct.pack("<4s6H3L5H2L", b"PK\1\2", 20, 20, 0, 0, 0, 0, *sizes) + entry
    body += record(outer_name, inner)
    number = struct.unpack_from("<H", data, place + 10)[0] + 2
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, number, number, len(directory), len(body), 0)
    return body + directory + end


def overlapping(copies: int, size: int) -> bytes:
    """A file whose directory names one packed piece many times ("better zip bomb", without nesting)."""
    inflated = bytes(size)
    deflate = zlib.compressobj(9, wbits=-15)
    piece = deflate.compress(inflated) + deflate.flush()
    crc = zlib.crc32(inflated)
    names = [b"[Content_Types].xml", *(b"word/%06d.xml" % number for number in range(copies - 1))]
    name = names[0]
    body = struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, 8, 0, 0, crc, len(piece), size, len(name), 0) + name + piece
    directory = b"".join(
        struct.pack("<4s6H3L5H2L", b"PK\1\2", 20, 20, 0, 8, 0, 0, crc, len(piece), size, len(name), 0, 0, 0, 0, 0, 0)
        + name
        for name in names
    )
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, copies, copies, len(directory), len(body), 0)
    return body + directory + end
