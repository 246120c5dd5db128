"""Fira Sans for the PDF files: the cuts of the KERN package, unpacked once from WOFF2 to TTF.

WeasyPrint would unpack WOFF2 again for every file: 1.58 s instead of 0.63 s for four pages. `make` calls this with the
Python of the virtual environment; importing the module needs nothing but the standard library.
"""

import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KERN_FONTS = ROOT / "node_modules" / "@kern-ux" / "native" / "dist" / "fonts" / "fira-sans"
# Beside their source: whatever removes the npm packages removes what was made from them.
FONT_DIR = ROOT / "node_modules" / ".fonts"
CUTS = ("Regular", "Italic", "SemiBold", "Bold")  # weights 400, 400 italic, 600, 700


class FontsUnavailable(Exception):
    """The cuts could not be made; the message is one German sentence."""


def font_files(target: Path = FONT_DIR) -> list[Path]:
    """Return the paths of the TTF files in `target`, in the order of CUTS, whether they exist or not."""
    return [target / f"FiraSans-{cut}.ttf" for cut in CUTS]


def prepare_fonts(target: Path = FONT_DIR, source: Path = KERN_FONTS) -> list[Path]:
    """Make the TTF files that `target` lacks and return the paths of all of them.

    A file appears under its name only when it is complete, so what exists can be used, also by a process beside this
    one. Raises FontsUnavailable when a cut is missing in `source` or cannot be read.
    """
    files = font_files(target)
    target.mkdir(parents=True, exist_ok=True)
    for file in files:
        if not file.exists():
            _unpack(source / f"{file.stem}.woff2", file)
    return files


def _unpack(source: Path, target: Path) -> None:
    from fontTools.ttLib import TTFont, TTLibError

    # The time of the source stays inside: the same package gives the same bytes on every machine.
    try:
        font = TTFont(source, recalcTimestamp=False)
    except (OSError, TTLibError) as fault:
        raise FontsUnavailable(f"Die Schrift {source.name} aus dem KERN-Paket ist nicht lesbar: {fault}") from fault
    font.flavor = None
    descriptor, unfinished = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".part")
    try:
        with font, os.fdopen(descriptor, "wb") as file:
            font.save(file)
        os.chmod(unfinished, 0o644)
        os.replace(unfinished, target)
    except BaseException:
        os.unlink(unfinished)
        raise


if __name__ == "__main__":
    try:
        prepare_fonts()
    except FontsUnavailable as fault:
        sys.exit(str(fault))
