"""Sections proposed from demand: rules kept, optima derived by hand, and the same answer as trying everything."""

from collections import Counter
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings, strategies as st

from solver.location import (
    GatheringPlace,
    LocationEffort,
    LocationProblem,
    LocationProposal,
    LocationWeights,
    OpeningLimits,
    WaitingCommunity,
    Why,
    propose_sections,
)
from solver.location.instance import metres
from solver.location.objective import cost_of, steps, unfairness

WEIGHTS = LocationWeights(distance=1, left_out=1000, section=2000, unfair=300)


def line(*people: int, gap: int = 100) -> tuple[WaitingCommunity, ...]:
    """Communities c0, c1 … on a line."""
    return tuple(WaitingCommunity(f"c{number}", number * gap, 0, many) for number, many in enumerate(people))


def taken(proposal: LocationProposal) -> list[dict[str, int]]:
    return [dict(section.taken) for section in proposal.sections]


def test_one_community_fills_one_section_at_the_nearest_place() -> None:
    """Ten people, 50 m to a and 80 m to b: one section at a costs 2000 + 10 × 50 = 2500, nothing less does."""
    places = (GatheringPlace("a", 50, 0), GatheringPlace("b", -80, 0))
    proposal = propose_sections(LocationProblem(line(10), places, 5, 20, 1000, weights=WEIGHTS))
    assert [section.place for section in proposal.sections] == ["a"]
    assert taken(proposal) == [{"c0": 10}]
    assert (proposal.cost.total, proposal.cost.distance, proposal.proven) == (2500, 500, True)
    assert (proposal.sections[0].metres, proposal.sections[0].farthest) == (500, 50)


def test_neighbours_share_a_section_when_each_alone_is_too_few() -> None:
    """Three and four people, at least five in a class: together at the place between them, 7 × 50 m and one section."""
    proposal = propose_sections(
        LocationProblem(line(3, 4), (GatheringPlace("mid", 50, 0),), 5, 20, 1000, weights=WEIGHTS)
    )
    assert taken(proposal) == [{"c1": 4, "c0": 3}]
    assert proposal.cost.total == 2000 + 7 * 50


def test_too_few_people_are_left_out_and_told_so() -> None:
    """Four people and classes of five: 4 × 1000, and 300 + 900 for the third and fourth, who are above half."""
    proposal = propose_sections(LocationProblem(line(4), (GatheringPlace("a", 0, 0),), 5, 20, 1000, weights=WEIGHTS))
    assert not proposal.sections
    assert [(entry.people, entry.why) for entry in proposal.left_out] == [(4, Why.TOO_FEW)]
    assert proposal.cost.total == 4000 + 300 + 900


def test_nobody_goes_beyond_reach_and_who_has_no_place_is_told_so() -> None:
    proposal = propose_sections(
        LocationProblem(line(10, 10, gap=5000), (GatheringPlace("a", 0, 0),), 5, 30, 1000, weights=WEIGHTS)
    )
    assert taken(proposal) == [{"c0": 10}]
    assert [(entry.community, entry.why) for entry in proposal.left_out] == [("c1", Why.NO_PLACE)]


def test_one_section_for_two_communities_serves_both_in_part_rather_than_one_in_full() -> None:
    """Ten and ten people, a class of ten, one section.

    All from one community leave the other out: above half 5 × 300, of which above three quarters 2 × 600 more. Five of
    each leave nobody above half, which is cheapest.
    """
    instance = LocationProblem(
        line(10, 10, gap=0), (GatheringPlace("a", 0, 0),), 5, 10, 1000, OpeningLimits(sections=1), WEIGHTS
    )
    proposal = propose_sections(instance)
    assert proposal.sections[0].size == 10
    assert all(people >= 5 for _community, people in proposal.sections[0].taken)
    assert proposal.cost.unfair == 0
    assert {entry.why for entry in proposal.left_out} == {Why.LIMIT}


