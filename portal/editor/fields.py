"""The form field: cleaned text of `portal.text` comes out, or one German sentence."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from portal.editor.widgets import RichTextWidget
from portal.text import TextRefused, clean, scoped


class RichTextField(forms.CharField):
    """A text in the schema of `portal.text`.

    `zitate_url` answers a POST of `text` with the citations in it as HTML (static/js/zitate.js says how);
    `suche_url` answers `?q=` with a JSON list of `{kennung, titel, stand}`. Without an address its feature is absent.
    """

    widget = RichTextWidget

    def __init__(self, *, zitate_url: Any = None, suche_url: Any = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        for name, url in (("data-zitate-url", zitate_url), ("data-suche-url", suche_url)):
            if url is not None:
                self.widget.attrs[name] = url  # may be lazy: it is resolved when the widget is printed

    def to_python(self, value: Any) -> str:
        """Return the cleaned text, its header cells with scope; raises ValidationError with the reason of a refusal."""
        try:
            return clean(scoped(clean(super().to_python(value))))
        except TextRefused as refusal:
            raise ValidationError(str(refusal), code="refused") from refusal

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Return whether the text differs; that the stored one was never cleaned by this field is no change."""
        try:
            initial = self.to_python(initial)
        except ValidationError:
            return True
        return super().has_changed(initial, data)
