"""The address of who asks, for the lock against guessing passwords."""

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """Return the address that the outermost of our own proxies saw; without proxies, that of the connection.

    Each proxy appends the address that it saw, so only the last PROXY_COUNT entries of X-Forwarded-For can be
    trusted: what stands before them was written by the client.
    """
    forwarded = [entry.strip() for entry in request.headers.get("X-Forwarded-For", "").split(",")]
    if settings.PROXY_COUNT and len(forwarded) >= settings.PROXY_COUNT and forwarded[-settings.PROXY_COUNT]:
        return forwarded[-settings.PROXY_COUNT]
    return request.META.get("REMOTE_ADDR", "")
