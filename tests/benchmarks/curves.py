"""Cost over time as a picture: one line for each contender, time on a logarithmic axis."""

from collections.abc import Iterator, Mapping, Sequence
from math import log10
from xml.sax.saxutils import escape

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760, 380, 80, 150, 36, 46
COLOURS = ("#8a8f98", "#b4552d", "#1b5e44", "#2a5b9c")
Curve = Sequence[tuple[float, int]]


def picture(title: str, curves: Mapping[str, Curve], bound: int | None, seconds: float) -> str:
    """An SVG of stepped lines (seconds, total); the bound, where there is one, as a dashed line."""
    drawn = {name: [point for point in curve if point[1] < 3 * _best(curves)] for name, curve in curves.items()}
    totals = [total for curve in drawn.values() for _, total in curve] + ([bound] if bound else [])
    first = min((curve[0][0] for curve in drawn.values() if curve), default=1.0)
    frame = _Frame(max(0.05, first * 0.8), seconds, min(totals) * 0.98, max(totals) * 1.02)
    lines = [*_axes(frame, title)]
    for (name, curve), colour in zip(drawn.items(), COLOURS, strict=False):
        lines += _line(frame, name, curve, colour)
    if bound:
        y = frame.y(bound)
        lines.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#444" stroke-dasharray="5 4" fill="none"/>')
        lines.append(f'<text x="{WIDTH - RIGHT + 8}" y="{y + 4:.1f}">bound {bound:,}</text>')
    letters = 'font-family="sans-serif" font-size="12"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" {letters}>'
    return "\n".join([head, '<rect width="100%" height="100%" fill="#fff"/>', *lines, "</svg>", ""])


def _best(curves: Mapping[str, Curve]) -> int:
    return min(total for curve in curves.values() for _, total in curve)


class _Frame:
    """Where a time and a total lie in the picture."""

    def __init__(self, first: float, last: float, low: float, high: float) -> None:
        self.first, self.last, self.low, self.high = first, last, low, high

    def x(self, seconds: float) -> float:
        share = log10(max(seconds, self.first) / self.first) / log10(self.last / self.first)
        return LEFT + min(1.0, share) * (WIDTH - LEFT - RIGHT)

    def y(self, total: float) -> float:
        return TOP + (self.high - total) / (self.high - self.low) * (HEIGHT - TOP - BOTTOM)


def _axes(frame: _Frame, title: str) -> Iterator[str]:
    yield f'<text x="{LEFT}" y="20" font-size="14" font-weight="bold">{escape(title)}</text>'
    for share in range(5):
        total = frame.low + share / 4 * (frame.high - frame.low)
        y = frame.y(total)
        yield f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#ddd" fill="none"/>'
        yield f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{total:,.0f}</text>'
    for seconds in (0.1, 0.3, 1, 3, 10, 30, 60, 120, 300, 600, 1200):
        if frame.first <= seconds <= frame.last:
            x = frame.x(seconds)
            yield f'<path d="M{x:.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="#eee" fill="none"/>'
            yield f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{seconds:g} s</text>'


def _line(frame: _Frame, name: str, curve: Curve, colour: str) -> Iterator[str]:
    if not curve:
        return
    path = f"M{frame.x(curve[0][0]):.1f} {frame.y(curve[0][1]):.1f}"
    path += "".join(f"H{frame.x(seconds):.1f}V{frame.y(total):.1f}" for seconds, total in curve[1:])
    y = frame.y(curve[-1][1])
    yield f'<path d="{path}H{WIDTH - RIGHT}" stroke="{colour}" stroke-width="2" fill="none"/>'
    yield f'<circle cx="{frame.x(curve[0][0]):.1f}" cy="{frame.y(curve[0][1]):.1f}" r="3" fill="{colour}"/>'
    yield f'<text x="{WIDTH - RIGHT + 8}" y="{y - 6:.1f}" fill="{colour}">{escape(name)} {curve[-1][1]:,}</text>'
