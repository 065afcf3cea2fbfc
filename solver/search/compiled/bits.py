"""Sets of small numbers as words of 64 bits: bit i of the words from ``first`` on stands for number i."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from solver.search.compiled.compiler import compiled

Words = NDArray[np.uint64]

WORD = 64
ONE = np.uint64(1)
ZERO = np.uint64(0)

# D. E. Knuth, The Art of Computer Programming, volume 4A, section 7.1.3: counting bits side by side, and the place of
# a lone bit by a multiplication whose upper six bits differ for each of the 64 places.
PAIRS = np.uint64(0x5555555555555555)
FOURS = np.uint64(0x3333333333333333)
EIGHTS = np.uint64(0x0F0F0F0F0F0F0F0F)
BYTES = np.uint64(0x0101010101010101)
DE_BRUIJN = np.uint64(0x03F79D71B4CB0A89)
S1, S2, S4, S56, S58 = np.uint64(1), np.uint64(2), np.uint64(4), np.uint64(56), np.uint64(58)
PLACES = np.zeros(64, np.int64)
for place in range(64):
    PLACES[((1 << place) * int(DE_BRUIJN) & (2**64 - 1)) >> 58] = place


@compiled
def contains(words: Words, first: int, number: int) -> Any:
    """Whether a set has a number."""
    # of a number the bits from the sixth on say in which word it is, the six below at which place there
    return (words[first + (number >> 6)] >> np.uint64(number & 63)) & ONE != ZERO


@compiled
def add(words: Words, first: int, number: int) -> None:
    """Put a number into a set."""
    words[first + (number >> 6)] |= ONE << np.uint64(number & 63)


@compiled
def remove_number(words: Words, first: int, number: int) -> None:
    """Take a number out of a set."""
    words[first + (number >> 6)] &= ~(ONE << np.uint64(number & 63))


@compiled
def count(word: Any) -> Any:
    """How many bits of a word are set."""
    word = word - ((word >> S1) & PAIRS)
    word = (word & FOURS) + ((word >> S2) & FOURS)
    word = (word + (word >> S4)) & EIGHTS
    return np.int64((word * BYTES) >> S56)


@compiled
def lowest(word: Any) -> Any:
    """The place of the lowest bit of a word that has any."""
    # ~word + 1 is the negative of a word without a sign; both have only the lowest bit in common
    return PLACES[np.int64(((word & (~word + ONE)) * DE_BRUIJN) >> S58)]


@compiled
def nth(words: Words, first: int, length: int, rank: int) -> Any:
    """The number with so many smaller ones in a set; -1 where the set has too few."""
    for at in range(length):
        word = words[first + at]
        numbers = count(word)
        if rank < numbers:
            for _ in range(rank):
                word &= word - ONE  # the lowest bit is taken out
            return WORD * at + lowest(word)
        rank -= numbers
    return -1
