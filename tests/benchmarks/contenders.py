"""Ways to plan a term, side by side: section by section, one CP-SAT model of everything, and the planner."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from ortools.sat.python.cp_model import CpSolver, CpSolverSolutionCallback, IntVar

from solver import Plan, Progress, Settings, Term, check, solve
from solver.model.build import choice_model
from solver.model.cost_model import BEYOND_ANY_COST
from solver.progress import Phase
from solver.search.candidates import Candidates
from solver.search.construct import insert
from solver.search.cp_repair import priced
from solver.search.incumbent import CandidatePlacement, Incumbent
from solver.search.insertion import Insertion, bits_of

SPOTS = 120
"""Spots of each section in the plain model; with all of them a county has millions, too many to be stated."""


@dataclass(frozen=True)
class Effort:
    """What a contender may use: seconds from the moment it gets the term, and processes or threads."""

    seconds: float
    workers: int
    seed: int = 1


@dataclass
class Outcome:
    """What a contender reached: (seconds, total) of each better plan, its last plan and the best bound."""

    curve: list[tuple[float, int]] = field(default_factory=list)
    bound: int | None = None
    total: int | None = None
    placed: int = 0
    violations: int = 0

    def judge(self, term: Term, plan: Plan | None) -> "Outcome":
        """Take over what the plain check says of the plan."""
        if plan is not None:
            report = check(term, plan)
            self.total, self.placed, self.violations = report.total, report.placed, len(report.violations)
        return self


Contender = Callable[[Term, Effort], Outcome]


def greedy(term: Term, effort: Effort) -> Outcome:
    """Each section in the order of the document at its cheapest free spot; never reconsidered."""
    began = time.monotonic()
    incumbent = Incumbent(Candidates(term))
    for index in range(len(term.sections)):
        insert(incumbent, index)
    return Outcome([(time.monotonic() - began, incumbent.total)]).judge(term, incumbent.plan())


def plain_model(term: Term, effort: Effort) -> Outcome:
    """All rules and costs of the whole term in one CP-SAT model, over some spots of each section."""
    began = time.monotonic()
    incumbent = Incumbent(Candidates(term))
    random = Random(effort.seed)
    everything = range(len(term.sections))
    offered = [candidate for index in everything for candidate in _some_spots(incumbent, index, random)]
    model, objective = choice_model(term.sections, incumbent, priced(incumbent, offered))
    model.cp_model.minimize(objective)
    seen = _Seen(began, [option.literal for option in model.options])
    solver = CpSolver()
    solver.parameters.num_workers, solver.parameters.random_seed = effort.workers, effort.seed
    solver.parameters.max_time_in_seconds = max(1.0, effort.seconds - (time.monotonic() - began))
    solver.solve(model.cp_model, seen)
    for at in seen.chosen:
        incumbent.place(offered[at])
    return Outcome(seen.curve).judge(term, incumbent.plan() if seen.curve else None)


def planner(term: Term, effort: Effort) -> Outcome:
    """What the product does."""
    heard = _Heard()
    result = solve(term, Settings(seconds=effort.seconds, workers=effort.workers, seed=effort.seed), heard)
    outcome = Outcome(heard.curve, result.bound).judge(term, result.plan)
    if result.total is not None:
        outcome.curve.append((result.seconds, result.total))
    return outcome


CONTENDERS: dict[str, Contender] = {"greedy": greedy, "plain model": plain_model, "planner": planner}


def _some_spots(incumbent: Incumbent, index: int, random: Random) -> Sequence[CandidatePlacement]:
    """Half of the spots are the cheapest ones, half drawn from the rest."""
    found = [
        (added, pair, number)
        for added, pair, bits in Insertion(incumbent, index).openings(BEYOND_ANY_COST)
        for number in bits_of(bits)
    ]
    found.sort(key=lambda candidate: candidate[0])
    chosen = found[: SPOTS // 2] + random.sample(found[SPOTS // 2 :], min(SPOTS // 2, max(0, len(found) - SPOTS // 2)))
    return [incumbent.candidate(index, pair, number) for _, pair, number in chosen]


class _Seen(CpSolverSolutionCallback):
    """Keeps each solution's time and cost, and what the last one chose."""

    def __init__(self, began: float, literals: Sequence[IntVar]) -> None:
        super().__init__()
        self._began, self._literals = began, literals
        self.curve: list[tuple[float, int]] = []
        self.chosen: list[int] = []

    def on_solution_callback(self) -> None:
        """Note a better solution."""
        self.curve.append((time.monotonic() - self._began, round(self.objective_value)))
        self.chosen = list(self._taken())

    def _taken(self) -> Iterator[int]:
        return (at for at, literal in enumerate(self._literals) if self.boolean_value(literal))


class _Heard:
    """An observer that keeps the curve."""

    def __init__(self) -> None:
        self.curve: list[tuple[float, int]] = []

    def entered(self, phase: Phase, seconds: float) -> None:
        """A new phase changes no plan."""

    def bounded(self, bound: int, seconds: float) -> None:
        """The result has the bound at the end."""

    def improved(self, progress: Progress) -> None:
        """Note a better plan."""
        self.curve.append((progress.seconds, progress.total))
