"""The child's side: a script of the standard library alone, which loads one function and calls it for each job.

Started by `worker` with a JSON object as argument: path (for sys.path), function, memory, file_size, idle (seconds),
life (a pipe that nobody writes to: it ends with the server). Jobs and answers travel over standard input, a socket, as
frames: one letter, length, content.
"""

import contextlib
import ctypes
import fcntl
import gc
import importlib
import json
import math
import os
import pickle
import resource
import select
import shutil
import signal
import socket
import struct
import sys
import time
import traceback
from collections.abc import Callable, Iterator

FRAME = struct.Struct("!cQ")
READY, NOT_LOADED, JOB = b"R", b"L", b"J"
BYTES, DATA, RAISED, NO_MEMORY, TOO_LARGE = b"B", b"D", b"X", b"M", b"S"
DETAIL = 4_000  # characters of a traceback

_CLONE_NEWUSER, _CLONE_NEWNET, _PR_SET_NO_NEW_PRIVS = 0x10000000, 0x40000000, 38
_OPEN_FILES = 64


def main() -> None:
    """Answer jobs until the server closes the socket."""
    start = json.loads(sys.argv[1])
    channel = socket.socket(fileno=os.dup(0))
    _leave_standard_streams()
    with _dying_with(start["life"]):
        shut_in(start["memory"])
        try:
            sys.path[:] = start["path"]
            function = _load(start["function"])
        except BaseException as fault:
            send(channel, NOT_LOADED, _described(fault))
            return
    resource.setrlimit(resource.RLIMIT_FSIZE, (start["file_size"], start["file_size"]))
    gc.freeze()  # what was loaded stays; the collector need not look at it for every job
    gc.set_threshold(20_000, 10, 10)  # 4 % of the time for five pages of PDF
    send(channel, READY, b"")
    channel.settimeout(start["idle"])
    with contextlib.suppress(TimeoutError):  # a server without work for it need not keep it in memory
        while (job := receive(channel)) is not None:
            with _dying_with(start["life"]):
                answer = _work(function, job)
            send(channel, *answer)
            del job, answer
    if folder := os.environ.get("TMPDIR"):
        shutil.rmtree(folder, ignore_errors=True)


def send(channel: socket.socket, kind: bytes, content: bytes) -> None:
    """Write one frame."""
    channel.sendall(FRAME.pack(kind, len(content)))
    channel.sendall(content)


def receive(channel: socket.socket) -> bytes | None:
    """Return the content of the next frame, or None when the server is gone."""
    head = _read(channel, FRAME.size)
    return _read(channel, FRAME.unpack(head)[1]) if head else None


def _read(channel: socket.socket, length: int) -> bytes | None:
    content = bytearray()
    while len(content) < length:
        part = channel.recv(min(length - len(content), 1 << 20))
        if not part:
            return None
        content += part
    return bytes(content)


def shut_in(memory: int) -> None:
    """Give up what the work does not need; none of it can be taken back by the process.

    Guaranteed: the cap of the address space, few open files, no core dump, no privileges by starting other programs.
    Only where the kernel permits: an empty network namespace. Containers often forbid it; then the network is closed
    by what the function does not do (mammoth reads no linked files, WeasyPrint has our fetcher).
    """
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (_OPEN_FILES, _OPEN_FILES))
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w", encoding="ascii") as score:
        score.write("1000")  # Linux: when memory runs out, this process goes first, not the database
    with contextlib.suppress(AttributeError, OSError):
        libc = ctypes.CDLL(None)
        libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        # Root may leave the network right away; others need a user namespace of their own for it.
        if libc.unshare(_CLONE_NEWNET):
            libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)


@contextlib.contextmanager
def _dying_with(life: int) -> Iterator[None]:
    """While this lasts, the kernel kills the process when the server ends; it need not come back to Python for that.

    PR_SET_PDEATHSIG would end it with the *thread* that started it, and a server's threads come and go.
    Outside the process waits for a job and notices the end by the closed socket, so that it can tidy up.
    """
    fcntl.fcntl(life, fcntl.F_SETOWN, os.getpid())
    if hasattr(fcntl, "F_SETSIG"):
        fcntl.fcntl(life, fcntl.F_SETSIG, signal.SIGKILL)
    flags = fcntl.fcntl(life, fcntl.F_GETFL)
    fcntl.fcntl(life, fcntl.F_SETFL, flags | os.O_ASYNC)
    try:
        if select.select([life], [], [], 0)[0]:  # it had ended before
            os.kill(os.getpid(), signal.SIGKILL)
        yield
    finally:
        fcntl.fcntl(life, fcntl.F_SETFL, flags)


def _leave_standard_streams() -> None:
    """Standard input and output belong to nobody: a library that prints must not speak into the answers."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    os.close(nowhere)


def _load(dotted: str) -> Callable:
    module, _, name = dotted.rpartition(".")
    return getattr(importlib.import_module(module), name)


def _work(function: Callable, job: bytes) -> tuple[bytes, bytes]:
    try:
        arguments, processor_seconds, most = pickle.loads(job)
        ends = math.ceil(time.process_time() + processor_seconds)
        resource.setrlimit(resource.RLIMIT_CPU, (ends, resource.RLIM_INFINITY))
        result = function(*arguments)
        kind, content = (BYTES, result) if isinstance(result, bytes) else (DATA, json.dumps(result).encode())
    except MemoryError:
        return NO_MEMORY, b""
    except BaseException as fault:  # whatever it is, the server must be told
        return RAISED, _described(fault)
    return (kind, content) if len(content) <= most else (TOO_LARGE, str(len(content)).encode())


def _described(fault: BaseException) -> bytes:
    lines = traceback.format_exception(fault, limit=-5)  # a RecursionError has a thousand
    return "".join(lines)[-DETAIL:].strip().encode("utf-8", "replace")


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends this process
    main()
