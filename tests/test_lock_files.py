"""The lock files: checksums, no addresses, and the same versions in all of them."""

import json
import re
import tomllib
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[1]
LOCKS = sorted(PROJECT.glob("requirements*.txt"))


def pins(lock: Path) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", lock.read_text(encoding="utf-8"), flags=re.MULTILINE))


ADDRESSLESS = [*LOCKS, PROJECT / "package-lock.json", PROJECT / ".npmrc"]


@pytest.mark.parametrize("lock", ADDRESSLESS, ids=lambda path: path.name)
def test_lock_file_names_no_address(lock):
    assert not re.search(r"://|--(extra-)?index|--find-links|registry ?=", lock.read_text(encoding="utf-8"))


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_pinned_python_package_has_a_checksum(lock):
    entries = re.split(r"\n(?=[a-z])", lock.read_text(encoding="utf-8"))
    assert len(entries) == len(pins(lock)) > 0
    assert all("--hash=sha256:" in entry for entry in entries)


def test_every_npm_package_has_a_checksum():
    locked = json.loads((PROJECT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    declared = json.loads((PROJECT / "package.json").read_text(encoding="utf-8"))
    assert locked[""]["dependencies"] == declared["dependencies"]
    assert locked[""]["devDependencies"] == declared["devDependencies"]
    assert all(package["integrity"].startswith("sha512-") for name, package in locked.items() if name)


def test_larger_lock_files_contain_the_smaller_ones():
    """`make run` takes the packages of the tests for its own, so they must be the same versions."""
    base, embedded, dev = (pins(PROJECT / f"requirements{group}.txt") for group in ("", "-embedded", "-dev"))
    assert base.items() <= embedded.items() <= dev.items()


def test_lock_files_cover_what_the_project_declares():
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = project["dependencies"] + [name for extra in project["optional-dependencies"].values() for name in extra]
    names = {re.match(r"[A-Za-z0-9._-]+", line).group().lower() for line in declared}
    assert names <= pins(PROJECT / "requirements-dev.txt").keys()
