"""Findings about what a Weisung announces and what goes live with it (glossary, "Umsetzung")."""

from collections.abc import Iterator

from portal.befund import Befund
from weisungen.checks.lage import EINZELAUFTRAEGE, Lage
from weisungen.models import Umsetzung


def member_with_other_stand(lage: Lage) -> Iterator[Befund]:
    """A package goes live with one Stand (issue 3, "Package")."""
    for member in _members(lage):
        if lage.weisung.gueltig_ab and member.fassung.stand != lage.weisung.gueltig_ab:
            yield Befund(
                "paket-anderer-stand",
                "warnung",
                str(member.arbeitsmittel),
                f"{member.arbeitsmittel} kommt mit Stand {member.fassung.stand:%d.%m.%Y}, "
                f"die Weisung gilt ab {lage.weisung.gueltig_ab:%d.%m.%Y}.",
                "Bitte beides auf denselben Tag legen oder den Unterschied begründen.",
            )


def member_not_checked(lage: Lage) -> Iterator[Befund]:
    for member in _members(lage):
        if member.fassung.geprueft_am is None and member.fassung.veroeffentlicht_am is None:
            yield Befund(
                "paket-ungeprueft",
                "hinweis",
                str(member.arbeitsmittel),
                f"{member.arbeitsmittel} gehört zum Paket und ist noch nicht geprüft.",
                "Veröffentlicht wird das Paket erst, wenn jede Fassung geprüft ist.",
            )


def announced_but_not_cited(lage: Lage) -> Iterator[Befund]:
    cited = {kennung.slug for kennung in lage.kennungen}
    for one in lage.umsetzungen:
        if one.arbeitsmittel.slug not in cited:
            yield Befund(
                "angekuendigt-nicht-zitiert",
                "warnung",
                str(one.arbeitsmittel),
                f"{one.arbeitsmittel} ist angekündigt, im Text aber nicht genannt.",
                "Bitte im Text nennen, aus der Umsetzung streichen oder einen Grund angeben.",
            )


def ordered_but_not_announced(lage: Lage) -> Iterator[Befund]:
    announced = {one.arbeitsmittel.slug for one in lage.umsetzungen}
    for kennung in sorted(lage.texte[EINZELAUFTRAEGE].kennungen):
        if kennung.slug not in announced:
            yield Befund(
                "auftrag-nicht-angekuendigt",
                "hinweis",
                str(kennung),
                f"Die Einzelaufträge nennen {kennung}, unter „Umsetzung“ ist dafür nichts angekündigt.",
                "Bitte prüfen, ob eine neue Fassung dazugehört.",
            )


def _members(lage: Lage) -> list[Umsetzung]:
    return [one for one in lage.umsetzungen if one.im_paket and one.fassung is not None]
