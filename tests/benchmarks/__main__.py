"""Plans terms in several ways side by side and writes docs/benchmarks.md with tables and curves of cost over time."""

import argparse
import gzip
import shlex
import sys
from pathlib import Path

import msgspec

from tests.benchmarks.contenders import CONTENDERS, Effort
from tests.benchmarks.measured import measure
from tests.benchmarks.page import Trial, write
from tests.solver.instances import instance

SAVED = ("wanzhou-4-towns", "fenghua", "wanzhou")
LARGEST_PLAIN = 2_000
"""Sections above which the plain model is not tried: it would need more memory than there is."""


class _Size(msgspec.Struct):
    """What of a term document is needed to count its sections."""

    sections: list[msgspec.Raw]


def documents(names: list[str]) -> dict[str, bytes]:
    """Term documents by name: saved ones, or files (compressed ones end with .gz)."""
    found = {}
    for name in names:
        file = Path(name)
        if name in SAVED:
            found[name] = instance(name)
        else:
            content = file.read_bytes()
            found[file.name.split(".")[0]] = gzip.decompress(content) if file.suffix == ".gz" else content
    return found


def trial(name: str, document: bytes, effort: Effort, contenders: list[str]) -> Trial:
    """Let the contenders plan one term, one after the other."""
    sections = len(msgspec.json.decode(document, type=_Size).sections)
    results = {}
    for contender in contenders:
        if contender == "plain model" and sections > LARGEST_PLAIN:
            continue
        results[contender] = measure(contender, document, effort)
        outcome = results[contender].outcome
        print(f"{name}: {contender} {outcome.total} placed {outcome.placed} of {sections}", flush=True)
    return Trial(name, sections, effort, results)


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("terms", nargs="*", default=SAVED, help=f"files or {', '.join(SAVED)}: all of these if none")
    parser.add_argument("--seconds", type=float, default=120.0, help="for each contender and term")
    parser.add_argument("--workers", type=int, default=2, help="processes or threads that search")
    parser.add_argument("--only", choices=CONTENDERS, action="append", help="leave the other contenders out")
    options = parser.parse_args()
    effort = Effort(options.seconds, options.workers)
    chosen = [name for name in CONTENDERS if name in (options.only or CONTENDERS) or name == "planner"]
    trials = [trial(name, document, effort, chosen) for name, document in documents(list(options.terms)).items()]
    write(trials, shlex.join(["python", "-m", "tests.benchmarks", *sys.argv[1:]]))


if __name__ == "__main__":
    main()
