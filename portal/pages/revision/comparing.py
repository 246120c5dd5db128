"""Two versions side by side: the values of the head and every text, whatever the two objects are called."""

from dataclasses import dataclass

from arbeitsmittel.models import Fassung
from portal.pages.revision.sides import Row, label_of, name_of
from portal.synopse import FieldChange, Synopse, compare, compare_fields
from weisungen.forms import TEXT_LABELS
from weisungen.models import Weisung
from weisungen.printing import kopf


class NotComparable(Exception):
    """The two rows have nothing in common; the message is one German sentence."""


@dataclass(frozen=True)
class Textvergleich:
    """One text, old beside new."""

    titel: str
    synopse: Synopse


@dataclass(frozen=True)
class Vergleich:
    """Head and texts; `alt` and `neu` head the columns, `gleich` names the texts that do not differ.

    `ding` is the Arbeitsmittel where both sides are of one, because `alt` and `neu` say only their Stand then.
    """

    felder: list[FieldChange]
    texte: list[Textvergleich]
    gleich: list[str]
    alt: str
    neu: str
    ding: str = ""


def compared(old: Row, new: Row) -> Vergleich:
    """Return what differs between two Fassungen or two Weisungen. Raises NotComparable."""
    if type(old) is not type(new):
        raise NotComparable("Verglichen werden zwei Fassungen oder zwei Weisungen, nicht das eine mit dem anderen.")
    if old == new:
        raise NotComparable("Auf beiden Seiten steht dieselbe Fassung; bitte auf einer Seite eine andere wählen.")
    before, after = _texts(old), _texts(new)
    texte = [Textvergleich(titel, compare(before[titel], after[titel])) for titel in after]
    same = {text.titel for text in texte if not text.synopse.geaendert}
    several = name_of(old) != name_of(new)
    return Vergleich(
        felder=[feld for feld in compare_fields(_head(old), _head(new)) if feld.alt or feld.neu],
        texte=[text for text in texte if text.titel not in same],
        gleich=[titel for titel in after if titel in same and after[titel]],
        alt=f"{name_of(old)}, {label_of(old)}" if several else label_of(old),
        neu=f"{name_of(new)}, {label_of(new)}" if several else label_of(new),
        ding="" if several or isinstance(old, Weisung) else name_of(old),
    )


def _texts(row: Row) -> dict[str, str]:
    if isinstance(row, Fassung):
        return {"Text": row.inhalt}
    return {label: getattr(row, name) for name, label in TEXT_LABELS.items()}


def _head(row: Row) -> dict[str, str]:
    return {**(_head_of_fassung(row) if isinstance(row, Fassung) else _head_of_weisung(row)), **_way(row)}


def _head_of_fassung(row: Fassung) -> dict[str, str]:
    return {
        "Kennung": str(row.arbeitsmittel),
        "Stand": row.stand_text,
        "Titel": row.titel,
        "Art der Änderung": row.get_aenderungsart_display(),
        "Änderungshinweis": row.aenderungshinweis,
        "Quelle": row.quelle,
        "Grund der nachträglichen Erfassung": row.nachtrag_grund,
    }


def _head_of_weisung(row: Weisung) -> dict[str, str]:
    return {"Typ": row.get_typ_display(), "Titel": row.titel, "Datum": f"{row.datum:%d.%m.%Y}", **dict(kopf(row))}


def _way(row: Row) -> dict[str, str]:
    """How it came to be released, and whether that still holds."""
    return {
        "Zustand": row.schritt.label,
        "Freigegeben von": str(row.veroeffentlicht_von or ""),
        "Weg der Freigabe": row.get_weg_display(),
        "Grund der Eilfreigabe": row.eil_grund,
        "Grund der Zurückziehung": row.zurueckgezogen_grund,
    }
