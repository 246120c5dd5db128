"""The state of a row in a word or two, for lists and heads."""

from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from portal.freigabe import Freigabe, Schritt, Weg

Badge = tuple[str, str]  # kind of the badge, words
WAY = (Schritt.ENTWURF, Schritt.IN_PRUEFUNG, Schritt.GEPRUEFT, Schritt.VEROEFFENTLICHT)
_KIND = {
    Schritt.ENTWURF: "entwurf",
    Schritt.IN_PRUEFUNG: "kommt",
    Schritt.GEPRUEFT: "geprueft",
    Schritt.VEROEFFENTLICHT: "gilt",
    Schritt.ZURUECKGEZOGEN: "zurueck",
    Schritt.VERWORFEN: "alt",
}


def badges_of(row: Freigabe, *, first_day: str) -> list[Badge]:
    """Return the state and what is special about the release; the state comes first. `first_day` ends an embargo."""
    found = [(_KIND[row.schritt], row.schritt.label)]
    if row.ist_entwurf and row.rueckgabe:
        found.append(("geaendert", "zurückgegeben"))
    if row.eil_offen:
        found.append(("geaendert", "Eilfreigabe offen"))
    if _hidden(row):
        found.append(("kommt", f"Sperrfrist bis {first_day}"))
    return found


def as_html(badges: list[Badge]) -> SafeString:
    """Return badges for a cell of a list."""
    return format_html_join(" ", '<span class="badge badge--{}">{}</span>', badges)


def way_to(schritt: Schritt, *, skipped: bool = False) -> list[tuple[str, str]]:
    """Return the four steps of the way, each with what it is now: fertig, hier, offen, ausgelassen (the checks)."""
    here = WAY.index(schritt) if schritt in WAY else len(WAY)
    states = ["fertig" if number < here else "hier" if number == here else "offen" for number in range(len(WAY))]
    if skipped:
        states[1:3] = ["ausgelassen", "ausgelassen"]
    return [(step.label, state) for step, state in zip(WAY, states, strict=True)]


def without_check(row: Freigabe) -> bool:
    """Return whether a row was released without a second person: in haste, or taken over from a source."""
    return row.weg not in ("", Weg.PRUEFUNG)


def _hidden(row: Freigabe) -> bool:
    """Whether readers do not see it yet although it is, or will be, released."""
    if row.ist_entwurf:
        return row.sperrfrist
    return row.sichtbar_ab is not None and row.sichtbar_ab > timezone.now() and not row.zurueckgezogen_am
