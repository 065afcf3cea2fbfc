"""Runs a contender in a process of its own and watches how much memory it and its children take."""

import multiprocessing
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from solver import read_term
from tests.benchmarks.contenders import CONTENDERS, Effort, Outcome

WATCH_SECONDS = 0.25


@dataclass(frozen=True)
class Measured:
    """An outcome and the most memory that the whole family of processes held at once, in MiB."""

    outcome: Outcome
    peak_mib: float


def measure(contender: str, document: bytes, effort: Effort) -> Measured:
    """Let a contender plan a term document; RuntimeError when its process died."""
    context = multiprocessing.get_context("spawn")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(contender, document, effort, sending))
    process.start()
    sending.close()
    watch = _Watch(process.pid or 0)
    watch.start()
    try:
        outcome: Outcome = receiving.recv()
    except EOFError:
        process.join()
        raise RuntimeError(f"{contender} died with {process.exitcode}") from None
    finally:
        watch.done.set()
        watch.join()
    process.join()
    return Measured(outcome, watch.peak_mib)


def _work(contender: str, document: bytes, effort: Effort, sending: Connection) -> None:
    sending.send(CONTENDERS[contender](read_term(document), effort))


class _Watch(threading.Thread):
    """Adds up the proportional memory of a process and its descendants, again and again (Linux)."""

    def __init__(self, root: int) -> None:
        super().__init__(daemon=True)
        self._root = root
        self.done = threading.Event()
        self.peak_mib = 0.0

    def run(self) -> None:
        """Look until told that it is over."""
        while not self.done.wait(WATCH_SECONDS):
            self.peak_mib = max(self.peak_mib, sum(_mib(process) for process in _family(self._root)))


def _family(root: int) -> Iterator[int]:
    yield root
    try:
        children = Path(f"/proc/{root}/task/{root}/children").read_text().split()
    except OSError:
        return
    for child in children:
        yield from _family(int(child))


def _mib(process: int) -> float:
    """Its share of memory: pages held by several processes count in parts; 0 when it is gone."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)
