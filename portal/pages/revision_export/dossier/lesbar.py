"""What people read in a dossier: pages that need nothing but a browser, and no network."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from arbeitsmittel.models import Fassung
from portal.pages.revision.comparing import compared
from portal.pages.revision_export.dossier.fassungen import Version
from portal.pages.revision_export.dossier.gegenstand import Gegenstand
from portal.text import labelled
from weisungen.forms import TEXT_LABELS
from weisungen.printing import kopf

STEPS = ("Fassung", "Schritt", "Person", "Zeitpunkt", "Weg oder Grund")


def text_page(version: Version, row: Any) -> str:
    """Return the texts of a version as a page of their own; `row` has them."""
    if isinstance(row, Fassung):
        head = [("Titel", row.titel), ("Art der Änderung", row.get_aenderungsart_display()),
                ("Änderungshinweis", row.aenderungshinweis), ("Quelle", row.quelle)]  # fmt: skip
        texts = [("Text", labelled(row.inhalt))] if row.inhalt else []
    else:
        head = [("Titel", row.titel), ("Datum", f"{row.datum:%d.%m.%Y}"), *kopf(row)]
        texts = [(label, labelled(getattr(row, name))) for name, label in TEXT_LABELS.items() if getattr(row, name)]
    titel = version.bezeichnung if name_of(row) in version.bezeichnung else f"{name_of(row)}, {version.bezeichnung}"
    context = {"titel": titel, "version": version, "texte": texts}
    return render_to_string("dossier/text.html", context | {"kopf": [(name, words) for name, words in head if words]})


def synopse_page(old: Any, new: Any) -> str:
    """Return the Synopse of two neighbours as a page of its own; both rows have their texts."""
    context = {"titel": f"Synopse {name_of(new)}", "vergleich": compared(old, new), "alt": _day(old), "neu": _day(new)}
    return render_to_string("dossier/synopse.html", context)


def _day(row: Any) -> str:
    return f"Stand {row.stand_text}" if isinstance(row, Fassung) else f"Fassung vom {row.datum:%d.%m.%Y}"


def text_json(version: Version, content: str) -> str:
    """Return the whole history row of a version as JSON that people can read; the checker compares it."""
    told = {"eintrag": version.nummer, "felder": json.loads(content)}
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def steps_of(versions: Sequence[Version]) -> list[tuple[str, str, Any, datetime, str]]:
    """Return who did which step of a release when, and by which way, version by version."""
    found = []
    for version in versions:
        row = version.row
        withdrawn = ": ".join(filter(None, (row.get_zurueckgezogen_art_display(), row.zurueckgezogen_grund)))
        for step, who, when, words in (
            ("zur Prüfung vorgelegt", row.vorgelegt_von, row.vorgelegt_am, ""),
            ("geprüft", row.geprueft_von, row.geprueft_am, ""),
            ("freigegeben", row.veroeffentlicht_von, row.veroeffentlicht_am, _way(row)),
            ("Eilfreigabe bestätigt", row.eil_bestaetigt_von, row.eil_bestaetigt_am, ""),
            ("zurückgezogen", row.zurueckgezogen_von, row.zurueckgezogen_am, withdrawn),
            ("verworfen", row.verworfen_von, row.verworfen_am, row.verworfen_grund),
        ):
            if when:
                found.append((version.bezeichnung, step, who, when, words))
    return found


def _way(row: Any) -> str:
    return ": ".join(filter(None, (row.get_weg_display(), row.eil_grund)))


def name_of(row: Any) -> str:
    return str(row.arbeitsmittel if isinstance(row, Fassung) else row)


def facts_of(gegenstand: Gegenstand, head: tuple[int, str], person: Any, moment: datetime) -> list[tuple[str, str]]:
    """Return what stands above every part of a dossier."""
    return [
        ("Gegenstand", gegenstand.titel),
        ("Erstellt von", str(person)),
        ("Erstellt am", f"{timezone.localtime(moment):%d.%m.%Y, %H:%M:%S} Uhr"),
        ("Neuester Eintrag der Kette", str(head[0])),
        ("Seine Prüfsumme", head[1]),
    ]
