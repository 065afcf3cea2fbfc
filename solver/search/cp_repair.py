"""A part of a plan made anew by CP-SAT, everything else fixed."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from solver.model.assignment_model import AssignmentModel
from solver.model.build import cost_expressions, post_rules
from solver.model.costs import COUPLED_COSTS
from solver.model.cp_sat import Effort, SearchAnswer, Verdict, minimise
from solver.model.rules import BETWEEN_SECTIONS
from solver.search.candidate_filter import useful_placements
from solver.search.construct import NEVER
from solver.search.incumbent import CandidatePlacement, Incumbent
from solver.search.insertion import Insertion, Opening, bits_of
from solver.stopping import never


@dataclass(frozen=True)
class Repair:
    """How a part was made anew: by how much the total fell, and whether it is proven that nothing better exists."""

    gain: int
    exhausted: bool


def repair_part(
    incumbent: Incumbent, part: Sequence[int], effort: Effort, most_spots: int, stop: Callable[[], bool] = never
) -> Repair:
    """Place the sections of a part anew if that lowers the total; the ledger is never left worse than it was.

    Where more than ``most_spots`` could be of use, nothing is tried.
    """
    offered = useful_placements(incumbent, part, most_spots)
    if offered is None:
        return Repair(0, exhausted=False)
    before = incumbent.total
    kept = [incumbent.remove(index) for index in part if incumbent.placements[index] is not None]
    known = {(candidate.section, candidate.pair.rank, candidate.number) for candidate in kept}
    offered = [
        candidate for candidate in offered if (candidate.section, candidate.pair.rank, candidate.number) not in known
    ] + kept
    hint = range(len(offered) - len(kept), len(offered))
    answer = _choose(incumbent, part, offered, effort, hint, stop)
    for at in answer.chosen:
        incumbent.place(offered[at])
    if answer.verdict in (Verdict.INFEASIBLE, Verdict.UNDECIDED) or incumbent.total > before:
        incumbent.put_back(part, kept, before)
    return Repair(before - incumbent.total, answer.verdict is Verdict.OPTIMAL)


def place_all(
    incumbent: Incumbent, part: Sequence[int], effort: Effort, most_spots: int, stop: Callable[[], bool] = never
) -> Verdict:
    """Place pinned sections that are not placed yet, all of them or none.

    INFEASIBLE is proven; where spots had to be left out to keep the model small, a failure is UNDECIDED.
    """
    share, random = most_spots // len(part), Random(effort.seed)
    found = {index: list(Insertion(incumbent, index).openings(NEVER)) for index in part}
    offered = [candidate for index in part for candidate in _thinned(incumbent, index, found[index], share, random)]
    complete = all(_count(openings) <= share for openings in found.values())
    answer = _choose(incumbent, part, offered, effort, (), stop)
    for at in answer.chosen:
        incumbent.place(offered[at])
    return Verdict.UNDECIDED if answer.verdict is Verdict.INFEASIBLE and not complete else answer.verdict


def _count(openings: Sequence[Opening]) -> int:
    return sum(found.bit_count() for _, _, found in openings)


def _thinned(
    incumbent: Incumbent, index: int, openings: Sequence[Opening], most: int, random: Random
) -> Iterator[CandidatePlacement]:
    """All spots of a section if they are few enough, else some of each opening."""
    each = NEVER if _count(openings) <= most else max(1, most // len(openings))
    for _, pair, found in openings[:most]:
        numbers = list(bits_of(found))
        for number in random.sample(numbers, min(each, len(numbers))):
            yield incumbent.candidate(index, pair, number)


def _choose(
    incumbent: Incumbent,
    part: Sequence[int],
    offered: Sequence[CandidatePlacement],
    effort: Effort,
    hint: Sequence[int],
    stop: Callable[[], bool],
) -> SearchAnswer:
    """The best choice of the offered spots."""
    board = board_of(incumbent, part, offered)
    post_rules(board, BETWEEN_SECTIONS)
    alone = board.total(zip(board.options, (candidate.cost for candidate in offered), strict=True))
    objective = sum(cost_expressions(board, COUPLED_COSTS).values(), alone)
    return minimise(board.model, objective, [option.literal for option in board.options], effort, hint, stop)


def board_of(incumbent: Incumbent, part: Sequence[int], offered: Sequence[CandidatePlacement]) -> AssignmentModel:
    """A board of some sections with one option for each offered spot, in the same order; the ledger is the rest."""
    candidates = incumbent.candidates
    board = AssignmentModel(candidates.term, [candidates.sections[index].section for index in part], incumbent)
    for candidate in offered:
        section = candidates.sections[candidate.section].section
        board.add(
            section,
            candidate.series,
            candidates.rooms[candidate.pair.room],
            candidates.teachers[candidate.pair.teacher],
        )
    return board
