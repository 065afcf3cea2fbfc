"""The sections outside a part that matter to it."""

from collections.abc import Iterable, Iterator

from solver.analysis.plan_index import PlanIndex
from solver.problem.reach import reaches
from solver.problem.term import Room, Section, Teacher


def fixed_sections_of(
    plan_index: PlanIndex, free: Iterable[Section], rooms: Iterable[Room], teachers: Iterable[Teacher]
) -> list[Section]:
    """The placed sections beside some free ones on which it depends what those can have and what it costs.

    They use one of the rooms or teachers, share learners with a free section, or serve a community for it. In the order
    of their names, so that chance has no part in it.
    """
    inside = {section.id: section for section in free}
    touching: set[str] = set()
    for room in rooms:
        touching.update(plan_index.in_room.get(room.id, ()))
    for teacher in teachers:
        touching.update(plan_index.with_teacher.get(teacher.id, ()))
    shared_with = plan_index.term.shared_with
    for name in inside:
        touching.update(other.id for other, _ in shared_with.get(name, ()) if other.id in plan_index.placed)
    for community in dict.fromkeys(name for section in inside.values() for name in section.learners):
        # a community is served or it is not: one section from outside tells as much as all of them
        serving = [name for name in _serving(plan_index, community) if name not in inside]
        if serving and touching.isdisjoint(serving):
            touching.add(serving[0])
    return [plan_index.term.section[name] for name in sorted(touching - inside.keys())]


def _serving(plan_index: PlanIndex, community: str) -> Iterator[str]:
    """The placed sections whose venue is within their reach of a community from which learners come."""
    term, home = plan_index.term, plan_index.term.community[community]
    for section in term.wanted_by.get(community, ()):
        placement = plan_index.placed.get(section.id)
        if placement is not None and reaches(section, home, plan_index.venue_of(placement)):
            yield section.id
