"""Reads the demo content from its files; storing it is somebody else's task. Pure, no Django.

arbeitsmittel/<slug>/<stand>.html   one Fassung: head lines `key: value`, a line `---`, the text (schema of portal.text)
weisungen/<nummer>.md               one Weisung or Information in the published form, for the importer

Keys of the head: kennung, titel, aenderungsart (fachlich or redaktionell), aenderungshinweis; where needed
`zurueckgezogen` (the reason) and `entwurf: ja`.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from arbeitsmittel.kennung import Art, Kennung, KennungInvalid, parse_kennung

FOLDER = Path(__file__).parent
AENDERUNGSARTEN = ("fachlich", "redaktionell")

_REQUIRED = ("kennung", "titel", "aenderungsart", "aenderungshinweis")
_OPTIONAL = ("zurueckgezogen", "entwurf")
_END_OF_HEAD = "---"


class DemoContentInvalid(ValueError):
    """A file of the demo content is malformed; the message is one German sentence that names the file."""


@dataclass(frozen=True)
class DemoFassung:
    """One Fassung; `zurueckgezogen_grund` is empty unless it was withdrawn, `aenderungsart` one of AENDERUNGSARTEN."""

    stand: date
    titel: str
    inhalt: str
    aenderungshinweis: str
    aenderungsart: str
    zurueckgezogen_grund: str
    entwurf: bool


@dataclass(frozen=True)
class DemoArbeitsmittel:
    """One Arbeitsmittel with its Fassungen, oldest Stand first."""

    kennung: Kennung
    fassungen: list[DemoFassung]


def demo_arbeitsmittel(folder: Path = FOLDER / "arbeitsmittel") -> list[DemoArbeitsmittel]:
    """All Arbeitsmittel below `folder`: Eingangszone, Service Center SGB II and SGB III, then E-Mail-Bearbeitung.

    Raises DemoContentInvalid for the first malformed file.
    """
    found = [_read_arbeitsmittel(path) for path in sorted(folder.iterdir()) if path.is_dir()]
    return sorted(found, key=lambda each: (list(Art).index(each.kennung.art), each.kennung.bezeichnung))


def demo_weisungen(folder: Path = FOLDER / "weisungen") -> list[Path]:
    """The files of the Weisungen in the order of their numbers, so that a repealed one precedes the repealing one."""
    return sorted(folder.glob("*.md"))


def _read_arbeitsmittel(folder: Path) -> DemoArbeitsmittel:
    read = [_read_fassung(path) for path in sorted(folder.glob("*.html"))]
    if not read:
        raise DemoContentInvalid(f"{folder.name}: Der Ordner enthält keine Fassung.")
    kennungen = {kennung for kennung, _ in read}
    if len(kennungen) > 1:
        names = ", ".join(sorted(str(kennung) for kennung in kennungen))
        raise DemoContentInvalid(f"{folder.name}: Die Fassungen nennen verschiedene Kennungen ({names}).")
    return DemoArbeitsmittel(kennungen.pop(), [fassung for _, fassung in read])


def _read_fassung(path: Path) -> tuple[Kennung, DemoFassung]:
    name = f"{path.parent.name}/{path.name}"
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise DemoContentInvalid(f"{name}: Die Datei ist kein UTF-8-Text.") from None
    head, inhalt = _split(text, name)
    values = _read_head(head, name)
    fassung = DemoFassung(
        stand=_stand(path.stem, name),
        titel=values["titel"],
        inhalt=inhalt,
        aenderungshinweis=values["aenderungshinweis"],
        aenderungsart=_one_of(AENDERUNGSARTEN, "aenderungsart", values, name),
        zurueckgezogen_grund=values.get("zurueckgezogen", ""),
        entwurf="entwurf" in values and _one_of(("ja",), "entwurf", values, name) == "ja",
    )
    if fassung.entwurf and fassung.zurueckgezogen_grund:
        raise DemoContentInvalid(f"{name}: Ein Entwurf kann nicht zurückgezogen sein.")
    return _kennung(values["kennung"], path.parent.name, name), fassung


def _split(text: str, name: str) -> tuple[list[str], str]:
    lines = text.splitlines()
    if _END_OF_HEAD not in lines:
        raise DemoContentInvalid(f"{name}: Die Zeile „{_END_OF_HEAD}“ nach den Kopfzeilen fehlt.")
    end = lines.index(_END_OF_HEAD)
    inhalt = "\n".join(lines[end + 1 :]).strip()
    if not inhalt:
        raise DemoContentInvalid(f"{name}: Nach den Kopfzeilen fehlt der Text.")
    return lines[:end], inhalt


def _read_head(lines: list[str], name: str) -> dict[str, str]:
    values: dict[str, str] = {}
    for number, line in enumerate(lines, start=1):
        key, colon, value = (part.strip() for part in line.partition(":"))
        if not colon or not value:
            raise DemoContentInvalid(f"{name}, Zeile {number}: Erwartet wird „Schlüssel: Wert“.")
        if key not in _REQUIRED + _OPTIONAL:
            raise DemoContentInvalid(f"{name}, Zeile {number}: „{key}“ ist keine bekannte Angabe.")
        if key in values:
            raise DemoContentInvalid(f"{name}, Zeile {number}: „{key}“ steht schon weiter oben.")
        values[key] = value
    if missing := [key for key in _REQUIRED if key not in values]:
        raise DemoContentInvalid(f"{name}: Im Kopf fehlt „{missing[0]}“.")
    return values


def _stand(stem: str, name: str) -> date:
    try:
        stand = date.fromisoformat(stem)
    except ValueError:
        stand = None
    # fromisoformat also takes 20240102, which would sort and look different from its neighbours.
    if stand is None or stand.isoformat() != stem:
        raise DemoContentInvalid(f"{name}: Der Dateiname ist kein Stand wie 2024-01-02.")
    return stand


def _one_of(allowed: tuple[str, ...], key: str, values: dict[str, str], name: str) -> str:
    if values[key] not in allowed:
        raise DemoContentInvalid(f"{name}: „{key}“ ist „{values[key]}“, erlaubt ist {' oder '.join(allowed)}.")
    return values[key]


def _kennung(text: str, slug: str, name: str) -> Kennung:
    try:
        kennung = parse_kennung(text)
    except KennungInvalid as error:
        raise DemoContentInvalid(f"{name}: {error}") from error
    if kennung.slug != slug:
        raise DemoContentInvalid(f"{name}: Die Kennung {kennung} gehört in den Ordner „{kennung.slug}“.")
    return kennung
