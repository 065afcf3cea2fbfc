"""A part of a plan made anew by CP-SAT, everything else fixed."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from solver.model.build import choose_cheapest
from solver.model.cost_model import BEYOND_ANY_COST
from solver.model.cp_sat import Effort, SearchAnswer, Verdict
from solver.model.priced_placement import PricedPlacement
from solver.search.candidate_filter import useful_placements
from solver.search.incumbent import CandidatePlacement, Incumbent
from solver.search.insertion import Insertion, Opening, bits_of
from solver.stopping import never


@dataclass(frozen=True)
class Repair:
    """How a part was made anew: by how much the total fell, and whether it is proven that nothing better exists."""

    gain: int
    exhausted: bool


def repair_part(
    incumbent: Incumbent, part: Sequence[int], effort: Effort, max_placements: int, stop: Callable[[], bool] = never
) -> Repair:
    """Place the sections of a part anew if that lowers the total; the incumbent is never left worse than it was.

    Where more than ``max_placements`` could be of use, nothing is tried.
    """
    useful = useful_placements(incumbent, part, max_placements)
    if useful is None:
        return Repair(0, exhausted=False)
    total_before = incumbent.total
    before = [incumbent.remove(index) for index in part if incumbent.placements[index] is not None]
    # what the part has now is offered too, useful or not, and is the hint: the search begins with the plan there is
    numbers_before = {_numbers(candidate) for candidate in before}
    offered = [candidate for candidate in useful if _numbers(candidate) not in numbers_before] + before
    hint = range(len(offered) - len(before), len(offered))
    answer = _choose(incumbent, part, offered, effort, hint, stop)
    for position in answer.chosen:
        incumbent.place(offered[position])
    if answer.verdict in (Verdict.INFEASIBLE, Verdict.UNDECIDED) or incumbent.total > total_before:
        incumbent.put_back(part, before, total_before)
    return Repair(total_before - incumbent.total, answer.verdict is Verdict.OPTIMAL)


def place_all(
    incumbent: Incumbent, part: Sequence[int], effort: Effort, max_placements: int, stop: Callable[[], bool] = never
) -> Verdict:
    """Place pinned sections that are not placed yet, all of them or none.

    INFEASIBLE is proven; where placements had to be left out to keep the model small, a failure is UNDECIDED.
    """
    share, random = max_placements // len(part), Random(effort.seed)
    openings = {index: list(Insertion(incumbent, index).openings(BEYOND_ANY_COST)) for index in part}
    offered = [candidate for index in part for candidate in _sampled(incumbent, index, openings[index], share, random)]
    complete = all(_count(of_section) <= share for of_section in openings.values())
    answer = _choose(incumbent, part, offered, effort, (), stop)
    for position in answer.chosen:
        incumbent.place(offered[position])
    return Verdict.UNDECIDED if answer.verdict is Verdict.INFEASIBLE and not complete else answer.verdict


def priced(incumbent: Incumbent, offered: Sequence[CandidatePlacement]) -> list[PricedPlacement]:
    """Candidate placements as a model takes them, in the same order."""
    candidates = incumbent.candidates
    return [
        PricedPlacement(
            candidates.sections[candidate.section].section,
            candidate.series,
            candidates.rooms[candidate.pair.room],
            candidates.teachers[candidate.pair.teacher],
            candidate.cost,
        )
        for candidate in offered
    ]


def _numbers(candidate: CandidatePlacement) -> tuple[int, int, int]:
    return candidate.section, candidate.pair.rank, candidate.number


def _count(openings: Sequence[Opening]) -> int:
    return sum(series.bit_count() for _, _, series in openings)


def _sampled(
    incumbent: Incumbent, index: int, openings: Sequence[Opening], most: int, random: Random
) -> Iterator[CandidatePlacement]:
    """All free placements of a section if they are few enough, else some of each opening."""
    of_each_opening = most if _count(openings) <= most else max(1, most // len(openings))
    for _, pair, series in openings[:most]:
        numbers = list(bits_of(series))
        for number in random.sample(numbers, min(of_each_opening, len(numbers))):
            yield incumbent.candidate(index, pair, number)


def _choose(
    incumbent: Incumbent,
    part: Sequence[int],
    offered: Sequence[CandidatePlacement],
    effort: Effort,
    hint: Sequence[int],
    stop: Callable[[], bool],
) -> SearchAnswer:
    """The best choice of the offered placements for the sections of a part, which are not placed."""
    sections = [incumbent.candidates.sections[index].section for index in part]
    # pinned sections need no mention as required ones: the rule PinnedPlaced requires them
    return choose_cheapest(sections, incumbent, priced(incumbent, offered), effort, hint, stop=stop)
