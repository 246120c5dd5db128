"""Folders for the temporary files of children, and the removal of those whose children were killed.

A child keeps its folder locked as long as it lives, whoever ends it: the kernel lets go of the lock, not a program.
"""

import contextlib
import fcntl
import os
import shutil
import tempfile
import time
from pathlib import Path

_PREFIX = "portal-kind-"
_SETTLED = 60  # seconds after which a folder without a lock is no longer about to be locked


def make_folder() -> tuple[str, int]:
    """Return a new folder and the descriptor that holds its lock; removes folders that nobody holds any more."""
    _sweep()
    folder = tempfile.mkdtemp(prefix=_PREFIX)
    descriptor = os.open(folder, os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    return folder, descriptor


def remove_folder(folder: str | None) -> None:
    """Remove a folder with everything in it, if there is one."""
    if folder:
        shutil.rmtree(folder, ignore_errors=True)


def _sweep() -> None:
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):  # another user's, or just removed
            if time.time() - folder.lstat().st_mtime < _SETTLED:
                continue
            descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                remove_folder(str(folder))
            finally:
                os.close(descriptor)
