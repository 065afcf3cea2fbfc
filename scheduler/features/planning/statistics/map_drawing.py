"""The map of a plan: communities by how well they are served, venues by how much they are used."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from flask_babel import LazyString, gettext as _, lazy_gettext as _l, ngettext

from scheduler.features.planning.statistics.coverage import Coverage
from scheduler.features.planning.statistics.people import Visited
from scheduler.maps.frame import MapFrame
from scheduler.maps.label_placement import Caption, Captions
from scheduler.web.i18n import distance

WIDTH, HEIGHTS, MARGIN = 1000, (460, 900), 50
MAX_MARKS = 500
"""Beyond this number communities are drawn street by street."""
MAX_NAMES = 40
MAX_VENUES = 200
BUSIEST_OF_A_CITY = 20
"""Venues on a map that has a mark for each county."""
SMALLEST_SQUARE, LARGEST_SQUARE = 8.0, 26.0
DISTANCE_EDGES = (3000, 2000, 1000, 500)


class Show(StrEnum):
    """What the marks of the map tell."""

    COVERAGE = "coverage"
    DISTANCE = "distance"


GRADES: dict[Show, tuple[LazyString, ...]] = {
    Show.COVERAGE: (
        _l("nobody asked"),
        _l("nobody placed"),
        _l("fewer than half placed"),
        _l("half and more placed"),
        _l("four fifths and more placed"),
        _l("everybody placed"),
    ),
    Show.DISTANCE: (
        _l("nobody placed"),
        _l("farther than 3 km"),
        _l("2 to 3 km"),
        _l("1 to 2 km"),
        _l("500 m to 1 km"),
        _l("up to 500 m"),
    ),
}


@dataclass(frozen=True)
class CoverageMark:
    """A community, or all of a street: ``grade`` is its place in GRADES, which is also its shape."""

    coverage: Coverage
    x: float
    y: float
    grade: int
    text: str
    caption: Caption | None


@dataclass(frozen=True)
class Square:
    """A venue, ``side`` units wide and high; its area grows with its use."""

    venue: Visited
    x: float
    y: float
    side: float
    text: str
    caption: Caption | None


@dataclass(frozen=True)
class Map:
    """All marks within their frame; ``names`` are those of streets, ``counts`` how many have each grade."""

    frame: MapFrame
    marks: list[CoverageMark]
    venues: list[Square]
    names: list[Caption]
    counts: list[int]


def grade_of(coverage: Coverage, show: Show) -> int:
    """From 0 (nothing to tell) over 1 (worst) to 5 (best)."""
    if show is Show.COVERAGE:
        return _grade_of_share(coverage.share)
    metres = coverage.mean_metres
    return 0 if metres is None else 1 + sum(metres <= edge for edge in DISTANCE_EDGES)


def _grade_of_share(share: float | None) -> int:
    if share is None:
        return 0
    return 1 if share == 0 else 2 + (share >= 0.5) + (share >= 0.8) + (share >= 1)


def words(coverage: Coverage) -> str:
    """What the map says of a community when it is pointed at."""
    if not coverage.places_wanted:
        return _("%(name)s: nobody asked", name=coverage.name)
    placed = _(
        "%(name)s: %(placed)d of %(wanted)d placed",
        name=coverage.name,
        placed=coverage.placed,
        wanted=coverage.places_wanted,
    )
    if coverage.mean_metres is None:
        return placed
    return placed + _(", ") + _("%(distance)s to class on average", distance=distance(coverage.mean_metres))


def drawn(places: Sequence[Coverage], venues: Sequence[Visited], show: Show, names: Iterable[Coverage]) -> Map:
    """The map of these communities, or streets, and of the venues that are used most, which come first.

    A few places have their names written beside them; among many stand those of the largest of ``names``.
    """
    shown = venues[:MAX_VENUES]
    points = [place.place for place in places] + [venue.place for venue in shown]
    frame = MapFrame.around(points, WIDTH, HEIGHTS, MARGIN)
    captions = Captions(frame.width, frame.height, [frame.point(point) for point in points])
    few = len(places) <= MAX_NAMES
    largest = [] if few else sorted(names, key=lambda name: -name.communities)[:MAX_NAMES]
    written = [captions.place(place.name, *frame.point(place.place)) for place in largest]
    most = max((venue.sections for venue in shown), default=1)
    named = MAX_NAMES if few else 0
    squares = [_square(venue, frame, captions if number < named else None, most) for number, venue in enumerate(shown)]
    marks = [_mark(place, frame, captions if few else None, show) for place in places]
    counts = [sum(mark.grade == grade for mark in marks) for grade in range(len(GRADES[show]))]
    return Map(frame, marks, squares, written, counts)


def _mark(coverage: Coverage, frame: MapFrame, captions: Captions | None, show: Show) -> CoverageMark:
    x, y = frame.point(coverage.place)
    caption = captions.place(coverage.name, x, y) if captions is not None else None
    return CoverageMark(coverage, x, y, grade_of(coverage, show), words(coverage), caption)


def _square(venue: Visited, frame: MapFrame, captions: Captions | None, most: int) -> Square:
    x, y = frame.point(venue.place)
    side = round(SMALLEST_SQUARE + (LARGEST_SQUARE - SMALLEST_SQUARE) * sqrt(venue.sections / most), 1)
    text = ngettext("%(name)s: %(num)s section", "%(name)s: %(num)s sections", venue.sections, name=venue.name)
    return Square(venue, x, y, side, text, captions.place(venue.name, x, y) if captions is not None else None)
