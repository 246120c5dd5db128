"""The state of a Weisung in a word or two, for lists and heads."""

from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from portal.freigabe import Schritt, Weg
from weisungen.models import Weisung

_KIND = {
    Schritt.ENTWURF: "entwurf",
    Schritt.IN_PRUEFUNG: "kommt",
    Schritt.GEPRUEFT: "geprueft",
    Schritt.VEROEFFENTLICHT: "gilt",
    Schritt.ZURUECKGEZOGEN: "zurueck",
    Schritt.VERWORFEN: "alt",
}


def badges(weisung: Weisung) -> list[tuple[str, str]]:
    """Return the state and what is special, each with the kind of its badge; the state comes first."""
    found = [(_KIND[weisung.schritt], weisung.schritt.label)]
    if weisung.ist_entwurf and weisung.rueckgabe:
        found.append(("geaendert", "zurückgegeben"))
    if weisung.eil_offen:
        found.append(("geaendert", "Eilfreigabe offen"))
    if _hidden(weisung):
        found.append(("kommt", f"Sperrfrist bis {weisung.gueltig_ab:%d.%m.%Y}"))
    if weisung.weg == Weg.UEBERNAHME:
        found.append(("alt", "eingelesen"))
    return found


def as_html(weisung: Weisung) -> SafeString:
    """Return the badges for a cell of a list."""
    return format_html_join(" ", '<span class="badge badge--{}">{}</span>', badges(weisung))


def _hidden(weisung: Weisung) -> bool:
    """Whether readers do not see it yet although it is, or will be, released."""
    if weisung.ist_entwurf:
        return weisung.sperrfrist
    return weisung.sichtbar_ab is not None and weisung.sichtbar_ab > timezone.now() and not weisung.zurueckgezogen_am
