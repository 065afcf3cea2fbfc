"""What has changed for a teacher since they were asked before, in words."""

from flask_babel import gettext as _

from scheduler.core.clock import clock
from scheduler.models import Assignment, Room
from scheduler.web.labels import weekday_name


def changes(assignment: Assignment) -> list[str]:
    """How hours, first week and room differ from what the same teacher was asked before; nothing for a new section."""
    former = assignment.former
    if former is None or former.teacher_id != assignment.teacher_id:
        return []
    texts = []
    if former.meetings != assignment.meetings:
        texts.append(_("Hours: %(before)s → %(after)s", before=_hours(former), after=_hours(assignment)))
    if former.week != assignment.week:
        texts.append(_("First week: %(before)d → %(after)d", before=former.week, after=assignment.week))
    if former.room_id != assignment.room_id:
        texts.append(_("Place: %(before)s → %(after)s", before=_place(former.room), after=_place(assignment.room)))
    return texts


def _hours(assignment: Assignment) -> str:
    return _(", ").join(
        f"{weekday_name(weekday, 'abbreviated')} {clock(start)}" for weekday, start in assignment.meetings
    )


def _place(room: Room) -> str:
    return f"{room.venue.name} {room.name}"
