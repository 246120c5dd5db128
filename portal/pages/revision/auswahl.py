"""What a reviewer filters the timeline by, read from the address. Nothing here asks the database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import QueryDict

from portal.models import Vorgang
from portal.stichtag import EARLIEST, LATEST, parse_day

MAX_LENGTH = 200  # characters of one field; longer ones name nothing that there is
ANMELDUNG = "anmeldung"  # log-ins that failed: a kind of the timeline, not of the chain
VORGAENGE: Mapping[str, str] = {**dict(Vorgang.choices), ANMELDUNG: "gescheiterte Anmeldung"}
GESICHTET: Mapping[str, str] = {"ja": "gesichtet", "nein": "noch nicht gesichtet"}
_TEXTS = {"person": "Person", "objekt": "Arbeitsmittel oder Weisung", "worte": "Worte der Begründung"}


@dataclass(frozen=True)
class Auswahl:
    """The filter as it was typed, and in `fehler` what is wrong with it: then it finds nothing, and says why."""

    person: str = ""
    dienststelle: int | None = None
    objekt: str = ""
    vorgaenge: tuple[str, ...] = ()
    von: date | None = None
    bis: date | None = None
    worte: str = ""
    gesichtet: str = ""
    fehler: tuple[str, ...] = field(default=(), compare=False)
    eingabe: Mapping[str, str] = field(default_factory=dict, compare=False)  # the days as typed, for the form

    @property
    def leer(self) -> bool:
        """Whether nothing is filtered."""
        return self == Auswahl() and not self.fehler


def read_auswahl(query: QueryDict) -> Auswahl:
    """Return the filter of an address; what cannot be read is named in `fehler` and never quietly dropped."""
    fehler: list[str] = []
    texts = {name: _text(query, name, label, fehler) for name, label in _TEXTS.items()}
    days = {name: _day(query, name, fehler) for name in ("von", "bis")}
    if days["von"] and days["bis"] and days["bis"] < days["von"]:
        fehler.append(f"Der Zeitraum ist verkehrt: Er endet am {days['bis']:%d.%m.%Y}, bevor er beginnt.")
    return Auswahl(
        **texts,
        **days,
        dienststelle=_key(query, fehler),
        vorgaenge=_kinds(query, fehler),
        gesichtet=_one_of(query, "gesichtet", GESICHTET, fehler),
        fehler=tuple(fehler),
        eingabe={name: query.get(name, "")[:20] for name in ("von", "bis")},
    )


def _text(query: QueryDict, name: str, label: str, fehler: list[str]) -> str:
    text = " ".join(query.get(name, "").replace("\x00", " ").split())
    if len(text) <= MAX_LENGTH:
        return text
    fehler.append(f"{label}: Die Eingabe hat {len(text)} Zeichen, möglich sind {MAX_LENGTH}.")
    return text[:MAX_LENGTH]


def _day(query: QueryDict, name: str, fehler: list[str]) -> date | None:
    text = query.get(name, "").strip()
    if not text:
        return None
    day = parse_day(text)
    if day is None or not EARLIEST <= day <= LATEST:
        fehler.append(f"{name.capitalize()}: „{text[:40]}“ ist kein Tag zwischen 1990 und 2099.")
        return None
    return day


def _key(query: QueryDict, fehler: list[str]) -> int | None:
    text = query.get("dienststelle", "")
    if not text:
        return None
    if text.isascii() and text.isdigit() and len(text) <= 18:
        return int(text)
    fehler.append("Diese Dienststelle gibt es nicht.")
    return None


def _kinds(query: QueryDict, fehler: list[str]) -> tuple[str, ...]:
    given = [kind for kind in query.getlist("vorgang") if kind]
    if any(kind not in VORGAENGE for kind in given):
        fehler.append("Diesen Vorgang gibt es nicht.")
    chosen = set(given)
    return tuple(kind for kind in VORGAENGE if kind in chosen)


def _one_of(query: QueryDict, name: str, known: Mapping[str, Any], fehler: list[str]) -> str:
    text = query.get(name, "")
    if text and text not in known:
        fehler.append("„Durchsicht“ ist entweder „gesichtet“ oder „noch nicht gesichtet“.")
        return ""
    return text
