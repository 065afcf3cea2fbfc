"""Less asked for by a section."""

from msgspec.structs import replace

from solver.analysis.relaxations.base import Relaxation, half_hours, with_changed, without
from solver.analysis.relaxations.of_resources import METRES_A_POINT
from solver.problem.plan import Id
from solver.problem.term import Hours, Term, Window


class DropNeeds(Relaxation, frozen=True, tag="drop needs"):
    """A section does without some features of a room."""

    section: Id
    needs: tuple[str, ...]

    @property
    def effort(self) -> int:
        return 6 * len(self.needs)

    def apply(self, term: Term) -> Term:
        section = term.section[self.section]
        return with_changed(term, "sections", replace(section, needs=without(section.needs, self.needs)))


class FewerLearners(Relaxation, frozen=True, tag="fewer learners"):
    """A section takes so many people fewer, each time from the community that sends most."""

    section: Id
    people: int

    @property
    def effort(self) -> int:
        return 2 * self.people

    def apply(self, term: Term) -> Term:
        section = term.section[self.section]
        learners = dict(section.learners)
        for _ in range(min(self.people, section.size)):
            learners[max(learners, key=lambda name: learners[name])] -= 1
        return with_changed(term, "sections", replace(section, learners=learners))


class ExtendReach(Relaxation, frozen=True, tag="extend reach"):
    """The learners of a section go so many metres farther."""

    section: Id
    metres: int

    @property
    def effort(self) -> int:
        return -(-self.metres // METRES_A_POINT)

    def apply(self, term: Term) -> Term:
        section = term.section[self.section]
        return with_changed(term, "sections", replace(section, max_metres=section.max_metres + self.metres))


class AllowVenue(Relaxation, frozen=True, tag="allow venue"):
    """A section may use one more venue."""

    section: Id
    venue: Id

    @property
    def effort(self) -> int:
        return 4

    def apply(self, term: Term) -> Term:
        section = term.section[self.section]
        venues = None if section.venues is None else (*section.venues, self.venue)
        return with_changed(term, "sections", replace(section, venues=venues))


class AllowTeacher(Relaxation, frozen=True, tag="allow teacher"):
    """A section may have one more teacher."""

    section: Id
    teacher: Id

    @property
    def effort(self) -> int:
        return 4

    def apply(self, term: Term) -> Term:
        section = term.section[self.section]
        teachers = None if section.teachers is None else (*section.teachers, self.teacher)
        return with_changed(term, "sections", replace(section, teachers=teachers))


class MeetAlso(Relaxation, frozen=True, tag="meet also"):
    """A section may meet at more hours, which its learners mind as much as the least liked ones it has."""

    section: Id
    hours: tuple[Hours, ...]

    @property
    def effort(self) -> int:
        return 2 * half_hours(self.hours)

    def apply(self, term: Term) -> Term:
        section = term.section[self.section]
        cost = max((window.cost for window in section.windows), default=0)
        more = tuple(Window(*span, cost) for span in self.hours)
        return with_changed(term, "sections", replace(section, windows=(*section.windows, *more)))


class BeginUntil(Relaxation, frozen=True, tag="begin until"):
    """A section may begin in a later week."""

    section: Id
    week: int

    @property
    def effort(self) -> int:
        return 4

    def apply(self, term: Term) -> Term:
        section = term.section[self.section]
        earliest, latest = section.first_weeks
        return with_changed(term, "sections", replace(section, first_weeks=(earliest, max(latest, self.week))))


class CloserMeetings(Relaxation, frozen=True, tag="closer meetings"):
    """Two meetings of a section in a week may be so few days apart."""

    section: Id
    day_gap: int

    @property
    def effort(self) -> int:
        return 4

    def apply(self, term: Term) -> Term:
        section = term.section[self.section]
        return with_changed(term, "sections", replace(section, day_gap=min(section.day_gap, self.day_gap)))


class FewerSessions(Relaxation, frozen=True, tag="fewer sessions"):
    """A section is held so many times fewer."""

    section: Id
    sessions: int

    @property
    def effort(self) -> int:
        return 3 * self.sessions

    def apply(self, term: Term) -> Term:
        section = term.section[self.section]
        return with_changed(term, "sections", replace(section, sessions=max(1, section.sessions - self.sessions)))


class Unpin(Relaxation, frozen=True, tag="unpin"):
    """A section is no longer pinned."""

    section: Id

    @property
    def effort(self) -> int:
        return 8

    def apply(self, term: Term) -> Term:
        return with_changed(term, "sections", replace(term.section[self.section], pinned=None))
