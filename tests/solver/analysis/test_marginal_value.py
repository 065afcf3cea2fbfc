"""What one thing more is worth: derived by hand on small terms, and confirmed by a check on a real one."""

from functools import cache
from itertools import pairwise

import pytest

from solver import MarginalGain, Plan, Term, Trials, check, marginal_values, read_plan, read_term
from solver.analysis.relaxations import (
    AnyRelaxation,
    ExtendAvailability,
    OpenRoom,
    RaiseBudget,
    RaiseWeek,
    TeachSubject,
)
from solver.problem.term import Community, Hours, Unit, Venue, Weights, Window
from solver.stopping import StoppingCriterion
from tests.solver.instances import instance
from tests.solver.samples import NINE, TEN, placement, plan, room, section, teacher, term


def things(of: Term, at_hand: Plan) -> dict[AnyRelaxation, MarginalGain]:
    return {gain.thing: gain for gain in marginal_values(of, at_hand)}


def test_what_places_a_section_is_worth_what_leaving_it_out_costs() -> None:
    """Leaving out costs 1 x 1 x 10. A small room is free at nine, but the only one who sings is in the hall then."""
    of = term(
        sections=(section("a"), section("b"), section("c")),
        teachers=(teacher(max_week=2), teacher("other", subjects=("dance",))),
        rooms=(room(), room("small", open=(Hours(0, 540, 600),))),
    )
    gains = things(of, plan(a=placement(NINE), b=placement(TEN)))
    best = gains[TeachSubject("other", "choir")]
    assert (best.gain, best.places, best.proven) == (10, ("c",), True)


@pytest.mark.parametrize(
    ("of", "thing"),
    [
        (term(rooms=(room(open=(Hours(0, 480, 570),)),)), OpenRoom("room", (Hours(0, 570, 630),))),
        (
            term(rooms=(room(open=(Hours(0, 630, 700),)),), sections=(section(windows=(Window(0, 570, 660, 0),)),)),
            OpenRoom("room", (Hours(0, 570, 630),)),
        ),
        (
            term(teachers=(teacher(available=(Hours(0, 480, 570),)),)),
            ExtendAvailability("teacher", (Hours(0, 570, 630),)),
        ),
        (term(teachers=(teacher(max_week=0),)), RaiseWeek("teacher", 1)),
        (
            term(teachers=(teacher(fee=50),), units=(Unit("city"), Unit("street", "city", budget=70))),
            RaiseBudget("street", 1000),
        ),
    ],
)
def test_whole_hours_and_round_sums_are_tried(of: Term, thing: AnyRelaxation) -> None:
    gain = things(of, Plan({}))[thing]
    assert (gain.gain, gain.places, gain.proven) == (10, ("section",), True)
    assert check(thing.apply(of), Plan(gain.placements)).violations == ()


def test_what_could_be_had_without_the_thing_does_not_count_as_its_worth() -> None:
    """The section costs 30 in the annex; it could move to the hall for nothing, so that no grant is worth anything."""
    of = term(
        venues=(Venue("hall", 0, 0), Venue("annex", 3000, 0)),
        rooms=(room(), room("far", venue="annex"), room("closed", open=())),
        weights=Weights(unplaced=9, distance=1),
    )
    assert marginal_values(of, plan(section=placement(NINE, room="far"))) == []


def test_a_place_that_is_left_counts_too() -> None:
    """With the annex open at nine, a is held where its learners live and saves 30; b, worth 9 x 10, takes its place."""
    at_nine = (Hours(0, 540, 600),)
    of = term(
        communities=(Community("village", 0, 0), Community("hamlet", 3000, 0)),
        venues=(Venue("hall", 0, 0), Venue("annex", 3000, 0)),
        rooms=(room(open=at_nine), room("near", venue="annex", open=(Hours(0, 600, 660),))),
        teachers=(teacher(), teacher("second")),
        sections=(
            section("a", learners={"hamlet": 10}, windows=(Window(0, 540, 600, 0),)),
            section("b", max_metres=2000, windows=(Window(0, 540, 600, 0),)),
        ),
        weights=Weights(unplaced=9, distance=1),
    )
    gain = things(of, plan(a=placement(NINE)))[OpenRoom("near", at_nine)]
    assert (gain.gain, gain.places, set(gain.placements)) == (120, ("b",), {"a", "b"})


@cache
def towns() -> tuple[Term, Plan]:
    """Four real towns and a good plan without a few sections."""
    of, at_hand = read_term(instance("wanzhou-4-towns")), read_plan(instance("wanzhou-4-towns.plan"))
    return of, Plan(dict(list(at_hand.placed.items())[4:]))


def test_every_gain_is_confirmed_by_a_check() -> None:
    of, at_hand = towns()
    before = check(of, at_hand)
    gains = marginal_values(of, at_hand, asked=20, tried=6)
    assert gains and [gain.gain for gain in gains] == sorted((gain.gain for gain in gains), reverse=True)
    for gain in gains:
        after = check(gain.thing.apply(of), Plan({**at_hand.placed, **gain.placements}))
        assert set(after.violations) <= set(before.violations)
        assert before.total - after.total >= gain.gain > 0
        assert set(gain.places) <= set(gain.placements) - set(at_hand.placed)
    assert marginal_values(of, at_hand, asked=20, tried=6) == gains


def test_each_trial_is_told_with_what_was_found_until_then() -> None:
    of, at_hand = towns()
    told: list[Trials] = []
    gains = marginal_values(of, at_hand, asked=20, tried=3, heard=told.append)
    assert [trials.tried for trials in told] == list(range(told[0].of + 1)) and told[0].gains == []
    assert told[-1].gains == gains
    for earlier, later in pairwise(told):
        assert {repr(gain) for gain in earlier.gains} <= {repr(gain) for gain in later.gains}


def test_without_patience_left_nothing_is_tried() -> None:
    of, at_hand = towns()
    assert marginal_values(of, at_hand, StoppingCriterion(1e-9)) == []
