"""The virtual environment and the locked Python packages in it."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from portal.bootstrap.debian import apt_install, apt_may_install
from portal.bootstrap.shell import ROOT, SetupFailed, execute, fingerprint, is_stamped, say

OLDEST_PYTHON = (3, 11)
CONTAINED_IN = {"embedded": "dev"}  # whoever has the packages of the tests has those of `make run`


def venv_python() -> Path:
    """Return the interpreter of the virtual environment."""
    return ROOT / ".venv" / "bin" / "python"


def venv_works() -> bool:
    """Return whether the environment starts and has pip: not after an aborted creation or a new Python below it."""
    probe = f"import pip, sys; sys.exit(sys.version_info < {OLDEST_PYTHON})"
    try:
        return subprocess.run([venv_python(), "-Ic", probe], capture_output=True).returncode == 0
    except OSError:
        return False


def ensure_venv() -> None:
    """Make a new virtual environment in the place of a missing or broken one."""
    if venv_works():
        return
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    advice = f"Diesem Python fehlt das Modul venv. Als Administrator installieren: apt-get install {package}"
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        if not apt_may_install():
            raise SetupFailed(advice)
        say(f"Systempaket wird installiert: {package} …")
        apt_install([package])
    say("Virtuelle Umgebung wird angelegt (.venv) …")
    # The real interpreter: `python3` may be the broken environment's own, when that is activated.
    interpreter = os.path.realpath(sys.executable)
    if (ROOT / ".venv").exists():
        shutil.rmtree(ROOT / ".venv")
    execute([interpreter, "-m", "venv", ROOT / ".venv"], "Die virtuelle Umgebung lässt sich nicht anlegen.")


def python_packages(group: str) -> None:
    """Install the locked packages of `group` (embedded, dev or node) into the virtual environment."""
    # One value over all lock files: installing one group may undo what another one pinned before the change.
    value = fingerprint(*sorted(ROOT.glob("requirements*.txt")))
    if venv_works() and any(is_stamped(stamp_of(done), value) for done in (group, CONTAINED_IN.get(group, group))):
        return
    ensure_venv()
    lock = f"requirements-{group}.txt"
    say(f"Python-Pakete werden installiert ({lock}), das kann einige Minuten dauern …")
    pip_install("--require-hashes", "-r", ROOT / lock)
    stamp_of(group).write_text(value, encoding="ascii")


def stamp_of(group: str) -> Path:
    """Return the file that says which locked packages of `group` the environment holds."""
    return ROOT / ".venv" / f".stamp-{group}"


def pip_install(*arguments: str | Path) -> None:
    """Run the environment's pip; PYTHONPATH and the user's own packages stay out (-I)."""
    command = [venv_python(), "-Im", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    execute([*command, *arguments], "Python-Pakete ließen sich nicht installieren:")
