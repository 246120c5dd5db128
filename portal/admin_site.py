"""The editors' workplace under /redaktion/: Django's admin, entered by role and not by a flag on the person."""

from collections.abc import Callable
from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.http import urlencode


class RedaktionSite(AdminSite):
    """One way in (the portal's own login and password pages), and 403 for people without the role."""

    site_header = "Arbeitsmittelportal – Redaktion"
    site_title = "Redaktion"
    index_title = "Arbeitsplatz"
    site_url = "/"

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active and request.user.has_perm("portal.open_redaktion")

    def admin_view(self, view: Callable[..., HttpResponse], cacheable: bool = False) -> Callable[..., HttpResponse]:
        guarded = super().admin_view(view, cacheable)

        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.user.is_authenticated and not self.has_permission(request):
                raise PermissionDenied
            return guarded(request, *args, **kwargs)

        # Django reads these marks off the view: exempt from CSRF or login where its own wrapper is.
        inner.__dict__.update(guarded.__dict__)
        return inner

    def login(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        return redirect(f"{resolve_url('anmelden')}?{urlencode({'next': request.GET.get('next', '/redaktion/')})}")

    def app_index(self, request: HttpRequest, app_label: str, extra_context: dict | None = None) -> HttpResponse:
        """The lists are in the navigation; a page that lists them again leads to the start of the workplace."""
        if not self.get_app_list(request, app_label):
            raise Http404
        return redirect("admin:index")

    def password_change(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        return redirect("kennwort")

    def password_change_done(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        return redirect("start")
