"""The rich-text editor as a form field: what comes out of it is text of `portal.text` and nothing else.

    class FassungForm(forms.ModelForm):
        inhalt = RichTextField(label="Inhalt", zitate_url=reverse_lazy("…"), suche_url=reverse_lazy("…"))

In the admin, `RichTextAdminMixin` lets the page's policy accept the import map; on a page of our own,
`{% load editor %}{% form_media form %}` in the head does the same. Without JavaScript the textarea stays.
"""

from portal.editor.admin import RichTextAdminMixin
from portal.editor.fields import RichTextField
from portal.editor.widgets import RichTextWidget, with_nonce

__all__ = ["RichTextAdminMixin", "RichTextField", "RichTextWidget", "with_nonce"]
