"""Functions for children, good and bad ones. Imported by name in a process of their own."""

import ctypes
import os
import re
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path


def double(number: int) -> int:
    return 2 * number


def data() -> dict:
    return {"words": ["ä", None], "number": 1.5}


def binary(length: int) -> bytes:
    return bytes(length)


def sleep(seconds: float) -> None:
    time.sleep(seconds)


def spin() -> None:
    while True:
        pass


def spin_inside_c() -> None:
    """Keeps the interpreter's lock for longer than anybody waits: no thread of Python can interfere."""
    re.match("(a+)+$", "a" * 60 + "b")


def eat_memory() -> None:
    eaten = []
    while True:
        eaten.append(bytearray(10_000_000))


def fail(message: str) -> None:
    raise ValueError(message)


def crash() -> None:
    ctypes.string_at(0)


def leave() -> None:
    os._exit(3)


def speak() -> str:
    """Print where the answers would go, if they went over standard output."""
    print("noise" * 1000, flush=True)
    os.write(1, b"more noise")
    return "answer"


def write_file(length: int) -> int:
    with tempfile.TemporaryFile() as file:
        file.write(bytes(length))
        return file.tell()


def environment() -> dict:
    return dict(os.environ)


def open_descriptors() -> list[str]:
    """Return what the process has open, without the directory that is read for the answer."""
    folder = Path("/proc/self/fd")
    names = [os.readlink(entry) for entry in folder.iterdir() if entry.exists()]
    return [name for name in names if "/proc" not in name]


def threads() -> int:
    return threading.active_count()


def loaded() -> list[str]:
    return sorted(sys.modules)


def reach(port: int) -> str:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=2).close()
    except OSError as fault:
        return type(fault).__name__
    return "reached"


def own_network(_: int = 0) -> str:
    return os.readlink("/proc/self/ns/net")


def number() -> int:
    return os.getpid()


def start_another() -> int:
    """Start a process that outlives the job, and never come back."""
    other = subprocess.Popen([sys.executable, "-I", "-c", "import time; time.sleep(60)"])
    Path(os.environ["TMPDIR"], "number").write_text(str(other.pid))
    time.sleep(60)
    return other.pid
