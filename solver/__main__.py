"""The command line: ``python -m solver COMMAND …``.

- ``solve TERM.json -o PLAN.json`` plans a term;
- ``check TERM.json PLAN.json`` prints the violations and the cost of a plan;
- ``explain TERM.json PLAN.json SECTION`` prints why a section is not placed and what would place it, or why it is here;
- ``worth TERM.json PLAN.json`` prints which single thing more would help a plan most.

Exit status 0: a plan without violations, 1: some hard rule is broken or cannot be kept, 2: unreadable input.
"""

import argparse
import sys
from pathlib import Path

import msgspec

from solver import (
    ClusterError,
    DocumentError,
    Phase,
    Progress,
    Settings,
    check,
    explain,
    read_plan,
    read_term,
    solve,
    worth,
    write_plan,
)
from solver.patience import Patience

SHOWN_VIOLATIONS = 20
WORTH_SECONDS = 60.0


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit status."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except DocumentError as error:
        print(f"unreadable: {error}", file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m solver", description="Plan a term, check and explain a plan.")
    commands = parser.add_subparsers(dest="command", required=True)
    checking = commands.add_parser("check", help="print the violations and the cost of a plan")
    checking.add_argument("term", type=Path)
    checking.add_argument("plan", type=Path)
    checking.set_defaults(run=_check)
    explaining = commands.add_parser("explain", help="print why a section is where it is, or what would place it")
    explaining.add_argument("term", type=Path)
    explaining.add_argument("plan", type=Path)
    explaining.add_argument("section")
    explaining.set_defaults(run=_explain)
    valuing = commands.add_parser("worth", help="print what single things more would be worth, the best first")
    valuing.add_argument("term", type=Path)
    valuing.add_argument("plan", type=Path)
    valuing.add_argument("--seconds", type=float, default=WORTH_SECONDS, help="when to end by the clock")
    valuing.set_defaults(run=_worth)
    solving = commands.add_parser("solve", help="plan a term, with progress on stderr and a summary on stdout")
    solving.add_argument("term", type=Path)
    solving.add_argument("-o", "--output", type=Path, required=True, metavar="PLAN", help="where to write the plan")
    solving.add_argument("--start", type=Path, metavar="PLAN", help="a plan to begin with")
    solving.add_argument("--seconds", type=float, default=Settings().seconds)
    solving.add_argument("--workers", type=int, default=Settings().workers)
    solving.add_argument("--seed", type=int, default=Settings().seed)
    solving.add_argument("--max-rounds", type=int, default=None)
    solving.add_argument("--bound-share", type=float, default=Settings().bound_share, metavar="PART")
    solving.add_argument("--part-size", type=int, default=Settings().part_size, help="sections planned together")
    solving.add_argument("--executor", metavar="ADDRESS", help="a Dask scheduler, as tcp://host:port")
    solving.set_defaults(run=_solve)
    return parser


def _solve(options: argparse.Namespace) -> int:
    term = read_term(options.term)
    start = read_plan(options.start) if options.start else None
    try:
        result = solve(term, _settings(options), _Narrator(), start=start)
    except ClusterError as error:
        raise DocumentError("executor", str(error)) from error
    if result.plan is not None:
        _write(options.output, write_plan(result.plan))
    summary = msgspec.to_builtins(result)
    del summary["plan"]
    _print_json(summary)
    return 1 if result.plan is None else 0


def _settings(options: argparse.Namespace) -> Settings:
    values = {name: getattr(options, name) for name in Settings.__struct_fields__}
    try:
        return msgspec.convert(values, Settings)
    except msgspec.ValidationError as error:
        raise DocumentError("settings", str(error)) from error


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise DocumentError(str(path), f"cannot be written: {error.strerror}") from error


class _Narrator:
    """Tells the progress of a solve on stderr."""

    def entered(self, phase: Phase, seconds: float) -> None:
        """One line for each phase."""
        print(f"{seconds:7.1f} s  {phase.value}", file=sys.stderr)

    def improved(self, progress: Progress) -> None:
        """One line for each better plan."""
        print(
            f"{progress.seconds:7.1f} s  total {progress.total}  bound {progress.bound}"
            f"  unplaced {progress.unplaced}  {progress.neighbourhood}",
            file=sys.stderr,
        )

    def bounded(self, bound: int, seconds: float) -> None:
        """One line for each better bound."""
        print(f"{seconds:7.1f} s  bound {bound}", file=sys.stderr)


def _check(options: argparse.Namespace) -> int:
    term, plan = read_term(options.term), read_plan(options.plan)
    report = check(term, plan)
    shown = msgspec.to_builtins(report)
    shown["violations"] = [[code, *parameters] for code, parameters in report.violations[:SHOWN_VIOLATIONS]]
    shown["violation_count"] = len(report.violations)
    _print_json(shown)
    return 1 if report.violations else 0


def _explain(options: argparse.Namespace) -> int:
    term, plan = read_term(options.term), read_plan(options.plan)
    if options.section not in term.section:
        raise DocumentError("section", f"the term has no section {options.section!r}")
    _print_json(explain(term, plan, options.section))
    return 0


def _worth(options: argparse.Namespace) -> int:
    term, plan = read_term(options.term), read_plan(options.plan)
    _print_json(worth(term, plan, Patience(options.seconds)))
    return 0


def _print_json(document: object) -> None:
    print(msgspec.json.format(msgspec.json.encode(document), indent=1).decode())


if __name__ == "__main__":
    sys.exit(main())
