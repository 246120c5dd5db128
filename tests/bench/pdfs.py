"""The PDF of a Weisung against bare WeasyPrint on the same HTML, each in fresh processes of its own."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from portal.fonts import prepare_fonts
from portal.pdf import STYLESHEET
from portal.stichtag import Stichtag
from tests.bench.environment import BenchFailed
from tests.bench.figures import Spread, rounds
from tests.bench.pdf_process import SITE
from weisungen.models import Weisung
from weisungen.printing import print_context

ROUNDS, FEWEST_ROUNDS, SECONDS = 4, 2, 30
WARM = 3  # renderings after the first one
MAX_SECONDS = 60  # of one process
# Bare WeasyPrint gets our HTML, style sheet and fonts, without our preparing of the HTML and correcting of the tags.
CONTENDERS = {"portal": "Portal", "bare": "WeasyPrint allein", "bare-ua": "WeasyPrint allein, pdf/ua-1"}


@dataclass(frozen=True)
class PdfFigures:
    """Seconds of one contender: first rendering of a process, and the median of the ones after; the file it made."""

    name: str
    first: Spread
    warm: Spread
    pages: int
    size: int


def measure_pdf(weisung: Weisung, database: str, folder: Path) -> list[PdfFigures]:
    """Return the figures of all contenders, the portal first. Writes its material to `folder`.

    `database` is the DATABASE_URL under which the processes find the Weisung. Raises BenchFailed.
    """
    write_material(weisung, folder)
    runs: dict[str, list[dict]] = {contender: [] for contender in CONTENDERS}
    for _round in rounds(ROUNDS, fewest=FEWEST_ROUNDS, seconds=SECONDS):
        for contender, answers in runs.items():
            answers.append(_run(contender, weisung.slug, database, folder))
    return [_figures(CONTENDERS[contender], answers) for contender, answers in runs.items()]


def write_material(weisung: Weisung, folder: Path) -> None:
    """Write the HTML that our own renderer gets, and our style sheet with the addresses of the font files."""
    heute = timezone.localdate()
    html = render_to_string("pdf/weisung.html", print_context(weisung, Stichtag(heute, heute), SITE))
    css = STYLESHEET.read_text(encoding="utf-8")
    fonts = prepare_fonts(Path(settings.FONT_DIR))
    (folder / "weisung.html").write_text(html, encoding="utf-8")
    (folder / "druck.css").write_text(css.replace("portal-schrift:", f"{fonts[0].parent.as_uri()}/"), encoding="utf-8")


def _run(contender: str, slug: str, database: str, folder: Path) -> dict:
    command = [sys.executable, "-m", "tests.bench.pdf_process", contender, slug, str(folder), str(WARM)]
    environ = os.environ | {"DATABASE_URL": database}
    done = subprocess.run(command, env=environ, capture_output=True, text=True, timeout=MAX_SECONDS, check=False)
    if done.returncode:
        raise BenchFailed(f"Das PDF wurde nicht fertig ({contender}):\n{done.stderr}")
    return json.loads(done.stdout)


def _figures(name: str, answers: list[dict]) -> PdfFigures:
    return PdfFigures(
        name,
        first=Spread.of(answer["first"] for answer in answers),
        warm=Spread.of(Spread.of(answer["warm"]).median for answer in answers),
        pages=answers[0]["pages"],
        size=answers[0]["size"],
    )
