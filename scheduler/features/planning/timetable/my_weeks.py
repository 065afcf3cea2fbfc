"""The weeks of a teacher or of a venue manager's rooms in the published plans."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from flask import url_for
from flask_babel import gettext as _, ngettext, to_user_timezone
from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager, joinedload

from scheduler.calendar.occurrences import Occurrence, occurrences
from scheduler.calendar.week_grid import GridEntry, WeekGrid, lay_out
from scheduler.core.clock import monday_of
from scheduler.core.database import now
from scheduler.core.extensions import db
from scheduler.domain.cover_notices import short_notice
from scheduler.domain.covers import Covers, covers_of
from scheduler.domain.plans import published_placements
from scheduler.features.planning.timetable.weeks import STATES, special_days
from scheduler.models import (
    Booking,
    BookingStatus,
    Course,
    Cover,
    Placement,
    Plan,
    Room,
    Section,
    Substitution,
    SubstitutionStatus,
    Term,
)
from scheduler.web.access import Scope
from scheduler.web.i18n import in_language, week_with_date
from scheduler.web.labels import label


@dataclass(frozen=True)
class MySession:
    """One dated session of mine with its placement and what the venue has answered."""

    placement: Placement
    occurrence: Occurrence
    status: BookingStatus | None
    as_teacher: bool
    cover: Cover | None = None
    standing_in: bool = False

    @property
    def url(self) -> str:
        """Where the teacher says that they cannot come; nowhere once they have."""
        if not self.as_teacher or self.cover is not None:
            return ""
        day, start = self.occurrence.date.isoformat(), self.occurrence.start
        return url_for("absences.session", section_id=self.placement.section_id, day=day, start=start)

    @property
    def note(self) -> tuple[str, str]:
        """What is unusual about it, in words and as a class of the style sheet."""
        if self.standing_in:
            return _("in place of %(name)s", name=self.placement.teacher.name), "good"
        if self.cover is not None:
            return short_notice(self.cover), "good" if self.cover.agreed else "conflict"
        if self.status in STATES:
            return _("Venue: %(answer)s", answer=label(self.status)), STATES[self.status]
        return "", ""

    @property
    def end(self) -> datetime:
        """When it is over, at the installation's place and without a zone."""
        return datetime.combine(self.occurrence.date, datetime.min.time()) + timedelta(minutes=self.occurrence.end)

    @property
    def entry(self) -> GridEntry:
        """The session as a week shows it."""
        section, room = self.placement.section, self.placement.room
        course, place = section.course, f"{room.venue.name} · {room.name}"
        learners = ngettext("%(num)s learner", "%(num)s learners", section.size)
        if self.as_teacher:
            first, second = room.venue.address, section.name
        else:
            agreed = self.cover.agreed if self.cover else None
            first, second = section.name, (agreed or self.placement).teacher.name
        note, state = self.note
        lines = (place, first, f"{second} · {learners}")
        return GridEntry(
            self.occurrence.date.weekday(),
            self.occurrence.start,
            self.occurrence.end,
            in_language(course.title_zh, course.title_en),
            tuple(filter(None, lines)),
            self.url,
            course.subject.category,
            state,
            note,
        )


@dataclass(frozen=True)
class MyWeek:
    """A week with its name, the number of its sessions, and the days."""

    name: str
    sessions: int
    grid: WeekGrid


def upcoming(scope: Scope) -> list[MySession]:
    """The sessions that are not over yet, the next one first."""
    present = to_user_timezone(now()).replace(tzinfo=None)
    placements = _placements(scope, present.date())
    covers = covers_of([placement.section_id for placement, _status in placements])
    sessions = [
        session
        for placement, status in placements
        for session in _sessions_of(scope, placement, status, covers)
        if session.end > present
    ]
    return sorted(sessions, key=lambda session: (session.occurrence.date, session.occurrence.start))


def weeks_of(sessions: Sequence[MySession]) -> list[MyWeek]:
    """The sessions week by week, each with the days off of its term."""
    return [
        _week(monday, list(of_week))
        for monday, of_week in groupby(sessions, key=lambda session: monday_of(session.occurrence.date))
    ]


def _week(monday: date, of_week: Sequence[MySession]) -> MyWeek:
    term = of_week[0].placement.plan.term
    grid = lay_out([session.entry for session in of_week], monday, special_days(of_week[0].placement.plan))
    return MyWeek(week_with_date(of_week[0].occurrence.week, term.first_day), len(of_week), grid)


def following(sessions: Sequence[MySession]) -> MySession | None:
    """The next session that the reader gives or that uses their rooms."""
    return next(
        (session for session in sessions if session.cover is None or session.standing_in or session.cover.agreed), None
    )


def _sessions_of(scope: Scope, placement: Placement, status: BookingStatus | None, covers: Covers) -> list[MySession]:
    """The sessions of a placement that are mine, those in which I stand in among them."""
    section_covers = covers.get(placement.section_id, {})
    own = placement.teacher_id in scope.teacher_ids
    in_my_room = placement.room.venue_id in scope.venue_ids
    sessions = []
    for occurrence in occurrences(placement):
        cover = section_covers.get((occurrence.date, occurrence.start))
        agreed = cover.agreed if cover else None
        standing_in = agreed is not None and agreed.teacher_id in scope.teacher_ids
        if own or in_my_room or standing_in:
            sessions.append(MySession(placement, occurrence, status, own or standing_in, cover, standing_in))
    return sessions


def _placements(scope: Scope, today: date) -> list[tuple[Placement, BookingStatus | None]]:
    """My placements in published plans of terms that are not over, with the newest answer to their requests."""
    standing_in = select(Substitution.section_id).where(
        Substitution.teacher_id.in_(scope.teacher_ids), Substitution.status == SubstitutionStatus.AGREED
    )
    statement = (
        published_placements()
        .join(Plan.term)
        .join(Placement.room)
        .join(Room.venue)
        .where(
            or_(
                Placement.teacher_id.in_(scope.teacher_ids),
                Room.venue_id.in_(scope.venue_ids),
                Placement.section_id.in_(standing_in),
            ),
        )
        .options(
            contains_eager(Placement.plan).contains_eager(Plan.term).selectinload(Term.days),
            contains_eager(Placement.room).contains_eager(Room.venue),
            joinedload(Placement.section).joinedload(Section.course).joinedload(Course.subject),
            joinedload(Placement.section).selectinload(Section.learners),
            joinedload(Placement.teacher),
            joinedload(Placement.meetings),
        )
    )
    placements = [
        placement
        for placement in db.session.scalars(statement).unique()
        if today <= placement.plan.term.first_day + timedelta(weeks=placement.plan.term.weeks)
    ]
    keys = select(Booking.plan_id, Booking.section_id, Booking.status).where(
        Booking.plan_id.in_({placement.plan_id for placement in placements})
    )
    answers = {
        (plan_id, section_id): status for plan_id, section_id, status in db.session.execute(keys.order_by(Booking.id))
    }
    return [(placement, answers.get((placement.plan_id, placement.section_id))) for placement in placements]
