"""How good a plan the planner finds in a given time, on the saved terms."""

import argparse

from solver import Settings, read_term, solve
from tests.solver.instances import instance
from tests.solver.test_regression import BEST_KNOWN

COLUMNS = "{:28}{:>10}{:>8}{:>10}{:>12}{:>10}{:>10}"


def main(seconds: float, workers: int) -> None:
    """Plan each saved term for so long and write a line about it."""
    print(COLUMNS.format("term", "sections", "placed", "total", "best known", "bound", "seconds"))
    for name, best in BEST_KNOWN.items():
        term = read_term(instance(name))
        result = solve(term, Settings(seconds=seconds, workers=workers))
        total = "none" if result.total is None else result.total
        sections, took = len(term.sections), f"{result.seconds:.1f}"
        print(COLUMNS.format(name, sections, result.placed, total, best, result.bound, took), flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("seconds", type=float, nargs="?", default=60.0, help="for each term")
    parser.add_argument("workers", type=int, nargs="?", default=2, help="processes that search")
    options = parser.parse_args()
    main(options.seconds, options.workers)
