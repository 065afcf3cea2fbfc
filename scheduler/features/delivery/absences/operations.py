"""What a teacher reports: that they cannot come to a session or on some dates, or that they come after all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask_babel import gettext as _

from scheduler.core.errors import DomainError
from scheduler.core.extensions import db
from scheduler.domain.covers import follow_absences, open_cover, take_back
from scheduler.domain.publishing.calendar_feed import record_covers
from scheduler.features.delivery.absences.queries import touched
from scheduler.models import AbsenceCause, Cover, Teacher, TeacherAbsence
from scheduler.web.labels import label

LONGEST_DAYS = 200
LONGEST_REASON = 200


@dataclass(frozen=True)
class Reported:
    """The sessions that need somebody else; ``span`` are the first and last date, where all between them are new."""

    covers: list[Cover]
    span: list[date]


def report_dates(teacher: Teacher, first: date, last: date, cause: AbsenceCause, note: str) -> Reported:
    """The teacher cannot teach from one date to another: what they were to give then needs somebody else."""
    if (last - first).days >= LONGEST_DAYS:
        raise DomainError(_("At most %(number)d days at once.", number=LONGEST_DAYS), "last")
    opened = [open_cover(session, cause, note, whole_day=True) for session in touched(teacher, first, last).own]
    absent_days = {absence.date for absence in teacher.absences if absence.whole_day}
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    reason = f"{label(cause)} {note}".strip()[:LONGEST_REASON]
    teacher.absences += [TeacherAbsence(date=day, reason=reason) for day in days if day not in absent_days]
    db.session.flush()
    record_covers(follow_absences(teacher))
    return Reported(opened, [] if absent_days & set(days) else [first, last])


def come_after_all(teacher: Teacher, covers: Sequence[Cover], dates: Iterable[date] = ()) -> None:
    """Take reports back. One that follows from an absence is taken back with that: a whole day or some hours of it.

    Raises DomainError once the coordinator has set a substitute or cancelled one of the sessions.
    """
    days, moments = set(dates), [(c.date, c.start_minute, c.end_minute) for c in covers if c.whole_day]
    for cover in covers:
        if not cover.whole_day:
            take_back(cover)
    teacher.absences = [
        absence for absence in teacher.absences
        if not (absence.whole_day and absence.date in days) and not any(absence.touches(*moment) for moment in moments)
    ]
    db.session.flush()
    follow_absences(teacher)


def days_between(ends: Sequence[date]) -> list[date]:
    """All dates from the first of two to the last; none without them."""
    if len(ends) < 2 or not 0 <= (ends[1] - ends[0]).days < LONGEST_DAYS:
        return []
    return [ends[0] + timedelta(days=number) for number in range((ends[1] - ends[0]).days + 1)]
