"""Writes docs/benchmarks.md and its pictures from what was measured."""

import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.benchmarks.contenders import SPOTS, Effort
from tests.benchmarks.curves import picture
from tests.benchmarks.measured import Measured

DOCS = Path(__file__).resolve().parents[2] / "docs"
MOMENTS = (10, 30, 60, 120, 300, 600)


@dataclass(frozen=True)
class Trial:
    """One term and what each contender made of it."""

    name: str
    sections: int
    effort: Effort
    results: Mapping[str, Measured]


def write(trials: Sequence[Trial], command: str) -> None:
    """Replace the page and the pictures."""
    pictures = DOCS / "benchmarks"
    pictures.mkdir(exist_ok=True)
    parts = [_head(command)]
    for trial in trials:
        curves = {name: result.outcome.curve for name, result in trial.results.items()}
        bound = trial.results["planner"].outcome.bound
        title = f"{trial.name}: {trial.sections:,} sections"
        (pictures / f"{trial.name}.svg").write_text(picture(title, curves, bound, trial.effort.seconds))
        parts.append(of_trial(trial))
    parts.append(_growth(trials))
    (DOCS / "benchmarks.md").write_text("\n".join(parts), encoding="utf-8")


HEAD = """\
# Benchmarks

Measured on {day} with `{command}`, {cores} cores, Python {python}. Each contender runs in a process of its own,
one after the other; times count from the moment it gets the term and include the preparation of candidates. Totals and
violations at the end are those of the plain check. Machines differ and are noisy: compare the lines of one run.

- **greedy** puts each section, in the order of the document, at its cheapest free spot.
- **plain model** states all rules and costs of the whole term in one CP-SAT model, over {spots} spots of each section,
  since all are millions.
- **planner** is `solver.solve`: what the product does.
"""


def _head(command: str) -> str:
    day, python = datetime.now(UTC).date().isoformat(), platform.python_version()
    return HEAD.format(day=day, command=command, cores=os.cpu_count(), python=python, placements=SPOTS)


def of_trial(trial: Trial) -> str:
    """The part of the page about one term."""
    moments = [moment for moment in MOMENTS if moment <= trial.effort.seconds]
    named = [f"{moment} s" for moment in moments]
    head = ["contender", "first plan", *named, "end", "placed", "bound", "gap", "memory"]
    rows = [_row(name, result, moments) for name, result in trial.results.items()]
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in [head, ["---", *["---:"] * (len(head) - 1)], *rows])
    return f"""## {trial.name}: {trial.sections:,} sections, {trial.effort.workers} workers, {trial.effort.seconds:g} s

{table}

![Cost over time](benchmarks/{trial.name}.svg)
"""


def _row(name: str, result: Measured, moments: Sequence[int]) -> list[str]:
    outcome = result.outcome
    first = f"{outcome.curve[0][1]:,} after {outcome.curve[0][0]:.1f} s" if outcome.curve else "none"
    totals = [_number(_total_at(result, moment)) for moment in moments]
    gap = "" if not outcome.bound or not outcome.total else f"{1 - outcome.bound / outcome.total:.1%}"
    placed = f"{outcome.placed:,}" + (f", {outcome.violations} violations" if outcome.violations else "")
    return [
        *(name, first, *totals, _number(outcome.total), placed, _number(outcome.bound), gap),
        f"{result.peak_mib:,.0f} MiB",
    ]


def _total_at(result: Measured, moment: float) -> int | None:
    """The best total known at a moment, None before the first plan."""
    return min((total for seconds, total in result.outcome.curve if seconds <= moment), default=None)


def _number(total: int | None) -> str:
    return "–" if total is None else f"{total:,}"


def _growth(trials: Sequence[Trial]) -> str:
    """How time and memory grow with the number of sections."""
    lines = []
    for trial in sorted(trials, key=lambda trial: trial.sections):
        result = trial.results["planner"]
        last = result.outcome.total or 0
        soon = next((seconds for seconds, total in result.outcome.curve if total <= 1.03 * last), None)
        first = result.outcome.curve[0][0] if result.outcome.curve else None
        cells = (
            *(trial.name, f"{trial.sections:,}", _seconds(first), _seconds(soon)),
            *(f"{last / trial.sections:.1f}", f"{result.peak_mib:,.0f} MiB"),
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(
        [
            "## Growth with size",
            "",
            "Of the planner: when it had its first plan, and one at most 3 % above what it ended with.",
            "",
            "| term | sections | first plan | within 3 % | cost per section | memory |",
            "| --- | ---: | ---: | ---: | ---: | ---: |",
            *lines,
            "",
        ]
    )


def _seconds(seconds: float | None) -> str:
    return "–" if seconds is None else f"{seconds:.1f} s"