def test_money_is_a_limit_of_its_own() -> None:
    """A section costs 600 at a and 500 at b; 1000 yuan pay for two at b alone."""
    places = (GatheringPlace("a", 0, 0, price=600), GatheringPlace("b", 10, 0, price=500))
    instance = LocationProblem(line(30), places, 5, 10, 1000, OpeningLimits(money=1000), WEIGHTS)
    proposal = propose_sections(instance)
    assert [section.place for section in proposal.sections] == ["b", "b"]
    assert [(entry.people, entry.why) for entry in proposal.left_out] == [(10, Why.LIMIT)]


def test_a_full_house_holds_no_more() -> None:
    """Two sections of twelve seats, thirty people: six are left over and a third section has no place."""
    instance = LocationProblem(
        line(30), (GatheringPlace("a", 0, 0, seats=12, most_sections=2),), 5, 20, 1000, weights=WEIGHTS
    )
    proposal = propose_sections(instance)
    assert [section.size for section in proposal.sections] == [12, 12]
    assert [(entry.people, entry.why) for entry in proposal.left_out] == [(6, Why.PLACES_FULL)]


def test_a_section_that_is_not_worth_its_price_is_not_opened() -> None:
    weights = replace(WEIGHTS, section=50_000)
    proposal = propose_sections(LocationProblem(line(10), (GatheringPlace("a", 0, 0),), 5, 20, 1000, weights=weights))
    assert [(entry.people, entry.why) for entry in proposal.left_out] == [(10, Why.NOT_WORTH)]


def test_a_large_crowd_is_divided_into_classes_of_even_size() -> None:
    proposal = propose_sections(
        LocationProblem(line(25, 26), (GatheringPlace("a", 0, 0),), 10, 20, 1000, weights=WEIGHTS)
    )
    assert [section.size for section in proposal.sections] == [17, 17, 17]


@pytest.mark.parametrize(("people", "sizes"), [(0, (0, 0, 0)), (1, (1, 0, 0)), (4, (2, 1, 1)), (10, (5, 3, 2))])
def test_prices_rise_at_half_and_at_three_quarters(people: int, sizes: tuple[int, int, int]) -> None:
    assert steps(people) == sizes
    assert sum(sizes) == people
    assert unfairness(people, sizes[0], WEIGHTS) == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"minimum": 0}, {"minimum": 30}, {"reach": -1}, {"communities": line(1) * 2},
        {"places": (GatheringPlace("a", 0, 0),) * 2},
    ],
)
def test_an_instance_that_contradicts_itself_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"lie between|given twice"):
        replace(LocationProblem(line(5), (GatheringPlace("a", 0, 0),), 5, 20, 1000), **wrong)  # type: ignore[arg-type]


communities = st.lists(
    st.tuples(st.integers(-3000, 3000), st.integers(-3000, 3000), st.integers(0, 30)), min_size=1, max_size=8
).map(lambda placements: tuple(WaitingCommunity(f"c{n}", *candidate) for n, candidate in enumerate(placements)))
places = st.lists(
    st.builds(
        GatheringPlace,
        st.just(""),
        st.integers(-3000, 3000),
        st.integers(-3000, 3000),
        st.integers(0, 40),
        st.integers(0, 3),
        st.integers(0, 500),
    ),
    max_size=5,
).map(lambda places: tuple(replace(place, id=f"p{number}") for number, place in enumerate(places)))
instances = st.builds(
    LocationProblem, communities, places, st.integers(1, 8), st.integers(8, 25), st.integers(0, 4000),
    st.builds(OpeningLimits, st.none() | st.integers(0, 4), st.none() | st.integers(0, 1500)),
    st.just(WEIGHTS),
)


