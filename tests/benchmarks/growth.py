"""``python -m tests.benchmarks.growth TERM.json …``: terms of several sizes, each given time in proportion to its size.

If the planner undercuts greedy insertion by the same share at every size, the time for a plan of the same quality grows
no faster than the number of sections.
"""

import argparse
from pathlib import Path

from solver import Settings, Term, read_term, solve
from tests.benchmarks.contenders import Effort, greedy


def row(term: Term, name: str, rate: float, workers: int) -> list[str]:
    """One line: sections, seconds, what both reach, and the planner's cost as a share of greedy insertion's."""
    seconds = rate * len(term.sections) / 1000
    simple = greedy(term, Effort(seconds, workers)).total or 0
    found = solve(term, Settings(seconds=seconds, workers=workers))
    total = found.total or 0
    counted = f"{len(term.sections):,}", f"{seconds:.0f} s", f"{found.seconds:.0f} s"
    return [name, *counted, f"{simple:,}", f"{total:,}", f"{total / len(term.sections):.1f}", f"{total / simple:.3f}"]


def main() -> None:
    """Print a line for each term, as a table."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.growth", description=__doc__)
    parser.add_argument("terms", nargs="+", type=Path)
    parser.add_argument("--rate", type=float, default=30.0, help="seconds for a thousand sections")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    print("| term | sections | time given | time taken | greedy | planner | per section | planner / greedy |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for file in options.terms:
        cells = row(read_term(file), file.stem, options.rate, options.workers)
        print(f"| {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
