"""manage.py clean_old_history: refused."""

from portal.ledger.refused_command import RefusedCommand


class Command(RefusedCommand):
    what = "Alte Einträge löschen"
