"""The weeks of a teacher or of a venue manager's rooms in the published plans."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from flask_babel import ngettext, to_user_timezone
from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from scheduler.access import Scope
from scheduler.database import now
from scheduler.extensions import db
from scheduler.i18n import in_language, week_with_date
from scheduler.labels import label
from scheduler.models import Booking, BookingStatus, Course, Placement, Plan, PlanStatus, Room, Section, Term
from scheduler.occurrences import Occurrence, occurrences
from scheduler.timetable.weeks import STATES, special_days
from scheduler.week_grid import Entry, WeekGrid, lay_out, monday_of


@dataclass(frozen=True)
class Held:
    """One dated session of mine with its placement and what the venue has answered."""

    placement: Placement
    occurrence: Occurrence
    status: BookingStatus | None
    mine_as_teacher: bool

    @property
    def end(self) -> datetime:
        """When it is over, at the installation's place and without a zone."""
        return datetime.combine(self.occurrence.date, datetime.min.time()) + timedelta(minutes=self.occurrence.end)

    @property
    def entry(self) -> Entry:
        """The session as a week shows it."""
        section, room = self.placement.section, self.placement.room
        course, place = section.course, f"{room.venue.name} · {room.name}"
        learners = ngettext("%(num)s learner", "%(num)s learners", section.size)
        if self.mine_as_teacher:
            mine, other = room.venue.address, section.name
        else:
            mine, other = section.name, self.placement.teacher.name
        lines = (place, mine, f"{other} · {learners}")
        return Entry(
            self.occurrence.date.weekday(),
            self.occurrence.start,
            self.occurrence.end,
            in_language(course.title_zh, course.title_en),
            tuple(filter(None, lines)),
            "",
            course.subject.category,
            STATES.get(self.status, "") if self.status else "",
            label(self.status) if self.status in STATES else "",
        )


@dataclass(frozen=True)
class MyWeek:
    """A week with its name, the number of its sessions, and the days."""

    name: str
    sessions: int
    grid: WeekGrid


def upcoming(scope: Scope) -> list[Held]:
    """The sessions that are not over yet, the next one first."""
    present = to_user_timezone(now()).replace(tzinfo=None)
    held = [one for placement, status in _placements(scope, present.date()) for one in _held(scope, placement, status)]
    return sorted(
        (one for one in held if one.end > present), key=lambda one: (one.occurrence.date, one.occurrence.start)
    )


def weeks_of(sessions: Sequence[Held]) -> list[MyWeek]:
    """The sessions week by week, each with the days off of its term."""
    return [
        _week(monday, list(held)) for monday, held in groupby(sessions, key=lambda one: monday_of(one.occurrence.date))
    ]


def _week(monday: date, held: Sequence[Held]) -> MyWeek:
    term = held[0].placement.plan.term
    grid = lay_out([one.entry for one in held], monday, special_days(term))
    return MyWeek(week_with_date(held[0].occurrence.week, term.first_day), len(held), grid)


def _held(scope: Scope, placement: Placement, status: BookingStatus | None) -> list[Held]:
    as_teacher = placement.teacher_id in scope.teacher_ids
    dates = occurrences(placement.plan.term, placement.section.course, placement)
    return [Held(placement, occurrence, status, as_teacher) for occurrence in dates]


def _placements(scope: Scope, today: date) -> list[tuple[Placement, BookingStatus | None]]:
    """My placements in published plans of terms that are not over, with the newest answer to their requests."""
    statement = (
        select(Placement)
        .join(Placement.plan)
        .join(Plan.term)
        .join(Placement.room)
        .join(Room.venue)
        .where(
            Plan.status == PlanStatus.PUBLISHED,
            or_(Placement.teacher_id.in_(scope.teacher_ids), Room.venue_id.in_(scope.venue_ids)),
        )
        .options(
            contains_eager(Placement.plan).contains_eager(Plan.term).selectinload(Term.days),
            contains_eager(Placement.room).contains_eager(Room.venue),
            joinedload(Placement.section).joinedload(Section.course).joinedload(Course.subject),
            joinedload(Placement.section).selectinload(Section.learners),
            joinedload(Placement.teacher),
            selectinload(Placement.meetings),
        )
    )
    found = [
        one
        for one in db.session.scalars(statement)
        if today <= one.plan.term.first_day + timedelta(weeks=one.plan.term.weeks)
    ]
    keys = select(Booking.plan_id, Booking.section_id, Booking.status).where(
        Booking.plan_id.in_({one.plan_id for one in found})
    )
    answers = {
        (plan_id, section_id): status for plan_id, section_id, status in db.session.execute(keys.order_by(Booking.id))
    }
    return [(one, answers.get((one.plan_id, one.section_id))) for one in found]
