"""One child process, seen from the server: start, give a job, kill."""

import contextlib
import json
import os
import pickle
import signal
import socket
import subprocess
import sys
import time
import weakref
from pathlib import Path
from typing import Any

from portal.limited import child
from portal.limited.folders import make_folder, remove_folder
from portal.limited.limits import ChildFailed, LimitExceeded, Limits, Reason

ROOT = Path(__file__).resolve().parents[2]
# All that a child gets to know: language, fonts and libraries. DATABASE_URL and SECRET_KEY are not among them.
ENVIRONMENT = {"HOME", "LANG", "LD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH", "TZ", "XDG_CACHE_HOME"}
ENVIRONMENT_PREFIXES = ("LC_", "FONTCONFIG_")
GRACE = 1  # second for a child that ends by itself
MARGIN = 60  # seconds that a child waits longer than the server believes

_workers: weakref.WeakSet["Worker"] = weakref.WeakSet()


class Worker:
    """A child that has loaded one function and waits for jobs; after a failure it is dead."""

    def __init__(self, function: str, limits: Limits, idle: float = 0) -> None:
        """Start the child and wait until it has loaded `function`. Raises ChildFailed.

        After `idle` seconds without a job it is no longer `is_usable`, and ends by itself soon after.
        """
        self.limits, self.idle, self.jobs, self._idle_since = limits, idle, 0, time.monotonic()
        self._folder, lock = make_folder() if limits.file_size else (None, None)
        try:
            self._start(function, [] if lock is None else [lock])
        except BaseException:
            remove_folder(self._folder)
            raise
        finally:
            if lock is not None:
                os.close(lock)
        _workers.add(self)
        self._expect(limits.start, 0)

    def _start(self, function: str, kept: list[int]) -> None:
        life, self._life = os.pipe()
        self._channel, theirs = socket.socketpair()
        path = [entry or os.getcwd() for entry in sys.path]
        start = {
            "path": path if str(ROOT) in path else [str(ROOT), *path],
            "function": function,
            "memory": self.limits.memory,
            "file_size": self.limits.file_size,
            "idle": self.idle + MARGIN,
            "life": life,
        }
        try:
            # A group of its own: Ctrl-C does not reach it, and whatever it starts ends with it.
            self._process = subprocess.Popen(
                [sys.executable, "-I", child.__file__, json.dumps(start)],
                cwd="/",
                env=_environment(self._folder),
                stdin=theirs,
                stdout=subprocess.DEVNULL,
                pass_fds=[life, *kept],
                start_new_session=True,
            )
        except BaseException as fault:
            self._close_channels()
            if isinstance(fault, OSError):
                raise ChildFailed(Reason.LOADING, str(fault)) from fault
            raise
        finally:
            os.close(life)
            theirs.close()

    @property
    def number(self) -> int:
        """The process number."""
        return self._process.pid

    @property
    def is_usable(self) -> bool:
        """Whether the child waits for jobs and will go on doing so for a while."""
        return self._process.poll() is None and time.monotonic() - self._idle_since < self.idle

    def work(self, arguments: tuple, limits: Limits) -> Any:
        """Return what the function gives for `arguments`. Raises ChildFailed or LimitExceeded; then it is dead."""
        result = self._expect(limits.seconds, limits.result, (arguments, limits.of_processor, limits.result))
        self.jobs += 1
        self._idle_since = time.monotonic()
        return result

    def _expect(self, seconds: float, most: int, job: tuple | None = None) -> Any:
        try:
            return _result(*self._exchange(time.monotonic() + seconds, max(most, 4 * child.DETAIL), job))
        except TimeoutError:
            self.kill()
            raise LimitExceeded(Reason.TIME, f"more than {seconds:g} seconds") from None
        except OSError:
            raise self._obituary() from None
        except BaseException:  # failures, and what ends the server's thread: the child may be in the middle of the job
            self.kill()
            raise

    def _exchange(self, deadline: float, most: int, job: tuple | None) -> tuple[bytes, bytes]:
        if job is not None:
            self._settle(deadline)
            child.send(self._channel, child.JOB, pickle.dumps(job))
        kind, length = child.FRAME.unpack(self._read(child.FRAME.size, deadline))
        if length > most:
            raise LimitExceeded(Reason.RESULT, f"{length} bytes")
        return kind, self._read(length, deadline)

    def _read(self, length: int, deadline: float) -> bytes:
        content = bytearray()
        while len(content) < length:
            self._settle(deadline)
            part = self._channel.recv(min(length - len(content), 1 << 20))
            if not part:
                raise ConnectionError("the child closed its end")
            content += part
        return bytes(content)

    def _settle(self, deadline: float) -> None:
        """Let the next operation of the channel end at the deadline."""
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._channel.settimeout(left)

    def _obituary(self) -> ChildFailed:
        """Return why the child closed its end; it is buried then."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(GRACE)
        status = self._process.poll()
        self.kill()
        if status == -signal.SIGXCPU:
            return LimitExceeded(Reason.PROCESSOR)
        return ChildFailed(Reason.DIED, "" if status is None else f"exit status {status}")

    def end(self) -> None:
        """End the child; one that waits for a job gets the time to tidy up."""
        self._close_channels()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(GRACE)
        self.kill()

    def kill(self) -> None:
        """Kill the child and what it started, and remove its temporary files."""
        # Until poll() has seen its end, the number belongs to this child and to nobody else.
        if self._process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        self._close_channels()
        remove_folder(self._folder)

    def forget(self) -> None:
        """Let go of a child that belongs to the process from which this one was forked."""
        self._close_channels()
        self._process.returncode = 0  # no warning that it is still running: that is not for this process to say

    def _close_channels(self) -> None:
        self._channel.close()
        if self._life >= 0:
            os.close(self._life)
            self._life = -1


def _environment(folder: str | None) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name in ENVIRONMENT or name.startswith(ENVIRONMENT_PREFIXES)
    }
    return kept | ({"TMPDIR": folder} if folder else {}) | {"MALLOC_ARENA_MAX": "1"}  # each arena reserves 64 MB


def _result(kind: bytes, content: bytes) -> Any:
    match kind:
        case child.BYTES:
            return content
        case child.DATA:
            return json.loads(content)
        case child.READY:
            return None
        case child.NO_MEMORY:
            raise LimitExceeded(Reason.MEMORY)
        case child.TOO_LARGE:
            raise LimitExceeded(Reason.RESULT, f"{content.decode('ascii', 'replace')} bytes")
        case child.NOT_LOADED | child.RAISED:
            reason = Reason.LOADING if kind == child.NOT_LOADED else Reason.RAISED
            raise ChildFailed(reason, content.decode("utf-8", "replace"))
    raise ChildFailed(Reason.DIED, "an answer that is none")


def _after_fork() -> None:
    for worker in list(_workers):
        worker.forget()


os.register_at_fork(after_in_child=_after_fork)
