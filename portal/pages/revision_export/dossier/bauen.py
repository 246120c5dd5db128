"""Putting a dossier together, as an Auftrag."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone

from portal import ledger
from portal.auftraege import File, Progress, Refused, job
from portal.pages.revision.access import AUDIT
from portal.pages.revision_export.auszug import COLUMNS, Auszug, head
from portal.pages.revision_export.dossier.archiv import Archiv
from portal.pages.revision_export.dossier.eintraege import (
    LONGEST_STRIP,
    column_lists,
    entry_lines,
    row_texts,
    strip_lines,
)
from portal.pages.revision_export.dossier.fassungen import (
    NUR_STAND,
    Version,
    pdf_files,
    successive,
    text_of,
    versions_of,
)
from portal.pages.revision_export.dossier.gegenstand import Gegenstand, gegenstand_of
from portal.pages.revision_export.dossier.lesbar import (
    STEPS,
    facts_of,
    steps_of,
    synopse_page,
    text_json,
    text_page,
)
from portal.tabellen import csv_lines

FORMAT = 1
CHECKER = Path(ledger.__file__).with_name("dossier_checker.py")
GONE = "Diesen Gegenstand gibt es im Portal nicht mehr."


@dataclass
class Dossier:
    """One dossier while it grows. `dateien` says of each version which files it has, for the overview."""

    gegenstand: Gegenstand
    archiv: Archiv
    kopf: tuple[int, str]
    eintraege: QuerySet
    versionen: list[Version]
    facts: list[tuple[str, str]]
    adresse: str
    dateien: dict[int, list[tuple[str, str]]] = field(default_factory=dict)
    synopsen: list[tuple[str, str]] = field(default_factory=list)


@job("dossier", right=AUDIT)
def dossier(parameters: Mapping[str, Any], progress: Progress) -> File:
    """Return the dossier of an object (`art`, `slug`); `adresse` of the portal stands before links in its PDF."""
    gegenstand = gegenstand_of(parameters["art"], parameters["slug"])
    if gegenstand is None:
        raise Refused(GONE)
    local = timezone.localtime(progress.erstellt)
    kopf = head()
    made = Dossier(
        gegenstand=gegenstand,
        archiv=Archiv(progress.scratch, local),
        kopf=kopf,
        eintraege=gegenstand.eintraege().filter(nummer__lte=kopf[0]),
        versionen=versions_of(gegenstand, kopf[0]),
        facts=facts_of(gegenstand, kopf, progress.person, progress.erstellt),
        adresse=parameters["adresse"],
    )
    _fill(made, progress)
    made.archiv.close()
    return File(f"dossier_{gegenstand.slug}_{local:%Y-%m-%d_%H%M}.zip", "application/zip", progress.scratch)


def _fill(made: Dossier, progress: Progress) -> None:
    pairs = list(successive(made.versionen))
    total = len(made.versionen) + len(pairs) + 2
    for done, version in enumerate(made.versionen):
        progress(done, total)
        _add_version(made, version, progress)
    for done, (old, new) in enumerate(pairs, start=len(made.versionen)):
        progress(done, total)
        _add_synopse(made, old, new)
    progress(total - 2, total)
    first = _add_chain(made)
    progress(total - 1, total)
    _add_readable(made, first, progress)


def _add_version(made: Dossier, version: Version, progress: Progress) -> None:
    files = made.dateien.setdefault(version.nummer, [])

    def add(name: str, words: str, content: bytes | str) -> None:
        made.archiv.add(f"{version.ordner}/{name}", content)
        files.append((f"{version.ordner}/{name}", words))

    for name, words, content in pdf_files(version, progress.erstellt, made.adresse):
        add(name, f"PDF, {words}", content)
    entry = made.eintraege.select_related("spalten").get(pk=version.nummer)
    add(
        "text.json",
        "alle Angaben als JSON",
        text_json(version, row_texts([entry]).get((entry.tabelle, entry.zeile), "null")),
    )
    if not version.nur_stand:
        add("text.html", "Text zum Lesen", text_page(version, text_of(version)))


def _add_synopse(made: Dossier, old: Version, new: Version) -> None:
    name = f"synopsen/{_day(old)}_{old.schluessel}_zu_{_day(new)}_{new.schluessel}.html"
    made.archiv.add(name, synopse_page(text_of(old), text_of(new)))
    made.synopsen.append((name, f"{old.bezeichnung} gegenüber {new.bezeichnung}"))


def _day(version: Version) -> str:
    return version.ordner.rsplit("/", 1)[1].split("_", 1)[0]


def _add_chain(made: Dossier) -> int:
    """Add what is hashed, and return the number of the first entry."""
    first = made.eintraege.values_list("nummer", flat=True).first() or 0
    made.archiv.add_lines("eintraege.jsonl", entry_lines(made.eintraege))
    made.archiv.add("spaltenlisten.json", _json(column_lists(made.eintraege)))
    if _has_strip(made, first):
        made.archiv.add_lines("streifen.txt", strip_lines(first, made.kopf[0]))
    return first


def _has_strip(made: Dossier, first: int) -> bool:
    return first > 0 and made.kopf[0] - first <= LONGEST_STRIP


def _add_readable(made: Dossier, first: int, progress: Progress) -> None:
    rows = list(Auszug([], made.kopf, made.eintraege, None).rows())
    steps = steps_of(made.versionen)
    context = {
        "art": made.gegenstand.art,
        "titel": made.gegenstand.titel,
        "fakten": made.facts,
        "versionen": [(version, made.dateien[version.nummer]) for version in made.versionen],
        "synopsen": made.synopsen,
        "schritte": steps,
        "zeilen": rows,
        "streifen": _has_strip(made, first),
        "nur_stand": NUR_STAND,
    }
    made.archiv.add_lines("zeitachse.csv", csv_lines(COLUMNS, rows))
    made.archiv.add_lines("freigaben.csv", csv_lines(STEPS, [[*row[:2], str(row[2]), *row[3:]] for row in steps]))
    made.archiv.add("zeitachse.html", render_to_string("dossier/zeitachse.html", context))
    made.archiv.add("uebersicht.html", render_to_string("dossier/uebersicht.html", context))
    made.archiv.add("LIESMICH.txt", render_to_string("dossier/liesmich.txt", context))
    made.archiv.add("pruefen.py", CHECKER.read_bytes())
    made.archiv.add("dossier.json", _json(_about(made, first, progress)))


def _about(made: Dossier, first: int, progress: Progress) -> dict[str, Any]:
    """What the checker needs to know beside the files."""
    return {
        "format": FORMAT,
        "art": made.gegenstand.art,
        "slug": made.gegenstand.slug,
        "titel": made.gegenstand.titel,
        "erstellt_von": str(progress.person),
        "zeit": list(made.archiv.moment),
        "erster": first,
        "kopf": {"nummer": made.kopf[0], "hash": made.kopf[1]},
        "streifen": _has_strip(made, first),
        "versionen": [
            {
                "schluessel": version.schluessel,
                "bezeichnung": version.bezeichnung,
                "eintrag": version.nummer,
                "text": f"{version.ordner}/text.json",
                "nur_stand": version.nur_stand,
            }
            for version in made.versionen
        ],
    }


def _json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
