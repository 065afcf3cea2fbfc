"""Handing parts out: what is lost or useless is handed out again, and time is shared by size."""

from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future

import pytest

from solver import Settings, Status
from solver.analysis.plan_index import PlanIndex
from solver.decomposition.jobs import PartAnswer, PartOrder
from solver.decomposition.subproblem import Part, Subproblem, subproblem_of
from solver.decomposition.task_queue import MOST_ATTEMPTS, Task, TaskQueue
from solver.stopping import StoppingCriterion
from tests.solver.samples import term

ANSWER = PartAnswer({}, {}, Status.FEASIBLE)


class Recorder:
    """A crew of two that keeps its orders and answers each of them at once, or fails."""

    losses: tuple[type[BaseException], ...] = (BrokenExecutor,)

    def __init__(self, failures: int = 0) -> None:
        self.orders: list[PartOrder] = []
        self.travel_conflicts = False
        self._failures = failures

    def idle(self) -> int:
        return 2

    def submit(self, order: PartOrder) -> Future[PartAnswer]:
        self.orders.append(order)
        future: Future[PartAnswer] = Future()
        if len(self.orders) <= self._failures:
            future.set_exception(BrokenExecutor("killed"))
        else:
            future.set_result(ANSWER)
        return future

    def request_stop(self) -> None:
        self.travel_conflicts = True

    def close(self) -> None:
        pass


def subproblem() -> Subproblem:
    """The smallest scene."""
    of = term()
    return subproblem_of(PlanIndex(of, {}), Part(of.sections, of.rooms, of.teachers, {}))


def run(executor: Recorder, tasks: list[Task], settings: Settings, stop: Callable[[], bool] = lambda: False) -> None:
    """A stage that ends with the patience."""
    TaskQueue(tasks, executor, settings, StoppingCriterion(settings.seconds, stop), settings.seconds).run()


@pytest.mark.parametrize(("failures", "answers"), [(0, 1), (MOST_ATTEMPTS - 1, 1), (MOST_ATTEMPTS, 0)])
def test_a_part_whose_worker_is_lost_is_handed_out_again(failures: int, answers: int) -> None:
    executor, heard = Recorder(failures), list[PartAnswer]()

    def hear(answer: PartAnswer) -> bool:
        heard.append(answer)
        return True

    run(executor, [Task(1, subproblem, hear)], Settings(seconds=1000))
    assert len(heard) == answers
    assert len(executor.orders) == min(failures + 1, MOST_ATTEMPTS)


def test_a_part_whose_answer_has_become_useless_is_handed_out_again() -> None:
    executor, verdicts = Recorder(), [False, True]
    run(executor, [Task(1, subproblem, lambda answer: verdicts.pop(0))], Settings(seconds=1000))
    assert len(executor.orders) == 2


def test_the_largest_part_comes_first_and_gets_the_most_time() -> None:
    executor = Recorder()
    tasks = [Task(size, subproblem, lambda answer: True) for size in (1, 3, 2)]
    run(executor, tasks, Settings(seconds=1000))
    first = executor.orders[0].settings.seconds
    assert first == pytest.approx(1000, abs=5)
    assert len(executor.orders) == 3


def test_after_a_stop_nothing_is_handed_out() -> None:
    executor = Recorder()
    run(executor, [Task(1, subproblem, lambda answer: True)], Settings(seconds=1000), stop=lambda: True)
    assert executor.travel_conflicts and executor.orders == []
