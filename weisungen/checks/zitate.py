"""Findings about the Arbeitsmittel that a Weisung cites."""

from collections.abc import Iterator

from arbeitsmittel.checks.zitate import Zitate, unknown_in, withdrawn_in, without_stand_in
from arbeitsmittel.kennung import Bereich
from portal.befund import Befund
from weisungen.checks.lage import Lage
from weisungen.models import Rolle

_SERIES = (("sgb_ii", "SGB II", Bereich.SC_SGB_II), ("sgb_iii", "SGB III", Bereich.SC_SGB_III))


def role_contradicts_citation(lage: Lage) -> Iterator[Befund]:
    """A Rechtskreis is not affected, yet Arbeitsmittel of its Service Center are cited (2. = SGB II, 3. = SGB III).

    One finding for all of them: a further citation makes another key, so that an old reason does not cover it.
    """
    for field, name, bereich in _SERIES:
        cited = sorted(kennung for kennung in lage.kennungen if kennung.bereich is bereich)
        if cited and getattr(lage.weisung, field) == Rolle.NICHT_BETROFFEN:
            named = ", ".join(str(kennung) for kennung in cited)
            yield Befund(
                "rolle-widerspricht-zitat",
                "warnung",
                f"{name}: {named}",
                f"Der Kopf sagt „{name}: nicht betroffen“, zitiert ist aber {named} ({bereich.label}).",
                "Bitte die Rolle oder das Zitat berichtigen oder den Widerspruch begründen.",
            )


def unknown(lage: Lage) -> Iterator[Befund]:
    return unknown_in(_zitate(lage))


def withdrawn(lage: Lage) -> Iterator[Befund]:
    return withdrawn_in(_zitate(lage))


def without_stand(lage: Lage) -> Iterator[Befund]:
    return without_stand_in(_zitate(lage))


def _zitate(lage: Lage) -> Zitate:
    """What goes live with the Weisung, in time, needs no Stand of today."""
    kommend = [
        one.arbeitsmittel.slug
        for one in lage.umsetzungen
        if one.im_paket and one.fassung is not None and one.fassung.stand <= lage.zitat_tag
    ]
    return Zitate(lage.texte.values(), lage.zitiert, lage.zitat_tag, kommend)
