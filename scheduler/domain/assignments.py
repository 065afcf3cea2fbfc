"""Teachers are asked about the sections that a published plan gives them; what stays the same keeps its answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from scheduler.core.extensions import db
from scheduler.models import ACTIVE_STATUSES, Assignment, AssignmentStatus, Placement, Plan, Section, Term


@dataclass(frozen=True)
class AssignmentChanges:
    """What publishing a plan does to assignments; whoever is asked anew may have been asked otherwise before."""

    kept: list[tuple[Assignment, Placement]] = field(default_factory=list)
    anew: list[tuple[Placement, Assignment | None]] = field(default_factory=list)
    withdrawn: list[Assignment] = field(default_factory=list)

    @property
    def teachers(self) -> int:
        """How many teachers are asked."""
        return len({placement.teacher_id for placement, _former in self.anew})


def hours_of(placement: Placement) -> list[list[int]]:
    """The weekly hours as assignments keep them."""
    return sorted([meeting.weekday, meeting.start_minute] for meeting in placement.meetings)


def changes_of(plan: Plan, placements: Iterable[Placement]) -> AssignmentChanges:
    """Whom publishing the plan would ask: an answer is kept for the same section, teacher, hours and venue."""
    asked, standing, refused = AssignmentChanges(), {}, {}
    for assignment in _active_or_refused(plan):
        if assignment.status in ACTIVE_STATUSES:
            standing[assignment.section_id] = assignment
        else:
            refused[assignment.section_id, assignment.teacher_id] = assignment
    for placement in placements:
        before = standing.pop(placement.section_id, None)
        no = refused.get((placement.section_id, placement.teacher_id))
        same = next((request for request in (before, no) if request is not None and _same(request, placement)), None)
        if same is not None:
            asked.kept.append((same, placement))
        else:
            asked.anew.append((placement, before or no))
        asked.withdrawn.extend(request for request in (before, no) if request is not None and request is not same)
    asked.withdrawn.extend(standing.values())
    return asked


def ask(plan: Plan, asked: AssignmentChanges) -> None:
    """Carry out what ``changes_of`` found."""
    for assignment in asked.withdrawn:
        assignment.status = AssignmentStatus.WITHDRAWN
    for assignment, placement in asked.kept:
        assignment.plan, assignment.room_id, assignment.minutes = plan, placement.room_id, placement.minutes
    db.session.flush()
    db.session.add_all(
        Assignment(
            plan=plan, section_id=placement.section_id, teacher_id=placement.teacher_id, room_id=placement.room_id,
            week=placement.week, meetings=hours_of(placement), minutes=placement.minutes, former=former,
        )
        for placement, former in asked.anew
    )  # fmt: skip
    db.session.flush()


def withdraw(plan: Plan) -> int:
    """Nobody is asked about a plan any more; how many teachers had been."""
    standing = [assignment for assignment in _active_or_refused(plan) if assignment.status in ACTIVE_STATUSES]
    for assignment in standing:
        assignment.status = AssignmentStatus.WITHDRAWN
    db.session.flush()
    return len({assignment.teacher_id for assignment in standing})


def refusals(term: Term) -> dict[int, set[int]]:
    """By section of the term the teachers who have refused it."""
    statement = select(Assignment.section_id, Assignment.teacher_id).join(Assignment.section)
    where = Section.term_id == term.id, Assignment.status == AssignmentStatus.REFUSED
    teachers_by_section: dict[int, set[int]] = {}
    for section_id, teacher_id in db.session.execute(statement.where(*where)):
        teachers_by_section.setdefault(section_id, set()).add(teacher_id)
    return teachers_by_section


def _active_or_refused(plan: Plan) -> Sequence[Assignment]:
    of_term = select(Section.id).where(Section.term_id == plan.term_id)
    states = (*ACTIVE_STATUSES, AssignmentStatus.REFUSED)
    statement = select(Assignment).where(Assignment.section_id.in_(of_term), Assignment.status.in_(states))
    return db.session.scalars(statement.order_by(Assignment.id).options(joinedload(Assignment.room))).all()


def _same(assignment: Assignment, placement: Placement) -> bool:
    """Whether what was asked covers the placement: another room of the venue and less time need no new answer."""
    facts = assignment.teacher_id, assignment.week, assignment.meetings, assignment.room.venue_id
    planned = placement.teacher_id, placement.week, hours_of(placement), placement.room.venue_id
    return facts == planned and placement.minutes <= assignment.minutes
