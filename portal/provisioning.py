"""What every installation has after `migrate`: the groups of portal/roles.py and the system actor."""

from typing import Any

from django.apps import apps as installed_apps
from django.contrib.auth.hashers import make_password
from django.db import connections, transaction

from portal.history import acting_as
from portal.roles import ROLES, SYSTEM_USERNAME


def provide_roles(using: str = "default", apps: Any = installed_apps, **_: Any) -> None:
    """Bring the groups in step with the table; called after each migrate, writes only what differs.

    `apps` are the models as migrated, or the installed ones after a flush.
    """
    try:
        permission_model = apps.get_model("auth", "Permission")
        group_model = apps.get_model("auth", "Group")
        apps.get_model("portal", "Benutzer")
    except LookupError:
        return  # migrated back to nothing
    permissions = {
        f"{permission.content_type.app_label}.{permission.codename}": permission.pk
        for permission in permission_model.objects.using(using).select_related("content_type")
    }
    for name, rights in ROLES.items():
        group, _created = group_model.objects.using(using).get_or_create(name=name)
        group.permissions.set([permissions[right] for right in rights if right in permissions])
    _provide_system_actor(using)


def _provide_system_actor(using: str) -> None:
    """Make the named actor of what no person did (imports without --user, set-up); nobody can sign in as it."""
    from portal.models import Benutzer

    if Benutzer.objects.using(using).filter(username=SYSTEM_USERNAME).exists():
        return
    with connections[using].cursor() as cursor:
        # It enters itself into the history, so its key is drawn before the row is written.
        cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id'))", [Benutzer._meta.db_table])
        (key,) = cursor.fetchone()
    system = Benutzer(
        pk=key, username=SYSTEM_USERNAME, first_name="Portal", last_name="(System)", is_active=False,
        password=make_password(None),
    )  # fmt: skip
    with transaction.atomic(using=using), acting_as(system, "Einrichtung des Portals"):
        system.save(force_insert=True, using=using)


def system_actor() -> Any:
    """Return the system actor; it exists in every migrated database."""
    from portal.models import Benutzer

    return Benutzer.objects.get(username=SYSTEM_USERNAME)
