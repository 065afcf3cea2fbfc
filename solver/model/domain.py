"""What one section may use, whatever the others do: the rules narrow it, candidates are read from it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property, lru_cache
from itertools import islice, pairwise, product

from solver.model.meeting_sets import MAX_SERIES, MeetingSet, all_sets, likely_sets, number_of_sets
from solver.problem.busy import Busy
from solver.problem.plan import Meeting, Placement
from solver.problem.series import Series, held_sessions, holding, series_of
from solver.problem.term import Hours, Room, Section, Teacher, Term, Venue

MAX_KINDS_OF_HOURS = 100
"""Different hours of rooms and teachers that are looked at where there are too many sets of meetings."""
WHOLE_WEEK = tuple(Hours(weekday, 0, 1440) for weekday in range(7))


def weekly_meetings(windows: Iterable[tuple[int, ...]], minutes: int, grid: int) -> list[Meeting]:
    """Every weekly meeting of so many minutes inside windows and on the grid, in the order of the week."""
    # a window is entered at the first time of the grid inside it; windows that overlap give a meeting once
    meetings = {
        Meeting(span[0], start)
        for span in windows
        for start in range(-(-span[1] // grid) * grid, span[2] - minutes + 1, grid)
    }
    return sorted(meetings)


@lru_cache(maxsize=10_000)
def _number_of_sets(
    windows: tuple[tuple[int, ...], ...], minutes: int, grid: int, per_week: int, day_gap: int
) -> int:
    return number_of_sets(weekly_meetings(windows, minutes, grid), per_week, day_gap)


class SectionDomain:
    """The rooms, teachers and hours of one section; a new one allows everything.

    Rules set the public fields below or call the ``keep_`` methods; nothing is ever widened.
    """

    def __init__(self, term: Term, section: Section) -> None:
        self.term = term
        self.section = section
        self.rooms: list[Room] = list(term.rooms)
        self.teachers: list[Teacher] = list(term.teachers)
        self.weeks: list[int] = list(range(1, term.calendar.weeks + 1))
        self.per_week: int | None = None
        self.day_gap = 0
        self.grid = 1
        self.windows: Sequence[tuple[int, ...]] = WHOLE_WEEK
        self.only_meetings: tuple[Meeting, ...] | None = None
        self.inside_term = False
        self.room_hours: Callable[[Room], Sequence[Hours]] = lambda room: WHOLE_WEEK
        self.teacher_hours: Callable[[Teacher], Sequence[Hours]] = lambda teacher: WHOLE_WEEK
        self.room_closed: Callable[[Room], Sequence[date]] = lambda room: ()
        self.teacher_absent: Callable[[Teacher], Sequence[date]] = lambda teacher: ()
        self.room_busy: Callable[[Room], Busy] = lambda room: ()
        self.teacher_busy: Callable[[Teacher, Venue], Busy] = lambda teacher, venue: ()
        self.pair_tests: list[Callable[[Venue, Teacher], bool]] = []

    def keep_rooms(self, test: Callable[[Room], bool]) -> None:
        """Keep the rooms that pass a test."""
        self.rooms = [room for room in self.rooms if test(room)]

    def keep_venues(self, test: Callable[[Venue], bool]) -> None:
        """Keep the rooms of the venues that pass a test."""
        passes = {name: test(self.term.venue[name]) for name in {room.venue for room in self.rooms}}
        self.rooms = [room for room in self.rooms if passes[room.venue]]

    def keep_teachers(self, test: Callable[[Teacher], bool]) -> None:
        """Keep the teachers who pass a test."""
        self.teachers = [teacher for teacher in self.teachers if test(teacher)]

    def keep_weeks(self, test: Callable[[int], bool]) -> None:
        """Keep the first weeks that pass a test."""
        self.weeks = [week for week in self.weeks if test(week)]

    def keep_pairs(self, test: Callable[[Venue, Teacher], bool]) -> None:
        """Keep teachers at venues only where both pass a test."""
        self.pair_tests.append(test)

    def together(self, venue: Venue, teacher: Teacher) -> bool:
        """Whether a teacher may come to a venue for the section."""
        return all(test(venue, teacher) for test in self.pair_tests)

    def pairs(self) -> Iterator[tuple[Room, Teacher]]:
        """The rooms and teachers that may come together for the section."""
        for name in dict.fromkeys(room.venue for room in self.rooms):
            able = [teacher for teacher in self.teachers if self.together(self.term.venue[name], teacher)]
            for room in self.rooms:
                if room.venue == name:
                    for teacher in able:
                        yield room, teacher

    def weekly_meetings(self) -> list[Meeting]:
        """Every single weekly meeting inside the windows and on the grid, in the order of the week."""
        return weekly_meetings(self.windows, self.section.minutes, self.grid)

    def meeting_sets(self) -> Iterable[MeetingSet]:
        """Every set of weekly meetings of the right number, far enough apart, in the order of the week.

        Where there are far too many of them, those that are likely to be chosen (``few_of_many``).
        """
        if self.only_meetings is not None:
            return [self.only_meetings] if self._meetings_allowed(self.only_meetings) else []
        singles, per_week = self.weekly_meetings(), self.per_week or 0
        if not self.few_of_many:
            return all_sets(singles, per_week, self.day_gap)
        before = self.term.previous.get(self.section.id)
        former = () if before is None else tuple(sorted(before.meetings))
        kept = [former] if former and self._meetings_allowed(former) else []
        most = max(1, MAX_SERIES // max(1, len(self.weeks)))
        return sorted({*kept, *likely_sets(self._possible_meetings(singles), per_week, self.day_gap, self._cost, most)})

    @cached_property
    def few_of_many(self) -> bool:
        """Whether there are too many sets of weekly meetings to look at all of them, so that no bound holds."""
        if self.only_meetings is not None:
            return False
        kind = tuple(self.windows), self.section.minutes, self.grid, self.per_week or 0, self.day_gap
        return _number_of_sets(*kind) * len(self.weeks) > MAX_SERIES

    def hours_of_rooms_and_teachers(self) -> list[tuple[tuple[Hours, ...], tuple[Hours, ...]]]:
        """The different hours of rooms together with those of teachers, as many as are looked at."""
        rooms = dict.fromkeys(tuple(self.room_hours(room)) for room in self.rooms)
        teachers = dict.fromkeys(tuple(self.teacher_hours(teacher)) for teacher in self.teachers)
        return list(islice(product(rooms, teachers), MAX_KINDS_OF_HOURS))

    def _possible_meetings(self, singles: Sequence[Meeting]) -> list[list[Meeting]]:
        minutes = self.section.minutes
        return [
            [
                meeting for meeting in singles
                if holding(room_hours, meeting, minutes) and holding(teacher_hours, meeting, minutes)
            ]
            for room_hours, teacher_hours in self.hours_of_rooms_and_teachers()
        ]

    def _cost(self, meeting: Meeting) -> int:
        """What the hour of a meeting costs its learners."""
        return min(window[3] for window in holding(self.section.windows, meeting, self.section.minutes))

    def series(self) -> Iterator[Series]:
        """Every series of the first weeks and sets of meetings that ends within the term, week by week."""
        sets = list(self.meeting_sets())
        for week in self.weeks:
            for meetings in sets:
                series = series_of(self.term.calendar, self.section, week, meetings)
                if series is not None:
                    yield series

    def allows(self, placement: Placement) -> bool:
        """Whether a placement is in the domain."""
        meetings = tuple(sorted(placement.meetings))
        return (
            self._pair_allowed(placement)
            and placement.week in self.weeks
            and self.only_meetings in (None, meetings)
            and self._meetings_allowed(meetings)
            and self._hours_allowed(placement, meetings)
        )

    def _pair_allowed(self, placement: Placement) -> bool:
        room, teacher = self.term.room[placement.room], self.term.teacher[placement.teacher]
        venue = self.term.venue[room.venue]
        return room in self.rooms and teacher in self.teachers and self.together(venue, teacher)

    def _meetings_allowed(self, meetings: Sequence[Meeting]) -> bool:
        if self.per_week not in (None, len(meetings)):
            return False
        days = [meeting.weekday for meeting in meetings]
        far_apart = all(later - earlier >= self.day_gap for earlier, later in pairwise(days))
        return far_apart and all(
            meeting.start % self.grid == 0 and holding(self.windows, meeting, self.section.minutes)
            for meeting in meetings
        )

    def _hours_allowed(self, placement: Placement, meetings: Sequence[Meeting]) -> bool:
        room, teacher = self.term.room[placement.room], self.term.teacher[placement.teacher]
        minutes = self.section.minutes
        for meeting in meetings:
            if not holding(self.room_hours(room), meeting, minutes):
                return False
            if not holding(self.teacher_hours(teacher), meeting, minutes):
                return False
        sessions = held_sessions(self.term.calendar, self.section, placement.week, meetings)
        if sessions is None:
            return not self.inside_term
        dates = {self.term.calendar.date(session.day) for session in sessions}
        if not dates.isdisjoint(self.room_closed(room)) or not dates.isdisjoint(self.teacher_absent(teacher)):
            return False
        busy = *self.room_busy(room), *self.teacher_busy(teacher, self.term.venue[room.venue])
        moments = [(self.term.calendar.date(day), start, start + minutes) for day, start in sessions]
        return not any(hours.meet(*moment, pause) for hours, pause in busy for moment in moments)
