"""What differs between two versions of a Fassung: the fields of its head and its text."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from arbeitsmittel.citing import cited_texts
from arbeitsmittel.kennung import Kennung
from arbeitsmittel.models import Aenderungsart, Fassung
from portal.synopse import FieldChange, ListChange, Synopse, compare, compare_fields, compare_lists


@dataclass(frozen=True)
class Vergleich:
    """Old beside new; `alt` and `neu` head the columns, `zitate` are the Arbeitsmittel that the texts cite."""

    felder: list[FieldChange]
    synopse: Synopse
    alt: str
    neu: str
    zitate: Sequence[ListChange[Kennung]] = ()

    @property
    def geaendert(self) -> bool:
        return self.synopse.geaendert or any(feld.geaendert for feld in self.felder)


def predecessor(fassung: Fassung) -> Fassung | None:
    """Return the released Fassung before this one, with its text; None where this is the first."""
    before = fassung.arbeitsmittel.fassungen.released().filter(zurueckgezogen_am=None, stand__lte=fassung.stand)
    return before.exclude(pk=fassung.pk).exclude(inhalt="").defer("suche").order_by("-stand").first()


def with_predecessor(fassung: Fassung) -> Vergleich:
    """Return what a Fassung changes against the one before it, or against nothing."""
    before = predecessor(fassung)
    old = before.inhalt if before else ""
    return Vergleich(
        felder=compare_fields(_head(vars(before)) if before else None, _head(vars(fassung))),
        synopse=compare(old, fassung.inhalt),
        alt=f"Stand {before.stand_text}" if before else "noch kein Text im Portal",
        neu=f"Stand {fassung.stand_text}",
        zitate=_citations(old, fassung.inhalt),
    )


def with_own_text(stored: Fassung, own: Mapping[str, Any]) -> Vergleich:
    """Return what differs between what somebody else has stored and what somebody wants to save."""
    return Vergleich(
        felder=[feld for feld in compare_fields(_whole_head(vars(stored)), _whole_head(own)) if feld.geaendert],
        synopse=compare(stored.inhalt, own["inhalt"]),
        alt="inzwischen gespeichert",
        neu="Ihr Text",
    )


def _citations(old: str, new: str) -> list[ListChange[Kennung]]:
    """Return the Arbeitsmittel that both texts cite, each once, in the order of the text."""
    cited = [dict.fromkeys(found.kennung for found in text.fundstellen) for text in cited_texts([old, new])]
    return compare_lists(*(list(kennungen) for kennungen in cited))


def _head(values: Mapping[str, Any]) -> dict[str, str]:
    """The fields that readers see, in words."""
    kind = values["aenderungsart"]
    return {
        "Stand": f"{values['stand']:%d.%m.%Y}",
        "Titel": values["titel"],
        "Art der Änderung": Aenderungsart(kind).label if kind else "",
        "Änderungshinweis": values["aenderungshinweis"],
    }


def _whole_head(values: Mapping[str, Any]) -> dict[str, str]:
    return {
        **_head(values),
        "Bis zum Stand geheim": "ja" if values["sperrfrist"] else "nein",
        "Grund der nachträglichen Erfassung": values["nachtrag_grund"],
    }
