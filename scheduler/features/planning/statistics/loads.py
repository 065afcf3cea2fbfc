"""What a plan asks of teachers: sessions week by week, and the ways between venues of one day."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from scheduler.calendar.occurrences import Occurrence
from scheduler.maps.geography import Point, street_metres
from scheduler.models import TeacherKind


@dataclass(frozen=True)
class Person:
    """A teacher with what they want and can do, in sessions a week."""

    id: int
    name: str
    unit: str
    kind: TeacherKind
    wanted_week: int
    most: int


class Taught(NamedTuple):
    """The dated sessions of a section at a venue; ``weeks`` has the week of each."""

    sessions: list[Occurrence]
    weeks: list[int]
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
        """Whether they are unused, within what they want, above it, or as busy as they can be."""
        if not self.sessions:
            return "unused"
        if self.busiest <= self.person.wanted_week:
            return "within"
        return "full" if self.busiest >= self.person.most else "above"


@dataclass(frozen=True)
class Workload:
    """What is asked of several teachers together: how many there are in each state, and the sums of their terms."""

    teachers: int
    states: Counter[str]
    sessions: int
    journeys: int
    journey_metres: int


def workload(loads: Sequence[Load]) -> Workload:
    """Several loads together."""
    return Workload(
        len(loads),
        Counter(load.state for load in loads),
        sessions=sum(load.sessions for load in loads),
        journeys=sum(load.journeys for load in loads),
        journey_metres=sum(load.journey_metres for load in loads),
    )


_way = lru_cache(maxsize=10_000)(street_metres)
"""The same ways are gone again and again."""


def load_of(person: Person, taught: Sequence[Taught]) -> Load:
    """What a plan asks of one teacher."""
    weeks = Counter[int]()
    for section in taught:
        weeks.update(section.weeks)
    ways = _ways(taught) if len({section.venue_id for section in taught}) > 1 else []
    return Load(
        person,
        sessions=weeks.total(),
        busiest=max(weeks.values(), default=0),
        weeks_above=sum(sessions > person.wanted_week for sessions in weeks.values()),
        journeys=len(ways),
        journey_metres=sum(ways),
    )


def _ways(taught: Sequence[Taught]) -> list[int]:
    """The street metres of each way between two venues that are taught at one after the other on one day."""
    sessions = sorted(
        (
            (session.date, session.start, section.venue_id, section.place)
            for section in taught
            for session in section.sessions
        ),
        key=itemgetter(0, 1),
    )
    return [
        _way(before, after)
        for (day, _start, from_venue, before), (next_day, _next, to_venue, after) in pairwise(sessions)
        if day == next_day and from_venue != to_venue
    ]
