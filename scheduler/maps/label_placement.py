"""Names on maps, written where they cover neither a place nor another name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from unicodedata import east_asian_width

WIDE, NARROW, LINE = 18.0, 9.5, 20.0
"""How much room a Chinese character, another one and a line take, in units of the picture."""
MARK = 11.0
ABOVE, BELOW, BESIDE, MIDDLE = -18, 28, 17, 6
OUTSIDE = 10_000.0
PHONE_SCALE = 2.5
"""How much larger letters are written on a phone, where a whole map shrinks to about a third of its size."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True)
class Label:
    """Where a name is written: its base line, and which end of it stands at ``x`` (an SVG text-anchor).

    Letters are ``scale`` times as large as usual, and so are the units of ``x`` and ``y``.
    """

    x: float
    y: float
    anchor: str
    scale: float = 1.0


@dataclass(frozen=True)
class Caption:
    """A name and its two labels, of which ``phone`` is None where a phone has no room for it."""

    text: str
    wide: Label
    phone: Label | None


class Labels:
    """Finds room for names, one after another, around the marks of a picture; the first ones get the best room."""

    def __init__(self, width: float, height: float, marks: Sequence[tuple[float, float]]) -> None:
        self._marks: list[Box] = [(x - MARK, y - MARK, x + MARK, y + MARK) for x, y in marks]
        self._edges_and_names: list[Box] = [
            (-OUTSIDE, -OUTSIDE, 0, OUTSIDE),
            (width, -OUTSIDE, OUTSIDE, OUTSIDE),
            (-OUTSIDE, -OUTSIDE, OUTSIDE, 0),
            (-OUTSIDE, height - 2 * LINE, OUTSIDE, OUTSIDE),  # the ruler stands at the lower edge
        ]

    def place(self, name: str, x: float, y: float) -> Label:
        """Write a name at the mark ``x``, ``y``: above, below or beside it, wherever it covers least."""
        return self._write(name, _spots(x, y))

    def place_apart(self, name: str, x: float, y: float) -> Label | None:
        """The same, but rather not at all than over another name or an edge."""
        free = [spot for spot in _spots(x, y) if not _covered(_box(name, spot), self._edges_and_names)]
        return self._write(name, free) if free else None

    def _write(self, name: str, spots: Sequence[Label]) -> Label:
        best = min(spots, key=lambda spot: self._covered(_box(name, spot)))
        self._edges_and_names.append(_box(name, best))
        return best

    def _covered(self, box: Box) -> float:
        return _covered(box, self._marks) + _covered(box, self._edges_and_names)


class Captions:
    """Finds room for names on a map that fills wide windows and fits into phones."""

    def __init__(self, width: float, height: float, marks: Sequence[tuple[float, float]]) -> None:
        small = [(x / PHONE_SCALE, y / PHONE_SCALE) for x, y in marks]
        self._wide = Labels(width, height, marks)
        self._phone = Labels(width / PHONE_SCALE, height / PHONE_SCALE, small)

    def place(self, text: str, x: float, y: float) -> Caption:
        """Write a name at the mark ``x``, ``y``."""
        phone = self._phone.place_apart(text, x / PHONE_SCALE, y / PHONE_SCALE)
        return Caption(text, self._wide.place(text, x, y), phone and replace(phone, scale=PHONE_SCALE))


def _spots(x: float, y: float) -> tuple[Label, ...]:
    x, y = round(x, 1), round(y, 1)
    return (
        Label(x, y + ABOVE, "middle"),
        Label(x, y + BELOW, "middle"),
        Label(x + BESIDE, y + MIDDLE, "start"),
        Label(x - BESIDE, y + MIDDLE, "end"),
    )


def _box(name: str, label: Label) -> Box:
    width = sum(WIDE if east_asian_width(letter) in "WF" else NARROW for letter in name)
    left = label.x - {"start": 0.0, "middle": width / 2, "end": width}[label.anchor]
    return left, label.y - 0.8 * LINE, left + width, label.y + 0.2 * LINE


def _covered(box: Box, taken: Iterable[Box]) -> float:
    """How much of what is there a box would cover."""
    left, top, right, bottom = box
    return sum(
        (min(right, its_right) - max(left, its_left)) * (min(bottom, its_bottom) - max(top, its_top))
        for its_left, its_top, its_right, its_bottom in taken
        if its_left < right and left < its_right and its_top < bottom and top < its_bottom
    )
