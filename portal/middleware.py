"""What belongs to every request: headers and the Stichtag."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from portal.stichtag import stichtag_of
from portal.stichtag_memory import redirect_by_memory

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
        # Who signs out at a shared desk must not leave pages behind, neither on disk nor for the back button.
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response


class StichtagMiddleware:
    """Gives every request its Stichtag, so that views, templates and links share one answer."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.stichtag = stichtag_of(request)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Handler, args: tuple, kwargs: dict) -> HttpResponse | None:
        return redirect_by_memory(request, view)
