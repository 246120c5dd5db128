"""What the record costs: a save with all guards, and proving a million entries."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from django.db import transaction
from django.utils import timezone

from arbeitsmittel.models import Fassung
from portal.history import acting_as
from portal.provisioning import system_actor
from tests.bench.audit_content import write_record
from tests.bench.content import STAENDE, fill_arbeitsmittel, guards_off
from tests.bench.databases import AUDIT, EMPTY, Databases, leave, work_on
from tests.bench.editing import TEXT
from tests.bench.environment import BenchFailed
from tests.bench.figures import Spread, rounds
from tests.factories import make_fassung

PROJECT = Path(__file__).resolve().parents[2]
ENTRIES = int(os.environ.get("BENCH_ENTRIES", "1000000"))
FASSUNGEN = 10_000
ROUNDS, SAVES, SECONDS = 9, 20, 20


@dataclass(frozen=True)
class SaveFigures:
    """Milliseconds of one committed save of the same draft: alone, with the library's history, with all guards."""

    plain: Spread
    history: Spread
    guarded: Spread


@dataclass(frozen=True)
class VerifyFigures:
    """How many entries `manage.py verify` read, in how many seconds, with how many MB at most."""

    entries: int
    written_in: float
    seconds: float
    megabytes: float


def measure_saves(databases: Databases) -> SaveFigures:
    """Save one draft of 6,000 characters again and again, three ways in turn."""
    leave()
    databases.create(AUDIT, EMPTY)
    work_on(AUDIT)
    draft = make_fassung(published=False, text=TEXT)
    timed = [_one_round(draft, number) for number in rounds(ROUNDS, fewest=3, seconds=SECONDS)]
    return SaveFigures(*(Spread.of(values) for values in zip(*timed, strict=True)))


def _one_round(draft: Fassung, number: int) -> tuple[float, float, float]:
    with guards_off():
        plain = _milliseconds(draft, f"{number}a", without_history=True)
        history = _milliseconds(draft, f"{number}b")
    _milliseconds(draft, f"{number}c", times=1)  # brings row and history together again
    return plain, history, _milliseconds(draft, f"{number}d")


def _milliseconds(draft: Fassung, mark: str, *, times: int = SAVES, without_history: bool = False) -> float:
    actor = system_actor()
    begin = perf_counter()
    for count in range(times):
        draft.inhalt = f"{TEXT}<p>{mark}{count}</p>"
        draft.version += 1
        with transaction.atomic(), acting_as(actor, "Messung"):
            if without_history:
                draft.skip_history_when_saving = True
                draft.save()
                del draft.skip_history_when_saving
            else:
                draft.save()
    return 1000 * (perf_counter() - begin) / times


def write_long_record(databases: Databases) -> float:
    """Make the database with the long record and stay on it; return the seconds that took."""
    leave()
    databases.create(AUDIT, EMPTY)
    work_on(AUDIT)
    begin = perf_counter()
    fassungen = min(FASSUNGEN, ENTRIES // 10)
    fill_arbeitsmittel(fassungen // STAENDE, timezone.localdate(), timezone.now())
    write_record(ENTRIES // fassungen)
    return perf_counter() - begin


def measure_verify(database_url: str, entries: int, written_in: float) -> VerifyFigures:
    """Run `manage.py verify` as its user would, in a process of its own. Raises BenchFailed when it finds something."""
    begin = perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", _VERIFY], cwd=PROJECT, capture_output=True, text=True,
        env=os.environ | {"DATABASE_URL": database_url},
    )  # fmt: skip
    seconds = perf_counter() - begin
    if done.returncode:
        raise BenchFailed(
            f"verify findet etwas an einem unberührten Bestand:\n{done.stdout[-2000:]}{done.stderr[-500:]}"
        )
    return VerifyFigures(entries, written_in, seconds, json.loads(done.stdout.splitlines()[-1]) / 1000)


_VERIFY = """
import django, resource
django.setup()
from django.core.management import call_command
call_command("verify")
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
