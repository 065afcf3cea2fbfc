"""What a coordinator does about a section that its teacher has refused."""

from dataclasses import replace

from flask_babel import gettext as _

from scheduler.core.errors import DomainError
from scheduler.core.extensions import db
from scheduler.domain.plan_copy import copy_as_draft
from scheduler.engine.analysis.boards import Board
from scheduler.engine.documents.drafts import next_name
from scheduler.engine.words.board_words import obstacle_sentences
from scheduler.models import Assignment, AssignmentStatus, Plan


def draft_with_teacher(plan: Plan, section_id: int, teacher_id: int, user_id: int) -> Plan:
    """A draft in which another teacher gives the section and all else stays; DomainError when a rule forbids it."""
    board = Board(plan)
    present = board.place_of(section_id)
    if present is None:
        raise DomainError(_("The plan does not place this section."))
    verdict = board.verdict(section_id, replace(present, teacher_id=teacher_id))
    if verdict.violations:
        raise DomainError(_("It cannot go there: %(obstacle)s", obstacle=obstacle_sentences(verdict.violations)))
    cost = board.cost()
    for part, amount in verdict.cost.items():
        cost[part] = cost.get(part, 0) + amount
    draft = copy_as_draft(plan, next_name(plan.term), user_id)
    draft.cost, draft.total = cost, sum(cost.values())
    next(placement for placement in draft.placements if placement.section_id == section_id).teacher_id = teacher_id
    db.session.flush()
    return draft


def lift(assignment: Assignment) -> None:
    """The teacher may be given the section again by a later plan."""
    if assignment.status is not AssignmentStatus.REFUSED:
        raise DomainError(_("This refusal no longer counts."))
    assignment.status = AssignmentStatus.WITHDRAWN
    db.session.flush()
