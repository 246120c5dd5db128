"""What belongs to every request: headers, the Stichtag, and a readable answer when the database is away."""

from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal.stichtag import stichtag_of

Handler = Callable[[HttpRequest], HttpResponse]
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class SecurityHeadersMiddleware:
    """Adds what Django and django-csp have no setting for."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        # Who signs out at a shared desk must not leave pages behind in the browser's cache.
        response.headers.setdefault("Cache-Control", "private, no-cache")
        return response


class DatabaseDownMiddleware:
    """Answers 503 with a page of our design while the database cannot be reached."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, OperationalError | InterfaceError):
            return None
        response = render(request, "503.html", status=503)
        response.headers["Retry-After"] = "30"
        return response


class StichtagMiddleware:
    """Gives every request its Stichtag, so that views, templates and links share one answer."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.stichtag = stichtag_of(request)
        return self.get_response(request)
