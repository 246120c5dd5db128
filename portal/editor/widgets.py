"""The widget: a textarea with HTML that static/js/editor/ turns into the editor, and what the page must load for it.

django-prose-editor brings Tiptap as one ES module, which needs no build here. Its toolbar and dialogs stay unused:
their words are English in part, and neither state nor order of the buttons reaches a screen reader.
"""

from typing import Any

from django import forms
from django.forms.widgets import Script
from django.http import HttpRequest
from django_prose_editor.widgets import importmap as library_importmap
from django_prose_editor.widgets import prose_editor_js
from js_asset import ImportMap, Media

# By name, so that a module that imports another one gets the file with the checksum in its name.
MODULES = (
    "buttons",
    "dialog",
    "input",
    "links",
    "lists",
    "main",
    "nodes",
    "output",
    "paste",
    "questions",
    "schema",
    "search",
    "tables",
    "toolbar",
)
EDITOR_MEDIA = Media(
    importmap=library_importmap | ImportMap({f"portal/editor/{name}": f"js/editor/{name}.js" for name in MODULES}),
    css={"all": ["django_prose_editor/material-icons.css", "css/text.css", "css/editor.css"]},
    js=[
        prose_editor_js,  # main.js asks for it too; so it is on its way earlier
        *(Script(path, type="module") for path in ("js/editor/main.js", "js/zitate.js", "js/ungespeichert.js")),
    ],
)


def with_nonce(media: forms.Media, request: HttpRequest) -> Media:
    """Return `media` with the nonce of the page: the import map stands in the page, and the policy wants to know it."""
    return Media.from_media(media, nonce=str(request.csp_nonce))


class RichTextWidget(forms.Textarea):
    """A textarea that the editor takes over; its `data-*` attributes switch on what needs a server."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 12, "class": "quelltext", "data-editor": "", **(attrs or {})})

    @property
    def media(self) -> Media:
        return EDITOR_MEDIA

    def use_required_attribute(self, initial: Any) -> bool:
        """Return False: a browser cannot show its complaint at a hidden textarea, and the form would never go off."""
        return False
