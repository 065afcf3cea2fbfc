"""The command line: ``python -m solver check TERM.json PLAN.json`` and ``python -m solver solve TERM.json -o PLAN.json``.

Exit status 0: a plan without violations, 1: some hard rule is broken or cannot be kept, 2: unreadable input.
"""

import argparse
import sys
from pathlib import Path

import msgspec

from solver import DocumentError, check, read_plan, read_term

SHOWN_VIOLATIONS = 20


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit status."""
    parser = argparse.ArgumentParser(prog="python -m solver", description="Plan a term, or check a plan.")
    commands = parser.add_subparsers(dest="command", required=True)
    checking = commands.add_parser("check", help="print the violations and the cost of a plan")
    checking.add_argument("term", type=Path)
    checking.add_argument("plan", type=Path)
    options = parser.parse_args(arguments)
    try:
        return _check(options)
    except DocumentError as error:
        print(f"unreadable: {error}", file=sys.stderr)
        return 2


def _check(options: argparse.Namespace) -> int:
    term, plan = read_term(options.term), read_plan(options.plan)
    report = check(term, plan)
    shown = msgspec.to_builtins(report)
    shown["violations"] = [[code, *parameters] for code, parameters in report.violations[:SHOWN_VIOLATIONS]]
    shown["violation_count"] = len(report.violations)
    _print_json(shown)
    return 1 if report.violations else 0


def _print_json(document: object) -> None:
    print(msgspec.json.format(msgspec.json.encode(document), indent=1).decode())


if __name__ == "__main__":
    sys.exit(main())
