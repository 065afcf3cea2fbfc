"""What a placement costs by itself, weighted, whatever the other sections do."""

from collections.abc import Sequence

from solver.model.costs import PAIR_COSTS, ROOM_COSTS, SERIES_COSTS
from solver.problem.plan import Meeting, Placement
from solver.problem.term import Room, Section, Teacher, Term


def room_cost(term: Term, section: Section, room: Room) -> int:
    """The cost of a room for a section."""
    return sum(part.weight(term.weights) * part.of_room(term, section, room) for part in ROOM_COSTS)


def couple_cost(term: Term, section: Section, room: Room, teacher: Teacher) -> int:
    """The cost of a teacher in a room for a section, beyond that of the room."""
    return sum(part.weight(term.weights) * part.of_pair(term, section, room, teacher) for part in PAIR_COSTS)


def hours_cost(term: Term, section: Section, week: int, meetings: Sequence[Meeting]) -> int:
    """The cost of weekly meetings from a week on for a section."""
    return sum(part.weight(term.weights) * part.of_series(term, section, week, meetings) for part in SERIES_COSTS)


def own_cost(term: Term, name: str, placement: Placement | None) -> int:
    """What a section costs by itself: where it is, or left out."""
    section = term.section[name]
    if placement is None:
        return term.weights.unplaced * section.priority * section.size
    room, teacher = term.room[placement.room], term.teacher[placement.teacher]
    return (
        room_cost(term, section, room)
        + couple_cost(term, section, room, teacher)
        + hours_cost(term, section, placement.week, placement.meetings)
    )
