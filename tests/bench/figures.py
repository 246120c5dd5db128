"""Several measured values in one: the median between smallest and largest; numbers as German readers write them."""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Spread:
    """The values of all rounds."""

    values: tuple[float, ...]

    @classmethod
    def of(cls, values: Iterable[float]) -> "Spread":
        return cls(tuple(values))

    @property
    def median(self) -> float:
        return median(self.values)

    def __truediv__(self, other: "Spread") -> "Spread":
        """Return the ratios round by round: both sides of a round were measured in the same minute."""
        return Spread.of(mine / theirs for mine, theirs in zip(self.values, other.values, strict=True))

    def shown(self, digits: int = 1) -> str:
        """Return `1,9 [1,8–2,2]`."""
        return f"{number(self.median, digits)} [{number(min(self.values), digits)}–{number(max(self.values), digits)}]"


def rounds(most: int, *, fewest: int, seconds: float) -> Iterator[int]:
    """Count the rounds of a measurement: `most`; after `seconds` no further one, once there are `fewest`."""
    deadline = time.monotonic() + seconds
    for done in range(most):
        if done >= fewest and time.monotonic() > deadline:
            return
        yield done


def number(value: float, digits: int = 0) -> str:
    """Return 12.345,6: a point between the thousands, a comma before the decimals."""
    return f"{value:,.{digits}f}".translate(str.maketrans(",.", ".,"))


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return lines with aligned columns: the first to the left, the others to the right."""
    lines = [list(head), *[list(row) for row in rows]]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )
