"""Where a plan has its sections, read without making objects of thousands of rows."""

from sqlalchemy import select

import solver
from scheduler.core.extensions import db
from scheduler.engine.documents.keys import ROOM, SECTION, TEACHER, key
from scheduler.models import Meeting, Placement


def current_placements(plan_id: int) -> dict[str, solver.Placement]:
    """The placements of a plan by section, as documents write them; also those that the term no longer knows."""
    meetings: dict[int, list[solver.Meeting]] = {}
    hours = select(Meeting.section_id, Meeting.weekday, Meeting.start_minute).where(Meeting.plan_id == plan_id)
    for section_id, weekday, start in db.session.execute(hours.order_by(Meeting.weekday, Meeting.start_minute)):
        meetings.setdefault(section_id, []).append(solver.Meeting(weekday, start))
    rows = select(Placement.section_id, Placement.week, Placement.room_id, Placement.teacher_id)
    return {
        key(SECTION, section_id): solver.Placement(
            week, tuple(meetings.get(section_id, ())), key(ROOM, room_id), key(TEACHER, teacher_id)
        )
        for section_id, week, room_id, teacher_id in db.session.execute(rows.where(Placement.plan_id == plan_id))
    }
