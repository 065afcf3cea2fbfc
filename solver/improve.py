"""Improvement in rounds: share the sections out, let everybody walk, bring the changes together, remember the best."""

from collections import Counter
from collections.abc import Callable, Sequence
from math import cos, pi, sin
from random import Random

from solver.candidates import SectionCandidates
from solver.construct import insert
from solver.lagrangian.ascent import Ascent
from solver.ledger import Encoded, Ledger
from solver.patience import Patience
from solver.settings import Settings
from solver.team import Outcome, Shift, Team
from solver.useful import useful_spots

SHIFT_SECONDS = 0.5
SHIFT_STEPS = 1000
"""Steps of a shift when rounds are counted instead of seconds."""
ENDLESS = 10**9
WARMTH = 0.15
"""The first temperature, as a share of what a placed section costs on average."""

FIRST_PROOF = 2
"""Rounds before the first attempt at a proof."""
PROOF_INTERVAL = 4
"""How much later each further attempt comes."""
PROOF_EFFORT = 0.5
"""CP-SAT's deterministic seconds for each round that went before."""
MOST_SPOTS = 6_000

FIRST_BOUND = 2
"""Rounds before the bound gets time."""
GROWTH_SECONDS = 200
"""After so long, the bound gets twice its share, after twice as long three times."""
MOST_GROWTH = 4
BOUND_PIECES = 20
"""Pieces of work on the bound in each round when rounds are counted instead of seconds."""

Report = Callable[[str], None]
"""Called after the best plan changed, with the name of the neighbourhood that won most."""


