"""Changes of teachers."""

from collections.abc import Iterable, Sequence
from typing import Any

from scheduler.calendar.date_text import UnavailableTime
from scheduler.calendar.weekly_hours import Hours
from scheduler.core.extensions import db
from scheduler.domain.availability import dates_for, times_of, windows_for
from scheduler.domain.covers import follow_absences
from scheduler.domain.publishing.calendar_feed import record_covers
from scheduler.models import PlaceSource, Subject, Teacher, TeacherAbsence, TeacherKind, TeacherWindow, Unit


def save_teacher(
    teacher: Teacher | None, unit: Unit, *, kind: str, subjects: Iterable[str], hours: Sequence[Hours],
    absences: Sequence[UnavailableTime], **facts: Any,
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


def set_availability(teacher: Teacher, hours: Sequence[Hours], absences: Sequence[UnavailableTime]) -> Teacher:
    """When the teacher can teach, and the dates on which they cannot."""
    before = times_of(teacher.absences)
    teacher.windows = windows_for(TeacherWindow, teacher.windows, hours)
    teacher.absences = dates_for(TeacherAbsence, teacher.absences, absences)
    db.session.flush()
    if sorted(absences) != sorted(before):
        record_covers(follow_absences(teacher))
    return teacher
