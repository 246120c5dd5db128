"""Children for one job, and a small pool of warm ones."""

import atexit
import os
import weakref
from threading import BoundedSemaphore, Lock
from typing import Any

from portal.limited.limits import LimitExceeded, Limits, Reason
from portal.limited.worker import Worker

_pools: weakref.WeakSet["Pool"] = weakref.WeakSet()


def run_once(function: str, *arguments: Any, limits: Limits) -> Any:
    """Return the result of the function with this dotted name, from a child of its own. Raises ChildFailed."""
    worker = Worker(function, limits)
    try:
        return worker.work(arguments, limits)
    finally:
        worker.kill()


class Pool:
    """Warm children for a function that is expensive to load. Safe for threads; each process has its own children.

    They start when they are needed and are replaced after `jobs` jobs, after each failure, and when nobody needed them
    for `idle` seconds. `size` is also the number of jobs at once.
    """

    def __init__(self, function: str, *, size: int = 2, jobs: int = 100, idle: float = 600) -> None:
        self.function, self.size, self.jobs, self.idle = function, size, jobs, idle
        self.start_anew()
        _pools.add(self)

    def run(self, *arguments: Any, limits: Limits, patience: float) -> Any:
        """Return the function's result; waits at most `patience` seconds for a turn. Raises ChildFailed."""
        if not self._turns.acquire(timeout=patience):
            raise LimitExceeded(Reason.NO_TURN, f"for {patience:g} seconds")
        try:
            worker = self._take(limits)
            result = worker.work(arguments, limits)
            self._put_back(worker)
            return result
        finally:
            self._turns.release()

    def close(self) -> None:
        """End the children that wait; the next job starts new ones."""
        with self._lock:
            waiting, self._waiting = self._waiting, []
        for worker in waiting:
            worker.end()

    def _take(self, limits: Limits) -> Worker:
        while True:
            with self._lock:
                worker = self._waiting.pop() if self._waiting else None
            if worker is None:
                return Worker(self.function, limits, self.idle)
            if worker.is_usable and _same_house(worker.limits, limits):
                return worker
            worker.end()

    def _put_back(self, worker: Worker) -> None:
        if worker.jobs >= self.jobs:
            worker.end()
            return
        with self._lock:
            self._waiting.append(worker)

    def start_anew(self) -> None:
        """After a fork: the children, and locks that other threads held, belong to the parent."""
        self._turns, self._lock, self._waiting = BoundedSemaphore(self.size), Lock(), list[Worker]()


def _same_house(one: Limits, other: Limits) -> bool:
    """What is fixed when a child starts; the rest is said with each job."""
    return (one.memory, one.file_size) == (other.memory, other.file_size)


def _close_all() -> None:
    for pool in list(_pools):
        pool.close()


def _after_fork() -> None:
    for pool in list(_pools):
        pool.start_anew()


atexit.register(_close_all)
os.register_at_fork(after_in_child=_after_fork)
