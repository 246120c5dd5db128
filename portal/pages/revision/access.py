"""Who gets in."""

from django.contrib.auth.decorators import permission_required

AUDIT = "portal.open_revision"
may_audit = permission_required(AUDIT, raise_exception=True)
