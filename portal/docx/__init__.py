"""A Word document (.docx) as a text of the portal, and what of it could not be taken over.

Nothing of the file is opened in the server: `reading` checks, unpacks and converts it in a child process with limits
(`portal.limited`), so that its unpacked size is never in the memory of the server.
"""

import logging
import re
from dataclasses import dataclass

from portal.docx.refusal import DocxRefused
from portal.docx.sentences import sentence
from portal.limited import ChildFailed, LimitExceeded, Limits, run_once
from portal.text import TextRefused, clean, plain

__all__ = ["MAX_BYTES", "DocxRefused", "DocxText", "read_docx"]

MAX_BYTES = 10_000_000  # of an upload; a caller asks for the size before it reads the content
# 150 pages of text, which is about what `clean` accepts, take 2 s of the processor and 0.1 GB.
LIMITS = Limits(seconds=30, cpu_seconds=20, memory=1_000_000_000, result=5_000_000)

_TOO_MUCH = "Das Dokument ist zu umfangreich, um gelesen zu werden; bitte aufteilen."
_BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class DocxText:
    """What a document gives.

    html: cleaned, in the schema of `portal.text`. titel: plain text of the first title or chief heading, "" without;
    it stands in `html`, too. nicht_uebernommen: German sentences about what is missing or different in `html`.
    """

    html: str
    titel: str
    nicht_uebernommen: list[str]


def read_docx(data: bytes) -> DocxText:
    """Return the text of a .docx file. Raises DocxRefused, with one German sentence for the user, for anything else."""
    _refuse_at_sight(data)
    try:
        read = run_once("portal.docx.reading.read", data, limits=LIMITS)
    except LimitExceeded as fault:
        logger.warning("Reading a .docx file took more than its limits: %s", fault)
        raise DocxRefused(_TOO_MUCH) from fault
    except ChildFailed as fault:
        logger.warning("Reading a .docx file failed: %s", fault)
        raise DocxRefused(
            "Das Dokument konnte nicht gelesen werden; bitte in Word öffnen, neu speichern und noch einmal versuchen."
        ) from fault
    if "abgelehnt" in read:
        raise DocxRefused(read["abgelehnt"])
    return _text(read)


def _refuse_at_sight(data: bytes) -> None:
    """What size and first bytes tell already."""
    if len(data) > MAX_BYTES:
        raise DocxRefused(f"Die Datei ist mit {len(data) // 1_000_000} MB zu groß; erlaubt sind 10 MB.")
    if not data.strip(b"\0"):
        raise DocxRefused("Die Datei ist leer.")
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):  # OLE: the old format, or a container for an encrypted one
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise DocxRefused("Das Dokument ist mit einem Kennwort geschützt; bitte ohne Kennwort speichern.")
        raise DocxRefused("Das alte Word-Format (.doc) wird nicht gelesen: Bitte als .docx speichern.")
    if data.lstrip().startswith(b"%PDF-"):
        raise DocxRefused("Das ist eine PDF-Datei; bitte das Word-Dokument (.docx) auswählen.")
    if not data.startswith(b"PK\3\4"):
        raise DocxRefused("Die Datei ist kein Word-Dokument (.docx).")


def _text(read: dict) -> DocxText:
    html, turned = _BIDI_CONTROLS.subn("", read["html"])
    try:
        html = clean(html)
    except TextRefused as refusal:
        raise DocxRefused(str(refusal)) from refusal
    if not plain(html).strip():
        raise DocxRefused("Das Dokument enthält keinen Text, der übernommen werden kann.")
    notes = read["nicht_uebernommen"] + ([sentence("schreibrichtung", turned)] if turned else [])
    return DocxText(html, _BIDI_CONTROLS.sub("", read["titel"]), notes)
