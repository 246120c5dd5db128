"""Pages that everybody reads: rendered once per content, and not sent again to who has them (issue 5, section 3).

What is published does not change without an entry in the chain, and by itself only at midnight. So the newest entry,
the day in Germany, the address and the rights say everything about a page but its personal parts.
"""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.crypto import salted_hmac

from portal.personal import fill_parts
from portal.program import program_fingerprint
from portal.role_backend import role_names
from portal.stichtag_memory import follows_stichtag

View = Callable[..., HttpResponse]
# Kept by the browser, which asks each time: a Stand that was released a second ago is there with the next click.
ASK_EACH_TIME = "private, no-cache"


def published_page(of_person: Callable[[HttpRequest], str] = lambda request: "") -> Callable[[View], View]:
    """Let a view of published content answer with an ETag, and from memory where it can.

    The view must depend on nothing but address, Stichtag, rights and audited content; what is the person's own stands
    in personal parts, and `of_person` tells two states of it apart. A message for the person, or a date that was not
    understood, is shown once and kept nowhere.
    """

    def decorate(view: View) -> View:
        @follows_stichtag
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            version = getattr(request.user, "content_version", None)  # comes with the person (portal.role_backend)
            if version is None or request.stichtag.fehler or len(get_messages(request)):
                return view(request, *args, **kwargs)
            key = _key(request, version)
            etag = _etag(request, key, of_person(request))
            response = get_conditional_response(request, etag=etag) or _filled(request, key, view, args, kwargs)
            if response.status_code in (HttpResponse.status_code, 304):
                response.headers["ETag"], response.headers["Cache-Control"] = etag, ASK_EACH_TIME
            return response

        return answer

    return decorate


def _filled(request: HttpRequest, key: str, view: View, args: Any, kwargs: Any) -> HttpResponse:
    """Return the page with the parts of this person, rendered now if it is not remembered."""
    response = HttpResponse(caches["pages"].get(key, b""))
    if not response.content:
        request.rendered_for_everybody = True
        response = view(request, *args, **kwargs)
        request.rendered_for_everybody = False
        if response.status_code == HttpResponse.status_code:
            caches["pages"].set(key, response.content)
    response.content = fill_parts(request, response.content.decode())
    return response


def _key(request: HttpRequest, version: str) -> str:
    roles = ",".join(sorted(role_names(request.user)))
    facts = (version, program_fingerprint(), str(request.stichtag.heute), roles, request.get_full_path())
    return hashlib.sha256("\n".join(facts).encode()).hexdigest()


def _etag(request: HttpRequest, key: str, personal: str) -> str:
    """With the cookie of the forms, whose secret in the page is another one after each sign-in."""
    secret_of_forms = request.COOKIES.get(settings.CSRF_COOKIE_NAME, "")
    return f'"{salted_hmac(key, f"{request.user.pk} {secret_of_forms} {personal}", algorithm="sha256").hexdigest()}"'
