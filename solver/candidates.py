"""Which rooms, teachers and hours each section can have at all, with what they cost by themselves.

Everything here is numbered (rooms, teachers, sections by their place in the term) and masked (see solver.clock),
because construction and improvement ask these tables millions of times.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from solver.choices import Choices
from solver.clock import Clock, days_mask, packed_load
from solver.costs import PAIR_COSTS, ROOM_COSTS, SERIES_COSTS
from solver.plan import Meeting, Placement
from solver.rule import Rule
from solver.rules import RULES
from solver.series import Session, held_sessions, holding
from solver.term import Hours, Section, Term, distance


@dataclass(slots=True, eq=False)
class Series:
    """Weekly meetings from a first week on, with the sessions they lead to and their masks."""

    week: int
    meetings: tuple[Meeting, ...]
    minutes: int
    sessions: tuple[Session, ...]
    starts: int
    busy: int
    days: int
    load: int
    with_pause: dict[int, int] = field(default_factory=dict)

    def padded(self, clock: Clock, pause: int) -> int:
        """The mask of all sessions, each with a pause of so many minutes after it."""
        mask = self.with_pause.get(pause)
        if mask is None:
            mask = self.with_pause[pause] = clock.busy(self.starts, self.minutes, pause)
        return mask


@dataclass(slots=True, eq=False)
class Pair:
    """A room and a teacher that may hold a section together."""

    room: int
    teacher: int
    venue: int
    cost: int
    fees: int


class Shape:
    """All series of sections that have the same hours to choose from; bit i of a set stands for series i."""

    def __init__(self, series: list[Series]) -> None:
        self.series = series
        self.all = (1 << len(series)) - 1
        self._by_meeting: dict[Meeting, int] = {}
        self._by_day: dict[int, int] = {}
        for index, one in enumerate(series):
            for meeting in one.meetings:
                self._by_meeting[meeting] = self._by_meeting.get(meeting, 0) | 1 << index
            for session in one.sessions:
                self._by_day[session.day] = self._by_day.get(session.day, 0) | 1 << index
        self._legal: dict[Any, int] = {}

    def within(self, hours: tuple[Hours, ...], minutes: int, off: Iterable[int]) -> int:
        """The set of series whose meetings lie in some hours and that have no session on some days."""
        key = hours, tuple(off)
        if key not in self._legal:
            legal = self.all
            for meeting, with_it in self._by_meeting.items():
                if not holding(hours, meeting, minutes):
                    legal &= ~with_it
            for day in key[1]:
                legal &= ~self._by_day.get(day, 0)
            self._legal[key] = legal
        return self._legal[key]


@dataclass(slots=True, eq=False)
class SectionCandidates:
    """What one section can have: pairs in the order of their cost, series with their cost, and which go together."""

    index: int
    section: Section
    pairs: list[Pair]
    shape: Shape
    series_cost: list[int]
    cheapest_series: int
    room_legal: dict[int, int]
    teacher_legal: dict[int, int]
    payers: tuple[str, ...]
    near: dict[int, tuple[str, ...]]

    def legal(self, pair: Pair) -> int:
        """The set of series that room and teacher of a pair both allow."""
        return self.room_legal[pair.room] & self.teacher_legal[pair.teacher]


class Candidates:
    """The candidates of all sections of a term, and the term's things by number."""

    def __init__(self, term: Term, rules: tuple[Rule[Any], ...] = RULES) -> None:
        self.term = term
        self.clock = Clock(term)
        self.rooms = term.rooms
        self.teachers = term.teachers
        self.room_number = {room.id: number for number, room in enumerate(term.rooms)}
        self.teacher_number = {teacher.id: number for number, teacher in enumerate(term.teachers)}
        self.venue_number = {venue.id: number for number, venue in enumerate(term.venues)}
        self.section_number = {section.id: number for number, section in enumerate(term.sections)}
        self._rules = rules
        self._shapes: dict[Any, Shape] = {}
        self._travel: dict[tuple[int, int], int] = {}
        self.sections = [self._of_section(index, section) for index, section in enumerate(term.sections)]
        self.partners = self._partners()

    def travel(self, here: int, there: int) -> int:
        """Minutes between two venues, by their numbers."""
        minutes = self._travel.get((here, there))
        if minutes is None:
            venues = self.term.venues
            minutes = self._travel[here, there] = self.term.travel_minutes(venues[here], venues[there])
        return minutes

    def find(self, index: int, placement: Placement) -> tuple[Pair, int] | None:
        """The pair and the number of the series of a placement, or None where it is no candidate."""
        candidates = self.sections[index]
        room, teacher = self.room_number.get(placement.room), self.teacher_number.get(placement.teacher)
        meetings = tuple(sorted(placement.meetings))
        for pair in candidates.pairs:
            if pair.room == room and pair.teacher == teacher:
                legal = candidates.legal(pair)
                for number, series in enumerate(candidates.shape.series):
                    if series.week == placement.week and series.meetings == meetings and legal >> number & 1:
                        return pair, number
        return None

    def placement(self, index: int, pair: Pair, number: int) -> Placement:
        """The placement that a pair and a series of a section stand for."""
        series = self.sections[index].shape.series[number]
        return Placement(series.week, series.meetings, self.rooms[pair.room].id, self.teachers[pair.teacher].id)

    def _of_section(self, index: int, section: Section) -> SectionCandidates:
        choices = narrowed(self.term, section, self._rules)
        shape = self._shape(choices)
        series_cost = [self._series_cost(section, series) for series in shape.series]
        room_legal = {
            self.room_number[room.id]: shape.within(
                tuple(choices.room_hours(room)), section.minutes, self._days(choices.room_closed(room))
            )
            for room in choices.rooms
        }
        teacher_legal = {
            self.teacher_number[teacher.id]: shape.within(
                tuple(choices.teacher_hours(teacher)), section.minutes, self._days(choices.teacher_absent(teacher))
            )
            for teacher in choices.teachers
        }
        pairs = [
            pair
            for pair in self._pairs(section, choices)
            if room_legal[pair.room] & teacher_legal[pair.teacher]
        ]
        return SectionCandidates(
            index=index,
            section=section,
            pairs=sorted(pairs, key=lambda pair: pair.cost),
            shape=shape,
            series_cost=series_cost,
            cheapest_series=min(series_cost, default=0),
            room_legal=room_legal,
            teacher_legal=teacher_legal,
            payers=self.term.payers(section),
            near={venue: self._near(section, venue) for venue in {pair.venue for pair in pairs}},
        )

    def _pairs(self, section: Section, choices: Choices) -> Iterator[Pair]:
        term, weights = self.term, self.term.weights
        room_cost: dict[str, int] = {}
        for room, teacher in choices.pairs():
            if room.id not in room_cost:
                room_cost[room.id] = sum(part.weight(weights) * part.of_room(term, section, room) for part in ROOM_COSTS)
            cost = sum(part.weight(weights) * part.of_pair(term, section, room, teacher) for part in PAIR_COSTS)
            yield Pair(
                room=self.room_number[room.id],
                teacher=self.teacher_number[teacher.id],
                venue=self.venue_number[room.venue],
                cost=room_cost[room.id] + cost,
                fees=(room.fee + teacher.fee) * section.sessions,
            )

    def _series_cost(self, section: Section, series: Series) -> int:
        weights = self.term.weights
        return sum(
            part.weight(weights) * part.of_series(self.term, section, series.week, series.meetings)
            for part in SERIES_COSTS
        )

    def _shape(self, choices: Choices) -> Shape:
        section = choices.section
        key = (
            *(section.minutes, section.sessions, section.every, tuple(choices.weeks), tuple(choices.windows)),
            *(choices.grid, choices.per_week, choices.day_gap, choices.only_meetings),
        )
        if key not in self._shapes:
            sets = list(choices.meeting_sets())
            found = (self._series(section, week, meetings) for week in choices.weeks for meetings in sets)
            self._shapes[key] = Shape([series for series in found if series is not None])
        return self._shapes[key]

    def _series(self, section: Section, week: int, meetings: tuple[Meeting, ...]) -> Series | None:
        sessions = held_sessions(self.term.calendar, section, week, meetings)
        if sessions is None:
            return None
        starts = self.clock.starts(sessions)
        return Series(
            week=week,
            meetings=meetings,
            minutes=section.minutes,
            sessions=sessions,
            starts=starts,
            busy=self.clock.busy(starts, section.minutes),
            days=days_mask(session.day for session in sessions),
            load=packed_load(sessions),
        )

    def _days(self, dates: Iterable[Any]) -> tuple[int, ...]:
        return tuple(self.term.calendar.day(date) for date in dates)

    def _near(self, section: Section, venue: int) -> tuple[str, ...]:
        place, communities = self.term.venues[venue], self.term.community
        return tuple(name for name in section.learners if distance(communities[name], place) <= section.max_metres)

    def _partners(self) -> list[list[tuple[int, int]]]:
        """For each section the sections shared with it and by how many people."""
        partners: list[list[tuple[int, int]]] = [[] for _ in self.sections]
        for pair in self.term.shared:
            first, second = self.section_number[pair.first], self.section_number[pair.second]
            partners[first].append((second, pair.people))
            partners[second].append((first, pair.people))
        return partners


def narrowed(term: Term, section: Section, rules: tuple[Rule[Any], ...] = RULES) -> Choices:
    """The choices that the rules leave to a section."""
    choices = Choices(term, section)
    for rule in rules:
        rule.narrow(choices)
    return choices


