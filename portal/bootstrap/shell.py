"""How every part of the set-up speaks, runs a tool, and remembers what is done."""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class SetupFailed(Exception):
    """The set-up cannot go on; the message is fit for the terminal, in German."""


def say(sentence: str) -> None:
    """Print at once: the next step may take minutes."""
    print(f"→ {sentence}", flush=True)


def execute(command: Sequence[str | Path], failure: str, environ: Mapping[str, str] | None = None) -> str:
    """Run a tool in the project folder and return what it printed; SetupFailed(failure + its last lines) otherwise."""
    try:
        done = subprocess.run(
            [str(part) for part in command],
            cwd=ROOT,
            env={**os.environ, **(environ or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
    except OSError as fault:
        raise SetupFailed(f"{failure} ({fault})") from fault
    if done.returncode:
        raise SetupFailed("\n".join([failure, *done.stdout.strip().splitlines()[-15:]]))
    return done.stdout


def fingerprint(*files: Path) -> str:
    """Return one hash over the contents; it changes when any file does."""
    return hashlib.sha256(b"".join(hashlib.sha256(file.read_bytes()).digest() for file in files)).hexdigest()


def is_stamped(stamp: Path, value: str) -> bool:
    """Return whether a finished step left this value."""
    try:
        return stamp.read_text(encoding="ascii") == value
    except FileNotFoundError:
        return False
