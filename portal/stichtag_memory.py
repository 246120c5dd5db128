"""The Stichtag that somebody has set for the whole portal, until they go back to today or the session ends.

The control in the head sends `stichtag_setzen=1` along; the dates are then kept in a cookie of the session, and pages
of readers that are opened without a date send the browser on to their address with them: what is shown always stands in
the address. `?stichtag=heute` ends it. A link that carries a date is shown, and sets nothing.
"""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.http import escape_leading_slashes

from portal.stichtag import KNOWN_PARAMETER, PARAMETER, Stichtag, read_stichtag, with_knowledge

COOKIE = "stichtag"
SET_PARAMETER, TODAY = "stichtag_setzen", "heute"
View = Callable[..., HttpResponse]


def follows_stichtag(view: View) -> View:
    """Mark a page whose content depends on the Stichtag: opened without one, it takes the one that is set."""
    view.follows_stichtag = True
    return view


def redirect_by_memory(request: HttpRequest, view: View) -> HttpResponse | None:
    """Return the way to the address that says what is to be shown, where this one does not; else None."""
    if request.method not in ("GET", "HEAD"):
        return None
    if request.GET.get(PARAMETER) == TODAY:
        return forget_stichtag(_to(request))
    if SET_PARAMETER in request.GET:
        return _remembered(_to(request, request.stichtag), request.stichtag)
    if PARAMETER in request.GET or KNOWN_PARAMETER in request.GET or not getattr(view, "follows_stichtag", False):
        return None
    kept = _kept(request, timezone.now())
    return None if kept.ist_jetzt else _to(request, kept)


def forget_stichtag(response: HttpResponse) -> HttpResponse:
    """Let the browser forget what was set; called at each end of a session, too."""
    response.delete_cookie(COOKIE, samesite="Lax")
    return response


def _remembered(response: HttpResponse, stichtag: Stichtag) -> HttpResponse:
    if stichtag.ist_jetzt:
        return response if stichtag.fehler else forget_stichtag(response)
    kept = "|".join(stichtag.parameters.values())
    response.set_cookie(COOKIE, kept, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    return response


def _kept(request: HttpRequest, now: datetime) -> Stichtag:
    """Return what was set; now, where nothing was, or what somebody wrote into the cookie by hand is no date."""
    tag, _line, bekannt = request.COOKIES.get(COOKIE, "").partition("|")
    kept = with_knowledge(read_stichtag(tag, timezone.localdate(now)), bekannt, now)
    return with_knowledge(read_stichtag("", kept.heute), "", now) if kept.fehler else kept


def _to(request: HttpRequest, stichtag: Stichtag | None = None) -> HttpResponse:
    """Redirect to the page with these dates; ones that were not understood stay, and the page says what is wrong."""
    query = request.GET.copy()
    query.pop(SET_PARAMETER, None)
    if stichtag is None or not stichtag.fehler:
        for name in (PARAMETER, KNOWN_PARAMETER):
            query.pop(name, None)
        query.update(stichtag.parameters if stichtag else {})
    address = escape_leading_slashes(request.path)
    return HttpResponseRedirect(f"{address}?{query.urlencode(safe=':')}" if query else address)
