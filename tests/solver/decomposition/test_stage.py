"""Handing parts out: what is lost or useless is handed out again, and time is shared by size."""

from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future

import pytest

from solver import Settings, Status
from solver.analysis.plan_index import Surroundings
from solver.decomposition.jobs import Answer, Order
from solver.decomposition.subterm import Part, Scene, scene_of
from solver.decomposition.task_queue import MOST_ATTEMPTS, Stage, Task
from solver.stopping import Patience
from tests.solver.samples import term

ANSWER = Answer({}, {}, Status.FEASIBLE)


class Recorder:
    """A crew of two that keeps its orders and answers each of them at once, or fails."""

    losses: tuple[type[BaseException], ...] = (BrokenExecutor,)

    def __init__(self, failures: int = 0) -> None:
        self.orders: list[Order] = []
        self.hurried = False
        self._failures = failures

    def idle(self) -> int:
        return 2

    def submit(self, order: Order) -> Future[Answer]:
        self.orders.append(order)
        future: Future[Answer] = Future()
        if len(self.orders) <= self._failures:
            future.set_exception(BrokenExecutor("killed"))
        else:
            future.set_result(ANSWER)
        return future

    def hurry(self) -> None:
        self.hurried = True

    def close(self) -> None:
        pass


def scene() -> Scene:
    """The smallest scene."""
    of = term()
    return scene_of(Surroundings(of, {}), Part(of.sections, of.rooms, of.teachers, {}))


def run(crew: Recorder, tasks: list[Task], settings: Settings, stop: Callable[[], bool] = lambda: False) -> None:
    """A stage that ends with the patience."""
    Stage(tasks, crew, settings, Patience(settings.seconds, stop), settings.seconds).run()


@pytest.mark.parametrize(("failures", "answers"), [(0, 1), (MOST_ATTEMPTS - 1, 1), (MOST_ATTEMPTS, 0)])
def test_a_part_whose_worker_is_lost_is_handed_out_again(failures: int, answers: int) -> None:
    crew, heard = Recorder(failures), list[Answer]()

    def hear(answer: Answer) -> bool:
        heard.append(answer)
        return True

    run(crew, [Task(1, scene, hear)], Settings(seconds=1000))
    assert len(heard) == answers
    assert len(crew.orders) == min(failures + 1, MOST_ATTEMPTS)


def test_a_part_whose_answer_has_become_useless_is_handed_out_again() -> None:
    crew, verdicts = Recorder(), [False, True]
    run(crew, [Task(1, scene, lambda answer: verdicts.pop(0))], Settings(seconds=1000))
    assert len(crew.orders) == 2


def test_the_largest_part_comes_first_and_gets_the_most_time() -> None:
    crew = Recorder()
    tasks = [Task(size, scene, lambda answer: True) for size in (1, 3, 2)]
    run(crew, tasks, Settings(seconds=1000))
    first = crew.orders[0].settings.seconds
    assert first == pytest.approx(1000, abs=5)
    assert len(crew.orders) == 3


def test_after_a_stop_nothing_is_handed_out() -> None:
    crew = Recorder()
    run(crew, [Task(1, scene, lambda answer: True)], Settings(seconds=1000), stop=lambda: True)
    assert crew.hurried and crew.orders == []
