"""Signing in, and changing one's own password."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.contrib.auth.views import LoginView, LogoutView, PasswordChangeView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy

from portal.demo_people import DEMO_PASSWORD, DEMO_PEOPLE
from portal.history import acting_as
from portal.stichtag_memory import forget_stichtag


class SignInView(LoginView):
    """The login page; in demo mode, and only there, it shows the demo people."""

    template_name = "konto/anmelden.html"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        people = (
            [(person.username, " und ".join(person.roles), person.does) for person in DEMO_PEOPLE]
            if settings.DEMO
            else []
        )
        return super().get_context_data(**kwargs, demo_people=people, demo_password=DEMO_PASSWORD)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        return forget_stichtag(super().form_valid(form))  # of a session that ran out


class SignOutView(LogoutView):
    """Signs out by the button; who comes by the address (after signing in again, say) goes on to the start page."""

    http_method_names: ClassVar[list[str]] = ["get", "post", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect("start")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Sign out, and let the browser forget the pages: at a shared desk nobody else goes back to them."""
        response = forget_stichtag(super().post(request, *args, **kwargs))
        response.headers["Clear-Site-Data"] = '"cache"'
        return response


class PasswordView(PasswordChangeView):
    """Everybody changes their own password here, whatever their role."""

    template_name = "konto/kennwort.html"
    success_url = reverse_lazy("start")

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        with acting_as(self.request.user, "Kennwort selbst geändert"):
            response = super().form_valid(form)
        messages.success(self.request, "Das Kennwort ist geändert.")
        return response
