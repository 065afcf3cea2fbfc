"""Rooms and teachers that would cost far beyond 32 bits are weighed exactly, whichever part of the cost it is."""

from typing import Any

import pytest

from solver import Settings, Term, check, solve
from solver.problem.term import Community, Weights
from tests.solver.samples import room, section, teacher, term

LARGEST_WEIGHT = 100_000
FAR = (Community("village", 25_000, 0, "street"),)
CROWD: dict[str, Any] = {"learners": {"village": 900}, "max_metres": 100_000}
TERMS: dict[str, Term] = {
    "distance": term(
        weights=Weights(unplaced=LARGEST_WEIGHT, distance=LARGEST_WEIGHT), communities=FAR, rooms=(room(capacity=900),),
        sections=(section(priority=5, **CROWD), section("other", learners={"village": 900}, max_metres=100_000)),
    ),
    "money": term(
        weights=Weights(unplaced=LARGEST_WEIGHT, money=LARGEST_WEIGHT), rooms=(room(fee=60_000, capacity=1000),),
        teachers=(teacher(fee=60_000),), sections=(section(learners={"village": 900}, priority=5),),
    ),
    "lost": term(
        weights=Weights(unplaced=LARGEST_WEIGHT, lost=LARGEST_WEIGHT), rooms=(room(capacity=2000),),
        communities=(Community("village", 0, 0, "street"), Community("far", 90_000, 0, "street")),
        sections=(section(learners={"village": 1000, "far": 999}, priority=5),),
    ),
}


@pytest.mark.parametrize("name", TERMS)
def test_a_plan_is_found_and_its_cost_is_exact(name: str) -> None:
    large = TERMS[name]
    found = solve(large, Settings(seconds=20, workers=1, max_rounds=2))
    assert found.plan is not None
    report = check(large, found.plan)
    assert not report.violations
    total = sum(report.cost.values())
    assert (found.total, found.bound <= total) == (total, True)
