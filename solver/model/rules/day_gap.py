"""Two meetings of a week leave learners some days between them."""

from collections.abc import Iterator
from itertools import pairwise

from solver.model.base import Rule
from solver.model.domain import SectionDomain
from solver.model.timetable import Placed
from solver.problem.violation import Violation, breaks


class DayGap(Rule[Placed]):
    """Consecutive meetings lie at least ``day_gap`` days apart, never on one day."""

    code = "day gap"
    about = Placed

    def narrow(self, domain: SectionDomain) -> None:
        domain.day_gap = max(1, domain.section.day_gap)

    def check(self, subject: Placed) -> Iterator[Violation]:
        for earlier, later in pairwise(subject.meetings):
            if later.weekday - earlier.weekday < max(1, subject.section.day_gap):
                yield breaks(self.code, subject.section.id)
