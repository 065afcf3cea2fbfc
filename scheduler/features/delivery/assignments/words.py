"""What has changed for a teacher since they were asked before, in words."""

from flask_babel import gettext as _

from scheduler.core.clock import clock
from scheduler.models import Assignment, Room
from scheduler.web.labels import weekday_name


def changes(assignment: Assignment) -> list[str]:
    """How hours, length, first week and room differ from what the same teacher was asked before; else nothing."""
    former = assignment.former
    if former is None or former.teacher_id != assignment.teacher_id:
        return []
    texts = []
    if former.meetings != assignment.meetings:
        texts.append(_("Hours: %(before)s → %(after)s", before=_hours(former), after=_hours(assignment)))
    if former.minutes != assignment.minutes:
        lengths = former.minutes, assignment.minutes
        texts.append(_("Length: %(before)d → %(after)d minutes", before=lengths[0], after=lengths[1]))
    if former.week != assignment.week:
        texts.append(_("First week: %(before)d → %(after)d", before=former.week, after=assignment.week))
    if former.room_id != assignment.room_id:
        texts.append(_("Place: %(before)s → %(after)s", before=_place(former.room), after=_place(assignment.room)))
    return texts


def only_place_changes(assignment: Assignment) -> bool:
    """Whether the same teacher has agreed to the section at the same hours in another venue."""
    former = assignment.former
    return (
        former is not None
        and former.answered_by_id is not None
        and former.cause is None
        and former.teacher_id == assignment.teacher_id
        and (former.week, former.meetings) == (assignment.week, assignment.meetings)
        and assignment.minutes <= former.minutes
    )


def _hours(assignment: Assignment) -> str:
    return _(", ").join(
        f"{weekday_name(weekday, 'abbreviated')} {clock(start)}" for weekday, start in assignment.meetings
    )


def _place(room: Room) -> str:
    return f"{room.venue.name} {room.name}"
