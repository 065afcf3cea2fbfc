"""A section meets as often a week as it says."""

from collections.abc import Iterator

from solver.choices import Choices
from solver.rule import Rule
from solver.timetable import Placed
from solver.violation import Violation, breaks


class MeetingsPerWeek(Rule[Placed]):
    """The number of weekly meetings is ``per_week``."""

    code = "meetings per week"
    about = Placed

    def narrow(self, choices: Choices) -> None:
        choices.per_week = choices.section.per_week

    def check(self, subject: Placed) -> Iterator[Violation]:
        if len(subject.meetings) != subject.section.per_week:
            yield breaks(self.code, subject.section.id)
