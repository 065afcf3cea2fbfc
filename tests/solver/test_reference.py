"""Our check against the reference reading of the two documents, wherever that is at hand."""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from msgspec.structs import replace

from solver import Plan, check, read_plan, read_term, write_plan, write_term
from solver.problem.term import Term
from tests.solver.instances import instance
from tests.solver.tiny import tiny_case

REFERENCE = Path(__file__).parents[3] / "shared" / "term" / "check.py"

pytestmark = pytest.mark.skipif(not REFERENCE.exists(), reason="the reference reading is not beside the project")

BATCH = """
import importlib.util, json, sys
spec = importlib.util.spec_from_file_location("reference", sys.argv[1])
reference = importlib.util.module_from_spec(spec)
spec.loader.exec_module(reference)
print(json.dumps([reference.check(term, plan) for term, plan in json.load(sys.stdin)]))
"""


def agrees(cases: list[tuple[Term, Plan]]) -> None:
    """Compare the reports of all cases; every case is read as a document by both sides."""
    documents = [(json.loads(write_term(term)), json.loads(write_plan(plan))) for term, plan in cases]
    run = subprocess.run(  # noqa: S603 - our own interpreter, the reference program
        [sys.executable, "-c", BATCH, str(REFERENCE)],
        input=json.dumps(documents),
        capture_output=True,
        text=True,
        check=True,
    )
    for (term, plan), reference in zip(cases, json.loads(run.stdout), strict=True):
        report = check(term, plan)
        ours = [[violation.code, *violation.parameters] for violation in report.violations]
        assert Counter(map(tuple, ours)) == Counter(map(tuple, reference["violations"]))
        assert report.cost == reference["cost"]
        assert report.total == reference["total"]
        assert (report.placed, report.unplaced) == (reference["placed"], reference["unplaced"])
        assert report.uncovered_communities == reference["uncovered_communities"]


def test_random_small_plans_are_read_alike() -> None:
    """The reference does not know the hours of dates at which rooms and teachers are busy."""
    cases = [tiny_case(Random(seed)) for seed in range(500)]
    agrees([(without_busy_hours(case.term), case.plan) for case in cases])


def without_busy_hours(term: Term) -> Term:
    """The term with rooms and teachers that nobody else needs."""
    rooms = (replace(room, busy=()) for room in term.rooms)
    teachers = (replace(teacher, busy=()) for teacher in term.teachers)
    return replace(term, rooms=tuple(rooms), teachers=tuple(teachers))


@pytest.mark.parametrize("name", ["wanzhou-4-towns", "wanzhou-4-towns-extras"])
def test_shuffled_plans_of_real_towns_are_read_alike(name: str) -> None:
    """Plans that give every section the placement of another one break nearly every rule many times over."""
    term, random = read_term(instance(name)), Random(7)
    plan = read_plan(instance(f"{name}.plan"))
    placements = list(plan.placed.values())
    shuffled = [Plan({key: random.choice(placements) for key in plan.placed}) for _ in range(5)]
    agrees([(term, plan), *((term, other) for other in shuffled)])
