"""A series is over before the term is."""

from collections.abc import Iterator

from solver.model.base import Rule
from solver.model.domain import SectionDomain
from solver.model.timetable import Placed
from solver.problem.violation import Violation, breaks


class TermEnd(Rule[Placed]):
    """All sessions are held inside the term, days off skipped."""

    code = "term ends too early"
    about = Placed

    def narrow(self, domain: SectionDomain) -> None:
        domain.inside_term = True

    def check(self, subject: Placed) -> Iterator[Violation]:
        if subject.sessions is None:
            yield breaks(self.code, subject.section.id)
