"""Who does the work of a round: the caller's own process, or several processes at once, each on its own sections."""

import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from typing import Protocol

from solver.candidates import Candidates
from solver.ledger import Encoded, Ledger
from solver.patience import POLL_SECONDS, Patience
from solver.ruin import Tally, Walk
from solver.term import Term


@dataclass(frozen=True)
class Shift:
    """One worker's share of a round: from which plan, which sections it may touch, how warm and how long."""

    state: Encoded
    own: Sequence[int]
    temperature: float
    steps: int
    seconds: float | None
    seed: int


@dataclass(frozen=True)
class Outcome:
    """What a shift changed, section by section, and what its neighbourhoods won."""

    changes: dict[int, tuple[int, int] | None]
    tally: Tally


class Team(Protocol):
    """Works shifts."""

    size: int

    def work(self, shifts: Sequence[Shift], patience: Patience, meanwhile: Callable[[], None]) -> list[Outcome]:
        """The outcomes of the shifts that were finished before patience ran out; ``meanwhile`` is called once."""

    def close(self) -> None:
        """Send everybody home."""


class Alone:
    """The caller's own process, one shift after the other."""

    size = 1

    def __init__(self, candidates: Candidates) -> None:
        self._bench = Bench(candidates)

    def work(self, shifts: Sequence[Shift], patience: Patience, meanwhile: Callable[[], None]) -> list[Outcome]:
        """Work every shift; patience that runs out shortens it."""
        meanwhile()
        return [self._bench.work(shift, patience) for shift in shifts]

    def close(self) -> None:
        """Nobody to send home."""


class Processes:
    """Several processes, started once. Where the system can fork, they inherit the candidates; else they make them."""

    def __init__(self, candidates: Candidates, size: int) -> None:
        self.size = size
        fork = "fork" in multiprocessing.get_all_start_methods()
        self._executor: Executor = ProcessPoolExecutor(
            max_workers=size,
            mp_context=multiprocessing.get_context("fork" if fork else "spawn"),
            initializer=_prepare,
            initargs=(candidates if fork else candidates.term,),
        )

    def work(self, shifts: Sequence[Shift], patience: Patience, meanwhile: Callable[[], None]) -> list[Outcome]:
        """Work all shifts at once; those not finished when patience runs out are given up."""
        futures: list[Future[Outcome]] = [self._executor.submit(_work, shift) for shift in shifts]
        meanwhile()
        waiting = set(futures)
        while waiting and not patience.out():
            waiting = wait(waiting, timeout=POLL_SECONDS).not_done
        return [future.result() for future in futures if future not in waiting]

    def close(self) -> None:
        """End the processes; what they were doing ends with their shift."""
        self._executor.shutdown(wait=False, cancel_futures=True)


def team_of(candidates: Candidates, size: int) -> Team:
    """A team of so many; a process that may have no children works alone."""
    if size == 1 or multiprocessing.current_process().daemon:
        return Alone(candidates)
    return Processes(candidates, size)


class Bench:
    """The place of one worker: her own ledger, brought up to date before each shift."""

    def __init__(self, candidates: Candidates) -> None:
        self._ledger = Ledger(candidates)

    def work(self, shift: Shift, patience: Patience) -> Outcome:
        """Walk from the given plan and say what changed."""
        self._ledger.become(shift.state)
        tally = Walk(self._ledger, shift.seed).go(shift.own, shift.temperature, shift.steps, patience)
        now = self._ledger.encoded()
        return Outcome({index: now[index] for index in shift.own if now[index] != shift.state[index]}, tally)


_benches: list[Bench] = []
"""The one bench of a worker process; empty in the caller's process."""


def _prepare(source: Candidates | Term) -> None:
    threading.Thread(target=_follow, args=(os.getppid(),), daemon=True).start()
    _benches.append(Bench(Candidates(source) if isinstance(source, Term) else source))


def _work(shift: Shift) -> Outcome:
    return _benches[0].work(shift, Patience(shift.seconds))


def _follow(parent: int) -> None:
    """End this worker soon after the process that started it, however that one ended."""
    while os.getppid() == parent:
        time.sleep(POLL_SECONDS)
    os._exit(1)
