"""What teachers answer, themselves or by phone through the coordinator: to assignments and to substitutions."""

from typing import TypeVar

from flask_babel import gettext as _
from sqlalchemy import select

from scheduler.core.clock import today
from scheduler.core.database import now
from scheduler.core.errors import DomainError
from scheduler.core.extensions import db
from scheduler.domain.publishing.calendar_feed import record_covers
from scheduler.models import (
    ACTIVE_STATUSES,
    Assignment,
    AssignmentStatus,
    Cover,
    CoverStatus,
    Grant,
    Plan,
    PlanStatus,
    RefusalCause,
    Role,
    Substitution,
    SubstitutionStatus,
    Teacher,
    User,
)
from scheduler.web.labels import label

A = TypeVar("A", Assignment, Substitution)
R = TypeVar("R", Assignment, Cover, Plan, Substitution, Teacher)


def with_account(teacher_ids: set[int]) -> set[int]:
    """Those of the teachers who can sign in and answer themselves."""
    statement = select(Grant.teacher_id).join(User).where(Grant.role == Role.TEACHER, User.active)
    return {
        teacher_id
        for teacher_id in db.session.scalars(statement.where(Grant.teacher_id.in_(teacher_ids)))
        if teacher_id
    }


def agree(assignment: Assignment, user_id: int) -> Assignment:
    """The teacher takes the section. Raises DomainError when it was answered already or is no longer asked."""
    _waiting(assignment)
    assignment.status = AssignmentStatus.CONFIRMED
    return _answered(assignment, user_id)


def refuse(assignment: Assignment, cause: RefusalCause, note: str, user_id: int) -> Assignment:
    """The teacher cannot take the section; whoever plans again will not give it to them."""
    _waiting(assignment)
    assignment.status, assignment.cause, assignment.note = AssignmentStatus.REFUSED, cause, note
    return _answered(assignment, user_id)


def ask_again(assignment: Assignment) -> Assignment:
    """Take an answer back: it waits again. Raises DomainError once a new plan has settled the section otherwise."""
    locked(assignment)
    answers = AssignmentStatus.CONFIRMED, AssignmentStatus.REFUSED
    if assignment.status not in answers or assignment.plan.status is not PlanStatus.PUBLISHED:
        raise DomainError(_("The plan has changed since; this answer can no longer be taken back."))
    _refuse_second(assignment)
    assignment.status, assignment.cause, assignment.note = AssignmentStatus.REQUESTED, None, ""
    assignment.answered_at = assignment.answered_by_id = None
    db.session.flush()
    return assignment


def agree_to_stand_in(substitution: Substitution, user_id: int) -> Substitution:
    """The substitute comes; residents are told their name."""
    cover = _engaged_with(substitution, SubstitutionStatus.ASKED)
    substitution.status = SubstitutionStatus.AGREED
    _answered(substitution, user_id)
    record_covers([cover])
    return substitution


def refuse_to_stand_in(
    substitution: Substitution, cause: RefusalCause, note: str, user_id: int
) -> Substitution:
    """The substitute cannot come, even if they had agreed: somebody else is needed."""
    cover = _engaged_with(substitution, SubstitutionStatus.ASKED, SubstitutionStatus.AGREED)
    substitution.status, substitution.cause, substitution.note = SubstitutionStatus.REFUSED, cause, note
    cover.status = CoverStatus.OPEN
    _answered(substitution, user_id)
    record_covers([cover])
    return substitution


def ask_again_to_stand_in(substitution: Substitution) -> Substitution:
    """Take an answer back while nobody else has been set and the session has not been cancelled."""
    cover = locked(substitution.cover)
    locked(substitution)
    agreed = substitution.status is SubstitutionStatus.AGREED
    alone = substitution.status is SubstitutionStatus.REFUSED and cover.status is CoverStatus.OPEN
    if not (agreed or alone) or substitution.date < today():
        raise DomainError(_("It has been arranged otherwise since; this answer can no longer be taken back."))
    substitution.status, substitution.cause, substitution.note = SubstitutionStatus.ASKED, None, ""
    substitution.answered_at = substitution.answered_by_id = None
    cover.status = CoverStatus.COVERED
    db.session.flush()
    record_covers([cover])
    return substitution


def locked(row: R) -> R:
    """The row as it is now, held until the end of the transaction."""
    kind = type(row)
    statement = select(kind).where(kind.id == row.id).with_for_update(of=kind)
    return db.session.scalars(statement.execution_options(populate_existing=True)).one()


def _waiting(assignment: Assignment) -> None:
    locked(assignment)
    if assignment.plan.status is not PlanStatus.PUBLISHED or assignment.status is AssignmentStatus.WITHDRAWN:
        name = assignment.section.name
        raise DomainError(_("The plan has changed since; %(name)s is no longer asked for.", name=name))
    if assignment.status is not AssignmentStatus.REQUESTED:
        raise DomainError(_already(assignment.section.name, assignment.answered_by, label(assignment.status)))


def _engaged_with(substitution: Substitution, *states: SubstitutionStatus) -> Cover:
    """The cover of a substitution that stands in one of these states; both are held until the end."""
    cover = locked(substitution.cover)
    locked(substitution)
    if substitution.status is SubstitutionStatus.WITHDRAWN:
        raise DomainError(_("No substitute is needed any more for %(name)s.", name=substitution.section.name))
    if substitution.status not in states:
        raise DomainError(_already(substitution.section.name, substitution.answered_by, label(substitution.status)))
    return cover


def _already(name: str, user: User | None, answer: str) -> str:
    who = user.name if user is not None else "–"
    return _("%(name)s was already answered by %(who)s: %(answer)s.", name=name, who=who, answer=answer)


def _answered(row: A, user_id: int) -> A:
    row.answered_at, row.answered_by_id = now(), user_id
    db.session.flush()
    return row


def _refuse_second(assignment: Assignment) -> None:
    """A section is asked of one teacher at a time."""
    other = select(Assignment.id).where(
        Assignment.section_id == assignment.section_id,
        Assignment.id != assignment.id,
        Assignment.status.in_(ACTIVE_STATUSES),
    )
    if db.session.scalar(other.limit(1)) is not None:
        raise DomainError(_("Somebody else has been asked for this section since."))
