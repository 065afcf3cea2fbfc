"""A series starts neither too early nor too late in the term."""

from collections.abc import Iterator

from solver.model.base import Rule
from solver.model.domain import SectionDomain
from solver.model.timetable import Placed
from solver.problem.violation import Violation, breaks


class FirstWeek(Rule[Placed]):
    """The first week lies within ``first_weeks``."""

    code = "first week"
    about = Placed

    def narrow(self, domain: SectionDomain) -> None:
        earliest, latest = domain.section.first_weeks
        domain.keep_weeks(lambda week: earliest <= week <= latest)

    def check(self, subject: Placed) -> Iterator[Violation]:
        earliest, latest = subject.section.first_weeks
        if not earliest <= subject.placement.week <= latest:
            yield breaks(self.code, subject.section.id)
