"""Copies of plans, made to be changed while the plan itself stays as it is."""

from scheduler.core.extensions import db
from scheduler.models import Meeting, Placement, Plan


def copy_as_draft(plan: Plan, name: str, user_id: int) -> Plan:
    """A draft with the same placements, to be adjusted while the plan itself stays as it is."""
    facts = {"term_id": plan.term_id, "total": plan.total, "bound": plan.bound}
    draft = Plan(name=name, created_by_id=user_id, cost=dict(plan.cost), reasons=dict(plan.reasons), **facts)
    draft.placements = [
        Placement(
            section_id=placement.section_id,
            week=placement.week,
            room_id=placement.room_id,
            teacher_id=placement.teacher_id,
            meetings=[Meeting(weekday=hour.weekday, start_minute=hour.start_minute) for hour in placement.meetings],
        )
        for placement in plan.placements
    ]
    db.session.add(draft)
    db.session.flush()
    return draft
