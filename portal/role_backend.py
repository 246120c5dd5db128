"""Signing in, and reading rights from the table of roles."""

from django.contrib.auth.backends import ModelBackend
from django.contrib.postgres.aggregates import ArrayAgg

from portal.ledger.content_version import content_version
from portal.models import Benutzer
from portal.roles import rights_of


class RoleBackend(ModelBackend):
    """Signs in by password and reads rights from the table above.

    The person, the names of their groups and the version of the content are one query; a role given or taken counts
    from the next request on.
    Rights stored elsewhere (user permissions, group permissions, superuser) are not looked at.
    """

    def get_user(self, user_id: int) -> Benutzer | None:
        query = Benutzer.objects.select_related("dienststelle").annotate(
            group_names=ArrayAgg("groups__name", default=[]), content_version=content_version()
        )
        user = query.filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None

    def _get_permissions(self, user_obj: Benutzer, obj: object, from_name: str) -> set[str]:
        if not user_obj.is_active or user_obj.is_anonymous or obj is not None or from_name == "user":
            return set()
        return rights_of(role_names(user_obj))


def role_names(user: Benutzer) -> list[str]:
    """Return the names of a person's groups, from the query of `get_user` where it was made."""
    names = getattr(user, "group_names", None)
    return list(user.groups.values_list("name", flat=True)) if names is None else [name for name in names if name]
