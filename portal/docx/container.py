"""The container: a zip file whose headers are believed in nothing. Runs in the child.

`unpack` measures every entry while inflating it and returns the XML parts as bytes. Nothing behind it opens the zip
file again, so what was checked is what is read.
"""

import stat
import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from portal.docx.refusal import DocxRefused, damaged

MAX_ENTRIES = 2_000
MAX_DIRECTORY = 400_000  # bytes of the zip directory: 2,000 entries with long names
MAX_UNPACKED = 50_000_000  # bytes of all entries together
MAX_RATIO, RATIO_FROM = 100, 5_000_000  # Word's own parts stay below 40; up to 5 MB it may be anything
_STEP = 256 * 1024

_END = struct.Struct("<4s4H2LH")  # end of central directory, APPNOTE 4.3.16
_LOCAL = struct.Struct("<4s5H3L2H")  # local file header, APPNOTE 4.3.7
_ENCRYPTED = 0x1


def unpack(data: bytes) -> dict[str, bytes]:
    """Return the XML parts (.xml, .rels) by name. Raises DocxRefused."""
    _check_end(data)
    try:
        with ZipFile(BytesIO(data)) as file:
            entries = file.infolist()
    # zipfile tells a broken or strange directory in all these ways, NotImplementedError for a version it does not know.
    except (BadZipFile, ValueError, NotImplementedError, struct.error, OverflowError) as fault:
        raise damaged() from fault
    _check_names(entries)
    parts, left = {}, MAX_UNPACKED
    for entry, packed in _contents(data, entries):
        kept = entry.filename.endswith((".xml", ".rels"))
        content = bytearray()
        size = checksum = 0
        for piece in _inflated(entry, packed):
            size += len(piece)
            if size > left:
                raise DocxRefused(f"Die Datei wird entpackt zu groß: erlaubt sind {MAX_UNPACKED // 1_000_000} MB.")
            checksum = zlib.crc32(piece, checksum)
            content += piece if kept else b""
        if (size, checksum) != (entry.file_size, entry.CRC):
            raise damaged()
        left -= size
        if kept:
            parts[entry.filename] = bytes(content)
    return parts


def _check_end(data: bytes) -> None:
    """Refuse a long directory before `zipfile` makes an object of each of its entries."""
    place = data.rfind(b"PK\5\6", max(0, len(data) - 65_536 - _END.size))
    if place < 0 or len(data) - place < _END.size:
        raise damaged()
    _, _, _, _, entries, size, _, _ = _END.unpack_from(data, place)
    if entries > MAX_ENTRIES or size > MAX_DIRECTORY:
        raise _too_many()
    # A zip64 record before it would have the last word on the numbers; ten megabytes do not need one.
    if data[max(0, place - 20) : place].startswith(b"PK\6\7"):
        raise damaged()


def _too_many() -> DocxRefused:
    return DocxRefused(f"Die Datei hat zu viele Bestandteile: erlaubt sind {MAX_ENTRIES}.")


def _check_names(entries: list[ZipInfo]) -> None:
    if len(entries) > MAX_ENTRIES:
        raise _too_many()
    names = [entry.filename for entry in entries]
    if len({name.lower() for name in names}) < len(names):
        raise damaged()
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise DocxRefused("Das Dokument ist mit einem Kennwort geschützt; bitte ohne Kennwort speichern.")
    for entry in entries:
        # orig_filename is what the file says; zipfile cuts at NUL and turns some signs.
        name = entry.orig_filename
        is_link = stat.S_IFMT(entry.external_attr >> 16) not in (0, stat.S_IFREG, stat.S_IFDIR)
        if is_link or name.startswith("/") or ".." in name.split("/") or any(sign in name for sign in "\\:\0"):
            raise DocxRefused("Die Datei enthält Verknüpfungen oder Bestandteile mit unzulässigen Namen.")
    lowered = {name.lower().rpartition("/")[2] for name in names}
    if {"vbaproject.bin", "vbadata.xml"} & lowered:
        raise DocxRefused("Das Dokument enthält Makros; bitte ohne Makros als .docx speichern.")


def _contents(data: bytes, entries: list[ZipInfo]) -> Iterator[tuple[ZipInfo, memoryview]]:
    """Yield the packed bytes of every entry; they must lie one behind the other, each with its own header."""
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        start = entry.header_offset
        if start < end or start + _LOCAL.size > len(data):
            raise damaged()  # overlapping entries: one packed piece that is unpacked many times
        head = _LOCAL.unpack_from(data, start)
        name_length, extra_length = head[-2:]
        name_end = start + _LOCAL.size + name_length
        if head[0] != b"PK\3\4" or data[start + _LOCAL.size : name_end] != _raw_name(entry):
            raise damaged()
        begin = name_end + extra_length
        end = begin + entry.compress_size
        if end > len(data):
            raise damaged()
        yield entry, memoryview(data)[begin:end]


def _raw_name(entry: ZipInfo) -> bytes:
    """Return the name as it stands in the directory; zipfile decodes it as UTF-8 or, by the flag, as code page 437."""
    return entry.orig_filename.encode("utf-8" if entry.flag_bits & 0x800 else "cp437", "replace")


def _inflated(entry: ZipInfo, packed: memoryview) -> Iterator[bytes]:
    if entry.compress_type == ZIP_STORED:
        yield bytes(packed)
        return
    if entry.compress_type != ZIP_DEFLATED:
        raise damaged()
    inflating = zlib.decompressobj(-zlib.MAX_WBITS)
    size, rest, fed = 0, b"", 0
    try:
        while not inflating.eof:
            if not rest and fed == len(packed):
                raise damaged()  # it ends in the middle
            if not rest:
                rest = bytes(packed[fed : fed + _STEP])
                fed += len(rest)
            piece = inflating.decompress(rest, _STEP)
            rest = inflating.unconsumed_tail
            size += len(piece)
            if size > RATIO_FROM and size > MAX_RATIO * (fed - len(rest)):
                raise DocxRefused("Ein Bestandteil der Datei ist übermäßig stark gepackt; sie wird nicht gelesen.")
            yield piece
    except zlib.error as fault:
        raise damaged() from fault
