"""Answers for the probes of the operator; without a login and without content."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, InterfaceError, connection, transaction
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe


@require_safe
@login_not_required
@transaction.non_atomic_requests  # a process without its database is alive, and must not be restarted for it
def live(request: HttpRequest) -> JsonResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


@require_safe
@login_not_required
@transaction.non_atomic_requests  # a transaction would already ask for the database
def ready(request: HttpRequest) -> JsonResponse:
    """The process can answer questions: the database is there and has our tables (503 otherwise)."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM portal_benutzer LIMIT 1")
    except (DatabaseError, InterfaceError):
        return JsonResponse({"status": "database unavailable"}, status=503)
    return JsonResponse({"status": "ok"})
