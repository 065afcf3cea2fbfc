"""For each rule that a placement breaks, what would have to be granted for it."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from solver.analysis.explain.prospects import Chance, Prospects
from solver.analysis.relaxations import (
    AllowTeacher,
    AllowVenue,
    AnyRelaxation,
    AttendOn,
    DropNeeds,
    ExtendAvailability,
    ExtendReach,
    ExtendTeacherReach,
    FewerLearners,
    OpenRoom,
    OpenRoomOn,
    RaiseBudget,
    RaiseDay,
    RaiseWeek,
    TeachSubject,
)
from solver.model.rules.budget import Budget
from solver.model.rules.capacity import Capacity
from solver.model.rules.features import Features
from solver.model.rules.learner_reach import LearnerReach
from solver.model.rules.room_busy import RoomBusy
from solver.model.rules.room_closed import RoomClosed
from solver.model.rules.room_open import RoomOpen
from solver.model.rules.subject import SubjectTaught
from solver.model.rules.teacher_absent import TeacherAbsent
from solver.model.rules.teacher_allowed import TeacherAllowed
from solver.model.rules.teacher_available import TeacherAvailable
from solver.model.rules.teacher_busy import TeacherBusy
from solver.model.rules.teacher_day_load import TeacherDayLoad
from solver.model.rules.teacher_reach import TeacherReach
from solver.model.rules.teacher_week_load import TeacherWeekLoad
from solver.model.rules.venue_allowed import VenueAllowed
from solver.problem.busy import Busy
from solver.problem.hours import missing
from solver.problem.series import Series, sessions_by_week
from solver.problem.term import Room, Section, Teacher, Term, Venue, distance


@dataclass(frozen=True)
class Attempt:
    """A section tried in a room with a teacher at some hours."""

    prospects: Prospects
    room: Room
    teacher: Teacher
    series: Series

    @property
    def term(self) -> Term:
        """The term in which it is tried."""
        return self.prospects.scope.term

    @property
    def section(self) -> Section:
        """The section that is tried."""
        return self.prospects.scope.section


Remedy = Callable[[Attempt], Iterator[AnyRelaxation]]


def remedies(prospects: Prospects, chance: Chance, number: int) -> tuple[AnyRelaxation, ...]:
    """What has to be granted so that a section can take a chance at one of its series.

    Asks for codes of REMEDIES only; other sections in the way are not removed by granting anything. Nothing where one
    of the rules cannot be helped at this series, as what another term has is not for this one to grant.
    """
    attempt = Attempt(prospects, chance.room, chance.teacher, prospects.scope.patterns.series[number])
    granted = [tuple(REMEDIES[code](attempt)) for code in chance.codes]
    return tuple(relaxation for relaxations in granted for relaxation in relaxations) if all(granted) else ()


def _capacity(at: Attempt) -> Iterator[AnyRelaxation]:
    yield FewerLearners(at.section.id, at.section.size - at.room.capacity)


def _features(at: Attempt) -> Iterator[AnyRelaxation]:
    yield DropNeeds(at.section.id, tuple(need for need in at.section.needs if need not in at.room.features))


def _venue(at: Attempt) -> Iterator[AnyRelaxation]:
    yield AllowVenue(at.section.id, at.room.venue)


def _reach(at: Attempt) -> Iterator[AnyRelaxation]:
    needed = metres_of_half(at.term, at.section, at.term.venue[at.room.venue])
    yield ExtendReach(at.section.id, needed - at.section.max_metres)


def _room_open(at: Attempt) -> Iterator[AnyRelaxation]:
    yield OpenRoom(at.room.id, missing(at.room.open, at.series.meetings, at.series.minutes))


def _room_closed(at: Attempt) -> Iterator[AnyRelaxation]:
    yield OpenRoomOn(at.room.id, _session_dates_among(at, at.room.closed))


def _session_dates_among(at: Attempt, dates: Collection[date]) -> tuple[date, ...]:
    """Those of some dates on which the sessions would be held."""
    session_dates = {at.term.calendar.date(session.day) for session in at.series.sessions}
    return tuple(sorted(session_dates.intersection(dates)))


def _room_busy(at: Attempt) -> Iterator[AnyRelaxation]:
    if dates := _closed_in_part(at, at.prospects.scope.choices.room_busy(at.room)):
        yield OpenRoomOn(at.room.id, dates)


def _closed_in_part(at: Attempt, busy: Busy) -> tuple[date, ...]:
    """The dates of sessions that would be held at busy hours; none where another term has any of these."""
    dates = set()
    for session in at.series.sessions:
        day, end = at.term.calendar.date(session.day), session.start + at.series.minutes
        for hours, pause in busy:
            if hours.meet(day, session.start, end, pause):
                if hours.name:
                    return ()
                dates.add(day)
    return tuple(sorted(dates))


def _subject(at: Attempt) -> Iterator[AnyRelaxation]:
    yield TeachSubject(at.teacher.id, at.section.subject)


def _teacher_allowed(at: Attempt) -> Iterator[AnyRelaxation]:
    yield AllowTeacher(at.section.id, at.teacher.id)


def _teacher_reach(at: Attempt) -> Iterator[AnyRelaxation]:
    metres = distance(at.teacher, at.term.venue[at.room.venue])
    yield ExtendTeacherReach(at.teacher.id, metres - at.teacher.max_metres)


def _available(at: Attempt) -> Iterator[AnyRelaxation]:
    yield ExtendAvailability(at.teacher.id, missing(at.teacher.available, at.series.meetings, at.series.minutes))


def _absent(at: Attempt) -> Iterator[AnyRelaxation]:
    yield AttendOn(at.teacher.id, _session_dates_among(at, at.teacher.absent))


def _teacher_busy(at: Attempt) -> Iterator[AnyRelaxation]:
    venue = at.term.venue[at.room.venue]
    if dates := _closed_in_part(at, at.prospects.scope.choices.teacher_busy(at.teacher, venue)):
        yield AttendOn(at.teacher.id, dates)


def _day_load(at: Attempt) -> Iterator[AnyRelaxation]:
    plan_index, teacher = at.prospects.plan_index, at.teacher
    own = Counter(session.day for session in at.series.sessions)
    most = max(plan_index.sessions_on(teacher, day) + count for day, count in own.items())
    yield RaiseDay(teacher.id, most - teacher.max_day)


def _week_load(at: Attempt) -> Iterator[AnyRelaxation]:
    teacher = at.teacher
    most = max(sessions_by_week(at.prospects.plan_index.load(teacher.id) + at.series.load))
    yield RaiseWeek(teacher.id, most - teacher.max_week)


def _budget(at: Attempt) -> Iterator[AnyRelaxation]:
    for unit, yuan in at.prospects.short_of(at.room, at.teacher):
        yield RaiseBudget(unit.id, yuan)


REMEDIES: dict[str, Remedy] = {
    Capacity.code: _capacity,
    Features.code: _features,
    VenueAllowed.code: _venue,
    LearnerReach.code: _reach,
    RoomOpen.code: _room_open,
    RoomClosed.code: _room_closed,
    RoomBusy.code: _room_busy,
    SubjectTaught.code: _subject,
    TeacherAllowed.code: _teacher_allowed,
    TeacherReach.code: _teacher_reach,
    TeacherAvailable.code: _available,
    TeacherAbsent.code: _absent,
    TeacherBusy.code: _teacher_busy,
    TeacherDayLoad.code: _day_load,
    TeacherWeekLoad.code: _week_load,
    Budget.code: _budget,
}


def metres_of_half(term: Term, section: Section, venue: Venue) -> int:
    """How far learners must go for at least half of them to reach a venue; 0 for a section without learners."""
    ways = sorted((distance(term.community[name], venue), people) for name, people in section.learners.items())
    reached = accumulate(people for _, people in ways)
    return next((way for (way, _), people in zip(ways, reached, strict=True) if 2 * people >= section.size), 0)
