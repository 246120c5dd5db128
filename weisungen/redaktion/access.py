"""Who may do what with a Weisung, and how the pages find it."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from portal.workplace import has_any, rights_over, with_people
from weisungen.models import Weisung

SEE_DRAFTS = rights_over(Weisung)
WRITE, START, RELEASE, RUSH, AUDIT = SEE_DRAFTS
ANNOUNCE = "weisungen.change_umsetzung"


def sees_drafts(user: Any) -> bool:
    """Return whether somebody may see what is not released."""
    return has_any(user, SEE_DRAFTS)


def weisung_or_404(pk: int) -> Weisung:
    """Return a Weisung, whatever its state, with what every page says about it."""
    return get_object_or_404(with_people(Weisung.objects.all()), pk=pk)


def site_of(request: HttpRequest) -> str:
    """Return what stands before the links of a PDF made by this request."""
    return request.build_absolute_uri("/")
