"""What a child may take, and how it can fail."""

import enum
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What one job may take.

    `seconds` of the clock and, unless said otherwise, as many of the processor; bytes of address space (`memory`), of
    the result and of a file that it writes (0: none). `start` is the time for loading the function, in seconds.
    """

    seconds: float
    memory: int
    result: int
    cpu_seconds: float | None = None
    file_size: int = 0
    start: float = 30

    @property
    def of_processor(self) -> float:
        """Seconds of the processor for one job."""
        return self.seconds if self.cpu_seconds is None else self.cpu_seconds


class Reason(enum.StrEnum):
    """Why there is no result."""

    TIME = "time"
    PROCESSOR = "processor time"
    MEMORY = "memory"
    RESULT = "size of the result"
    NO_TURN = "all workers were busy"
    LOADING = "the function could not be loaded"
    RAISED = "the function raised an exception"
    DIED = "the process died"


class ChildFailed(Exception):
    """The child gave no result. `reason` says why, `detail` (English, for the log) what is known about it."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else str(reason))
        self.reason, self.detail = reason, detail


class LimitExceeded(ChildFailed):
    """The child was ended, or its result refused, because it took more than its limits."""
