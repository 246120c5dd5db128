"""What is proved of roles: each person has those that their newest entry names, given in that entry."""

from collections.abc import Iterator

from portal.ledger.verify import Mangel, Progress, named, select
from portal.models import Benutzer

ROLES_OF_ENTRY = (
    "(SELECT coalesce(jsonb_agg(g.name ORDER BY g.name COLLATE \"C\"), '[]') FROM portal_historicalbenutzer_groups r"
    " JOIN auth_group g ON g.id = r.group_id WHERE r.history_id = e.zeile)"
)


def check_roles(progress: Progress) -> Iterator[Mangel]:
    """The roles of an entry are those that it was chained with, and those of the newest one are what a person has."""
    progress.begin("Rollen", 0)
    changed = select(
        "SELECT e.nummer FROM portal_eintrag e WHERE e.tabelle = 'portal_historicalbenutzer'"
        " AND e.angaben -> 'rollen' IS DISTINCT FROM " + ROLES_OF_ENTRY + " ORDER BY 1"
    )
    for (number,) in changed:
        yield Mangel(f"Eintrag {number}", "die eingetragenen Rollen wurden geändert")
    others = select(
        "SELECT b.id FROM portal_benutzer b LEFT JOIN (SELECT DISTINCT ON (objekt_id) objekt_id, angaben -> 'rollen' AS"
        " rollen FROM portal_eintrag WHERE tabelle = 'portal_historicalbenutzer' ORDER BY objekt_id, nummer DESC) e"
        " ON e.objekt_id = b.id WHERE (SELECT coalesce(jsonb_agg(g.name ORDER BY g.name COLLATE \"C\"), '[]')"
        " FROM portal_benutzer_groups r JOIN auth_group g ON g.id = r.group_id WHERE r.benutzer_id = b.id)"
        " IS DISTINCT FROM e.rollen ORDER BY 1"
    )
    for (key,) in others:
        yield Mangel(named(Benutzer, key), "hat andere Rollen als eingetragen")
