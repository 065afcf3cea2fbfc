"""The demand behind the sections, the people who want two of them, and what the streets can pay. All assumed."""

from collections import Counter, defaultdict
from itertools import pairwise
from random import Random

from scheduler.demonstration.sections import Opening
from scheduler.demonstration.tables import dice
from scheduler.models import Budget, Community, Course, Demand, Section, SharedLearners, Term, Unit

MEAN_FEES = 45  # yuan a session, for teacher and room
WANT_BOTH = 0.7  # how often neighbours in two courses include people who want both


def build_demand(term: Term, asked: list[Opening], sections: list[Section]) -> list[Demand]:
    """People by course and community: the learners of the sections, and some for whom no section opens."""
    random = dice("demand")
    people: Counter[tuple[Course, Community]] = Counter()
    for section in sections:
        for entry in section.learners:
            people[section.course, entry.community] += entry.people
    for opening in asked:
        if (some := int(opening.people * random.random() / 4)) > 0:
            people[opening.course, random.choice(opening.town.communities)] += some
    return [
        Demand(term=term, course=course, community=community, people=count, assumed=True)
        for (course, community), count in people.items()
    ]


def build_budgets(sections: list[Section]) -> list[Budget]:
    """What each street may spend: about the usual fees of its sections."""
    random = dice("budgets")
    sessions: Counter[Unit] = Counter()
    for section in sections:
        sessions[section.unit] += section.sessions
    return [
        Budget(unit=unit, yuan=round(count * MEAN_FEES * random.uniform(0.8, 1.3) / 100) * 100)
        for unit, count in sessions.items()
    ]


def build_shared(sections: list[Section]) -> list[SharedLearners]:
    """People who want two courses of their community; the sections must have their keys already."""
    random = dice("shared")
    groups: dict[tuple[int, str], list[Section]] = defaultdict(list)
    for section in sections:
        for entry in section.learners:
            groups[entry.community_id, section.course.target_group].append(section)
    pairs: dict[tuple[int, int], int] = {}
    for group in groups.values():
        pairs |= _pairs(random, group)
    return [SharedLearners(first_id=first, second_id=other, people=people) for (first, other), people in pairs.items()]


def _pairs(random: Random, group: list[Section]) -> dict[tuple[int, int], int]:
    return {
        (min(first.id, other.id), max(first.id, other.id)): random.randint(1, 6)
        for first, other in pairwise(group)
        if first.course.subject is not other.course.subject and random.random() < WANT_BOTH
    }
