"""Less asked for by a section."""

from msgspec.structs import replace

from solver.analysis.relaxations.base import SectionRelaxation, half_hours, without
from solver.analysis.relaxations.of_resources import METRES_A_POINT
from solver.problem.plan import Id
from solver.problem.term import Hours, Section, Window


class DropNeeds(SectionRelaxation, frozen=True, tag="drop needs"):
    """A section does without some features of a room."""

    needs: tuple[str, ...]

    @property
    def effort(self) -> int:
        return 6 * len(self.needs)

    def loosened(self, section: Section) -> Section:
        return replace(section, needs=without(section.needs, self.needs))


class FewerLearners(SectionRelaxation, frozen=True, tag="fewer learners"):
    """A section takes so many people fewer, each time from the community that sends most."""

    people: int

    @property
    def effort(self) -> int:
        return 2 * self.people

    def loosened(self, section: Section) -> Section:
        learners = dict(section.learners)
        for _ in range(min(self.people, section.size)):
            learners[max(learners, key=lambda name: learners[name])] -= 1
        return replace(section, learners=learners)


class ExtendReach(SectionRelaxation, frozen=True, tag="extend reach"):
    """The learners of a section go so many metres farther."""

    metres: int

    @property
    def effort(self) -> int:
        return -(-self.metres // METRES_A_POINT)

    def loosened(self, section: Section) -> Section:
        return replace(section, max_metres=section.max_metres + self.metres)


class AllowVenue(SectionRelaxation, frozen=True, tag="allow venue"):
    """A section may use one more venue."""

    venue: Id

    @property
    def effort(self) -> int:
        return 4

    def loosened(self, section: Section) -> Section:
        venues = None if section.venues is None else (*section.venues, self.venue)
        return replace(section, venues=venues)


class AllowTeacher(SectionRelaxation, frozen=True, tag="allow teacher"):
    """A section may have one more teacher."""

    teacher: Id

    @property
    def effort(self) -> int:
        return 4

    def loosened(self, section: Section) -> Section:
        teachers = None if section.teachers is None else (*section.teachers, self.teacher)
        return replace(section, teachers=teachers)


class MeetAlso(SectionRelaxation, frozen=True, tag="meet also"):
    """A section may meet at more hours, which its learners mind as much as the least liked ones it has."""

    hours: tuple[Hours, ...]

    @property
    def effort(self) -> int:
        return 2 * half_hours(self.hours)

    def loosened(self, section: Section) -> Section:
        cost = max((window.cost for window in section.windows), default=0)
        more = tuple(Window(*span, cost) for span in self.hours)
        return replace(section, windows=(*section.windows, *more))


class BeginUntil(SectionRelaxation, frozen=True, tag="begin until"):
    """A section may begin in a later week."""

    week: int

    @property
    def effort(self) -> int:
        return 4

    def loosened(self, section: Section) -> Section:
        earliest, latest = section.first_weeks
        return replace(section, first_weeks=(earliest, max(latest, self.week)))


class CloserMeetings(SectionRelaxation, frozen=True, tag="closer meetings"):
    """Two meetings of a section in a week may be so few days apart."""

    day_gap: int

    @property
    def effort(self) -> int:
        return 4

    def loosened(self, section: Section) -> Section:
        return replace(section, day_gap=min(section.day_gap, self.day_gap))


class FewerSessions(SectionRelaxation, frozen=True, tag="fewer sessions"):
    """A section is held so many times fewer."""

    sessions: int

    @property
    def effort(self) -> int:
        return 3 * self.sessions

    def loosened(self, section: Section) -> Section:
        return replace(section, sessions=max(1, section.sessions - self.sessions))


class Unpin(SectionRelaxation, frozen=True, tag="unpin"):
    """A section is no longer pinned."""

    @property
    def effort(self) -> int:
        return 8

    def loosened(self, section: Section) -> Section:
        return replace(section, pinned=None)
