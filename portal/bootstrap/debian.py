"""The system packages that pip and npm cannot bring: installed by apt as root, named to the person otherwise."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from portal.bootstrap.shell import SetupFailed, execute, say


@dataclass(frozen=True)
class SystemPackage:
    """A Debian package, and the question whether what we need of it is there, wherever it came from."""

    name: str
    is_there: Callable[[], bool]


def library(*names: str) -> Callable[[], bool]:
    """Return a check that one of the shared libraries can be loaded (the linker's names, Linux first)."""

    def loads(name: str) -> bool:
        try:
            ctypes.CDLL(name)
        except OSError:
            return False
        return True

    return lambda: any(loads(name) for name in names)


def program(name: str) -> Callable[[], bool]:
    """Return a check that a program is on the PATH."""
    return lambda: shutil.which(name) is not None


PDF_LIBRARIES = (
    SystemPackage("libpango-1.0-0", library("libpango-1.0.so.0", "libpango-1.0.dylib")),
    SystemPackage("libpangoft2-1.0-0", library("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib")),
    SystemPackage("libharfbuzz-subset0", library("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib")),
)
TEST_PROGRAMS = (
    SystemPackage("chromium", program("chromium")),
    SystemPackage("libatomic1", library("libatomic.so.1")),  # the Node that Playwright carries links to it
    SystemPackage("poppler-utils", program("pdftoppm")),
)


def apt_may_install() -> bool:
    """Return whether we are root on a machine with apt."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt_install(names: Sequence[str]) -> None:
    """Install packages, with fresh package lists only where the present ones do not lead to them."""
    install = ["apt-get", "install", "-y", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300", *names]
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        execute(install, "", quiet)
    except SetupFailed:
        execute(["apt-get", "update"], "Die Paketlisten von apt lassen sich nicht erneuern.", quiet)
        execute(install, f"apt-get konnte {' '.join(names)} nicht installieren.", quiet)


def system_packages(wanted: Sequence[SystemPackage], without: str) -> bool:
    """Install what is missing if we may; otherwise say what to install and what does not work `without` it."""
    names = [package.name for package in wanted if not package.is_there()]
    if not names:
        return True
    if apt_may_install():
        say(f"Systempakete werden installiert: {' '.join(names)} …")
        try:
            apt_install(names)
        except SetupFailed as fault:
            print(fault, file=sys.stderr)
        names = [package.name for package in wanted if not package.is_there()]
    if names:
        command = f"apt-get install --no-install-recommends {' '.join(names)}"
        print(f"Es fehlen Systempakete, {without}. Als Administrator installieren: {command}", file=sys.stderr)
    return not names
