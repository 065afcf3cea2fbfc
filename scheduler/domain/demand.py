"""How the sources of demand become one number: the same people may stand in several, and nobody is counted twice."""

from collections.abc import Iterable

from scheduler.models import DemandSource, SourceKind

MAX_PEOPLE = 100_000
"""What the database takes for a community's demand."""


def counted(source: DemandSource) -> int:
    """The people of one source who count: of a survey only its share, rounded to the nearest."""
    return (source.people * source.percent + 50) // 100


def combined(sources: Iterable[DemandSource]) -> int:
    """The demand of a community for a course, from its sources.

    Those who learned it before and those who had to wait are different people, so they are added up. A survey asks
    both and others too, so its share stands for all of them together. Whoever said they are interested is surely there.
    So the demand is the largest of these three: past learners with the waiting list, the survey, the interest list.
    """
    people = dict.fromkeys(SourceKind, 0)
    for source in sources:
        people[source.kind] += counted(source)
    counted_singly = people[SourceKind.PAST] + people[SourceKind.WAITING]
    return min(MAX_PEOPLE, max(counted_singly, people[SourceKind.SURVEY], people[SourceKind.INTEREST]))
