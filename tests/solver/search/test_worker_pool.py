"""Workers of a search: the same outcome wherever a task is carried out, and an early end when a stop is asked for."""

import pickle
from contextlib import closing

from solver import read_term
from solver.search.candidates import Candidates
from solver.search.incumbent import Incumbent
from solver.search.worker_pool import InlineSearchPool, ParallelSearchPool, SearchTask, SearchWorker
from solver.stopping import StoppingCriterion, never
from tests.solver.instances import instance

FOREVER = StoppingCriterion(None)


def candidates_and_tasks() -> tuple[Candidates, list[SearchTask]]:
    """Four towns, and two tasks that begin with the empty plan."""
    candidates = Candidates(read_term(instance("wanzhou-4-towns")))
    start, everybody = Incumbent(candidates).encoded(), range(len(candidates.sections))
    return candidates, [SearchTask(start, everybody, 10.0, 300, None, seed) for seed in (1, 2)]


def test_the_outcome_does_not_depend_on_where_a_task_is_carried_out() -> None:
    candidates, tasks = candidates_and_tasks()
    told: list[str] = []
    with closing(InlineSearchPool(candidates)) as inline, closing(ParallelSearchPool(candidates, 2)) as parallel:
        expected = inline.work(tasks, FOREVER, lambda: told.append("inline"))
        assert parallel.work(tasks, FOREVER, lambda: told.append("parallel")) == expected
    sent: SearchWorker = pickle.loads(pickle.dumps(SearchWorker(candidates)))  # noqa: S301 - our own
    assert [sent(task, never) for task in tasks] == expected
    assert told == ["inline", "parallel"]
    assert expected[0].total != expected[1].total, "the seed makes a difference"


def test_tasks_that_are_not_finished_when_a_stop_is_asked_for_are_given_up() -> None:
    candidates, tasks = candidates_and_tasks()
    stopped = StoppingCriterion(None, lambda: True)
    with closing(ParallelSearchPool(candidates, 2)) as parallel:
        assert parallel.work(tasks, stopped, lambda: None) == []
    with closing(InlineSearchPool(candidates)) as inline:
        assert [outcome.gains for outcome in inline.work(tasks, stopped, lambda: None)] == [{}, {}]
