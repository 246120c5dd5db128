"""From the bytes of a file to the text that is read."""

from weisungen.importing.proposal import ImportRefused

# First bytes of what people have at hand instead of a text.
_KINDS = (
    (b"PK\x03\x04", "ein Word-Dokument oder ein Archiv"),
    (b"\xd0\xcf\x11\xe0", "ein Word-Dokument"),
    (b"%PDF", "ein PDF"),
)


def text_of(content: bytes) -> str:
    """Return the text of a file with newlines as \\n. Raises ImportRefused where it is no readable UTF-8 text."""
    for beginning, kind in _KINDS:
        if content.startswith(beginning):
            raise ImportRefused([f"Die Datei ist {kind}; bitte den Text kopieren und einfügen."])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise ImportRefused([f"Zeile {line}: Die Datei ist kein UTF-8-Text."]) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")
