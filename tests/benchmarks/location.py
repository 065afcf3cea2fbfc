"""``python -m tests.benchmarks.location``: how long sections for a county's largest course take, and how good they are.

The communities and venues are those of the saved counties; how many people want the course is made up by dice. The
reference is the same model with large windows and much more effort.
"""

import argparse
from random import Random
from time import process_time

from solver import Term, read_term
from solver.location import (
    GatheringPlace,
    LocationEffort,
    LocationProblem,
    LocationProposal,
    LocationWeights,
    WaitingCommunity,
    propose_sections,
)
from tests.benchmarks.__main__ import SAVED
from tests.solver.instances import instance

MAX_WANTING = 40
SIZES = 15, 40
REACHES = 1500, 3000, 6000
THOROUGH = LocationEffort(window_seconds=2.0, rounds=3, nearest_places=30, largest_window=50)


def course(term: Term, reach: int, seed: int = 1) -> LocationProblem:
    """One course that people of every community want: classes of 15 to 40, weights as the application sets them."""
    random = Random(seed)
    seats: dict[str, int] = {}
    for room in term.rooms:
        seats[room.venue] = max(seats.get(room.venue, 0), room.capacity)
    return LocationProblem(
        communities=tuple(
            WaitingCommunity(each.id, each.x, each.y, random.randint(0, MAX_WANTING)) for each in term.communities
        ),
        places=tuple(
            GatheringPlace(venue.id, venue.x, venue.y, seats[venue.id], 20)
            for venue in term.venues
            if venue.id in seats
        ),
        minimum=SIZES[0],
        maximum=SIZES[1],
        reach=reach,
        weights=LocationWeights(1, 3 * reach, 10 * reach, reach),
    )


def measured(asked: LocationProblem, effort: LocationEffort) -> tuple[LocationProposal, float]:
    """The proposal, and the processor's seconds."""
    begin = process_time()
    return propose_sections(asked, effort), process_time() - begin


def main() -> None:
    """Print a line for each county and reach, as a table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.location", description=__doc__)
    parser.add_argument("counties", nargs="*", default=SAVED)
    parser.add_argument("--reference", action="store_true", help="search thoroughly, too, which takes minutes")
    options = parser.parse_args()
    print("| county | communities | venues | reach | people | sections | in sections | seconds | cost | reference |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for name in options.counties:
        term = read_term(instance(name))
        for reach in REACHES:
            asked = course(term, reach)
            found, seconds = measured(asked, LocationEffort())
            best = measured(asked, THOROUGH)[0].cost.total if options.reference else None
            cells = [
                name, f"{len(asked.communities):,}", f"{len(asked.places):,}", f"{reach:,} m",
                f"{sum(each.people for each in asked.communities):,}", f"{len(found.sections):,}",
                f"{sum(section.size for section in found.sections):,}", f"{seconds:.1f}",
                f"{found.cost.total:,}", "" if best is None else f"{found.cost.total / best:.3f}",
            ]
            print(f"| {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
