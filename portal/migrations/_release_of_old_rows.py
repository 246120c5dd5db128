"""How rows were released that are older than the steps of the release; used by migrations of both apps."""

from typing import Any

from django.db import connection
from django.utils import timezone

REASON = "Weg der Freigabe nachgetragen (Umstellung auf das Verfahren mit Prüfung)"


def note_how(apps: Any, app: str, model: str) -> None:
    """Enter way and visibility of everything released so far, with an entry of the system in the history.

    Until then a second person checked and released in one step, and nothing was ever hidden after its release.
    """
    rows = apps.get_model(app, model).objects.filter(veroeffentlicht_am__isnull=False, sichtbar_ab__isnull=True)
    history = apps.get_model(app, f"Historical{model}")
    copied = [field.attname for field in history._meta.fields if not field.name.startswith("history_")]
    for row in rows.iterator():
        system = apps.get_model("portal", "Benutzer").objects.get(username="system")
        row.sichtbar_ab, row.weg = row.veroeffentlicht_am, "uebernahme" if row.quelle else "pruefung"
        row.save(update_fields=["sichtbar_ab", "weg"])
        history.objects.create(
            **{name: getattr(row, name) for name in copied},
            history_date=timezone.now(),
            history_type="~",
            history_change_reason=REASON,
            history_user_id=system.pk,
        )
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # else the next migration finds triggers that still wait
