"""How evenly something is spread over communities."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

MAX_BINS = 20


@dataclass(frozen=True)
class Bin:
    """How many values lie from ``low`` up to, but not including, where the next bin begins."""

    low: float
    count: int


@dataclass(frozen=True)
class Spread:
    """A distribution: its bins, its quarters, and one figure for its unevenness."""

    bins: list[Bin]
    lower: float
    median: float
    upper: float
    gini: float
    count: int


def gini(values: Sequence[float]) -> float:
    """The Gini coefficient of values that are not negative: 0 when all are equal, near 1 when one has everything.

    Half the mean difference between two values, as a share of their mean; see Sen, On Economic Inequality (1973), 2.
    """
    ordered, total = sorted(values), sum(values)
    if not total:
        return 0.0
    weighted = sum(rank * value for rank, value in enumerate(ordered, 1))
    return 2 * weighted / (len(ordered) * total) - (len(ordered) + 1) / len(ordered)


def quantile(ordered: Sequence[float], share: float) -> float:
    """The smallest of the ordered values that at least this share of them does not exceed."""
    return ordered[max(0, ceil(share * len(ordered)) - 1)]


def edges_for(greatest: float) -> list[float]:
    """Where few bins of one round width begin that hold values from 0 to the greatest one."""
    width = next(
        digit * 10.0**power
        for power in range(-1, 12)
        for digit in (1, 2, 5)
        if greatest < MAX_BINS * digit * 10.0**power
    )
    return [number * width for number in range(int(greatest // width) + 1)]


def spread(values: Sequence[float], edges: Sequence[float]) -> Spread:
    """The distribution of values over bins of one width that begin at the edges, the first at 0."""
    counts = [0] * len(edges)
    for value in values:
        counts[bisect_right(edges, value) - 1] += 1
    ordered = sorted(values)
    return Spread(
        [Bin(low, count) for low, count in zip(edges, counts, strict=True)],
        quantile(ordered, 0.25),
        quantile(ordered, 0.5),
        quantile(ordered, 0.75),
        gini(ordered),
        len(ordered),
    )
