"""``python -m tests.benchmarks.partly``: one unit planned again beside a search of the whole term in the same time.

Both begin with the same plan. What counts beside the cost: how soon the first plan and the first better one are there,
and how many sections outside the unit the search of the whole moves. Seconds are those of the processor, so that other
work on the machine does not count; one process searches.
"""

import argparse
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from solver import Plan, Progress, Settings, Term, compare, read_term, solve
from solver.progress import Silence
from tests.solver.instances import instance

SAVED = ("fenghua", "wanzhou")


class Stopwatch(Silence):
    """Notes when the first plan was told, and when the first one that costs less than ``total``."""

    def __init__(self, total: int) -> None:
        self._began = time.process_time()
        self._total = total
        self.first: float | None = None
        self.better: float | None = None
        self.used: float | None = None

    def end(self) -> None:
        """The search is over."""
        self.used = time.process_time() - self._began

    def improved(self, progress: Progress) -> None:
        """Look at the clock."""
        passed = time.process_time() - self._began
        self.first = passed if self.first is None else self.first
        if progress.total < self._total and self.better is None:
            self.better = passed


def rows(term: Term, name: str, base_seconds: float, settings: Settings) -> Iterator[list[str]]:
    """Two lines for a term: its largest unit alone, and the whole."""
    start = solve(term, Settings(seconds=base_seconds, workers=1)).plan
    if start is None:
        return
    solve(term, Settings(seconds=1, workers=1), start=start, only=())  # what is loaded once is loaded now
    town = Counter(section.unit for section in term.sections).most_common(1)[0][0]
    chosen = frozenset(section.id for section in term.sections if section.unit == town)
    for what, only in (("unit alone", chosen), ("whole term", None)):
        yield [name, what, *_measured(term, start, only, chosen, settings)]


def _measured(
    term: Term, start: Plan, only: frozenset[str] | None, town: frozenset[str], settings: Settings
) -> Iterator[str]:
    before = solve(term, Settings(seconds=1, workers=1), start=start, only=()).total or 0
    watch = Stopwatch(before)
    found = solve(term, settings, watch, start=start, only=only)
    watch.end()
    changes = compare(term, start, found.plan or start).changes
    yield f"{len(term.sections if only is None else only):,}"
    yield _seconds(watch.first)
    yield _seconds(watch.better)
    yield _seconds(watch.used)
    yield f"{before:,}"
    yield f"{found.total or 0:,}"
    yield str(sum(change.section in town for change in changes))
    yield str(sum(change.section not in town for change in changes))


def _seconds(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f} s"


def main() -> None:
    """Print the lines of each term, as a table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.partly", description=__doc__)
    parser.add_argument("terms", nargs="*", type=Path, help=f"files; {' and '.join(SAVED)} if none")
    parser.add_argument("--base-seconds", type=float, default=10.0, help="for the plan that both begin with")
    parser.add_argument("--seconds", type=float, default=20.0, help="for each of both")
    options = parser.parse_args()
    settings = Settings(seconds=options.seconds, workers=1)
    columns = "sections", "first plan", "better plan", "used", "cost before", "after", "moved inside", "outside"
    print(f"| term | planned | {' | '.join(columns)} |")
    print(f"| --- | --- |{' ---: |' * len(columns)}")
    saved = {} if options.terms else {name: read_term(instance(name)) for name in SAVED}
    terms = {file.stem: read_term(file) for file in options.terms} or saved
    for name, term in terms.items():
        for cells in rows(term, name, options.base_seconds, settings):
            print(f"| {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
