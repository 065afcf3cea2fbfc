"""Changes of demand."""

from collections.abc import Sequence

from scheduler.core.extensions import db
from scheduler.models import Community, Course, Demand, Term


def create_demand(
    term: Term, course: Course, community: Community, people: int, assumed: bool = False, worked_out: bool = False
) -> Demand:
    """An entry; the database refuses a second one for the same course and community."""
    entry = Demand(
        term=term, course=course, community=community, people=people, assumed=assumed, worked_out=worked_out
    )
    db.session.add(entry)
    db.session.flush()
    return entry


def set_people(entries: Sequence[Demand], people: dict[int, int]) -> int:
    """Change the people of entries by id; how many changed. What somebody writes is neither made up nor worked out."""
    changed = [entry for entry in entries if people.get(entry.id, entry.people) != entry.people]
    for entry in changed:
        entry.people, entry.assumed, entry.worked_out = people[entry.id], False, False
    db.session.flush()
    return len(changed)


def remove_demand(entry: Demand) -> None:
    """Nobody of the community wants the course any more."""
    db.session.delete(entry)
    db.session.flush()
