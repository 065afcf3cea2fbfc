"""How evenly a plan treats communities: ways to class, places for residents, and who fares worst."""

from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.features.planning.statistics.coverage import Coverage
from scheduler.features.planning.statistics.fairness import Spread, edges_for, spread

MAX_COMMUNITIES_NAMED = 10


@dataclass(frozen=True)
class Evenness:
    """Two distributions over communities, each with the communities at its bad end.

    ``ways`` are mean street distances in metres, of communities with somebody placed; ``places`` are places for a
    thousand residents, of communities whose residents are known. ``fewest`` names only communities that asked for
    something, ``uncounted`` is the number of those whose residents are not known.
    """

    ways: Spread | None
    places: Spread | None
    farthest: list[Coverage]
    fewest: list[Coverage]
    uncounted: int


def evenness(coverages: Sequence[Coverage]) -> Evenness:
    """The evenness of a plan over these communities."""
    walking = [(coverage.mean_metres, coverage) for coverage in coverages if coverage.mean_metres is not None]
    counted = [(coverage.per_thousand, coverage) for coverage in coverages if coverage.per_thousand is not None]
    asking = [(places, coverage) for places, coverage in counted if coverage.places_wanted]
    return Evenness(
        ways=_spread([metres for metres, _coverage in walking]),
        places=_spread([places for places, _coverage in counted]),
        farthest=_first(sorted(walking, key=_by_figure, reverse=True)),
        fewest=_first(sorted(asking, key=_by_figure)),
        uncounted=len(coverages) - len(counted),
    )


def _first(pairs: Sequence[tuple[float, Coverage]]) -> list[Coverage]:
    return [coverage for _figure, coverage in pairs[:MAX_COMMUNITIES_NAMED]]


def _by_figure(pair: tuple[float, Coverage]) -> tuple[float, int, int]:
    """By the figure; of equal ones the community where more people want something is worse off."""
    figure, coverage = pair
    return figure, -coverage.places_wanted, coverage.id


def _spread(values: Sequence[float]) -> Spread | None:
    return spread(values, edges_for(max(values))) if values else None
