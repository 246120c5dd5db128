"""Which program answers: what was rendered by another one is not shown again."""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings

_SOURCES = (("templates", "*.html"), *((app, "*.py") for app in ("portal", "arbeitsmittel", "weisungen")))
_FILES_WITH_OUR_NAMES = ("static", "node_modules/.stamp")  # pages name them, in production with their checksums


@cache
def program_fingerprint() -> str:
    """Return a checksum over everything that makes a page: templates, code, and the files that pages name."""
    digest = hashlib.sha256()
    for folder, pattern in _SOURCES:
        for file in sorted((settings.BASE_DIR / folder).rglob(pattern)):
            digest.update(file.read_bytes())
    for name in _FILES_WITH_OUR_NAMES:
        for file in _files(settings.BASE_DIR / name):
            digest.update(f"{file.name} {file.stat().st_size} {file.stat().st_mtime_ns}".encode())
    return digest.hexdigest()


def _files(place: Path) -> list[Path]:
    return sorted(place.rglob("*.*")) if place.is_dir() else [place] if place.exists() else []
