"""Who may do what, on one page. Rights come from groups only, and the groups are this table.

The Administration manages people and nothing else: no right to content by itself (domain, "People").
"""

from collections.abc import Iterable, Mapping

READ = (
    "arbeitsmittel.view_arbeitsmittel",
    "arbeitsmittel.view_fassung",
    "weisungen.view_weisung",
    "weisungen.view_zitat",
    "weisungen.view_umsetzung",
)
WORKPLACE = ("portal.open_redaktion",)  # may enter /redaktion/
REVISION = ("portal.open_revision",)  # may enter /revision/, and note there what was looked at

ROLES: Mapping[str, tuple[str, ...]] = {
    "Sachbearbeitung": READ,
    "Redaktion": (
        *READ,
        *WORKPLACE,
        "arbeitsmittel.add_arbeitsmittel",
        "arbeitsmittel.add_fassung",
        "arbeitsmittel.change_fassung",
        "weisungen.add_weisung",
        "weisungen.change_weisung",
        "weisungen.change_umsetzung",
    ),
    "Freigabe": (*READ, *WORKPLACE, "arbeitsmittel.publish_fassung", "weisungen.publish_weisung"),
    # Given beside another role, to few: one person alone releases at once, and says why.
    "Eilfreigabe": (*READ, *WORKPLACE, "arbeitsmittel.rush_fassung", "weisungen.rush_weisung"),
    "Revision": (
        *READ,
        *WORKPLACE,
        *REVISION,
        "arbeitsmittel.view_historicalarbeitsmittel",
        "arbeitsmittel.view_historicalfassung",
        "weisungen.view_historicalweisung",
        "weisungen.view_historicalumsetzung",
        "portal.view_historicalbenutzer",
        "portal.view_historicaldienststelle",
        "portal.view_benutzer",
        "portal.view_dienststelle",
    ),
    "Administration": (
        *WORKPLACE,
        "portal.view_benutzer",
        "portal.add_benutzer",
        "portal.change_benutzer",
        "portal.view_historicalbenutzer",
        "portal.view_historicaldienststelle",
        "portal.view_dienststelle",
        "portal.add_dienststelle",
        "portal.change_dienststelle",
    ),
}

SYSTEM_USERNAME = "system"


def rights_of(names: Iterable[str]) -> set[str]:
    """Return the rights that a list of role names gives together."""
    return {right for name in names for right in ROLES.get(name, ())}
