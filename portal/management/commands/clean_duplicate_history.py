"""manage.py clean_duplicate_history: refused."""

from portal.ledger.refused_command import RefusedCommand


class Command(RefusedCommand):
    what = "Doppelte Einträge löschen"
