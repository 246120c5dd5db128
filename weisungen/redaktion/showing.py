"""The state of a Weisung in a word or two, for lists and heads."""

from portal.freigabe import Weg
from portal.workplace.showing import badges_of
from weisungen.models import Weisung


def badges(weisung: Weisung) -> list[tuple[str, str]]:
    """Return the state and what is special, each with the kind of its badge; the state comes first."""
    found = badges_of(weisung, first_day=f"{weisung.gueltig_ab:%d.%m.%Y}")
    return [*found, ("alt", "eingelesen")] if weisung.weg == Weg.UEBERNAHME else found
