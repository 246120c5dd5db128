"""The editor in Django's admin."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from portal.editor.widgets import with_nonce


class RichTextAdminMixin:
    """For a ModelAdmin whose form has a RichTextField: hands the nonce of the page to the scripts of the form."""

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["media"] = with_nonce(context["media"], request)
        return super().render_change_form(request, context, *args, **kwargs)
