"""Random cities of a few towns that share teachers, rooms, learners and money across every border."""

from collections.abc import Iterator
from random import Random

from msgspec.structs import replace

from solver.problem.term import Pin, Section, Shared, Term, Unit
from tests.solver.tiny import tiny_case

TOWNS = 4
NEAR = (0, 700, 1500)
"""How far towns may lie apart, in metres: most rooms and teachers reach the next one."""


def small_city(random: Random) -> Term:
    """Towns of tiny terms side by side under two counties, with budgets on every level and pairs across towns."""
    towns = [tiny_case(random).term for _ in range(TOWNS)]
    x = [sum(random.choice(NEAR) for _ in range(number)) for number in range(TOWNS)]
    sections = [_section(section, number, random) for number, town in enumerate(towns) for section in town.sections]
    names = [section.id for section in sections]
    pairs = dict.fromkeys(tuple(sorted(random.sample(names, 2))) for _ in range(6))
    return replace(
        towns[0],
        units=(Unit("city", budget=_budget(random, 900)), *_units(random)),
        communities=tuple(
            replace(community, id=f"{community.id}.{at}", x=community.x + x[at])
            for at, town in enumerate(towns)
            for community in town.communities
        ),
        venues=tuple(
            replace(venue, id=f"{venue.id}.{at}", x=venue.x + x[at])
            for at, town in enumerate(towns)
            for venue in town.venues
        ),
        rooms=tuple(
            replace(room, id=f"{room.id}.{at}", venue=f"{room.venue}.{at}")
            for at, town in enumerate(towns)
            for room in town.rooms
        ),
        teachers=tuple(
            replace(teacher, id=f"{teacher.id}.{at}", x=teacher.x + x[at])
            for at, town in enumerate(towns)
            for teacher in town.teachers
        ),
        sections=tuple(sections),
        shared=tuple(Shared(first, second, random.randint(1, 5)) for first, second in pairs),
        previous={},
    )


def _units(random: Random) -> Iterator[Unit]:
    for county in range(TOWNS // 2):
        yield Unit(f"county.{county}", "city", budget=_budget(random, 500))
    for street in range(TOWNS):
        yield Unit(f"street.{street}", f"county.{street // 2}", budget=_budget(random, 300))


def _budget(random: Random, most: int) -> int | None:
    return random.choice([None, most // 2, most])


def _section(section: Section, town: int, random: Random) -> Section:
    """A section of a town, whose learners may come from the next town too and which names nobody or anybody's rooms."""
    learners = {f"{name}.{town}": people for name, people in section.learners.items()}
    if random.random() < 0.3:
        learners[f"c0.{(town + 1) % TOWNS}"] = random.randint(1, 4)
    venues = tuple(f"{name}.{random.choice([town, (town + 1) % TOWNS])}" for name in section.venues or ())
    teachers = tuple(f"{name}.{random.choice([town, (town + 1) % TOWNS])}" for name in section.teachers or ())
    return replace(
        section,
        id=f"{section.id}.{town}",
        unit=random.choice([f"street.{town}"] * 8 + [f"county.{town // 2}", "city"]),
        learners=learners,
        venues=venues or None,
        teachers=teachers or None,
        pinned=Pin(week=section.first_weeks[0]) if random.random() < 0.06 else None,
    )
