"""Siblings in the Familie (domain: same topic in another channel or variant) that stay as they were."""

from collections.abc import Iterator

from arbeitsmittel.checks.lage import SIBLING_CODE, Lage, sibling_key
from portal.befund import Befund


def sibling_untouched(lage: Lage) -> Iterator[Befund]:
    """A change of substance without one in the sibling. That it differs on purpose is said once and remembered."""
    for sibling in lage.untouched:
        remembered = lage.gruende.get(sibling_key(sibling.kennung))
        text = (
            f"{sibling.kennung} behandelt dasselbe Thema und bleibt beim Stand {sibling.stand:%d.%m.%Y}; "
            "ein Entwurf ist nicht in Arbeit."
        )
        if remembered is None:
            advice = "Bitte dort dieselbe Änderung vorsehen oder angeben, dass sich beide absichtlich unterscheiden."
            yield Befund(SIBLING_CODE, "warnung", str(sibling.kennung), text, advice)
        else:
            quoted = f"{remembered.von} hat dazu am {remembered.am:%d.%m.%Y} angegeben: „{remembered.text.strip()}“"
            advice = "Bitte prüfen, ob das noch stimmt."
            yield Befund(SIBLING_CODE, "hinweis", str(sibling.kennung), f"{text} {quoted}", advice)
