"""Names on maps, written where they cover neither a place nor another name."""

from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

WIDE, NARROW, LINE = 17.0, 9.5, 20.0
"""How much room a Chinese character, another one and a line take, in units of the picture."""
MARK = 11.0
ABOVE, BELOW, BESIDE, MIDDLE = -18, 28, 17, 6
OUTSIDE = 10_000.0

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True)
class Label:
    """Where a name is written: its base line, and which end of it stands at ``x`` (an SVG text-anchor)."""

    x: float
    y: float
    anchor: str


class Labels:
    """Finds room for names, one after another, around the marks of a picture; the first ones get the best room."""

    def __init__(self, width: float, height: float, marks: Sequence[tuple[float, float]]) -> None:
        self._taken: list[Box] = [
            (-OUTSIDE, -OUTSIDE, 0, OUTSIDE),
            (width, -OUTSIDE, OUTSIDE, OUTSIDE),
            (-OUTSIDE, -OUTSIDE, OUTSIDE, 0),
            (-OUTSIDE, height - 2 * LINE, OUTSIDE, OUTSIDE),  # the ruler stands at the lower edge
            *((x - MARK, y - MARK, x + MARK, y + MARK) for x, y in marks),
        ]

    def place(self, name: str, x: float, y: float) -> Label:
        """Write a name at the mark ``x``, ``y``: above, below or beside it, wherever it covers least."""
        spots = (
            Label(x, y + ABOVE, "middle"),
            Label(x, y + BELOW, "middle"),
            Label(x + BESIDE, y + MIDDLE, "start"),
            Label(x - BESIDE, y + MIDDLE, "end"),
        )
        best = min(spots, key=lambda spot: self._covered(_box(name, spot)))
        self._taken.append(_box(name, best))
        return best

    def _covered(self, box: Box) -> float:
        """How much of what is there a box would cover."""
        return sum(_overlap(box, taken) for taken in self._taken)


def _box(name: str, label: Label) -> Box:
    width = sum(WIDE if east_asian_width(letter) in "WF" else NARROW for letter in name)
    left = label.x - {"start": 0.0, "middle": width / 2, "end": width}[label.anchor]
    return left, label.y - 0.8 * LINE, left + width, label.y + 0.2 * LINE


def _overlap(one: Box, other: Box) -> float:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return max(0.0, across) * max(0.0, down)
