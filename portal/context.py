"""What every template knows."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def portal(request: HttpRequest) -> dict[str, Any]:
    """Return the Stichtag and whether this is the demo; no query, so that error pages can use it too."""
    return {"stichtag": getattr(request, "stichtag", None), "demo": settings.DEMO}
