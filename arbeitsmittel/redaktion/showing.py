"""The state of a Fassung in a word or two, for lists and heads."""

from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from arbeitsmittel.models import Fassung
from portal.freigabe import Schritt

_KIND = {
    Schritt.ENTWURF: "entwurf",
    Schritt.IN_PRUEFUNG: "kommt",
    Schritt.GEPRUEFT: "geprueft",
    Schritt.VEROEFFENTLICHT: "gilt",
    Schritt.ZURUECKGEZOGEN: "zurueck",
    Schritt.VERWORFEN: "alt",
}


def badges(fassung: Fassung) -> list[tuple[str, str]]:
    """Return the state and what is special, each with the kind of its badge; the state comes first."""
    found = [(_KIND[fassung.schritt], fassung.schritt.label)]
    if fassung.ist_entwurf and fassung.rueckgabe:
        found.append(("geaendert", "zurückgegeben"))
    if fassung.eil_offen:
        found.append(("geaendert", "Eilfreigabe offen"))
    if _hidden(fassung):
        found.append(("kommt", f"Sperrfrist bis {fassung.stand_text}"))
    if fassung.nachtrag:
        found.append(("alt", "nachträglich"))
    if fassung.nur_stand:
        found.append(("alt", "nur der Stand"))
    return found


def as_html(fassung: Fassung) -> SafeString:
    """Return the badges for a cell of a list."""
    return format_html_join(" ", '<span class="badge badge--{}">{}</span>', badges(fassung))


def _hidden(fassung: Fassung) -> bool:
    """Whether readers do not see it yet although it is, or will be, released."""
    if fassung.ist_entwurf:
        return fassung.sperrfrist
    return fassung.sichtbar_ab is not None and fassung.sichtbar_ab > timezone.now() and not fassung.zurueckgezogen_am
