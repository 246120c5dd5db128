"""What a page must load for a form with a rich text."""

from django import forms, template
from django.template.context import Context

from portal.editor import with_nonce

register = template.Library()


@register.simple_tag(takes_context=True)
def form_media(context: Context, form: forms.BaseForm) -> str:
    """Return the tags for styles and scripts of a form; they belong into the head, before any other module."""
    return with_nonce(form.media, context["request"]).render()
