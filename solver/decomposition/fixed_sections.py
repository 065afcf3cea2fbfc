"""The sections outside a part that matter to it."""

from collections.abc import Iterable, Iterator

from solver.analysis.plan_index import PlanIndex
from solver.problem.reach import reaches
from solver.problem.term import Room, Section, Teacher


def fixed_sections_of(
    around: PlanIndex, free: Iterable[Section], rooms: Iterable[Room], teachers: Iterable[Teacher]
) -> list[Section]:
    """The placed sections beside some free ones on which it depends what those can have and what it costs.

    They use one of the rooms or teachers, share learners with a free section, or serve a community for it. In the order
    of their names, so that chance has no part in it.
    """
    inside = {section.id: section for section in free}
    touching: set[str] = set()
    for room in rooms:
        touching.update(around.in_room.get(room.id, ()))
    for teacher in teachers:
        touching.update(around.with_teacher.get(teacher.id, ()))
    for name in inside:
        touching.update(other.id for other, _ in around.term.shared_with.get(name, ()) if other.id in around.placed)
    for community in dict.fromkeys(name for section in inside.values() for name in section.learners):
        serving = [name for name in _serving(around, community) if name not in inside]
        if serving and touching.isdisjoint(serving):
            touching.add(serving[0])
    return [around.term.section[name] for name in sorted(touching - inside.keys())]


def _serving(around: PlanIndex, community: str) -> Iterator[str]:
    """The placed sections whose venue is within their reach of a community from which learners come."""
    term, home = around.term, around.term.community[community]
    for section in term.wanted_by.get(community, ()):
        placement = around.placed.get(section.id)
        if placement is not None and reaches(section, home, around.venue_of(placement)):
            yield section.id
