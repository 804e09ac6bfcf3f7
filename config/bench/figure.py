"""What a measurement answers."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import Any, TypeVar

from config.bench.limit import Copied

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure. `units` is what the time is spread over; `more` are the figure's own numbers."""

    bench: str
    units: int
    seconds: float
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def seconds_per_unit(self) -> float:
        """What growth is judged by."""
        return self.seconds / self.units

    def as_json(self) -> dict[str, Any]:
        """A line of the bench."""
        return {"bench": self.bench, "units": self.units, "seconds": round(self.seconds, 3), **self.more}


@dataclass(frozen=True, slots=True)
class Measured:
    """A run and its limit, one after the other on the same machine."""

    seconds: float
    limit: Copied

    @property
    def ratio(self) -> float | None:
        """How many times the limit the run took; None where it wrote next to nothing."""
        return self.seconds / self.limit.seconds if self.limit.total > 100 else None


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """The seconds of a piece of work, and its result."""
    started = time.perf_counter()
    result = work()
    return time.perf_counter() - started, result


def middle(values: list[float]) -> float:
    """The median, which one bad moment of the machine cannot move."""
    return float(median(values))


def p95(values: list[float]) -> float:
    """What nineteen of twenty stay under."""
    return quantiles(values, n=20)[-1]
