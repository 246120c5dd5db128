"""What the page "Meine Aufgaben" is made of: sections of lines, in one order, and not too many."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from portal.freigabe.worklist import MOST

CAP = 8  # lines of a section, before "alle anzeigen"


@dataclass(frozen=True)
class Zeile:
    """One task: what, since when, by whom, and where its next step is."""

    ziel: str
    knopf: str
    nummer: str
    titel: str = ""
    stand: str = ""
    marken: tuple[tuple[str, str], ...] = ()  # (kind of the badge, words)
    wann: str = ""  # the words before the day: "zurückgegeben am"
    tag: date | datetime | None = None
    wer: Any = None
    bemerkung: str = ""


@dataclass(frozen=True)
class Gruppe:
    """One section; `anzahl` counts also what is not shown, `wartend` what waits for this person."""

    schluessel: str
    titel: str
    zeilen: list[Zeile] = field(default_factory=list)
    anzahl: int = 0
    wartend: int = 0

    @property
    def gekuerzt(self) -> bool:
        return self.anzahl > len(self.zeilen)


def limit(schluessel: str, whole: str) -> int:
    """Return how many lines a section may have; `whole` names the one that is asked for as a whole."""
    return MOST if schluessel == whole else CAP


def in_order(dated: Sequence[tuple[Any, Zeile]], count: int, *, newest_first: bool = True) -> list[Zeile]:
    """Return the first lines of both models together, sorted by the moment before each."""
    ordered = sorted(dated, key=lambda each: each[0], reverse=newest_first)
    return [zeile for _moment, zeile in ordered[:count]]


def change_page(row: Any) -> str:
    """Return the address of the page of the workplace on which a row is worked on."""
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
