"""Files that are no Word document, or one that means harm: refused within a second with one German sentence."""

import contextlib
import random
import re
import resource
import stat
import struct
import threading
import time
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from portal import docx as docx_module
from portal.docx import DocxRefused, read_docx
from portal.docx.container import unpack
from portal.limited import Limits
from tests.portal.docx_samples import (
    MAIN,
    NAMESPACES,
    content_types,
    document,
    docx,
    overlapping,
    p,
    packed,
    parts,
    quoting,
    row,
    tbl,
)

GOOD = docx(p("Guten Tag."))
NO_WORD = "kein Word-Dokument"
DAMAGED = "beschädigt oder unvollständig"
DTD = "XML-Definitionen"


def refusal(data: bytes, seconds: float = 1.0) -> str:
    """Return the sentence of the refusal, which may take so many seconds of the processor, in server and child."""
    begin, used = time.perf_counter(), processor_seconds()
    with pytest.raises(DocxRefused) as refused:
        read_docx(data)
    assert processor_seconds() - used < seconds
    assert time.perf_counter() - begin < 5 * seconds  # other processes may keep the machine busy
    sentence = str(refused.value)
    assert re.fullmatch(r"[A-ZÄÖÜ][^\n]*\.", sentence)
    return sentence


def processor_seconds() -> float:
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def with_part(name: str, content: str | bytes) -> bytes:
    return docx(p("a"), more={name: content})


def zipped(*entries: tuple[zipfile.ZipInfo | str, bytes]) -> bytes:
    """A good document and further entries as they are given."""
    file = BytesIO(GOOD)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as zip_file:
        for entry, content in entries:
            zip_file.writestr(entry, content)
    return file.getvalue()


def named(name: str, mode: int = 0) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo("x")
    entry.filename = name  # past the tidying of the constructor
    entry.create_system, entry.external_attr = 3, mode << 16
    return entry


# Files that are something else


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "Die Datei ist leer"),
        (bytes(5000), "Die Datei ist leer"),
        (b"Nur Text", NO_WORD),
        (b"\xef\xbb\xbf<html><body>Text</body></html>", NO_WORD),
        (b"{\\rtf1 Text}", NO_WORD),
        (b"MZ" + bytes(range(256)) * 40, NO_WORD),
        (b"MZ" + bytes(510) + GOOD, NO_WORD),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), NO_WORD),
        (b"%PDF-1.7\n1 0 obj", "Das ist eine PDF-Datei"),
        (b"\n%PDF-1.7\n", "Das ist eine PDF-Datei"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000), "Bitte als .docx speichern"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "mit einem Kennwort geschützt"),
        (packed({"a.txt": "b"}), NO_WORD),
        (packed({"[Content_Types].xml": content_types()}), NO_WORD),
        (packed({"[Content_Types].xml": content_types(), "xl/workbook.xml": "<workbook/>"}), NO_WORD),
        (packed({"word/document.xml": document(p("a"))}), NO_WORD),
        (packed({"mimetype": "x", "META-INF/manifest.xml": "<m/>", "content.xml": "<c/>"}), "OpenDocument"),
        (with_part("word/document.xml", "<html><body/></html>"), NO_WORD),
        (with_part("word/document.xml", f"<w:document {NAMESPACES}/>"), NO_WORD),
        (docx(), "enthält keinen Text"),
        (docx(p(" "), tbl(row(""))), "enthält keinen Text"),
    ],
)
def test_file_of_another_kind_is_refused(data, words):
    assert words in refusal(data)


def test_upload_of_50_megabytes_is_refused_without_looking_inside():
    assert "mit 50 MB zu groß" in refusal(GOOD + bytes(50_000_000), seconds=0.1)
    assert "zu groß" in refusal(bytes(50_000_000), seconds=0.1)


# Broken files


@pytest.mark.parametrize("kept", [4, 30, 100, 0.3, 0.7, 0.95, len(GOOD) - 22, len(GOOD) - 1])
def test_truncated_file_is_refused(kept):
    length = int(len(GOOD) * kept) if isinstance(kept, float) else kept
    assert DAMAGED in refusal(GOOD[:length])


