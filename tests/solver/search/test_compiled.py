"""The compiled search agrees with the incumbent and with the plain check: same total, no violation, nothing missed."""

from multiprocessing import active_children
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from solver import Progress, Settings, check, read_plan, read_term, solve
from solver.search.candidates import Candidates
from solver.search.compiled.walker import Walker
from solver.search.construct import adopt, insert_all
from solver.search.incumbent import Incumbent
from solver.search.insertion import Insertion
from solver.stopping import StoppingCriterion
from tests.solver.diary import Diary
from tests.solver.instances import instance
from tests.solver.tiny import tiny_case

FOREVER = StoppingCriterion(None)


class Killer(Diary):
    """Kills all workers at the first better plan they find."""

    killed = 0

    def improved(self, progress: Progress) -> None:
        super().improved(progress)
        if len(self.improvements) == 2:
            for child in active_children():
                child.kill()
                child.join()
                self.killed += 1


def incumbent_of(random: Random) -> Incumbent:
    """A random small term with what its random plan places legally."""
    case = tiny_case(random)
    incumbent = Incumbent(Candidates(case.term))
    adopt(incumbent, case.plan)
    return incumbent


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False))
def test_the_walk_keeps_all_rules_and_knows_the_cost(random: Random) -> None:
    incumbent = incumbent_of(random)
    term = incumbent.candidates.term
    walker = Walker.of(incumbent.candidates)
    walker.restore(incumbent.encoded())
    assert (walker.plan(), walker.total) == (incumbent.encoded(), incumbent.total)
    pinned = [
        index
        for index, candidate in enumerate(incumbent.placements)
        if candidate is not None and term.sections[index].pinned
    ]
    for temperature in (50.0, 5.0, 0.0):
        before = walker.total
        walker.go(range(len(term.sections)), temperature, 20, FOREVER, random.getrandbits(32))
        assert temperature or walker.total <= before
        incumbent.restore(walker.plan())
        report = check(term, incumbent.plan())
        assert {violation.code for violation in report.violations} <= {"pinned section unplaced"}
        assert report.total == walker.total
        assert all(incumbent.placements[index] is not None for index in pinned)


def test_a_section_alone_goes_where_it_adds_least() -> None:
    placed = left_out = 0
    for seed in range(150):
        random = Random(seed)
        incumbent = incumbent_of(random)
        free = [index for index, section in enumerate(incumbent.candidates.term.sections) if not section.pinned]
        index = random.choice(free)
        if incumbent.placements[index] is not None:
            incumbent.remove(index)
        walker = Walker.of(incumbent.candidates)
        walker.restore(incumbent.encoded())
        walker.go([index], 0.0, 40, FOREVER, seed)
        candidate = Insertion(incumbent, index).best(limit=0)
        assert walker.total == incumbent.total + (incumbent.added_cost(candidate) if candidate is not None else 0)
        assert (walker.plan()[index] is None) == (candidate is None)
        placed, left_out = placed + (candidate is not None), left_out + (candidate is None)
    assert placed > 20 and left_out > 20


@pytest.mark.parametrize("name", ["wanzhou-4-towns-extras", "wanzhou-4-towns-disturbed"])
def test_a_real_plan_stays_legal_and_its_cost_exact(name: str) -> None:
    term = read_term(instance(name))
    incumbent = Incumbent(Candidates(term))
    adopt(incumbent, read_plan(instance(f"{name}.plan")))
    walker = Walker.of(incumbent.candidates)
    walker.restore(incumbent.encoded())
    for temperature in (400.0, 40.0, 4.0):
        walker.go(range(len(term.sections)), temperature, 500, FOREVER, 7)
        incumbent.restore(walker.plan())
        report = check(term, incumbent.plan())
        assert (report.violations, report.total) == ((), walker.total)


def test_only_own_sections_are_touched_and_chance_repeats_itself() -> None:
    candidates = Candidates(read_term(instance("wanzhou-4-towns")))
    incumbent = Incumbent(candidates)
    insert_all(incumbent, range(len(incumbent.placements)), FOREVER)
    start, own = incumbent.encoded(), range(0, len(incumbent.placements), 2)
    walker, other = Walker.of(candidates), Walker.of(candidates)
    for any_walker in (walker, other):
        any_walker.restore(start)
        assert any_walker.go(own, 20.0, 300, FOREVER, 5)
    moved = {index for index, (new, old) in enumerate(zip(walker.plan(), start, strict=True)) if new != old}
    assert moved and moved <= set(own)
    assert walker.plan() == other.plan()


def test_a_worker_that_is_killed_does_not_end_the_search() -> None:
    term, killer = read_term(instance("wanzhou-4-towns")), Killer()
    result = solve(term, Settings(seconds=10_000, workers=2, max_rounds=4), killer)
    assert killer.killed == 2
    assert result.plan is not None and check(term, result.plan).violations == ()
