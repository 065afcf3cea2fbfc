"""The plan in the making agrees with the plain check: what fits is legal, and the running total is the cost."""

from random import Random

from hypothesis import HealthCheck, given, settings, strategies as st
from msgspec.structs import replace

from solver import Placement, Plan, check
from solver.search.candidate_filter import useful_placements
from solver.search.candidates import Candidates, narrowed
from solver.search.incumbent import Incumbent
from tests.solver.tiny import Case, tiny_case


@settings(max_examples=300, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False))
def test_placing_step_by_step_is_legal_exactly_when_the_check_says_so(random: Random) -> None:
    case = _without_pins(tiny_case(random))
    incumbent = Incumbent(Candidates(case.term))
    placed = Plan({})
    for name, placement in case.plan.placed.items():
        index = incumbent.candidates.section_number[name]
        pair_and_number = incumbent.candidates.find(index, placement)
        wider = Plan({**placed.placed, name: placement})
        legal = not check(case.term, wider).violations
        assert legal == (pair_and_number is not None and incumbent.fits(incumbent.candidate(index, *pair_and_number)))
        if legal and pair_and_number is not None:
            incumbent.place(incumbent.candidate(index, *pair_and_number))
            placed = wider
        assert incumbent.total == check(case.term, placed).total
    assert incumbent.plan().placed == {name: _sorted(p) for name, p in placed.placed.items()}
    _take_out_again(incumbent, case, random)


def _take_out_again(incumbent: Incumbent, case: Case, random: Random) -> None:
    indices = [index for index, candidate in enumerate(incumbent.placements) if candidate is not None]
    random.shuffle(indices)
    for index in indices:
        incumbent.remove(index)
        assert incumbent.total == check(case.term, incumbent.plan()).total


def test_candidates_are_all_placements_that_the_rules_allow_and_no_others() -> None:
    for seed in range(30):
        case = tiny_case(Random(seed))
        candidates = Candidates(case.term)
        for section in candidates.sections:
            choices = narrowed(case.term, section.section)
            listed = [
                candidates.placement(section.index, pair, number)
                for pair in section.pairs
                for number in range(len(section.patterns.series))
                if pair.legal >> number & 1
            ]
            assert len(set(map(repr, listed))) == len(listed)
            assert all(choices.allows(placement) for placement in listed)
            own_placement = case.plan.placed.get(section.section.id)
            if own_placement is not None:
                assert choices.allows(own_placement) == (_sorted(own_placement) in listed)


def test_looking_for_useful_placements_leaves_the_incumbent_as_it_was() -> None:
    case = tiny_case(Random(5))
    incumbent = Incumbent(Candidates(case.term))
    before = incumbent.total, incumbent.encoded()
    assert useful_placements(incumbent, range(len(incumbent.placements)), 10_000) is not None
    assert useful_placements(incumbent, range(len(incumbent.placements)), 0) is None
    assert (incumbent.total, incumbent.encoded()) == before


def _sorted(placement: Placement) -> Placement:
    return replace(placement, meetings=tuple(sorted(placement.meetings)))


def _without_pins(case: Case) -> Case:
    """A plan in the making may leave pinned sections out, which the check reports: take the pins away."""
    sections = tuple(replace(section, pinned=None) for section in case.term.sections)
    return Case(replace(case.term, sections=sections), case.plan)
