"""Placements as the weeks in which they are held."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from types import MappingProxyType

from flask_babel import gettext as _

from scheduler.calendar.holidays import holiday_name
from scheduler.calendar.occurrences import Occurrence, days_off_of, occurrences, plan_calendar
from scheduler.calendar.week_grid import GridEntry, SpecialDays, WeekGrid, lay_out
from scheduler.domain.cover_notices import short_notice
from scheduler.domain.covers import Covers
from scheduler.features.planning.timetable.queries import Owner
from scheduler.features.planning.timetable.selection import TimetableSelection, View
from scheduler.models import BookingStatus, Cover, DayKind, Placement, Plan
from scheduler.web.i18n import in_language
from scheduler.web.labels import label

STATES = {
    BookingStatus.REQUESTED: "waiting",
    BookingStatus.COUNTERED: "waiting",
    BookingStatus.DECLINED: "conflict",
    BookingStatus.EXPIRED: "conflict",
}
Answers = Mapping[int, BookingStatus]


def week_of(
    selection: TimetableSelection,
    plan: Plan,
    placements: Iterable[Placement],
    answers: Answers,
    covers: Covers = MappingProxyType({}),
) -> WeekGrid:
    """The selected week with those who stand in, or a typical one with all that meets in some week."""
    calendar = plan_calendar(plan)
    if selection.week is None:
        return lay_out(
            entry for placement in placements if _owns(selection, placement)
            for entry in _typical(selection, placement, answers)
        )  # fmt: skip
    entries = (
        _dated(selection, placement, answers, occurrence, covers)
        for placement in placements
        for occurrence in occurrences(placement, calendar)
        if occurrence.week == selection.week and _gives(selection, placement, occurrence, covers)
    )
    return lay_out(entries, calendar.first_day + timedelta(weeks=selection.week - 1), special_days(plan))


def _owns(selection: TimetableSelection, placement: Placement) -> bool:
    """Whether a teacher's timetable shows the placement as theirs, and not only a session in which they stand in."""
    return selection.view is not View.TEACHER or selection.of in (None, placement.teacher_id)


def _gives(selection: TimetableSelection, placement: Placement, occurrence: Occurrence, covers: Covers) -> bool:
    """Whether a session is the shown teacher's: their own, also those they cannot give, and where they stand in."""
    cover = _cover(placement, occurrence, covers)
    standing = cover.standing if cover else None
    return _owns(selection, placement) or (standing is not None and standing.teacher_id == selection.of)


def _cover(placement: Placement, occurrence: Occurrence, covers: Covers) -> Cover | None:
    return covers.get(placement.section_id, {}).get((occurrence.date, occurrence.start))


def _dated(
    selection: TimetableSelection, placement: Placement, answers: Answers, occurrence: Occurrence, covers: Covers
) -> GridEntry:
    """A session with what is unusual about it."""
    entry = _entry(selection, placement, answers, occurrence.date.weekday(), occurrence.start, "")
    cover = _cover(placement, occurrence, covers)
    if cover is None:
        return entry
    return replace(entry, note=short_notice(cover), state="good" if cover.agreed else "conflict")


def sheets_of(
    selection: TimetableSelection,
    plan: Plan,
    owners: Iterable[Owner],
    placements: Iterable[Placement],
    answers: Answers,
) -> list[tuple[Owner, WeekGrid]]:
    """A week for each owner of the selected view."""
    placements_of_owner: dict[int, list[Placement]] = {}
    for placement in placements:
        for owner_id in _owner_ids(selection.view, placement):
            placements_of_owner.setdefault(owner_id, []).append(placement)
    return [(owner, week_of(selection, plan, placements_of_owner.get(owner.id, []), answers)) for owner in owners]


def _owner_ids(view: View, placement: Placement) -> Iterable[int]:
    if view is View.COMMUNITY:
        return [entry.community_id for entry in placement.section.learners]
    owner = {
        View.ROOM: placement.room_id,
        View.VENUE: placement.room.venue_id,
        View.TEACHER: placement.teacher_id,
        View.COURSE: placement.section.course_id,
    }
    return [owner[view]]


def special_days(plan: Plan) -> SpecialDays:
    """The days off and make-up days by which a plan is held, with their names."""
    make_up = {day.date: holiday_name(day.name) for day in plan.term.days if day.kind is DayKind.MAKE_UP}
    return SpecialDays(days_off_of(plan), make_up)


def weeks_text(placement: Placement) -> str:
    """From which week to which the placement meets."""
    sessions = occurrences(placement)
    if not sessions:
        return ""
    first, last = sessions[0].week, sessions[-1].week
    every = placement.every_weeks
    if every > 1:
        return _("weeks %(first)d–%(last)d, every %(number)d weeks", first=first, last=last, number=every)
    return _("weeks %(first)d–%(last)d", first=first, last=last)


def _typical(selection: TimetableSelection, placement: Placement, answers: Answers) -> list[GridEntry]:
    weeks = weeks_text(placement)
    return [
        _entry(selection, placement, answers, meeting.weekday, meeting.start_minute, weeks)
        for meeting in placement.meetings
    ]


def _entry(
    selection: TimetableSelection, placement: Placement, answers: Answers, weekday: int, start: int, weeks: str
) -> GridEntry:
    course, status = placement.section.course, answers.get(placement.section_id)
    title = in_language(course.title_zh, course.title_en)
    return GridEntry(
        weekday,
        start,
        start + placement.minutes,
        placement.section.name if selection.view is View.COURSE else title,
        (*_lines(selection.view, placement), *([weeks] if weeks else [])),
        selection.section_url(placement.section_id),
        course.subject.category,
        STATES.get(status, "") if status else "",
        label(status) if status in STATES else "",
    )


def _lines(view: View, placement: Placement) -> tuple[str, ...]:
    """What a reader of the view does not know yet."""
    room, teacher, section = placement.room, placement.teacher.name, placement.section.name
    place = f"{room.venue.name} · {room.name}"
    return {
        View.ROOM: (section, teacher),
        View.VENUE: (room.name, teacher),
        View.TEACHER: (place, section),
        View.COMMUNITY: (place, teacher),
        View.COURSE: (place, teacher),
    }[view]
