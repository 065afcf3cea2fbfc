"""Bounds by prices: never above what a plan costs, whatever the prices are, and close to it where prices are sought."""

from collections.abc import Iterator
from random import Random

import numpy as np
import pytest
from msgspec.structs import replace

from solver import Settings, Status, check, read_plan, read_term, solve
from solver.problem.term import Term
from solver.search.candidates import Candidates
from solver.search.lagrangian import relaxation as module
from solver.search.lagrangian.ascent import Ascent
from solver.search.lagrangian.pricing import use
from solver.search.lagrangian.relaxation import LagrangianRelaxation, prepare
from solver.search.lagrangian.timing import Numbers, Strands, Timing
from solver.search.lagrangian.volume import Volume
from solver.search.trivial_bound import lower_bound
from solver.stopping import StoppingCriterion
from tests.solver.instances import instance
from tests.solver.tiny import tiny_case

KNOWN = 7_986
"""What the saved plan of the four towns costs."""


@pytest.fixture(scope="module")
def towns() -> Term:
    """Four real towns with 71 sections."""
    return read_term(instance("wanzhou-4-towns"))


def relaxation_of(term: Term) -> LagrangianRelaxation:
    made = _finished(term)
    assert made is not None
    return made


def _finished(term: Term) -> LagrangianRelaxation | None:
    work = prepare(Candidates(term))
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value


def watch_everything(relaxation: LagrangianRelaxation) -> None:
    watched = set(relaxation.watched.tolist())
    missing = [constraint for constraint in range(relaxation.layout.size) if constraint not in watched]
    relaxation.watch(np.array(missing, np.int64))


def bound_at(relaxation: LagrangianRelaxation, prices: list[float]) -> float:
    whole_prices = relaxation.legal(np.array(prices) * relaxation.scale)
    return relaxation.answer(whole_prices).value / relaxation.scale


@pytest.mark.parametrize("seed", range(40))
def test_no_prices_give_a_bound_above_the_cheapest_plan(seed: int) -> None:
    """The optimum is proven; prices are drawn from nothing to far more than anything costs."""
    random = Random(seed)
    case = tiny_case(random)
    result = solve(case.term, Settings(seconds=1000, workers=1, max_rounds=2))
    relaxation = relaxation_of(case.term)
    watch_everything(relaxation)
    for _ in range(20):
        highest, share = random.choice([1, 10, 1000]), random.random() ** 3
        prices = [random.random() * highest if random.random() < share else 0.0 for _ in relaxation.watched]
        bound = bound_at(relaxation, prices)
        if result.status is Status.OPTIMAL:
            assert result.total is not None and bound <= result.total
    if not check(case.term, case.plan).violations:
        assert bound <= check(case.term, case.plan).total


def test_strands_are_the_sessions_of_their_series(towns: Term) -> None:
    """Four towns and a few random terms, some with days off in the middle of a series or with pauses between weeks."""
    for term in (towns, *(tiny_case(Random(seed)).term for seed in range(30))):
        candidates, strands = Candidates(term), Strands()
        numbers = [strands.patterns(section.patterns) for section in candidates.sections]
        timing, slots = strands.timing([0]), strands.slots()
        for section, patterns in zip(candidates.sections, numbers, strict=True):
            for number, series in enumerate(section.patterns.series, timing.first_series[patterns]):
                assert sorted(_sessions(timing, slots, number)) == sorted(series.sessions)


def _sessions(timing: Timing, slots: Numbers, series: int) -> Iterator[tuple[int, int]]:
    """The days and minutes at which a series meets, as the arrays have it."""
    for strand in timing.strands[timing.first_strand[series] : timing.first_strand[series + 1]]:
        for span in range(timing.first_span[strand], timing.first_span[strand + 1]):
            for week in range(timing.since[span], timing.until[span]):
                yield 7 * week + timing.weekday[strand], slots[timing.slot[strand]]


