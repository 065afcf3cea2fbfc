"""The only place that runs CP-SAT."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from ortools.sat.python.cp_model import FEASIBLE, INFEASIBLE, MODEL_INVALID, OPTIMAL, CpModel, CpSolver, IntVar

from solver.model.expression import Expression

POLL_SECONDS = 0.2


class Verdict(Enum):
    """How a search ended; a model that was neither solved nor refuted in time is undecided."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class Effort:
    """How long a search may take: by the clock, and in CP-SAT's own deterministic seconds."""

    seconds: float | None
    deterministic: float
    seed: int = 0


@dataclass(frozen=True)
class SearchAnswer:
    """The end of a search, and the positions of the asked literals that hold."""

    verdict: Verdict
    chosen: tuple[int, ...] = ()


def minimise(
    model: CpModel,
    objective: Expression,
    literals: Sequence[IntVar],
    effort: Effort,
    hint: Sequence[int] = (),
    stop: Callable[[], bool] | None = None,
) -> SearchAnswer:
    """Solve a model with one thread; ``chosen`` lists the positions of the literals that hold in the best solution.

    ``hint`` lists the positions of the literals of a known solution. Raises ValueError for a model that is none.
    """
    taken = set(hint)
    values_to_try = [position in taken for position in range(len(literals))] if taken else ()
    verdict, values = minimise_numbers(model, objective, literals, effort, values_to_try, stop)
    return SearchAnswer(verdict, tuple(position for position, value in enumerate(values or ()) if value))


def minimise_numbers(
    model: CpModel,
    objective: Expression,
    numbers: Sequence[IntVar],
    effort: Effort,
    hint: Sequence[int] = (),
    stop: Callable[[], bool] | None = None,
) -> tuple[Verdict, tuple[int, ...] | None]:
    """Solve a model of whole numbers with one thread; the values of ``numbers`` in the best solution, if there is one.

    ``hint`` holds a value for each of them. Raises ValueError for a model that is none.
    """
    model.minimize(objective)
    for number, value in zip(numbers, hint, strict=False):
        model.add_hint(number, value)
    solver = _solver(effort)
    verdict = _run(model, solver, stop)
    if verdict not in (Verdict.OPTIMAL, Verdict.FEASIBLE):
        return verdict, None
    return verdict, tuple(solver.value(number) for number in numbers)


def _run(model: CpModel, solver: CpSolver, stop: Callable[[], bool] | None) -> Verdict:
    with _Watch(solver, stop):
        status = solver.solve(model)
    if status == MODEL_INVALID:
        raise ValueError(model.validate())
    verdicts = {OPTIMAL: Verdict.OPTIMAL, FEASIBLE: Verdict.FEASIBLE, INFEASIBLE: Verdict.INFEASIBLE}
    return verdicts.get(status, Verdict.UNDECIDED)


def _solver(effort: Effort) -> CpSolver:
    solver = CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = effort.seed
    solver.parameters.max_deterministic_time = effort.deterministic
    if effort.seconds is not None:
        solver.parameters.max_time_in_seconds = max(0.01, effort.seconds)
    return solver


class _Watch:
    """Ends a search soon after a stop is asked for."""

    def __init__(self, solver: CpSolver, stop: Callable[[], bool] | None) -> None:
        self._solver = solver
        self._stop = stop
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> None:
        if self._stop is not None:
            self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._done.set()
        if self._stop is not None:
            self._thread.join()

    def _run(self) -> None:
        assert self._stop is not None
        while not self._done.wait(POLL_SECONDS):
            if self._stop():
                self._solver.stop_search()
                return
