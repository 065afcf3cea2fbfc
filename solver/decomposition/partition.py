"""Ways to cut a city into parts: along the network first, then across it, so that no border stays one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import pi
from random import Random

from solver.decomposition.blocks import Block, Place, halves, middle
from solver.problem.term import Term

NARROWEST, WIDEST = 0.4, 0.6
"""Between these shares a cut across the network draws where to divide."""


@dataclass(frozen=True)
class _Piece:
    """A block, or a unit with all blocks below it, by the numbers of its blocks."""

    unit: str | None
    blocks: tuple[int, ...]
    sections: int
    place: Place


class Partition:
    """Cuts of some blocks into parts of at most so many sections, wherever the blocks allow it."""

    def __init__(self, term: Term, blocks: Sequence[Block], most: int) -> None:
        self._blocks = blocks
        self._most = most
        self._below: dict[str | None, list[_Piece]] = {}
        pieces = [_Piece(None, (at,), len(block.sections), block.place) for at, block in enumerate(blocks)]
        self._alone = pieces
        depth = {unit.id: _depth(term, unit.id) for unit in term.units}
        for piece, block in zip(pieces, blocks, strict=True):
            self._below.setdefault(block.unit, []).append(piece)
        # the deepest units first, so that each finds the pieces of all units below it joined already
        for unit in sorted(term.units, key=lambda unit: -depth[unit.id]):
            if unit.id in self._below:
                self._below.setdefault(unit.parent, []).append(_joined(unit.id, self._below[unit.id]))

    def along_network(self) -> list[list[int]]:
        """Parts of whole units, several small ones together; a unit that is too large is divided into those below."""
        return [sorted(part) for part in self._parts(self._below.get(None, []), None)]

    def across(self, random: Random) -> list[list[int]]:
        """Parts by place alone, divided another way each time."""
        return [sorted(part) for part in self._parts(self._alone, random)]

    def _parts(self, pieces: list[_Piece], random: Random | None) -> Iterator[list[int]]:
        """The numbers of the blocks of each part."""
        if not pieces:
            return
        if sum(piece.sections for piece in pieces) <= self._most:
            yield [number for piece in pieces for number in piece.blocks]
        elif len(pieces) == 1:
            unit = pieces[0].unit
            if unit is None:
                # a block by itself, which is never divided however large it is
                yield list(pieces[0].blocks)
            else:
                yield from self._parts(self._below[unit], random)
        else:
            turn = random.uniform(0, pi / 2) if random else 0.0
            share = random.uniform(NARROWEST, WIDEST) if random else 0.5
            for half in halves(pieces, lambda piece: piece.place, lambda piece: piece.sections, turn, share):
                yield from self._parts(half, random)


def _joined(unit: str, pieces: Sequence[_Piece]) -> _Piece:
    blocks = tuple(number for piece in pieces for number in piece.blocks)
    return _Piece(unit, blocks, sum(piece.sections for piece in pieces), middle([piece.place for piece in pieces]))


def _depth(term: Term, unit: str) -> int:
    depth, above = 0, term.unit[unit].parent
    while above is not None:
        depth, above = depth + 1, term.unit[above].parent
    return depth
