"""Improvement in rounds: everybody walks on from a plan of their own, now and then from a better one of somebody else.

Those who are behind take over the plans of those who are ahead (Aldous and Vazirani, 1994, "Go with the winners"). To
share the sections of one plan out instead was no faster and got stuck at the borders.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from random import Random

from solver.search.candidate_filter import useful_placements
from solver.search.candidates import SectionCandidates
from solver.search.incumbent import Encoded, Incumbent
from solver.search.lagrangian.ascent import Ascent
from solver.search.worker_pool import SearchOutcome, SearchTask, WorkerPool
from solver.settings import Settings
from solver.stopping import StoppingCriterion

TASK_SECONDS = 0.5
TASK_STEPS = 1000
"""Steps of a task when rounds are counted instead of seconds."""
UNLIMITED = 10**9
RESAMPLINGS = 10
"""How often, in the time or the rounds there are, those who are behind take over a better plan."""

FIRST_PROOF_ROUND = 2
"""Rounds before the first attempt at a proof."""
PROOF_INTERVAL = 4
"""How much later each further attempt comes."""
PROOF_EFFORT = 0.5
"""CP-SAT's deterministic seconds for each round that went before."""
MAX_PLACEMENTS = 6_000

FIRST_BOUND_ROUND = 2
"""Rounds before the bound gets time."""
GROWTH_SECONDS = 200
"""After so long, the bound gets twice its share, after twice as long three times."""
MAX_GROWTH = 4
BOUND_PIECES = 20
"""Pieces of work on the bound in each round when rounds are counted instead of seconds."""

Report = Callable[[str], None]
"""Called after the best plan changed, with the name of the neighbourhood that won most."""


class Improvement:
    """The rounds of one solve; ``best`` is the cheapest plan so far, and none is cheaper than ``bound``."""

    def __init__(self, incumbent: Incumbent, settings: Settings, stopping: StoppingCriterion, ascent: Ascent) -> None:
        self._incumbent = incumbent
        self._settings = settings
        self._stopping = stopping
        self._ascent = ascent
        self._random = Random(settings.seed)
        self._began = stopping.elapsed()
        # measured by what a section costs on average, so that one warmth suits terms of any size and weights
        self._first_temperature = settings.warmth * incumbent.total / max(1, len(incumbent.placements))
        self._movable = [section.index for section in incumbent.candidates.sections if not _is_fixed(section)]
        self._plans: list[Encoded] = []
        self._resampled = 0
        self.best: Encoded = incumbent.encoded()
        self.best_total = incumbent.total
        self.rounds = 0
        self._next_proof = FIRST_PROOF_ROUND

    def run(self, pool: WorkerPool, report: Report) -> None:
        """Work rounds until a stopping criterion or the number of rounds is reached, or nothing is left to gain."""
        self._plans = [self.best] * pool.size
        while not self._done():
            outcomes = pool.work(self._tasks(), self._stopping, self._raise_bound)
            self.rounds += 1
            if outcomes:
                self._take_over(outcomes, report)
            if self.rounds == self._next_proof:
                self._try_to_prove(report)

    @property
    def bound(self) -> int:
        """The highest bound so far."""
        return self._ascent.bound

    def _raise_bound(self) -> None:
        """Give the bound its share of the effort; in long runs, where plans hardly get better, a larger one."""
        settings = self._settings
        if not settings.bound_share or self.rounds < FIRST_BOUND_ROUND:
            return
        if settings.max_rounds is not None:
            self._ascent.rise(self.best_total, pieces=BOUND_PIECES)
        else:
            grown = min(MAX_GROWTH, 1 + self._stopping.elapsed() / GROWTH_SECONDS)
            seconds = grown * settings.bound_share * settings.workers * TASK_SECONDS
            self._ascent.rise(self.best_total, seconds=seconds)

    def _take_over(self, outcomes: Sequence[SearchOutcome], report: Report) -> None:
        """Remember the best plan, and let workers that are behind go on from a better one when it is time to."""
        # a sort that keeps the order of those that tie: with counted rounds chance has no part in it
        ranked = sorted(outcomes, key=lambda outcome: outcome.total)
        self._plans = [outcome.plan for outcome in ranked]
        if ranked[0].total < self.best_total:
            self._incumbent.restore(ranked[0].plan)
            self._remember(report, _most_successful(outcomes))
        # go with the winners: at even intervals the worse half of the workers goes on from the plans of the better half
        resampled = int(RESAMPLINGS * self._progress())
        if resampled > self._resampled:
            self._resampled = resampled
            better_half = -(-len(ranked) // 2)
            self._plans[better_half:] = self._plans[: len(ranked) - better_half]

    def _remember(self, report: Report, winner: str) -> None:
        """Keep the plan of the incumbent if it is the best."""
        if self._incumbent.total < self.best_total:
            self.best, self.best_total = self._incumbent.encoded(), self._incumbent.total
            report(winner)

    def _try_to_prove(self, report: Report) -> None:
        """Let CP-SAT look at the whole term, where few enough placements can help; rarer and longer each time."""
        self._next_proof *= PROOF_INTERVAL
        everything = range(len(self._incumbent.placements))
        self._incumbent.restore(self.best)
        if useful_placements(self._incumbent, everything, MAX_PLACEMENTS) is None:
            return
        from solver.model.cp_sat import Effort  # noqa: PLC0415 - OR-Tools loads for seconds, and few terms are this small
        from solver.search.cp_repair import repair_part  # noqa: PLC0415

        effort = Effort(self._stopping.left(), PROOF_EFFORT * self.rounds, self._settings.seed)
        repair = repair_part(self._incumbent, everything, effort, MAX_PLACEMENTS, self._stopping.reached)
        self._remember(report, "whole term")
        if repair.exhausted:
            self._ascent.prove(self.best_total)

    def _done(self) -> bool:
        rounds = self._settings.max_rounds
        out_of_rounds = rounds is not None and self.rounds >= rounds
        return self._stopping.reached() or self.best_total <= self.bound or out_of_rounds

    def _tasks(self) -> list[SearchTask]:
        counted = self._settings.max_rounds is not None
        left = self._stopping.left()
        seconds = left if counted or (left is not None and left < TASK_SECONDS) else TASK_SECONDS
        return [
            SearchTask(
                plan=plan,
                own=self._movable,
                temperature=self._first_temperature * (1 - self._progress()),
                steps=TASK_STEPS if counted else UNLIMITED,
                seconds=seconds,
                seed=self._random.getrandbits(32),
            )
            for plan in self._plans
        ]

    def _progress(self) -> float:
        """How much of the rounds or the time is used up, from 0 to 1; the temperature falls in step with it.

        Where rounds are counted the clock has no say, so that a search can be repeated.
        """
        if self._settings.max_rounds is not None:
            return self.rounds / max(1, self._settings.max_rounds)
        left = self._stopping.left()
        if left is None:
            return 0.0
        spent = self._stopping.elapsed() - self._began
        return spent / max(0.001, spent + left)


def _is_fixed(section: SectionCandidates) -> bool:
    """Whether a section is pinned to the one placement it can have, so that no walk needs to touch it."""
    return bool(section.section.pinned) and sum(pair.legal.bit_count() for pair in section.pairs) == 1


def _most_successful(outcomes: Sequence[SearchOutcome]) -> str:
    """The neighbourhood that won most; empty where none did."""
    gains: Counter[str] = Counter()
    for outcome in outcomes:
        gains.update(outcome.gains)
    return max(gains, key=lambda name: gains[name], default="")
