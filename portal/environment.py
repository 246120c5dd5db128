"""Reads the process environment and fails loudly: a wrong value stops the start instead of changing the meaning."""

import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key

ENVIRONMENTS = ("local", "demo", "test", "production")
LOCAL_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
MINIMAL_SECRET_LENGTH = 50  # what Django's own check (security.W009) asks for


def environment_name(environ: Mapping[str, str] = os.environ) -> str:
    """Return which of the four ways to run this is; production where nothing is said, because it is the strict one."""
    name = environ.get("PORTAL_ENV", "production")
    if name not in ENVIRONMENTS:
        raise ImproperlyConfigured(f"PORTAL_ENV ist „{name}“; erlaubt sind: {', '.join(ENVIRONMENTS)}.")
    return name


def env_bool(key: str, default: bool, environ: Mapping[str, str] = os.environ) -> bool:
    """Return the truth value of a variable; only `1` and `0` are understood."""
    value = environ.get(key, "")
    if value not in ("", "0", "1"):
        raise ImproperlyConfigured(f"{key} ist „{value}“; erlaubt sind 0 und 1.")
    return default if value == "" else value == "1"


def env_int(key: str, default: int, environ: Mapping[str, str] = os.environ) -> int:
    """Return a whole number."""
    value = environ.get(key, "")
    try:
        return int(value) if value else default
    except ValueError:
        raise ImproperlyConfigured(f"{key} ist „{value}“; erwartet wird eine ganze Zahl.") from None


def env_text(key: str, default: str, environ: Mapping[str, str] = os.environ) -> str:
    """Return the text of a variable; one that is empty counts as missing."""
    return environ.get(key, "").strip() or default


def env_list(key: str, environ: Mapping[str, str] = os.environ) -> list[str]:
    """Return the comma-separated entries of a variable, without empty ones."""
    return [entry.strip() for entry in environ.get(key, "").split(",") if entry.strip()]


def secret_key(name: str, folder: Path, environ: Mapping[str, str] = os.environ) -> str:
    """Return the SECRET_KEY: from the environment, or outside production from a file that is made once.

    Raises ImproperlyConfigured in production when it is missing, short, or obviously a default.
    """
    given = environ.get("SECRET_KEY", "")
    if name == "production":
        if len(given) < MINIMAL_SECRET_LENGTH or len(set(given)) < 5 or given.startswith("django-insecure"):
            raise ImproperlyConfigured(
                "SECRET_KEY fehlt oder ist ein Vorgabewert: Im Betrieb sind mindestens 50 zufällige Zeichen nötig."
            )
        return given
    return given or _kept_secret(folder / "secret_key")


def _kept_secret(path: Path) -> str:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=path.parent, encoding="ascii") as whole:
            whole.write(get_random_secret_key())
            whole.flush()
            # A link appears with its whole content; of two processes that start at once, the second one's is refused.
            with suppress(FileExistsError):
                os.link(whole.name, path)
    return path.read_text(encoding="ascii")


def allowed_hosts(name: str, environ: Mapping[str, str] = os.environ) -> list[str]:
    """Return ALLOWED_HOSTS; production must name them, and never as `*`."""
    hosts = env_list("ALLOWED_HOSTS", environ)
    if name == "demo":
        return LOCAL_HOSTS  # its passwords are known: never under another name
    if name != "production":
        return hosts or LOCAL_HOSTS
    if not hosts or any("*" in host for host in hosts):
        raise ImproperlyConfigured("ALLOWED_HOSTS muss im Betrieb die Namen des Portals nennen, „*“ ist nicht erlaubt.")
    return hosts
