"""What a plan asks of teachers: sessions week by week, and the ways between venues of one day."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, pairwise
from typing import NamedTuple

from scheduler.geography import Point, street_metres
from scheduler.models import TeacherKind
from scheduler.occurrences import Occurrence


@dataclass(frozen=True)
class Person:
    """A teacher with what she wants and can do, in sessions a week."""

    id: int
    name: str
    unit: str
    kind: TeacherKind
    wanted: int
    most: int


class Taught(NamedTuple):
    """A dated session at a venue; a city has hundreds of thousands."""

    session: Occurrence
    venue_id: int
    place: Point


@dataclass(frozen=True)
class Load:
    """A teacher's term: ``busiest`` is the week with most sessions; ``journeys`` are ways between venues of one day."""

    person: Person
    sessions: int
    busiest: int
    weeks_above: int
    journeys: int
    journey_metres: int

    @property
    def state(self) -> str:
        """Whether she is unused, within what she wants, above it, or as busy as she can be."""
        if not self.sessions:
            return "unused"
        if self.busiest <= self.person.wanted:
            return "within"
        return "full" if self.busiest >= self.person.most else "above"


_way = lru_cache(maxsize=10_000)(street_metres)
"""The same ways are gone again and again."""


def load_of(person: Person, taught: Iterable[Taught]) -> Load:
    """What a plan asks of one teacher."""
    sessions = sorted(taught, key=lambda one: (one.session.date, one.session.start))
    weeks = Counter(one.session.week for one in sessions)
    ways = [
        _way(before.place, after.place)
        for _day, same_day in groupby(sessions, key=lambda one: one.session.date)
        for before, after in pairwise(same_day)
        if before.venue_id != after.venue_id
    ]
    return Load(
        person,
        sessions=len(sessions),
        busiest=max(weeks.values(), default=0),
        weeks_above=sum(held > person.wanted for held in weeks.values()),
        journeys=len(ways),
        journey_metres=sum(ways),
    )
