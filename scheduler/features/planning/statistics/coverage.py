"""How many of a community's learners have a place, and how far they walk: of one community, or of many together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scheduler.maps.geography import Point, middle


@dataclass(frozen=True)
class Coverage:
    """Learners of a place in a plan; somebody in two sections counts twice.

    ``asked`` is the demand of the term, ``planned`` the learners of its sections, ``placed`` those whose section the
    plan places; ``places_wanted`` is the greater of the first two, community by community. ``metres`` is the sum of
    the street distances of all placed learners. ``population`` 0 means that it is not known.
    """

    id: int
    name: str
    unit_id: int
    unit: str
    place: Point
    population: int
    asked: int
    planned: int
    placed: int
    places_wanted: int
    metres: float
    communities: int = 1

    @property
    def share(self) -> float | None:
        """How many of the places wanted there are, as a share; None where nobody wants one."""
        return self.placed / self.places_wanted if self.places_wanted else None

    @property
    def mean_metres(self) -> float | None:
        """The mean street distance of those placed, None where nobody is."""
        return self.metres / self.placed if self.placed else None

    @property
    def per_thousand(self) -> float | None:
        """Places for a thousand residents, None where the population is not known."""
        return 1000 * self.placed / self.population if self.population else None


def together(unit_id: int, name: str, members: Sequence[Coverage]) -> Coverage:
    """Several communities as one, in their middle."""
    return Coverage(
        id=unit_id,
        name=name,
        unit_id=unit_id,
        unit=name,
        place=middle(member.place for member in members),
        population=sum(member.population for member in members),
        asked=sum(member.asked for member in members),
        planned=sum(member.planned for member in members),
        placed=sum(member.placed for member in members),
        places_wanted=sum(member.places_wanted for member in members),
        metres=sum(member.metres for member in members),
        communities=len(members),
    )


def by_unit(communities: Iterable[Coverage]) -> list[Coverage]:
    """The communities of each street or town as one, in the order in which their units first appear."""
    members: dict[int, list[Coverage]] = {}
    for community in communities:
        members.setdefault(community.unit_id, []).append(community)
    return [together(unit_id, group[0].unit, group) for unit_id, group in members.items()]
