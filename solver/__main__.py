"""The command line: ``python -m solver COMMAND …``.

- ``solve TERM.json -o PLAN.json`` plans a term, or with ``--start PLAN.json`` and ``--only s1,s2``, ``--unit CODE`` or
  ``--only-unplaced`` nothing but these sections, while all others stay where the plan has them;
- ``check TERM.json PLAN.json`` prints the violations and the cost of a plan;
- ``explain TERM.json PLAN.json SECTION`` prints why a section is not placed and what would place it, or why it is here;
- ``repair TERM.json -o PLAN.json`` changes as little as possible of the term's previous plan;
- ``compare TERM.json OLD.json NEW.json`` prints what differs between two plans and whom it touches;
- ``worth TERM.json PLAN.json`` prints which single thing more would help a plan most.

Exit status 0: a plan without violations, 1: some hard rule is broken or cannot be kept, 2: unreadable input.
"""

import argparse
import csv
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from solver import (
    BrokenError,
    ClusterError,
    DocumentError,
    Phase,
    Plan,
    Progress,
    Result,
    Settings,
    Term,
    check,
    compare,
    explain,
    marginal_values,
    read_plan,
    read_term,
    repair,
    solve,
    write_plan,
)
from solver.stopping import StoppingCriterion

MAX_VIOLATIONS_SHOWN = 20
REPAIR_SECONDS = 7.0
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
    parser = argparse.ArgumentParser(prog="python -m solver", description="Plan a term, repair or explain a plan.")
    commands = parser.add_subparsers(dest="command", required=True)
    solving = _command(commands, "solve", _solve, "plan a term, with progress on stderr and a summary on stdout")
    solving.add_argument("--start", type=Path, metavar="PLAN", help="a plan to begin with")
    choice = solving.add_mutually_exclusive_group()
    choice.add_argument(
        "--only", metavar="SECTIONS", action="append",
        help='plan only these, such as s1,s2; the others stay; an id with a comma is written "a,b"',
    )
    choice.add_argument("--unit", metavar="CODE", help="plan only the sections of a unit and of those below it")
    choice.add_argument("--only-unplaced", action="store_true", help="plan only what has no place in the start")
    _add_search(solving, Settings().seconds)
    solving.add_argument("--bound-share", type=float, default=Settings().bound_share, metavar="PART")
    solving.add_argument("--part-size", type=int, default=Settings().part_size, help="sections planned together")
    solving.add_argument("--executor", metavar="ADDRESS", help="a Dask scheduler, as tcp://host:port")
    repairing = _command(commands, "repair", _repair, "change as little as possible of the term's previous plan")
    _add_search(repairing, REPAIR_SECONDS)
    _command(commands, "check", _check, "print the violations and the cost of a plan", "plan")
    _command(commands, "compare", _compare, "print what differs between two plans and whom it touches", "old", "new")
    explaining = _command(commands, "explain", _explain, "print why a section is here, or what would place it", "plan")
    explaining.add_argument("section")
    valuing = _command(commands, "worth", _worth, "print what single things more would be worth, best first", "plan")
    valuing.add_argument("--seconds", type=float, default=WORTH_SECONDS, help="when to end by the clock")
    return parser


def _command(
    commands: Any, name: str, run: Callable[[argparse.Namespace], int], help_text: str, *plans: str
) -> argparse.ArgumentParser:
    """A command that reads a term and some plans."""
    parser: argparse.ArgumentParser = commands.add_parser(name, help=help_text)
    for document in ("term", *plans):
        parser.add_argument(document, type=Path)
    parser.set_defaults(run=run)
    return parser


def _add_search(parser: argparse.ArgumentParser, seconds: float) -> None:
    """The options of a command that searches and writes a plan."""
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="PLAN", help="where to write the plan")
    parser.add_argument("--seconds", type=float, default=seconds)
    parser.add_argument("--workers", type=int, default=Settings().workers)
    parser.add_argument("--seed", type=int, default=Settings().seed)
    parser.add_argument("--max-rounds", type=int, default=None)


def _solve(options: argparse.Namespace) -> int:
    term = read_term(options.term)
    start = read_plan(options.start) if options.start else None
    try:
        result = solve(term, _settings(options), _Narrator(), start=start, only=_chosen(options, term, start))
    except ClusterError as error:
        raise DocumentError("executor", str(error)) from error
    except BrokenError as error:
        _print_json(error.broken)
        return 1
    return _answer(term, result, options.output)


def _chosen(options: argparse.Namespace, term: Term, start: Plan | None) -> set[str] | None:
    """The sections that are to be planned; None stands for all."""
    if options.only is None and options.unit is None and not options.only_unplaced:
        return None
    if start is None:
        raise DocumentError("start", "a plan in which the other sections stay is needed")
    if options.only_unplaced:
        return term.section.keys() - start.placed.keys()
    if options.unit is not None:
        if options.unit not in term.unit:
            raise DocumentError("unit", f"the term has no unit {options.unit!r}")
        return {section.id for section in term.sections if options.unit in term.payers(section)}
    chosen = {name for text in options.only for name in ([text] if text in term.section else _listed(text))}
    for name in sorted(chosen - term.section.keys()):
        raise DocumentError("only", f"the term has no section {name!r}")
    return chosen


def _listed(text: str) -> list[str]:
    """The ids of a list separated by commas; one with a comma stands in quotation marks, as in CSV."""
    return next(csv.reader([text], skipinitialspace=True), [])


def _repair(options: argparse.Namespace) -> int:
    term = read_term(options.term)
    return _answer(term, repair(term, _settings(options), _Narrator()), options.output)


def _answer(term: Term, result: Result, output: Path) -> int:
    """Write the plan, and print the rest with what changed since the term's previous plan."""
    summary = msgspec.to_builtins(result)
    del summary["plan"]
    if result.plan is not None:
        _write(output, write_plan(result.plan))
        if term.previous:
            summary["changed"] = msgspec.to_builtins(compare(term, Plan(term.previous), result.plan))
    _print_json(summary)
    return 1 if result.plan is None else 0


def _settings(options: argparse.Namespace) -> Settings:
    values = {name: getattr(options, name) for name in Settings.__struct_fields__ if hasattr(options, name)}
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
    shown["violations"] = [[code, *parameters] for code, parameters in report.violations[:MAX_VIOLATIONS_SHOWN]]
    shown["violation_count"] = len(report.violations)
    _print_json(shown)
    return 1 if report.violations else 0


def _compare(options: argparse.Namespace) -> int:
    term, old, new = read_term(options.term), read_plan(options.old), read_plan(options.new)
    _print_json(compare(term, old, new))
    return 0


def _explain(options: argparse.Namespace) -> int:
    term, plan = read_term(options.term), read_plan(options.plan)
    if options.section not in term.section:
        raise DocumentError("section", f"the term has no section {options.section!r}")
    _print_json(explain(term, plan, options.section))
    return 0


def _worth(options: argparse.Namespace) -> int:
    term, plan = read_term(options.term), read_plan(options.plan)
    _print_json(marginal_values(term, plan, StoppingCriterion(options.seconds)))
    return 0


def _print_json(document: object) -> None:
    print(msgspec.json.format(msgspec.json.encode(document), indent=1).decode())


if __name__ == "__main__":
    sys.exit(main())
