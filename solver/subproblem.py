"""A part of a plan made anew by CP-SAT, everything else fixed.

Of each section only those spots are offered that can be part of a better plan at all: were every other section of the
part to get the spot that is cheapest beside the rest, the whole part would still have to cost less than it does now.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from solver.board import Board
from solver.construct import NEVER, below_of
from solver.costs import COUPLED_COSTS
from solver.insertion import Insertion, bits_of
from solver.ledger import Ledger, Spot
from solver.model import cost_expressions, post_rules
from solver.patience import never
from solver.rules import BETWEEN_SECTIONS
from solver.search import Answer, Effort, Verdict, minimise


@dataclass(frozen=True)
class Repair:
    """How a part was made anew: by how much the total fell, whether it is proven that nothing better exists."""

    gain: int
    exhausted: bool
    spots: int


def repair(
    ledger: Ledger, part: Sequence[int], effort: Effort, most_spots: int, stop: Callable[[], bool] = never
) -> Repair:
    """Place the sections of a part anew if that lowers the total; the ledger is never left worse than it was."""
    before = ledger.total
    kept = [ledger.remove(index) for index in part if ledger.spots[index] is not None]
    offered, complete = _useful(ledger, part, before - ledger.total, most_spots, Random(effort.seed))
    known = {(spot.section, spot.pair.rank, spot.number) for spot in kept}
    offered = [spot for spot in offered if (spot.section, spot.pair.rank, spot.number) not in known] + kept
    hint = range(len(offered) - len(kept), len(offered))
    answer = _choose(ledger, part, offered, effort, hint, stop)
    for at in answer.chosen:
        ledger.place(offered[at])
    if answer.verdict in (Verdict.INFEASIBLE, Verdict.UNDECIDED) or ledger.total > before:
        ledger.put_back(part, kept, before)
    return Repair(before - ledger.total, complete and answer.verdict is Verdict.OPTIMAL, len(offered))


def place_all(
    ledger: Ledger, part: Sequence[int], effort: Effort, most_spots: int, stop: Callable[[], bool] = never
) -> Verdict:
    """Place pinned sections that are not placed yet, all of them or none.

    INFEASIBLE is proven; where spots had to be left out to keep the model small, a failure is UNDECIDED.
    """
    offered, complete = [], True
    for index in part:
        spots, all_of_them = _thinned(_spots(ledger, index, NEVER), most_spots // len(part), Random(effort.seed))
        offered += spots
        complete = complete and all_of_them
    answer = _choose(ledger, part, offered, effort, (), stop)
    for at in answer.chosen:
        ledger.place(offered[at])
    return Verdict.UNDECIDED if answer.verdict is Verdict.INFEASIBLE and not complete else answer.verdict


def _useful(ledger: Ledger, part: Sequence[int], worth: int, most: int, random: Random) -> tuple[list[Spot], bool]:
    """The spots that can help to undercut ``worth``, what the part adds now; false where some were left out."""
    least = {}
    for index in part:
        spot = Insertion(ledger, index).best(below_of(ledger, index))
        least[index] = ledger.added_cost(spot) if spot is not None else 0
    slack = worth - sum(least.values())
    offered, complete = [], True
    for index in part:
        spots, all_of_them = _thinned(_spots(ledger, index, least[index] + slack), most // len(part), random)
        offered += spots
        complete = complete and all_of_them
    return offered, complete


def _spots(ledger: Ledger, index: int, below: int) -> Iterator[list[Spot]]:
    """The free spots that add less than ``below``, those of one pair and cost together."""
    for _, pair, found in Insertion(ledger, index).openings(below):
        yield [ledger.spot(index, pair, number) for number in bits_of(found)]


def _thinned(groups: Iterator[list[Spot]], most: int, random: Random) -> tuple[list[Spot], bool]:
    """All spots if they are few enough, else some of each group; whether they are all."""
    found = list(groups)
    count = sum(map(len, found))
    if count <= most:
        return [spot for group in found for spot in group], True
    each = max(1, most // len(found))
    kept = (random.sample(group, min(each, len(group))) for group in found[:most])
    return [spot for group in kept for spot in group], False


def _choose(
    ledger: Ledger,
    part: Sequence[int],
    offered: Sequence[Spot],
    effort: Effort,
    hint: Sequence[int],
    stop: Callable[[], bool],
) -> Answer:
    """The best choice of the offered spots."""
    board = board_of(ledger, part, offered)
    post_rules(board, BETWEEN_SECTIONS)
    alone = board.total(zip(board.options, (spot.cost for spot in offered), strict=True))
    objective = sum(cost_expressions(board, COUPLED_COSTS).values(), alone)
    return minimise(board.model, objective, [option.literal for option in board.options], effort, hint, stop)


def board_of(ledger: Ledger, part: Sequence[int], offered: Sequence[Spot]) -> Board:
    """A board of some sections with one option for each offered spot, in the same order; the ledger is the rest."""
    candidates = ledger.candidates
    board = Board(candidates.term, [candidates.sections[index].section for index in part], ledger)
    for spot in offered:
        section = candidates.sections[spot.section].section
        board.add(section, spot.series, candidates.rooms[spot.pair.room], candidates.teachers[spot.pair.teacher])
    return board
