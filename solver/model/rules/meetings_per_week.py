"""A section meets as often a week as it says."""

from collections.abc import Iterator

from solver.model.base import Rule
from solver.model.domain import SectionDomain
from solver.model.timetable import Placed
from solver.problem.violation import Violation, breaks


class MeetingsPerWeek(Rule[Placed]):
    """The number of weekly meetings is ``per_week``."""

    code = "meetings per week"
    about = Placed

    def narrow(self, domain: SectionDomain) -> None:
        domain.per_week = domain.section.per_week

    def check(self, subject: Placed) -> Iterator[Violation]:
        if len(subject.meetings) != subject.section.per_week:
            yield breaks(self.code, subject.section.id)
