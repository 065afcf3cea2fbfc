"""What a plan does for people and money, counted from the plan and its document alone."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Final

import solver
from scheduler.web.i18n import WALKING_METRES_PER_MINUTE
from solver import Placed, Timetable, uncovered_communities

NEAR_METRES: Final = 15 * WALKING_METRES_PER_MINUTE
"""A quarter of an hour on foot."""


@dataclass(frozen=True)
class Measures:
    """The figures by which plans are set side by side; ways are street distances in metres, fees yuan for the term."""

    sections: int
    placed: int
    learners: int
    """People in all sections, placed or not."""
    learners_placed: int
    near: int
    """Learners of placed sections who walk a quarter of an hour at most."""
    within_reach: int
    """Learners of placed sections for whom the way is not too long."""
    mean_metres: float | None
    """The way of a learner of a placed section on average; None where nothing is placed."""
    worst_metres: float | None
    """The mean way of the tenth of the communities (rounded up) with the longest mean ways, each counting the same."""
    uncovered: int
    """Communities with learners that no placed section serves within reach."""
    yuan: int
    cost: dict[str, int]
    broken: int
    """Rules of the document that the plan breaks."""

    @property
    def total(self) -> int:
        """The cost of the plan."""
        return sum(self.cost.values())

    @property
    def near_share(self) -> float:
        """The share of all learners who walk a quarter of an hour at most; those without a place do not."""
        return self.near / self.learners if self.learners else 0.0


def measures(term: solver.Term, plan: solver.Plan) -> Measures:
    """Read a plan against a document, whether it was made for it or not."""
    timetable, report = Timetable(term, plan), solver.check(term, plan)
    placed = timetable.placed
    people, metres = _ways(placed)
    return Measures(
        sections=len(term.sections),
        placed=len(placed),
        learners=sum(section.size for section in term.sections),
        learners_placed=sum(entry.section.size for entry in placed),
        near=sum(
            number for entry in placed for name, number in entry.section.learners.items()
            if entry.metres[name] <= NEAR_METRES
        ),
        within_reach=sum(sum(entry.reached.values()) for entry in placed),
        mean_metres=sum(metres.values()) / sum(people.values()) if people else None,
        worst_metres=_worst([metres[name] / people[name] for name in people]),
        uncovered=len(uncovered_communities(timetable)),
        yuan=sum(entry.fees for entry in placed),
        cost=report.cost,
        broken=len(report.violations),
    )


def _ways(placed: list[Placed]) -> tuple[Counter[str], defaultdict[str, int]]:
    """By community how many people go to a placed section, and how many metres they go together."""
    people: Counter[str] = Counter()
    metres: defaultdict[str, int] = defaultdict(int)
    for entry in placed:
        for name, number in entry.section.learners.items():
            if number:
                people[name] += number
                metres[name] += number * entry.metres[name]
    return people, metres


def _worst(ways: list[float]) -> float | None:
    longest = sorted(ways, reverse=True)[: -(-len(ways) // 10)]
    return sum(longest) / len(longest) if longest else None
