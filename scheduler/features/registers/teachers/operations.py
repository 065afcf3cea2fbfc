"""Changes of teachers."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from scheduler.calendar.weekly_hours import Hours
from scheduler.core.extensions import db
from scheduler.domain.calendar_feed import record_covers
from scheduler.domain.covers import follow_absences
from scheduler.models import PlaceSource, Subject, Teacher, TeacherAbsence, TeacherKind, TeacherWindow, Unit


def save_teacher(
    teacher: Teacher | None, unit: Unit, *, kind: str, subjects: Iterable[str], hours: Sequence[Hours],
    absences: Sequence[tuple[date, str]], **facts: Any,
) -> Teacher:
    """Create or change a teacher; ``facts`` are columns of Teacher. A home moved by hand counts as known."""
    teacher = teacher or Teacher(place_source=PlaceSource.KNOWN)
    if (teacher.latitude, teacher.longitude) != (facts["latitude"], facts["longitude"]):
        teacher.place_source = PlaceSource.KNOWN
    teacher.unit, teacher.kind = unit, TeacherKind(kind)
    for name, value in facts.items():
        setattr(teacher, name, value)
    teacher.subjects = [db.session.get_one(Subject, code) for code in sorted(subjects)]
    db.session.add(teacher)
    set_availability(teacher, hours, absences)
    return teacher


def set_availability(teacher: Teacher, hours: Sequence[Hours], absences: Sequence[tuple[date, str]]) -> Teacher:
    """When the teacher can teach, and the dates on which she cannot; what stays the same is not touched."""
    wanted = set(hours)
    kept = [window for window in teacher.windows if _hours(window) in wanted]
    missing = wanted - {_hours(window) for window in kept}
    teacher.windows = kept + [
        TeacherWindow(weekday=window.weekday, start_minute=window.start, end_minute=window.end)
        for window in sorted(missing, key=lambda window: (window.weekday, window.start))
    ]
    before, notes = {absence.date: absence.reason for absence in teacher.absences}, dict(absences)
    same = [absence for absence in teacher.absences if notes.get(absence.date) == absence.reason]
    for absence in [absence for absence in teacher.absences if absence not in same]:
        teacher.absences.remove(absence)
    db.session.flush()  # a date may come back with another reason: the old row leaves first
    known = {absence.date for absence in same}
    teacher.absences = same + [TeacherAbsence(date=day, reason=note) for day, note in absences if day not in known]
    db.session.flush()
    if notes != before:
        record_covers(follow_absences(teacher))
    return teacher


def _hours(window: TeacherWindow) -> Hours:
    return Hours(window.weekday, window.start_minute, window.end_minute)
