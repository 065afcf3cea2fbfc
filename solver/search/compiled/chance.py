"""Chance that is the same on every machine: each walk has a state of its own.

S. Vigna's splitmix64 (after Steele, Lea and Flood, 2014, "Fast splittable pseudorandom number generators").
"""

from math import log
from typing import Any

import numpy as np
from numpy.typing import NDArray

from solver.search.compiled.compiler import compiled

Chance = NDArray[np.uint64]
"""One word: where the sequence stands."""

STEP = np.uint64(0x9E3779B97F4A7C15)
FIRST_FACTOR = np.uint64(0xBF58476D1CE4E5B9)
SECOND_FACTOR = np.uint64(0x94D049BB133111EB)
S27, S30, S31, S11 = np.uint64(27), np.uint64(30), np.uint64(31), np.uint64(11)
UNIT = 2.0**-53


@compiled
def draw(chance: Chance) -> Any:
    """The next 64 bits."""
    chance[0] += STEP
    word = chance[0]
    word = (word ^ (word >> S30)) * FIRST_FACTOR
    word = (word ^ (word >> S27)) * SECOND_FACTOR
    return word ^ (word >> S31)


@compiled
def share(chance: Chance) -> Any:
    """A number from 0 to below 1."""
    # the upper 53 bits, which is what a float can hold without rounding up to 1
    return np.float64(draw(chance) >> S11) * UNIT


@compiled
def below(chance: Chance, end: int) -> Any:
    """A whole number from 0 to below ``end``, which is at least 1."""
    return np.int64(share(chance) * end)


@compiled
def fading(chance: Chance, rate: float) -> Any:
    """A whole number from 0 on whose chance fades exponentially, 1 / rate on average before rounding down."""
    # a share is never 1, so that the logarithm is never asked for 0
    return np.int64(-log(1.0 - share(chance)) / rate)


@compiled
def shuffle(chance: Chance, numbers: NDArray[np.int64], size: int) -> None:
    """Put the first so many numbers in any order."""
    # Fisher and Yates: all orders are equally likely
    for at in range(size - 1, 0, -1):
        other = below(chance, at + 1)
        numbers[at], numbers[other] = numbers[other], numbers[at]
