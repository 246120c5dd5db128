"""What the page of an import shows: each value beside its source words, findings at their place, citations, texts."""

from dataclasses import dataclass
from typing import Any

from django.forms import BoundField
from django.utils.safestring import SafeString, mark_safe

from arbeitsmittel.models import Arbeitsmittel
from portal.text import labelled
from weisungen.abschnitte import TITEL
from weisungen.forms import KopfForm, VorschlagForm
from weisungen.importing import Befund, Vorschlag, ZitatVorschlag
from weisungen.importing.columns import header_values
from weisungen.importing.corrections import evidence_of, field_of

# Fields in the order of the page; the addition of a role stands beside it.
ORDER = (
    "typ", "nummer", "titel", "datum", "geschaeftszeichen", "gueltig_ab", "gueltig_bis", "sgb_ii", "sgb_iii",
    "familienkasse", "bezug", "aufhebung",
)  # fmt: skip
RANG = {"fehler": 0, "warnung": 1, "hinweis": 2}


@dataclass(frozen=True)
class Angabe:
    """One value of the header: its field, the words it came from with their line, and what was noticed about it."""

    feld: BoundField
    zusatz: BoundField | None
    beleg: str
    zeile: int | None
    befunde: list[Befund]


@dataclass(frozen=True)
class Stelle:
    """A finding about the text, with its line."""

    befund: Befund
    zeile: int | None


@dataclass(frozen=True)
class Zitiert:
    """One citation as it was read; `neu`: the portal does not know the Arbeitsmittel yet."""

    zitat: ZitatVorschlag
    ort: str
    neu: bool


@dataclass(frozen=True)
class Textteil:
    """Vorspann or a section in preview."""

    titel: str
    html: SafeString


@dataclass(frozen=True)
class Vorschlagsseite:
    """Everything that the page shows."""

    angaben: list[Angabe]
    stellen: list[Stelle]
    zitate: list[Zitiert]
    texte: list[Textteil]

    @property
    def blockiert(self) -> bool:
        """Whether a finding about the text forbids to take it over as issued."""
        return any(stelle.befund.schwere == "fehler" for stelle in self.stellen)


def starting_header(vorschlag: Vorschlag) -> dict[str, Any]:
    """Return what the fields of the header show at first."""
    return KopfForm.starting(header_values(vorschlag))


def proposal_of(vorschlag: Vorschlag, form: VorschlagForm, quelltext: str) -> Vorschlagsseite:
    """Return what the page shows; one query, for the Arbeitsmittel that the portal knows."""
    of_text = [befund for befund in vorschlag.befunde if field_of(befund) not in ORDER]
    of_text.sort(key=lambda befund: RANG[befund.schwere])
    known = _known(vorschlag)
    texts = [Textteil("Vorspann", _readable(vorschlag.vorspann))] if vorschlag.vorspann else []
    texts += [Textteil(f"{one.nummer}. {one.titel}", _readable(one.inhalt)) for one in vorschlag.abschnitte]
    return Vorschlagsseite(
        [_entry(name, vorschlag, form, quelltext) for name in ORDER],
        [Stelle(befund, _line(quelltext, befund.position)) for befund in of_text],
        [Zitiert(one, _place(one.abschnitt), one.kennung.slug not in known) for one in vorschlag.zitate],
        texts,
    )


def _entry(name: str, vorschlag: Vorschlag, form: VorschlagForm, quelltext: str) -> Angabe:
    beleg = vorschlag.belege.get(evidence_of(name))
    zusatz = form[f"{name}_zusatz"] if f"{name}_zusatz" in form.fields else None
    befunde = [befund for befund in vorschlag.befunde if field_of(befund) == name]
    line = _line(quelltext, beleg.position) if beleg else None
    return Angabe(form[name], zusatz, beleg.text if beleg else "", line, befunde)


def _known(vorschlag: Vorschlag) -> set[str]:
    slugs = {zitat.kennung.slug for zitat in vorschlag.zitate}
    return set(Arbeitsmittel.objects.filter(slug__in=slugs).values_list("slug", flat=True)) if slugs else set()


def _place(abschnitt: int) -> str:
    return f"{abschnitt}. {TITEL[abschnitt]}" if abschnitt else "Vorspann"


def _line(quelltext: str, position: int | None) -> int | None:
    return None if position is None else quelltext.count("\n", 0, position) + 1


def _readable(html: str) -> SafeString:
    return mark_safe(labelled(html))