class Improvement:
    """The rounds of one solve; ``best`` is the cheapest plan so far, and none is cheaper than ``bound``."""

    def __init__(self, ledger: Ledger, settings: Settings, patience: Patience, ascent: Ascent) -> None:
        self._ledger = ledger
        self._settings = settings
        self._patience = patience
        self._ascent = ascent
        self._random = Random(settings.seed)
        self._began = patience.elapsed()
        self._warmth = WARMTH * ledger.total / max(1, len(ledger.spots))
        self._middles = _middles(ledger)
        self._movable = [one.index for one in ledger.candidates.sections if not _is_fixed(one)]
        self.best: Encoded = ledger.encoded()
        self.best_total = ledger.total
        self.rounds = 0
        self._next_proof = FIRST_PROOF

    def run(self, team: Team, report: Report) -> None:
        """Work rounds until time, patience or the number of rounds is used up, or nothing is left to gain."""
        while not self._done():
            outcomes = team.work(self._shifts(team.size), self._patience, self._raise_bound)
            for outcome in outcomes:
                self._bring_in(outcome)
            self.rounds += 1
            self._remember(report, _won(outcomes))
            if self.rounds == self._next_proof:
                self._try_to_prove(report)

    @property
    def bound(self) -> int:
        """The highest bound so far."""
        return self._ascent.bound

    def _raise_bound(self) -> None:
        """Give the bound its share of the effort; in long runs, where plans hardly get better, a larger one."""
        settings = self._settings
        if not settings.bound_share or self.rounds < FIRST_BOUND:
            return
        if settings.max_rounds is not None:
            self._ascent.rise(self.best_total, pieces=BOUND_PIECES)
        else:
            grown = min(MOST_GROWTH, 1 + self._patience.elapsed() / GROWTH_SECONDS)
            seconds = grown * settings.bound_share * settings.workers * SHIFT_SECONDS
            self._ascent.rise(self.best_total, seconds=seconds)

    def _remember(self, report: Report, winner: str) -> None:
        if self._ledger.total < self.best_total:
            self.best, self.best_total = self._ledger.encoded(), self._ledger.total
            report(winner)

    def _try_to_prove(self, report: Report) -> None:
        """Let CP-SAT look at the whole term, where few enough spots could be of use; rarer and longer each time."""
        self._next_proof *= PROOF_INTERVAL
        everything = range(len(self._ledger.spots))
        self._ledger.become(self.best)
        if useful_spots(self._ledger, everything, MOST_SPOTS) is None:
            return
        from solver.search import Effort  # noqa: PLC0415 - OR-Tools loads for seconds, and few terms are this small
        from solver.subproblem import repair  # noqa: PLC0415

        effort = Effort(self._patience.left(), PROOF_EFFORT * self.rounds, self._settings.seed)
        found = repair(self._ledger, everything, effort, MOST_SPOTS, self._patience.out)
        self._remember(report, "whole term")
        if found.exhausted:
            self._ascent.prove(self.best_total)

    def _done(self) -> bool:
        rounds = self._settings.max_rounds
        return self._patience.out() or self.best_total <= self.bound or (rounds is not None and self.rounds >= rounds)

    def _shifts(self, size: int) -> list[Shift]:
        state = self._ledger.encoded()
        counted = self._settings.max_rounds is not None
        left = self._patience.left()
        return [
            Shift(
                state=state,
                own=own,
                temperature=self._temperature(),
                steps=SHIFT_STEPS if counted else ENDLESS,
                seconds=SHIFT_SECONDS if left is None else min(SHIFT_SECONDS, left),
                seed=self._random.getrandbits(32),
            )
            for own in self._shares(size)
        ]

    def _temperature(self) -> float:
        """Cools in a straight line over the time or the rounds there are."""
        done = 0.0
        left = self._patience.left()
        if left is not None:
            spent = self._patience.elapsed() - self._began
            done = spent / max(0.001, spent + left)
        if self._settings.max_rounds is not None:
            done = max(done, self.rounds / self._settings.max_rounds)
        return self._warmth * max(0.0, 1 - done)

    def _shares(self, size: int) -> list[Sequence[int]]:
        """The sections cut into strips of the map, another way each round, so that neighbours mostly stay together."""
        if size == 1:
            return [self._movable]
        turn = self._random.random() * pi
        along = sorted(self._movable, key=lambda i: self._middles[i][0] * cos(turn) + self._middles[i][1] * sin(turn))
        return [along[at * len(along) // size : (at + 1) * len(along) // size] for at in range(size)]

    def _bring_in(self, outcome: Outcome) -> None:
        """Take over the changes of a shift; a section whose spot another shift took is placed as well as it can be."""
        ledger, before = self._ledger, self._ledger.total
        part = list(outcome.changes)
        kept = [ledger.remove(index) for index in part if ledger.spots[index] is not None]
        late = []
        for index, found in outcome.changes.items():
            spot = ledger.decoded(index, found) if found is not None else None
            if spot is not None and ledger.fits(spot):
                ledger.place(spot)
            elif spot is not None:
                late.append(index)
        for index in late:
            insert(ledger, index)
        if any(ledger.spots[i] is None and ledger.candidates.sections[i].section.pinned for i in late):
            ledger.put_back(part, kept, before)


def _is_fixed(section: SectionCandidates) -> bool:
    """Whether a section is pinned to the one spot it has, so that no walk needs to touch it."""
    return bool(section.section.pinned) and sum(pair.legal.bit_count() for pair in section.pairs) == 1


def _won(outcomes: Sequence[Outcome]) -> str:
    """The neighbourhood that won most; empty where none did."""
    gains: Counter[str] = Counter()
    for outcome in outcomes:
        gains.update(outcome.gains)
    return max(gains, key=lambda name: gains[name], default="")


def _middles(ledger: Ledger) -> list[tuple[float, float]]:
    """Where the learners of each section live on average, in metres."""
    communities = ledger.candidates.term.community
    middles = []
    for section in ledger.candidates.term.sections:
        homes = [communities[name] for name in section.learners]
        count = max(1, len(homes))
        middles.append((sum(home.x for home in homes) / count, sum(home.y for home in homes) / count))
    return middles
