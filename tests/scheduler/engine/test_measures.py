"""The figures by which plans are set side by side, derived by hand on the smallest terms."""

import pytest

from scheduler.engine.analysis.measures import measures
from solver import Community, Plan, Unit, Venue, Weights
from tests.solver.samples import NINE, TEN, placement, plan, room, section, teacher, term


def test_ways_places_and_money_of_a_small_plan() -> None:
    """The hall is at 0. Village: 10 people, 0 m. Hamlet: 5 people, 1,000 + 100 m, beyond the 15 minutes of 1,050 m.

    Ten people of the village and five of the hamlet are in a, which is held; b, four of the hamlet, is left out. The
    way is 5 x 1,100 m for 15 people. Of two communities the worst tenth is one: the hamlet. Fees: 2 x (30 + 20).
    """
    of = term(
        communities=(Community("village", 0, 0), Community("hamlet", 1000, 100)),
        units=(Unit("city"), Unit("street", "city")),
        rooms=(room(fee=20, capacity=20),), teachers=(teacher(fee=30),),
        sections=(section("a", learners={"village": 10, "hamlet": 5}), section("b", learners={"hamlet": 4})),
        weights=Weights(unplaced=1, money=1),
    )
    result = measures(of, plan(a=placement(NINE)))
    assert (result.sections, result.placed, result.learners, result.learners_placed) == (2, 1, 19, 15)
    assert result.mean_metres == pytest.approx(5500 / 15) and result.worst_metres == 1100
    assert result.near == 10 and result.near_share == pytest.approx(10 / 19)
    assert (result.within_reach, result.uncovered, result.yuan) == (15, 0, 100)
    assert (result.cost["unplaced"], result.cost["money"], result.total, result.broken) == (4, 1, 5, 0)


def test_those_beyond_reach_are_not_served() -> None:
    of = term(
        communities=(Community("village", 0, 0), Community("far", 9000, 0)),
        sections=(section(learners={"village": 6, "far": 4}),),
    )
    result = measures(of, plan(section=placement(NINE)))
    assert (result.learners_placed, result.within_reach, result.uncovered, result.worst_metres) == (10, 6, 1, 9000)


def test_the_worst_tenth_of_eleven_communities_are_two() -> None:
    places = tuple(Community(f"c{number}", 100 * number, 0) for number in range(11))
    of = term(
        communities=places, sections=(section(learners={place.id: 1 for place in places}),), rooms=(room(capacity=11),)
    )
    assert measures(of, plan(section=placement(NINE))).worst_metres == (1000 + 900) / 2


def test_an_empty_plan_has_no_ways_and_a_broken_one_says_so() -> None:
    nothing = measures(term(), Plan({}))
    assert (nothing.placed, nothing.mean_metres, nothing.worst_metres, nothing.near_share) == (0, None, None, 0)
    assert nothing.uncovered == 1
    of = term(venues=(Venue("hall", 0, 0),), rooms=(room(capacity=3),))
    assert measures(of, plan(section=placement(TEN))).broken == 1
    assert measures(term(sections=()), Plan({})).near_share == 0
