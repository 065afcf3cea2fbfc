"""Rows, lists and sets collected one by one before they become arrays."""

from collections.abc import Callable, Hashable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from solver.search.compiled.bits import WORD, Words
from solver.search.compiled.layout import Records


class Register:
    """Things that are numbered in the order in which they are first seen, with a row for each."""

    def __init__(self) -> None:
        self.numbers: dict[Hashable, int] = {}
        self.rows: list[tuple[int, ...]] = []

    def number(self, key: Hashable, row: Callable[[], tuple[int, ...]]) -> int:
        """The number of a thing; a new one gets a row."""
        number = self.numbers.get(key)
        if number is None:
            # making a row may register other things: the number is given out only afterwards
            new_row = row()
            number = self.numbers[key] = len(self.rows)
            self.rows.append(new_row)
        return number


class Sets:
    """Sets of small numbers, one after the other; equal ones are kept once."""

    def __init__(self) -> None:
        self._parts: dict[bytes, int] = {}
        self._end = 0

    def put(self, bits: int, words: int) -> int:
        """Keep a set and say where it begins."""
        part = bits.to_bytes(8 * words, "little")
        if part not in self._parts:
            self._parts[part] = self._end
            self._end += words
        return self._parts[part]

    def put_all(self, sets: Iterable[int], words: int) -> int:
        """Keep sets one after the other and say where the first begins."""
        block = b"".join(bits.to_bytes(8 * words, "little") for bits in sets)
        return self.put(int.from_bytes(block, "little"), len(block) // 8)

    def array(self) -> Words:
        return np.frombuffer(b"".join(self._parts), np.uint64).copy()


class Lists:
    """Lists of numbers, one after the other; equal ones are kept once."""

    def __init__(self) -> None:
        self._places: dict[tuple[int, ...], int] = {}
        self._numbers: list[int] = []

    def put(self, numbers: Iterable[int]) -> tuple[int, int]:
        """Keep a list and say where it begins and how long it is."""
        entries = tuple(numbers)
        if entries not in self._places:
            self._places[entries] = len(self._numbers)
            self._numbers += entries
        return self._places[entries], len(entries)

    def array(self) -> NDArray[np.int32]:
        return np.array(self._numbers, np.int32)


def words_of(size: int) -> int:
    """How many words a set of numbers below ``size`` takes."""
    return -(-size // WORD)


def records(kind: "np.dtype[np.void]", rows: Sequence[tuple[int, ...]]) -> Records:
    """Rows as records."""
    return np.array(rows, kind).view(np.recarray)
