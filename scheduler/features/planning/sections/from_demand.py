"""Learners for a new section, taken from what communities still want."""

from scheduler.domain.section_opening import still_wanting
from scheduler.features.planning.sections.fields import MAXIMUM_PEOPLE
from scheduler.maps.geography import street_metres
from scheduler.models import Course, Term, Unit
from scheduler.web.access import Scope


def suggested_learners(scope: Scope, term: Term, course: Course, unit: Unit | None = None) -> dict[int, int]:
    """People by community id: the community that still wants most, and the nearest others, up to the class size.

    Only communities of the scope, and of ``unit`` where one is given; none further from the first than the
    course's learners go.
    """
    wanting = still_wanting(scope, term, course, unit)
    if not wanting:
        return {}
    first = max(wanting, key=lambda community: (wanting[community], -community.id))
    near = sorted(wanting, key=lambda community: (street_metres(first, community), community.id))
    learners: dict[int, int] = {}
    free = course.maximum_size
    for community in near:
        if free and street_metres(first, community) <= course.reach_metres:
            learners[community.id] = min(wanting[community], free, MAXIMUM_PEOPLE)
            free -= learners[community.id]
    return learners