def test_no_legal_plan_uses_more_than_is_offered() -> None:
    """Pauses after sessions, a teacher's wishes and days off included; most plans use all of something."""
    full = 0
    for seed in range(60):
        term = tiny_case(Random(seed)).term
        plan = solve(term, Settings(seconds=1000, workers=1, max_rounds=1)).plan
        if plan is None:
            continue
        relaxation, candidates = relaxation_of(term), Candidates(term)
        chosen = np.full((len(term.sections), 2), -1)
        for name, placement in plan.placed.items():
            section = candidates.section_number[name]
            pair_and_number = candidates.find(section, placement)
            assert pair_and_number is not None
            chosen[section] = relaxation.offers.first_pair[section] + pair_and_number[0].rank, pair_and_number[1]
        used = np.zeros(relaxation.layout.size, np.int64)
        menus = relaxation.rooms.menus, relaxation.teachers.menus
        use(chosen, 1, relaxation.offers, relaxation.timing, *menus, relaxation.layout, used)
        offered = relaxation.limits.capacity + relaxation.limits.slack
        assert (used <= offered).all()
        full += int((used[: relaxation.layout.budgets] == offered[: relaxation.layout.budgets]).sum() > 0)
    assert full >= 30


def test_prices_that_are_sought_prove_most_optima_of_small_terms() -> None:
    """Only what lies between the linear relaxation and the best plan stays open."""
    proven = 0
    for seed in range(40):
        term = tiny_case(Random(seed)).term
        result = solve(term, Settings(seconds=1000, workers=1, max_rounds=2))
        if result.total is None:
            continue
        volume = Volume(relaxation_of(term))
        for _ in range(150):
            volume.step(result.total)
        assert volume.bound <= result.total
        proven += volume.bound == result.total
    assert proven >= 25


def test_prices_close_most_of_the_gap_of_real_towns(towns: Term) -> None:
    """Every section by itself leaves 8 % open, prices 1.3 %."""
    assert check(towns, read_plan(instance("wanzhou-4-towns.plan"))).total == KNOWN
    alone = lower_bound(Candidates(towns))
    volume = Volume(relaxation_of(towns))
    for _ in range(150):
        volume.step(KNOWN)
    assert alone < 0.93 * KNOWN < 0.97 * KNOWN < volume.bound <= KNOWN


def test_the_bound_rises_piece_by_piece_and_tells_of_it(towns: Term) -> None:
    told: list[int] = []
    ascent = Ascent(Candidates(towns), StoppingCriterion(None), told.append)
    first = ascent.bound
    for _ in range(12):
        ascent.rise(KNOWN, pieces=20)
    assert first < told[0] and told == sorted(set(told))
    assert told[-1] <= ascent.bound <= KNOWN


def test_the_bound_rises_no_more_when_it_is_asked_to_stop(towns: Term) -> None:
    ascent = Ascent(Candidates(towns), StoppingCriterion(None, stop=lambda: True), lambda bound: None)
    first = ascent.bound
    ascent.rise(KNOWN)
    assert ascent.bound == first


def test_a_search_raises_the_bound_unless_it_shall_not(towns: Term) -> None:
    """Rounds are counted; the same rounds give the same bound."""
    counted = Settings(seconds=10_000, workers=1, max_rounds=10)
    raised, repeated = solve(towns, counted), solve(towns, counted)
    simple = solve(towns, replace(counted, bound_share=0.0))
    assert simple.bound == lower_bound(Candidates(towns)) < raised.bound == repeated.bound <= KNOWN


def test_a_bound_that_is_proven_otherwise_is_taken_over(towns: Term) -> None:
    told: list[int] = []
    ascent = Ascent(Candidates(towns), StoppingCriterion(None), told.append)
    ascent.prove(KNOWN)
    ascent.prove(KNOWN - 1)
    assert (ascent.bound, told) == (KNOWN, [KNOWN])


def test_a_term_with_too_many_constraints_keeps_its_simple_bound(monkeypatch: pytest.MonkeyPatch, towns: Term) -> None:
    monkeypatch.setattr(module, "MAX_CONSTRAINTS", 1000)
    assert _finished(towns) is None
    ascent = Ascent(Candidates(towns), StoppingCriterion(None), lambda bound: None)
    first = ascent.bound
    ascent.rise(KNOWN)
    assert ascent.bound == first
