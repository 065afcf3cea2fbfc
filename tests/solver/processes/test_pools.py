"""Pools of workers: answers, errors and stops pass between processes; lost workers are replaced, none is left."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from itertools import count
from multiprocessing import active_children
from typing import Any

import pytest

from solver.processes import pool_of
from solver.processes.base import Pool
from solver.processes.local import InlinePool, ProcessPool
from solver.processes.stop_token import StopToken
from solver.stopping import never

MINUTE = 60.0
STARTS = pytest.mark.parametrize("fork", [False, True])


class Ten:
    """Work that lives in an object."""

    def __call__(self, order: int, stop: Callable[[], bool]) -> int:
        return 10 * order


def square(order: int, stop: Callable[[], bool]) -> int:
    return order * order


def refuse(order: int, stop: Callable[[], bool]) -> int:
    raise KeyError(order)


def die_at_once(order: int, stop: Callable[[], bool]) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return order


def until_stopped(order: int, stop: Callable[[], bool]) -> int:
    """How often the question was answered no; at least once."""
    return next(times for times in count() if stop())


def answers(pool: Pool[int, int], orders: list[int]) -> list[int | None]:
    """The answers to some orders, handed out as workers become idle."""
    numbers: list[int] = []
    answered: dict[int, int | None] = {}
    while len(answered) < len(orders):
        while len(numbers) < len(orders) and pool.idle():
            numbers.append(pool.submit(orders[len(numbers)]))
        answered |= {finished.number: finished.answer for finished in pool.finished(MINUTE)}
    return [answered[number] for number in numbers]


def test_one_worker_alone_starts_no_process() -> None:
    with closing(pool_of(square, 1, None, never)) as pool:
        assert isinstance(pool, InlinePool)
        assert answers(pool, [2, 3, 4]) == [4, 9, 16]
        assert active_children() == []


@STARTS
@pytest.mark.parametrize(("work", "expected"), [(square, [4, 9, 16, 25]), (Ten(), [20, 30, 40, 50])])
def test_processes_answer_every_order(fork: bool, work: Any, expected: list[int]) -> None:
    with closing(ProcessPool[int, int](work, 2, fork)) as pool:
        assert answers(pool, [2, 3, 4, 5]) == expected
        assert len(active_children()) == 2
    assert active_children() == []


@STARTS
def test_a_worker_that_dies_is_replaced_and_takes_only_its_own_order_with_it(fork: bool) -> None:
    with closing(ProcessPool(die_at_once, 2, fork)) as pool:
        assert answers(pool, [1, 2, 3]) == [None, None, None]
        assert pool.idle() == 2


@STARTS
def test_workers_killed_while_they_have_nothing_to_do_are_replaced(fork: bool) -> None:
    with closing(ProcessPool(square, 2, fork)) as pool:
        for child in active_children():
            child.kill()
            child.join()
        assert answers(pool, [2, 3]) == [4, 9]


def test_an_error_of_the_work_is_raised_with_its_place() -> None:
    with closing(ProcessPool(refuse, 1)) as pool:
        pool.submit(7)
        with pytest.raises(KeyError, match="7") as raised:
            pool.finished(MINUTE)
    assert "in refuse" in raised.value.__notes__[0]


@STARTS
def test_a_stop_reaches_workers_that_are_busy(fork: bool) -> None:
    with closing(ProcessPool(until_stopped, 2, fork)) as pool:
        for order in (1, 2):
            pool.submit(order)
        assert pool.finished(0) == []
        pool.request_stop()
        ended = pool.finished(MINUTE)
        while len(ended) < 2:
            ended += pool.finished(MINUTE)
    assert sorted(finished.number for finished in ended) == [0, 1]
    assert all(finished.answer is not None for finished in ended)


@STARTS
def test_closing_ends_workers_that_are_busy(fork: bool) -> None:
    with closing(ProcessPool(until_stopped, 2, fork)) as pool:
        pool.submit(1)
    assert active_children() == []


# The workers hold the other end of its standard output, which ends only when they are gone.
ORPHANS = """
import sys
from solver.processes.local import ProcessPool
from tests.solver.processes.test_pools import until_stopped

if __name__ == "__main__":
    pool = ProcessPool(until_stopped, 3, fork=sys.argv[1] == "True")
    for order in range(3):
        pool.submit(order)
    print("busy", flush=True)
    pool.finished(1000)
"""


@STARTS
def test_workers_end_with_the_process_that_started_them(fork: bool) -> None:
    with subprocess.Popen([sys.executable, "-c", ORPHANS, str(fork)], stdout=subprocess.PIPE) as process:  # noqa: S603
        assert process.stdout is not None
        assert process.stdout.readline() == b"busy\n"
        process.kill()
        assert process.stdout.read() == b""


def test_a_token_is_asked_once_and_for_all() -> None:
    token = StopToken()
    assert not token.requested() and not token.wait(0)
    token.request()
    assert token.requested() and token.wait(MINUTE)
