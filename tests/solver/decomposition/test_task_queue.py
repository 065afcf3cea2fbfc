"""Handing parts out: what is lost or useless is handed out again, and time is shared by size."""

from collections.abc import Callable

import pytest

from solver import Settings, Status
from solver.analysis.plan_index import PlanIndex
from solver.decomposition.jobs import PartAnswer, PartOrder
from solver.decomposition.subproblem import Part, Subproblem, subproblem_of
from solver.decomposition.task_queue import MAX_ATTEMPTS, Task, TaskQueue
from solver.processes.base import Finished
from solver.stopping import StoppingCriterion
from tests.solver.samples import term

ANSWER = PartAnswer({}, {}, Status.FEASIBLE)


class Recorder:
    """Two workers that keep their orders and answer each of them at once, but for the first ones, which are lost."""

    def __init__(self, losses: int = 0) -> None:
        self.orders: list[PartOrder] = []
        self.stop_requested = False
        self._losses = losses
        self._told = 0

    def idle(self) -> int:
        return 2

    def submit(self, order: PartOrder) -> int:
        self.orders.append(order)
        return len(self.orders) - 1

    def finished(self, timeout: float) -> list[Finished[PartAnswer]]:
        numbers = range(self._told, len(self.orders))
        self._told = len(self.orders)
        return [Finished(number, None if number < self._losses else ANSWER) for number in numbers]

    def request_stop(self) -> None:
        self.stop_requested = True

    def close(self) -> None:
        pass


def subproblem() -> Subproblem:
    """The smallest subproblem."""
    of = term()
    return subproblem_of(PlanIndex(of, {}), Part(of.sections, of.rooms, of.teachers, {}))


def run(pool: Recorder, tasks: list[Task], settings: Settings, stop: Callable[[], bool] = lambda: False) -> None:
    """A phase that lasts as long as there is time."""
    TaskQueue(tasks, pool, settings, StoppingCriterion(settings.seconds, stop), settings.seconds).run()


@pytest.mark.parametrize(("losses", "answers"), [(0, 1), (MAX_ATTEMPTS - 1, 1), (MAX_ATTEMPTS, 0)])
def test_a_part_whose_worker_is_lost_is_handed_out_again(losses: int, answers: int) -> None:
    pool, heard = Recorder(losses), list[PartAnswer]()

    def hear(answer: PartAnswer) -> bool:
        heard.append(answer)
        return True

    run(pool, [Task(1, subproblem, hear)], Settings(seconds=1000))
    assert len(heard) == answers
    assert len(pool.orders) == min(losses + 1, MAX_ATTEMPTS)


def test_a_part_whose_answer_has_become_useless_is_handed_out_again() -> None:
    pool, verdicts = Recorder(), [False, True]
    run(pool, [Task(1, subproblem, lambda answer: verdicts.pop(0))], Settings(seconds=1000))
    assert len(pool.orders) == 2


def test_the_largest_part_comes_first_and_gets_the_most_time() -> None:
    pool = Recorder()
    tasks = [Task(size, subproblem, lambda answer: True) for size in (1, 3, 2)]
    run(pool, tasks, Settings(seconds=1000))
    first = pool.orders[0].settings.seconds
    assert first == pytest.approx(1000, abs=5)
    assert len(pool.orders) == 3


def test_after_a_stop_nothing_is_handed_out() -> None:
    pool = Recorder()
    run(pool, [Task(1, subproblem, lambda answer: True)], Settings(seconds=1000), stop=lambda: True)
    assert pool.stop_requested and pool.orders == []
