"""``python -m tests.benchmarks.counties CITY.json PLAN.json``: what counties cost in a city's plan, and planned alone.

A county alone may use everything around it that other counties use in the city's plan, so that it has the easier task.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from solver import Plan, Settings, Term, check, read_plan, read_term, solve

AROUND = 40_000
"""Metres around a county's learners within which rooms and teachers are kept."""


class Compared(NamedTuple):
    """A county's sections: the cost of what the city's plan makes of them, and of the best plan for them alone."""

    county: str
    sections: int
    in_city: int
    alone: int


def county_terms(city: Term) -> Iterator[tuple[str, Term]]:
    """Each county of a city with its sections as a term of its own, the largest first."""
    terms = [(unit.id, _alone(city, unit.id)) for unit in city.units if unit.level == "county"]
    yield from sorted(terms, key=lambda found: -len(found[1].sections))


def _alone(city: Term, county: str) -> Term:
    sections = tuple(section for section in city.sections if county in city.payers(section))
    names = {section.id for section in sections}
    homes = [city.community[name] for section in sections for name in section.learners]
    west, east = min(home.x for home in homes) - AROUND, max(home.x for home in homes) + AROUND
    south, north = min(home.y for home in homes) - AROUND, max(home.y for home in homes) + AROUND
    venues = {one.id for one in city.venues if west <= one.x <= east and south <= one.y <= north}
    return replace(
        city,
        sections=sections,
        rooms=tuple(room for room in city.rooms if room.venue in venues),
        teachers=tuple(one for one in city.teachers if west <= one.x <= east and south <= one.y <= north),
        shared=tuple(pair for pair in city.shared if pair.first in names and pair.second in names),
    )


def compared(city: Term, plan: Plan, counties: int, settings: Settings) -> Iterator[Compared]:
    """Some counties, from large to small."""
    terms = list(county_terms(city))
    step = max(1, len(terms) // counties)
    for county, term in terms[step // 2 :: step][:counties]:
        names = {section.id for section in term.sections}
        part = Plan(
            {name: placement for name, placement in plan.placed.items() if name in names},
            tuple(name for name in plan.unplaced if name in names),
        )
        found = solve(term, settings)
        yield Compared(county, len(names), check(term, part).total, found.total or 0)


def main() -> None:
    """Print a line for each county and one for all of them, as a table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.counties", description=__doc__)
    parser.add_argument("city", type=Path)
    parser.add_argument("plan", type=Path)
    parser.add_argument("--counties", type=int, default=4, help="how many of them, evenly from large to small")
    parser.add_argument("--seconds", type=float, default=60.0, help="for each county alone")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    city, plan = read_term(options.city), read_plan(options.plan)
    settings = Settings(seconds=options.seconds, workers=options.workers, part_size=100_000)
    print("| county | sections | per section in the city | per section alone | city / alone |")
    print("| --- | ---: | ---: | ---: | ---: |")
    rows = []
    for row in compared(city, plan, options.counties, settings):
        rows.append(row)
        _print(row)
    _print(Compared("all", *(sum(column) for column in list(zip(*rows, strict=True))[1:])))


def _print(row: Compared) -> None:
    each = (f"{row.in_city / row.sections:.1f}", f"{row.alone / row.sections:.1f}", f"{row.in_city / row.alone:.3f}")
    print(f"| {' | '.join([row.county, f'{row.sections:,}', *each])} |", flush=True)


if __name__ == "__main__":
    main()
