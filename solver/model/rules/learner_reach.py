"""A section is held where its learners can come."""

from collections.abc import Iterator

from solver.model.base import Rule
from solver.model.domain import SectionDomain
from solver.model.timetable import Placed
from solver.problem.reach import reached_learners
from solver.problem.violation import Violation, breaks


class LearnerReach(Rule[Placed]):
    """At least half of the learners live within the section's ``max_metres`` of the venue."""

    code = "reach"
    about = Placed

    def narrow(self, domain: SectionDomain) -> None:
        term, section = domain.term, domain.section
        domain.keep_venues(lambda venue: 2 * reached_learners(term, section, venue) >= section.size)

    def check(self, subject: Placed) -> Iterator[Violation]:
        if 2 * subject.lost > subject.section.size:
            yield breaks(self.code, subject.section.id)
