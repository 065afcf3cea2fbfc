"""Forms of rules that hold for rooms and venues as they do for teachers: what a section may have, and when."""

from abc import abstractmethod
from collections.abc import Collection, Iterator, Sequence
from datetime import date

from solver.model.base import Rule
from solver.model.timetable import Placed, PlacedMeeting, PlacedSession
from solver.problem.busy import Busy
from solver.problem.plan import Id
from solver.problem.series import holding
from solver.problem.term import Hours, Section
from solver.problem.violation import Violation, breaks


class ChoiceRule(Rule[Placed]):
    """What is used is among those that the section names, where it names any."""

    about = Placed

    @abstractmethod
    def named(self, section: Section) -> Collection[Id] | None:
        """Those that the section can have; None where it names none."""

    @abstractmethod
    def used(self, placed: Placed) -> Id:
        """The one that it has."""

    def check(self, subject: Placed) -> Iterator[Violation]:
        named, used = self.named(subject.section), self.used(subject)
        if named is not None and used not in named:
            yield breaks(self.code, subject.section.id, used)


class HoursRule(Rule[PlacedMeeting]):
    """Every meeting lies inside one window of the hours at which what is used can be had."""

    about = PlacedMeeting

    @abstractmethod
    def hours(self, placed: Placed) -> tuple[Id, Sequence[Hours]]:
        """What is used, and its windows in the week."""

    def check(self, subject: PlacedMeeting) -> Iterator[Violation]:
        placed, meeting = subject
        used, windows = self.hours(placed)
        if not holding(windows, meeting, placed.section.minutes):
            yield breaks(self.code, placed.section.id, used, *meeting)


class DatesRule(Rule[PlacedSession]):
    """No session is held on a date on which what is used cannot be had."""

    about = PlacedSession

    @abstractmethod
    def dates(self, placed: Placed) -> tuple[Id, Collection[date]]:
        """What is used, and the dates on which it cannot be had."""

    def check(self, subject: PlacedSession) -> Iterator[Violation]:
        used, dates = self.dates(subject.placed)
        if dates and (day := subject.placed.term.calendar.date(subject.day)) in dates:
            yield breaks(self.code, subject.name, used, day)


class BusyRule(Rule[PlacedSession]):
    """No session is held at hours of a date at which what is used is busy."""

    about = PlacedSession

    @abstractmethod
    def busy(self, placed: Placed) -> tuple[Id, Busy]:
        """What is used, and when it is busy."""

    def check(self, subject: PlacedSession) -> Iterator[Violation]:
        used, busy = self.busy(subject.placed)
        if not busy:
            return
        day = subject.placed.term.calendar.date(subject.day)
        for hours, pause in busy:
            if hours.meet(day, subject.start, subject.end, pause):
                yield breaks(self.code, subject.name, used, day, hours.start, hours.end, hours.name)
