"""The PDF of a Weisung: as it reads on the Stichtag, which is printed on it."""

from typing import Any

from portal.pdf import render_pdf
from portal.stichtag import Stichtag
from weisungen.models import Weisung
from weisungen.reading import Zitierstand, lesefassung


def weisung_pdf(weisung: Weisung, stichtag: Stichtag, site: str) -> bytes:
    """Return the accessible PDF (PDF/UA-1) of a Weisung with its citations resolved for the Stichtag.

    `site` ("https://portal.example") stands before the links, since a PDF leaves the portal. Raises PdfFailed.
    """
    return render_pdf("pdf/weisung.html", print_context(weisung, stichtag, site))


def print_context(weisung: Weisung, stichtag: Stichtag, site: str) -> dict[str, Any]:
    """Return what the print template shows; the Weisung needs `with_repeal` of the Stichtag."""
    lesbar = lesefassung(weisung, stichtag)
    tag = f"{stichtag.tag:%d.%m.%Y}"
    wissen = f", wie es das Portal {stichtag.wissen.worte} wusste" if stichtag.wissen else ""
    return {
        "portal_adresse": site,
        "titel": weisung.titel,
        "typ": weisung.get_typ_display(),
        "nummer": weisung.nummer,
        "datum": weisung.datum,
        "kopf": [*kopf(weisung), (f"Zustand am {tag}", _zustand(weisung, stichtag))],
        "vorspann": lesbar.vorspann,
        "abschnitte": lesbar.abschnitte,
        "stichtag": stichtag.tag,
        "wissen": stichtag.wissen,
        "stand_hinweis": f"Zitierte Arbeitsmittel mit dem Stand, der am {tag} gilt{wissen}.",
        "zitate": [_row(zitierstand) for zitierstand in lesbar.zitate],
    }


def kopf(weisung: Weisung) -> list[tuple[str, str]]:
    """Return the header as label and printed value, in the order of a published Weisung."""
    bis = f"{weisung.gueltig_bis:%d.%m.%Y}" if weisung.gueltig_bis else "unbegrenzt"
    recorded = "\n".join(aufhebung.text for aufhebung in weisung.aufhebungen.all())
    aufhebungen = recorded or weisung.aufhebung  # a draft has not recorded them yet
    return [
        ("Laufende Nummer", weisung.nummer),
        ("Geschäftszeichen", weisung.geschaeftszeichen or "–"),
        ("Gültig ab", f"{weisung.gueltig_ab:%d.%m.%Y}"),
        ("Gültig bis", bis),
        *weisung.rollen,
        ("Bezug", weisung.bezug or "–"),
        ("Aufhebung von Regelungen", aufhebungen or "–"),
    ]


def _zustand(weisung: Weisung, stichtag: Stichtag) -> str:
    """Say whether the Weisung applies on the day; a sheet in somebody's hand has no page beside it."""
    words = {
        "in-kraft": "in Kraft",
        "kuenftig": f"gilt ab {weisung.gueltig_ab:%d.%m.%Y}",
        "aufgehoben": f"aufgehoben durch {weisung.aufgehoben_durch}",
        "abgelaufen": "abgelaufen",
        "zurueckgezogen": f"zurückgezogen: {weisung.zurueckgezogen_grund}",
    }
    return words[weisung.zustand(stichtag.tag)]


def _row(zitierstand: Zitierstand) -> dict[str, Any]:
    zitat, ziel = zitierstand.zitat, zitierstand.ziel
    return {
        "kennung": str(zitat.arbeitsmittel),
        "titel": (ziel.titel or "nur der Stand ist bekannt") if ziel else "",
        "stand_erlass": zitat.stand_bei_erlass_text,
        "angenommen": zitat.bei_erlass_angenommen,
        "stand_heute": str(ziel.stand) if ziel and ziel.stand else "kein Stand",
        "abweichend": zitierstand.abweichend,
    }
