"""A section is held where its learners can come."""

from collections.abc import Iterator

from solver.model.base import Rule
from solver.model.domain import SectionDomain
from solver.model.timetable import Placed
from solver.problem.term import Venue, distance
from solver.problem.violation import Violation, breaks


class LearnerReach(Rule[Placed]):
    """At least half of the learners live within the section's ``max_metres`` of the venue."""

    code = "reach"
    about = Placed

    def narrow(self, choices: SectionDomain) -> None:
        section, communities = choices.section, choices.term.community

        def near_enough(venue: Venue) -> bool:
            near = (
                people
                for name, people in section.learners.items()
                if distance(communities[name], venue) <= section.max_metres
            )
            return 2 * sum(near) >= section.size

        choices.keep_venues(near_enough)

    def check(self, subject: Placed) -> Iterator[Violation]:
        if 2 * subject.lost > subject.section.size:
            yield breaks(self.code, subject.section.id)
