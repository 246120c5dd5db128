"""manage.py populate_history: refused."""

from portal.ledger.refused_command import RefusedCommand


class Command(RefusedCommand):
    what = "Einträge nachtragen"
