"""The state of a Fassung in a word or two, for lists and heads."""

from arbeitsmittel.models import Fassung
from portal.workplace.showing import badges_of


def badges(fassung: Fassung) -> list[tuple[str, str]]:
    """Return the state and what is special, each with the kind of its badge; the state comes first."""
    found = badges_of(fassung, first_day=fassung.stand_text)
    if fassung.nachtrag:
        found.append(("alt", "nachträglich"))
    if fassung.nur_stand:
        found.append(("alt", "nur der Stand"))
    return found
