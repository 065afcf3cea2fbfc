"""Saved terms of real towns: plans stay legal, and bounds and totals found at different times never cross."""

import pytest

from solver import Settings, Status, check, read_plan, read_term, solve
from solver.search.candidates import Candidates
from solver.search.trivial_bound import lower_bound
from tests.solver.instances import instance

SHORT = Settings(seconds=10_000, workers=1, max_rounds=6)
BEST_KNOWN = {
    "fenghua": 49_256,
    "wanzhou-4-towns": 7_986,
    "wanzhou-4-towns-extras": 7_987,
    "wanzhou-4-towns-disturbed": 21_754,
}


@pytest.mark.parametrize("name", BEST_KNOWN)
def test_a_short_search_ends_between_the_bound_and_a_fair_total(name: str) -> None:
    """No total lies below a bound, whichever is older; a short search ends within a quarter of the best total known."""
    term = read_term(instance(name))
    result = solve(term, SHORT)
    assert result.status in (Status.FEASIBLE, Status.OPTIMAL)
    assert result.plan is not None and result.total is not None
    report = check(term, result.plan)
    assert report.violations == ()
    assert (report.total, report.cost) == (result.total, result.cost)
    assert result.bound <= BEST_KNOWN[name]
    assert result.total <= BEST_KNOWN[name] * 5 / 4


@pytest.mark.parametrize("name", [name for name in BEST_KNOWN if name != "fenghua"])
def test_the_bound_stays_below_the_saved_plans(name: str) -> None:
    term = read_term(instance(name))
    report = check(term, read_plan(instance(f"{name}.plan")))
    assert report.violations == ()
    assert report.total == BEST_KNOWN[name]
    assert lower_bound(Candidates(term)) <= report.total
