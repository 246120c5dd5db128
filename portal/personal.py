"""The few places of a page that are the person's own: whose account it is, what they have marked.

A page that everybody reads is rendered once, with a marker in each of these places; the markers are filled for each
person (portal.reader_pages). No text can forge a marker, because it holds a secret.
"""

import re
from collections.abc import Callable
from functools import cache

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.crypto import salted_hmac
from django.utils.safestring import SafeString, mark_safe

Part = Callable[[HttpRequest, str], str]
_PARTS: dict[str, Part] = {}
_ARGUMENT = r"([a-z]+) ([a-z0-9.-]*)"


def personal_part(name: str) -> Callable[[Part], Part]:
    """Register what makes a part: it gets the request and the argument of the tag (a slug), and returns safe HTML."""

    def register(part: Part) -> Part:
        _PARTS[name] = part
        return part

    return register


def render_part(request: HttpRequest, name: str, argument: str) -> SafeString:
    """Return the HTML of a part, or its marker while a page is rendered for everybody."""
    if getattr(request, "rendered_for_everybody", False):
        return mark_safe(f"<!--{_secret()} {name} {argument}-->")
    return mark_safe(_PARTS[name](request, argument))


def fill_parts(request: HttpRequest, page: str) -> str:
    """Return a page that was rendered for everybody with the parts of this person."""
    return re.sub(f"<!--{_secret()} {_ARGUMENT}-->", lambda found: _PARTS[found[1]](request, found[2]), page)


@cache
def _secret() -> str:
    return salted_hmac("portal.personal", "marker").hexdigest()


@personal_part("konto")
def _account(request: HttpRequest, _argument: str) -> str:
    return render_to_string("_konto.html", request=request)