def test_random_damage_is_refused_or_harmless():
    """Bytes turned at random: a refusal with a sentence, or the parts as they were written."""
    chance, written = random.Random(3), unpack(GOOD)
    for _ in range(2000):
        data = bytearray(GOOD)
        for _ in range(chance.randint(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        with contextlib.suppress(DocxRefused):
            read = unpack(bytes(data))
            assert set(read.values()) <= set(written.values())


@pytest.mark.parametrize(
    "content",
    ["", "<", "<a><b></a>", document(p("a"))[:-5], b"\xff\xfe\x00", "<?xml version='1.0' encoding='klingon'?><a/>"],
)
@pytest.mark.parametrize("name", ["word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels"])
def test_broken_xml_is_refused(name, content):
    assert DAMAGED in refusal(with_part(name, content))


# Bombs


def test_flat_zip_bomb_is_refused():
    assert "übermäßig stark gepackt" in refusal(with_part("word/media/image1.bmp", bytes(400_000_000)))
    assert "übermäßig stark gepackt" in refusal(with_part("word/document.xml", b"<a>" + b" " * 60_000_000))


def sparse(length: int, seed: int = 1) -> bytes:
    """Hexadecimal noise and blanks that deflate packs some fifty times."""
    noise = random.Random(seed)
    return b"".join(noise.randbytes(30).hex().encode() + b" " * 2000 for _ in range(length // 2060))


def test_bomb_with_little_compression_is_refused_by_its_size():
    data = with_part("customXml/item1.xml", b"<a>" + sparse(60_000_000) + b"</a>")
    assert len(data) < 2_000_000
    assert "entpackt zu groß: erlaubt sind 50 MB" in refusal(data)
    several = docx(p("a"), more={f"word/media/{number}.bin": sparse(6_000_000, number) for number in range(10)})
    assert "entpackt zu groß: erlaubt sind 50 MB" in refusal(several)


def test_nested_zip_bomb_is_refused_or_left_alone():
    inner = packed({"bombe.bin": bytes(100_000_000)})
    nested = packed({f"{n}.zip": inner for n in range(10)})
    assert NO_WORD in refusal(nested)
    assert read_docx(with_part("word/embeddings/1.zip", nested)).html == "<p>a</p>"


def test_overlapping_entries_are_refused():
    assert DAMAGED in refusal(overlapping(1000, 900_000))
    quoted = quoting(GOOD, b"word/innen.bin", b"x" * 50)
    with zipfile.ZipFile(BytesIO(quoted)) as file:
        assert file.testzip() is None
    assert DAMAGED in refusal(quoted)


@pytest.mark.parametrize("lie", [10, 5_000_000])
def test_header_that_lies_about_the_size_is_refused(lie):
    """The directory says little and the stream holds much, and the other way round."""
    good = with_part("word/document.xml", document(*[p("Guten Tag.")] * 2000))
    with zipfile.ZipFile(BytesIO(good)) as file:
        size = file.getinfo("word/document.xml").file_size
    assert DAMAGED in refusal(good.replace(struct.pack("<L", size), struct.pack("<L", lie)))


def test_header_that_lies_about_a_bomb_is_refused():
    bomb = with_part("word/document.xml", b" " * 45_000_000)
    assert "übermäßig stark gepackt" in refusal(bomb.replace(struct.pack("<L", 45_000_000), struct.pack("<L", 1000)))


def test_wrong_checksum_and_unknown_compression_are_refused():
    with zipfile.ZipFile(BytesIO(GOOD)) as file:
        crc = struct.pack("<L", file.getinfo("word/document.xml").CRC)
    assert DAMAGED in refusal(GOOD.replace(crc, b"\1\2\3\4"))
    assert DAMAGED in refusal(packed(parts(p("a")), zipfile.ZIP_BZIP2))
    assert DAMAGED in refusal(packed(parts(p("a")), zipfile.ZIP_LZMA))


def test_too_many_entries_are_refused():
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as zip_file:
        for number in range(100_000):
            zip_file.writestr(f"{number}", b"")
    data = file.getvalue()
    assert len(data) < docx_module.MAX_BYTES
    assert "zu viele Bestandteile: erlaubt sind 2000" in refusal(data)
    place = data.rindex(b"PK\5\6")
    lying = data[: place - 20] + struct.pack("<4s4H", b"PK\5\6", 0, 0, 3, 3) + data[place + 12 :]
    assert "zu viele Bestandteile" in refusal(lying)
    with_record = data[:place] + struct.pack("<4s4H2L", b"PK\5\6", 0, 0, 3, 3, 150, 0) + data[place + 20 :]
    assert DAMAGED in refusal(with_record)  # the zip64 record before it tells the truth
    assert "zu viele Bestandteile" in refusal(zipped(*((f"word/{n}", b"") for n in range(2001))))


def test_zip64_directory_is_refused():
    place = GOOD.rindex(b"PK\5\6")
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, 0, 1)
    assert DAMAGED in refusal(GOOD[:place] + locator + GOOD[place:])


ENTITIES = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
LAUGHS = f'<!DOCTYPE w:document [<!ENTITY l0 "lol">{ENTITIES}]>'


@pytest.mark.parametrize(
    "doctype",
    [
        LAUGHS,
        f'<!DOCTYPE d [<!ENTITY a "{"A" * 100_000}">]>',
        '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE d SYSTEM "http://127.0.0.1:1/x.dtd">',
        '<!DOCTYPE d [<!ENTITY % x SYSTEM "http://127.0.0.1:1/x"> %x;]>',
        "<!DOCTYPE d>",
    ],
)
@pytest.mark.parametrize("name", ["word/document.xml", "word/styles.xml", "customXml/item1.xml", "[Content_Types].xml"])
def test_entities_and_dtd_are_refused_in_every_part(name, doctype):
    body = document(p("&l11;")) if doctype == LAUGHS else document(p("a"))
    assert DTD in refusal(with_part(name, doctype + body))
    utf16 = ('<?xml version="1.0" encoding="UTF-16"?>' + doctype + body).encode("utf-16")
    assert DTD in refusal(with_part(name, utf16))


@pytest.mark.parametrize(
    "xml",
    [
        document("<w:sdt><w:sdtContent>" * 2000 + p("a") + "</w:sdtContent></w:sdt>" * 2000),
        document("<w:tbl><w:tr><w:tc>" * 100 + p("a") + "</w:tc></w:tr></w:tbl>" * 100),
        document("<w:p/>" * 300_000),
        "<a>" * 1_000_000,
    ],
    ids=["deep controls", "deep tables", "many paragraphs", "never closed"],
)
def test_deep_and_endless_documents_are_refused(xml):
    assert "zu umfangreich oder zu tief" in refusal(with_part("word/document.xml", xml))


# Names, links, macros, passwords


@pytest.mark.parametrize(
    "entry",
    [
        named("../../etc/passwd"),
        named("word/../../x"),
        named("/etc/passwd"),
        named("C:\\x"),
        named("word\\x.xml"),
        named("C:x"),
        named("word/x.xml\0.png"),
        named("word/link", stat.S_IFLNK | 0o777),
        named("word/pipe", stat.S_IFIFO | 0o666),
        named("word/device", stat.S_IFBLK | 0o666),
    ],
    ids=lambda entry: repr(entry.filename),
)
def test_names_and_links_that_lead_elsewhere_are_refused(entry):
    assert "Verknüpfungen oder Bestandteile mit unzulässigen Namen" in refusal(zipped((entry, b"/etc/passwd")))


def test_two_entries_of_one_name_are_refused():
    with pytest.warns(UserWarning, match="Duplicate name"):
        twice = zipped(("word/document.xml", b"<x/>"))
    assert DAMAGED in refusal(twice)
    assert DAMAGED in refusal(zipped(("WORD/document.xml", b"<x/>")))


@pytest.mark.parametrize(
    "data",
    [
        with_part("word/vbaProject.bin", b"macro"),
        with_part("anderswo/VBAPROJECT.BIN", b"macro"),
        with_part("[Content_Types].xml", content_types("application/vnd.ms-word.document.macroEnabled.main+xml")),
        with_part(
            "[Content_Types].xml",
            content_types().replace(
                "<Override", '<Default Extension="dat" ContentType="application/vnd.ms-office.vbaProject"/><Override', 1
            ),
        ),
    ],
    ids=["part", "hidden part", "docm", "renamed part"],
)
def test_macros_are_refused(data):
    assert "enthält Makros" in refusal(data)


def test_encrypted_entries_are_refused():
    data = bytearray(GOOD)
    place = data.index(b"PK\1\2")
    data[place + 8] |= 1
    assert "mit einem Kennwort geschützt" in refusal(bytes(data))


def test_unreadable_characters_and_texts_that_are_too_large_are_refused():
    assert "Der Text ist zu groß" in refusal(docx(*[p("Wort " * 2000)] * 60), seconds=3)
    assert "zu viele Tabellenzeilen" in refusal(docx(tbl(*[row("a")] * 2100)), seconds=5)


def test_absurd_numbers_are_harmless():
    wide = "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='100000'/></w:tcPr>" + p("a") + "</w:tc></w:tr></w:tbl>"
    assert '<td colspan="20">' in read_docx(docx(wide)).html
    assert read_docx(docx(p("a", num=(1, 99)), p("b", num=(99, 0)))).html
    endless = "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='" + "9" * 5000 + "'/></w:tcPr>" + p("a")
    assert "konnte nicht gelesen werden" in refusal(docx(endless + "</w:tc></w:tr></w:tbl>"))


# Limits of the child


def test_document_that_takes_too_long_or_too_much_is_refused(monkeypatch):
    slow = docx(*[p("Guten Tag.")] * 20_000)
    monkeypatch.setattr(docx_module, "LIMITS", Limits(seconds=0.5, memory=1_000_000_000, result=5_000_000))
    assert "zu umfangreich" in refusal(slow)
    monkeypatch.setattr(docx_module, "LIMITS", Limits(seconds=20, memory=160_000_000, result=5_000_000))
    # Python notices that memory is over; a library below it may end the process instead.
    assert re.search("zu umfangreich|konnte nicht gelesen werden", refusal(slow, seconds=10))
    monkeypatch.setattr(docx_module, "LIMITS", Limits(seconds=20, memory=1_000_000_000, result=10_000))
    assert "zu umfangreich" in refusal(docx(*[p("Guten Tag.")] * 2000), seconds=10)


def test_memory_of_the_server_does_not_grow_with_what_is_unpacked():
    """45 MB of XML in a part that is kept while reading, from an upload of less than 2 MB."""
    data = with_part("customXml/item1.xml", b"<a>" + sparse(45_000_000) + b"</a>")
    assert len(data) < 2_000_000
    read_docx(GOOD)
    Path("/proc/self/clear_refs").write_text("5")  # forget the peak
    before = memory()
    assert read_docx(data).html == "<p>a</p>"
    assert memory() - before < 5_000_000


def memory() -> int:
    """Return the peak of resident memory in bytes."""
    return int(re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())[1]) * 1024


def test_nothing_is_left_behind(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    read_docx(GOOD)
    refusal(with_part("word/media/image1.bmp", bytes(100_000_000)))
    assert list(tmp_path.iterdir()) == []


def test_refusals_do_not_disturb_each_other():
    """Eight uploads at once, good and bad ones mixed, from threads as the server has them."""
    outcomes = {}

    def work(number: int) -> None:
        try:
            outcomes[number] = read_docx(docx(p(f"Nummer {number}")) if number % 2 else GOOD[:50]).html
        except DocxRefused as refused:
            outcomes[number] = str(refused)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(outcomes[number] == f"<p>Nummer {number}</p>" for number in (1, 3, 5, 7))
    assert all(DAMAGED in outcomes[number] for number in (0, 2, 4, 6))


def test_content_type_of_the_main_part_does_not_matter_for_the_good_ones():
    assert read_docx(with_part("[Content_Types].xml", content_types(MAIN.replace("document.main", "template.main"))))