@settings(max_examples=60, deadline=None)
@given(instances, st.sampled_from([45, 3]))
def test_sizes_reach_places_and_limits_are_kept_and_nobody_is_counted_twice(
    instance: LocationProblem, window: int
) -> None:
    proposal = propose_sections(instance, LocationEffort(largest_window=window))
    communities, rooms = {each.id: each for each in instance.communities}, {each.id: each for each in instance.places}
    served: Counter[str] = Counter()
    for section in proposal.sections:
        place = rooms[section.place]
        assert instance.minimum <= section.size <= min(instance.maximum, place.seats)
        ways = {name: metres(communities[name], place) for name, _people in section.taken}
        assert max(ways.values()) == section.farthest <= instance.reach
        assert section.metres == sum(ways[name] * people for name, people in section.taken)
        assert len(ways) == len(section.taken) and all(people > 0 for _name, people in section.taken)
        served.update(dict(section.taken))
    left = Counter({entry.community: entry.people for entry in proposal.left_out})
    waiting = {community.id: community.people for community in instance.communities}
    assert {name: served[name] + left[name] for name in communities} == waiting
    opened = Counter(section.place for section in proposal.sections)
    assert all(opened[place.id] <= place.most_sections for place in instance.places)
    limits = instance.limits
    assert limits.sections is None or len(proposal.sections) <= limits.sections
    assert limits.money is None or sum(rooms[place].price * count for place, count in opened.items()) <= limits.money


@settings(max_examples=20, deadline=None)
@given(instances)
def test_the_same_question_has_the_same_answer(instance: LocationProblem) -> None:
    assert propose_sections(instance) == propose_sections(instance)


tiny = st.builds(
    LocationProblem,
    st.lists(st.tuples(st.integers(-9, 9), st.just(0), st.integers(0, 3)), min_size=1, max_size=3).map(
        lambda placements: tuple(
            WaitingCommunity(f"c{number}", *candidate) for number, candidate in enumerate(placements)
        )
    ),
    st.lists(st.tuples(st.integers(-9, 9), st.integers(1, 4), st.integers(1, 2)), min_size=1, max_size=2).map(
        lambda placements: tuple(
            GatheringPlace(f"p{n}", x, 0, seats, most, 1) for n, (x, seats, most) in enumerate(placements)
        )
    ),
    st.integers(1, 2),
    st.integers(2, 4),
    st.integers(0, 20),
    st.builds(OpeningLimits, st.none() | st.integers(0, 2), st.none() | st.integers(0, 2)),
    st.builds(LocationWeights, st.integers(0, 3), st.integers(0, 30), st.integers(0, 60), st.integers(0, 20)),
)


def cheapest(instance: LocationProblem) -> int:
    """The least cost of all ways to send people and to open sections."""
    ways = instance.ways()
    people = {each.id: each.people for each in instance.communities}
    best = cost_of(instance, ways, {}, {}).total
    for counts in product(*(range(place.most_sections + 1) for place in instance.places)):
        limits = instance.limits
        total = sum(counts)  # each costs one yuan
        if (limits.sections is not None and total > limits.sections) or (
            limits.money is not None and total > limits.money
        ):
            continue
        for sent in product(*(range(people[community] + 1) for community, _place in ways)):
            flows = {way: number for way, number in zip(ways, sent, strict=True) if number}
            if _fits(instance, people, flows, counts):
                opened = {place.id: count for place, count in zip(instance.places, counts, strict=True)}
                best = min(best, cost_of(instance, ways, flows, opened).total)
    return best


def _fits(
    instance: LocationProblem, people: dict[str, int], flows: dict[tuple[str, str], int], counts: tuple[int, ...]
) -> bool:
    leaving: Counter[str] = Counter()
    load: Counter[str] = Counter()
    for (community, place), number in flows.items():
        leaving[community] += number
        load[place] += number
    return all(leaving[name] <= people[name] for name in leaving) and all(
        instance.minimum * count <= load[place.id] <= instance.largest(place) * count
        for place, count in zip(instance.places, counts, strict=True)
    )


@settings(max_examples=40, deadline=None)
@given(tiny)
def test_nothing_is_cheaper_than_what_is_proposed(instance: LocationProblem) -> None:
    proposal = propose_sections(instance)
    assert proposal.proven
    assert proposal.cost.total == cheapest(instance)
