"""The pages that come with django-simple-history and the admin, untouched, over the same rows."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest
from django.test import override_settings
from django.urls import path
from simple_history.admin import SimpleHistoryAdmin

from arbeitsmittel.models import Fassung

PER_PAGE = 100


class StockSite(admin.AdminSite):
    def has_permission(self, request: HttpRequest) -> bool:
        return True


class AllChanges(admin.ModelAdmin):
    """All changes, newest first, as anybody would set it up."""

    list_display = ["history_date", "history_user", "history_type", "history_change_reason", "titel"]
    list_per_page = PER_PAGE
    # The library's own person may be missing, so the admin's join passes over it and each one is asked for by itself.
    # Ours is never missing and would be joined; this measures what the library brings.
    list_select_related = ()
    ordering = ["-history_id"]
    search_fields = ["history_change_reason"]


site = StockSite(name="stock")
site.register(Fassung, SimpleHistoryAdmin)
site.register(Fassung.history.model, AllChanges)
urlpatterns = [path("stock/", site.urls)]


@contextmanager
def stock_portal() -> Iterator[None]:
    """Serve these pages with the templates of Django and the library and the middleware of a new project."""
    kept = ("Session", "Common", "Csrf", "AuthenticationMiddleware", "Message")
    changed = {
        "ROOT_URLCONF": "tests.bench.stock",
        "MIDDLEWARE": [name for name in settings.MIDDLEWARE if any(word in name for word in kept)],
        "TEMPLATES": [
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ]
                },
            }
        ],
    }
    with override_settings(**changed):
        yield
