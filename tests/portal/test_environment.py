import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from portal.environment import allowed_hosts, env_bool, env_int, environment_name, secret_key

ROOT = Path(__file__).resolve().parents[2]
GOOD_KEY = "k3y-0f-f1fty-characters-and-m0re-for-the-production-x"


def test_environment_is_strict_by_default():
    assert environment_name({}) == "production"
    with pytest.raises(ImproperlyConfigured, match="erlaubt sind"):
        environment_name({"PORTAL_ENV": "prod"})


@pytest.mark.parametrize("value", ["yes", "true", "2"])
def test_unclear_truth_stops_the_start(value):
    with pytest.raises(ImproperlyConfigured):
        env_bool("X", default=False, environ={"X": value})


def test_unclear_number_stops_the_start():
    assert env_int("X", 3, {}) == 3
    with pytest.raises(ImproperlyConfigured):
        env_int("X", 3, {"X": "drei"})


@pytest.mark.parametrize("key", ["", "kurz", "a" * 60, "django-insecure-" + GOOD_KEY])
def test_production_refuses_missing_or_default_secret_key(key, tmp_path):
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY"):
        secret_key("production", tmp_path, {"SECRET_KEY": key})
    assert list(tmp_path.iterdir()) == []


def test_secret_key_outside_production_is_made_once(tmp_path):
    first = secret_key("local", tmp_path / "var", {})
    assert secret_key("demo", tmp_path / "var", {}) == first
    assert len(first) >= 50
    assert (tmp_path / "var" / "secret_key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("hosts", ["", "*", "portal.example,*", "*.example"])
def test_production_refuses_open_hosts(hosts):
    with pytest.raises(ImproperlyConfigured, match="ALLOWED_HOSTS"):
        allowed_hosts("production", {"ALLOWED_HOSTS": hosts})


def test_demo_answers_to_local_names_only():
    assert "portal.example" not in allowed_hosts("demo", {"ALLOWED_HOSTS": "portal.example"})


def test_demo_is_refused_by_a_server_of_production(tmp_path):
    environ = {"PATH": os.environ["PATH"], "PORTAL_ENV": "demo", "PORTAL_DATA": str(tmp_path)}
    run = subprocess.run(
        [sys.executable, "-c", "import portal.wsgi"],
        cwd=ROOT, env=environ, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode != 0
    assert "nur mit „make run“" in run.stderr


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, ""),
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
    ],
)
def test_production_starts_only_with_safe_settings(changes, sentence):
    """In a process of its own, as a server would import the settings."""
    environ = {
        "PATH": os.environ["PATH"],
        "PORTAL_ENV": "production",
        "SECRET_KEY": GOOD_KEY,
        "ALLOWED_HOSTS": "portal.example",
        "DATABASE_URL": "postgresql://app@127.0.0.1:9/portal",
    }
    run = subprocess.run(
        [sys.executable, "-c", "import portal.settings"],
        cwd=ROOT, env=environ | changes, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (run.returncode == 0) == (sentence == ""), run.stderr
    assert sentence in run.stderr
