"""Large terms in parts: no rule is broken across a border, nothing is lost, and chance can be repeated."""

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from msgspec.structs import replace

from solver import Phase, Plan, Result, Settings, Status, Term, check, read_plan, read_term, solve
from tests.solver.diary import Diary
from tests.solver.instances import instance
from tests.solver.small_city import small_city

COUNTED = Settings(seconds=10_000, workers=1, max_rounds=1, part_size=30)
QUICK = replace(COUNTED, max_rounds=0)


@pytest.fixture(scope="module")
def towns() -> Term:
    """Four real towns with 71 sections."""
    return read_term(instance("wanzhou-4-towns"))


@pytest.fixture(scope="module")
def made(towns: Term) -> tuple[Diary, Result]:
    """The towns planned in parts, and what was told meanwhile."""
    diary = Diary()
    return diary, solve(towns, COUNTED, diary)


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False), st.integers(1, 8))
def test_no_plan_made_in_parts_breaks_a_rule(random: Random, part_size: int) -> None:
    """Every plan on the way is legal and costs what it says; where the pins forbid any plan, the whole says so too."""
    term = small_city(random)
    diary = Diary()
    result = solve(term, replace(COUNTED, part_size=part_size), diary)
    for progress in diary.improvements:
        report = check(term, progress.plan)
        assert (report.violations, report.total) == ((), progress.total)
    if result.plan is None:
        assert result.status is Status.INFEASIBLE and result.reasons
        assert solve(term, replace(COUNTED, part_size=1000)).status is Status.INFEASIBLE
    else:
        report = check(term, result.plan)
        assert (report.violations, report.total) == ((), result.total)
        assert set(result.reasons) == set(result.plan.unplaced)


def test_parts_lose_little_against_the_whole() -> None:
    """Over random cities together; each is solved nearly to proof as a whole."""
    parts, wholes = 0, 0
    for seed in range(12):
        term = small_city(Random(seed))
        part, undivided = solve(term, replace(COUNTED, part_size=3)), solve(term, replace(COUNTED, part_size=1000))
        parts, wholes = parts + (part.total or 0), wholes + (undivided.total or 0)
    assert wholes <= parts <= 1.1 * wholes


def test_the_same_seed_gives_the_same_plan(towns: Term, made: tuple[Diary, Result]) -> None:
    plan = made[1].plan
    assert solve(towns, COUNTED).plan == plan
    assert solve(towns, replace(COUNTED, seed=2)).plan != plan


def test_progress_is_told_with_plans_that_get_better(towns: Term, made: tuple[Diary, Result]) -> None:
    diary, result = made
    assert diary.phases[:2] == [Phase.PREPARE, Phase.CONSTRUCT] and diary.phases[-2:] == [Phase.IMPROVE, Phase.FINISH]
    totals = [progress.total for progress in diary.improvements]
    assert len(totals) >= 4 and totals == sorted(set(totals), reverse=True) and totals[-1] == result.total
    for progress in diary.improvements:
        report = check(towns, progress.plan)
        assert (report.violations, report.total) == ((), progress.total)
        assert (report.placed, report.unplaced) == (progress.placed, progress.unplaced)


def test_a_search_in_parts_begins_with_what_is_legal_of_a_plan(towns: Term) -> None:
    start = read_plan(instance("wanzhou-4-towns.plan"))
    result = solve(towns, QUICK, start=start)
    assert result.total is not None and result.total <= check(towns, start).total
    first, *others = start.placed
    broken = Plan({**start.placed, first: replace(start.placed[others[0]], week=16), "ghost": start.placed[first]})
    assert (solve(towns, QUICK, start=broken).total or 0) <= 1.02 * result.total


def test_a_stop_returns_the_best_plan_so_far(towns: Term) -> None:
    diary = Diary()
    result = solve(towns, COUNTED, diary, stop=lambda: len(diary.improvements) >= 2)
    assert result.status is Status.STOPPED
    assert result.plan == diary.improvements[-1].plan and result.unplaced > 10
