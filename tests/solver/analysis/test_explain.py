"""Explanations: offers really place the section, who is blamed is to blame, alternatives cost what is said."""

from collections import Counter
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from solver import Meeting, Plan, Term, check, explain
from solver.analysis.explain import Cause, Explanation, Offer
from solver.analysis.explain.exchange import by_exchange
from solver.analysis.explain.moves import by_moving
from solver.analysis.explain.remedies import REMEDIES
from solver.analysis.explain.study import Study
from solver.analysis.plan_index import PlanIndex
from solver.analysis.relaxations import (
    AllowTeacher,
    AllowVenue,
    AnyRelaxation,
    AttendOn,
    BeginUntil,
    CloserMeetings,
    DropNeeds,
    ExtendAvailability,
    ExtendReach,
    ExtendTeacherReach,
    FewerLearners,
    FewerSessions,
    MeetAlso,
    OpenRoom,
    OpenRoomOn,
    RaiseBudget,
    RaiseDay,
    RaiseWeek,
    TeachSubject,
    Unpin,
)
from solver.model.rules import RULES
from solver.problem.busy import BusyRoomHours, BusyTeacherHours, Place
from solver.problem.term import Hours, Pin, Unit, Venue, Weights, Window
from tests.solver.samples import MONDAY, NINE, TEN, placement, plan, room, section, teacher, term
from tests.solver.tiny import legal_part, tiny_case

EMPTY = Plan({})


def granted(of: Term, relaxations: tuple[AnyRelaxation, ...]) -> Term:
    for relaxation in relaxations:
        of = relaxation.apply(of)
    return of


def assert_proven(of: Term, at_hand: Plan, name: str, offer: Offer) -> None:
    """The offer's plan is legal where it is granted, places the section, keeps the others placed, and costs as said."""
    relaxed = granted(of, offer.relaxations)
    after = Plan({**at_hand.placed, **offer.placements})
    report = check(relaxed, after)
    assert set(report.violations) <= set(check(of, at_hand).violations)
    assert name in after.placed and set(at_hand.placed) <= set(after.placed)
    assert report.total - check(of, at_hand).total == offer.cost
    assert offer.effort == 0 or offer.relaxations or len(offer.placements) > 1


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"learners": {"village": 11}}, FewerLearners("section", 1)),
        ({"needs": ("piano",)}, DropNeeds("section", ("piano",))),
        ({"venues": ("other",)}, AllowVenue("section", "hall")),
        ({"teachers": ("other",)}, AllowTeacher("section", "teacher")),
        ({"subject": "dance"}, TeachSubject("teacher", "dance")),
        ({"windows": (Window(2, 540, 600, 0),)}, OpenRoom("room", (Hours(2, 540, 600),))),
        ({"windows": (Window(2, 300, 330, 0),)}, MeetAlso("section", (Hours(0, 540, 600),))),
        ({"windows": (Window(0, 630, 690, 0),)}, OpenRoom("room", (Hours(0, 660, 690),))),
        ({"sessions": 3}, FewerSessions("section", 1)),
        ({"pinned": Pin(week=2)}, Unpin("section")),
    ],
)
def test_what_a_section_lacks_is_offered(changes: dict[str, Any], expected: AnyRelaxation) -> None:
    of = term(sections=(section(**changes),))
    assert (expected,) in [offer.relaxations for offer in proven(of, EMPTY, "section").offers]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"rooms": (room(closed=(MONDAY,)),)}, OpenRoomOn("room", (MONDAY,))),
        (
            {"teachers": (teacher(available=(Hours(0, 540, 570),)),)},
            ExtendAvailability("teacher", (Hours(0, 570, 600),)),
        ),
        ({"teachers": (teacher(absent=(MONDAY,)),)}, AttendOn("teacher", (MONDAY,))),
        ({"rooms": (room(busy=(BusyRoomHours((MONDAY,), 540, 660),)),)}, OpenRoomOn("room", (MONDAY,))),
        ({"teachers": (teacher(busy=(BusyTeacherHours((MONDAY,), 570, 630),)),)}, AttendOn("teacher", (MONDAY,))),
        ({"teachers": (teacher(max_week=0),)}, RaiseWeek("teacher", 1)),
        ({"teachers": (teacher(max_day=0),)}, RaiseDay("teacher", 1)),
        ({"teachers": (teacher(x=900, max_metres=500),)}, ExtendTeacherReach("teacher", 400)),
        ({"venues": (Venue("hall", 5400, 0),)}, ExtendReach("section", 400)),
        (
            {"teachers": (teacher(fee=50),), "units": (Unit("city"), Unit("street", "city", budget=70))},
            RaiseBudget("street", 30),
        ),
    ],
)
def test_what_the_network_lacks_is_offered(changes: dict[str, Any], expected: AnyRelaxation) -> None:
    assert proven(term(**changes), EMPTY, "section").offers[0].relaxations == (expected,)


def test_nobody_grants_what_another_term_has() -> None:
    """The spring has the room at nine and at ten, so that only other days help."""
    mornings = BusyRoomHours((MONDAY,), 540, 660, "spring")
    explanation = proven(term(rooms=(room(busy=(mornings,)),)), EMPTY, "section")
    assert explanation.causes == [Cause("room busy", "room", 1, ("room",))]
    assert explanation.offers
    assert not any(isinstance(thing, OpenRoomOn) for offer in explanation.offers for thing in offer.relaxations)


def test_a_teacher_whom_another_term_has_is_told_from_one_who_cannot_come_from_there_in_time() -> None:
    """Until nine in the annex, 21 minutes away from the hall: the annex would do, but its room is closed then."""
    early, rooms = section(windows=(Window(0, 540, 600, 0),)), (room(), room("other", venue="annex", closed=(MONDAY,)))

    def causes(end: int) -> list[Cause]:
        hours = BusyTeacherHours((MONDAY,), 480, end, "spring", Place("annex", 4000, 0))
        venues = (Venue("hall", 0, 0), Venue("annex", 4000, 0))
        of = term(sections=(early,), teachers=(teacher(busy=(hours,)),), venues=venues, rooms=rooms)
        return explain(of, EMPTY, "section").causes

    assert Cause("teacher busy", "teacher", 1, ("teacher",)) in causes(541)
    assert Cause("teacher busy", "couple", 1, ("room", "teacher")) in causes(540)
    assert causes(540 - 21) == []


def proven(of: Term, at_hand: Plan, name: str) -> Explanation:
    """The explanation, with every offer proven."""
    explanation = explain(of, at_hand, name)
    for offer in explanation.offers:
        assert_proven(of, at_hand, name, offer)
    return explanation


def test_a_later_beginning_and_closer_meetings_are_offered() -> None:
    """The teacher is away in the first week; the hall is open on two days in a row."""
    late = section(sessions=1)
    away = term(sections=(late,), teachers=(teacher(absent=(MONDAY,)),))
    assert (BeginUntil("section", 2),) in [offer.relaxations for offer in proven(away, EMPTY, "section").offers]
    windows = (Window(0, 540, 600, 0), Window(1, 540, 600, 0))
    apart = term(sections=(section(per_week=2, day_gap=2, sessions=4, windows=windows),))
    assert (CloserMeetings("section", 1),) in [offer.relaxations for offer in proven(apart, EMPTY, "section").offers]


def test_another_section_makes_way() -> None:
    """The second section can only meet at nine, where the first one is; that one can go to ten."""
    of = term(sections=(section("a"), section("b", windows=(Window(0, 540, 600, 0),))))
    explanation = proven(of, plan(a=placement(NINE)), "b")
    assert explanation.causes[0] == Cause("room overlap", "room", 1, ("room",), ("a",))
    moving = [offer for offer in explanation.offers if not offer.relaxations]
    assert [offer.placements for offer in moving] == [{"a": placement(TEN), "b": placement(NINE)}]


def test_two_sections_change_places_where_one_alone_cannot() -> None:
    """A ring: x wants nine, a could go to ten where b is, and b to eleven; only all at once find their places."""
    hours = (Hours(0, 540, 720),)
    of = term(
        rooms=(room(open=hours),),
        teachers=(teacher("t"),),
        sections=(
            section("a", windows=(Window(0, 540, 660, 0),)),
            section("b", windows=(Window(0, 600, 720, 0),)),
            section("x", windows=(Window(0, 540, 600, 0),)),
        ),
    )
    at_hand = plan(a=placement(NINE, teacher="t"), b=placement(TEN, teacher="t"))
    moving = [offer for offer in proven(of, at_hand, "x").offers if not offer.relaxations]
    assert [set(offer.placements) for offer in moving] == [{"a", "b", "x"}]


def test_a_longer_ring_is_found_all_at_once() -> None:
    """As above, but with one more section to go on, which is more than moving two tells."""
    of = term(
        rooms=(room(open=(Hours(0, 540, 780),)),),
        sections=(
            section("a", windows=(Window(0, 540, 660, 0),)),
            section("b", windows=(Window(0, 600, 720, 0),)),
            section("c", windows=(Window(0, 660, 780, 0),)),
            section("x", windows=(Window(0, 540, 600, 0),)),
        ),
    )
    at_hand = plan(a=placement(NINE), b=placement(TEN), c=placement(Meeting(0, 660)))
    study = Study(PlanIndex(of, at_hand.placed))
    assert by_moving(study, "x") is None
    placements = by_exchange(study, "x")
    assert placements is not None and set(placements) == {"a", "b", "c", "x"}
    assert check(of, Plan({**at_hand.placed, **placements})).violations == ()


def test_a_free_place_is_the_only_offer() -> None:
    explanation = proven(term(), EMPTY, "section")
    assert explanation.causes == [] and [offer.relaxations for offer in explanation.offers] == [()]


def test_a_spent_budget_names_who_spent_it() -> None:
    of = term(
        sections=(section("a"), section("b")),
        teachers=(teacher(fee=30),),
        units=(Unit("city"), Unit("street", "city", budget=70)),
    )
    explanation = proven(of, plan(a=placement(NINE)), "b")
    assert explanation.causes == [Cause("budget", "unit", 1, ("street",), ("a",))]
    assert explanation.offers[0].relaxations == (RaiseBudget("street", 50),)


def test_a_placed_section_is_compared_with_what_it_could_have() -> None:
    """Ten learners who mind nine o'clock by 2 each; ten is taken in this room, but free in the farther one."""
    of = term(
        sections=(
            section("a", windows=(Window(0, 540, 600, 2), Window(0, 600, 660, 0))),
            section("b", subject="dance", windows=(Window(0, 600, 660, 0),)),
        ),
        venues=(Venue("hall", 0, 0), Venue("annex", 3000, 0)),
        rooms=(room(), room("far", venue="annex")),
        teachers=(teacher(), teacher("dancer", subjects=("dance",))),
        weights=Weights(unplaced=9, time=1, distance=1),
    )
    explanation = explain(of, plan(a=placement(NINE), b=placement(TEN, teacher="dancer")), "a")
    assert explanation.cost == {"time": 20}
    violations = {
        (alternative.other, alternative.placement.room, alternative.cost): alternative.violations
        for alternative in explanation.alternatives
    }
    assert violations["room", "far", 30] == () and violations["anything", "far", 10] == ()
    assert [violation.code for violation in violations["hours", "room", -20]] == ["room overlap"] * 2


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(random=st.randoms(use_true_random=False))
def test_every_offer_is_proven_and_every_cause_is_true(random: Random) -> None:
    case = tiny_case(random)
    at_hand = legal_part(case)
    for left_out in case.term.sections:
        if left_out.id not in at_hand.placed:
            explanation = proven(case.term, at_hand, left_out.id)
            assert (explanation.causes == []) == any(
                not offer.relaxations and len(offer.placements) == 1 for offer in explanation.offers
            )
            for cause in explanation.causes:
                assert_true(case.term, at_hand, left_out.id, cause)


def assert_true(of: Term, at_hand: Plan, name: str, cause: Cause) -> None:
    """Without the sections that are blamed, the rule no longer leaves out what it left out because of them."""
    if cause.sections:
        blamed = set(cause.sections)
        rest = Plan({other: placement for other, placement in at_hand.placed.items() if other not in blamed})
        for remaining in explain(of, rest, name).causes:
            if (remaining.code, remaining.kind) == (cause.code, cause.kind):
                assert remaining.count < cause.count and blamed.isdisjoint(remaining.sections)


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(random=st.randoms(use_true_random=False))
def test_alternatives_cost_and_break_what_a_check_says(random: Random) -> None:
    case = tiny_case(random)
    at_hand = legal_part(case)
    before = check(case.term, at_hand)
    for name in at_hand.placed:
        for alternative in explain(case.term, at_hand, name).alternatives:
            after = check(case.term, Plan({**at_hand.placed, name: alternative.placement}))
            assert after.total - before.total == alternative.cost
            assert set(after.violations) - set(before.violations) == set(alternative.violations)


def test_random_terms_reach_every_kind_of_offer() -> None:
    """The property above means something only if the random terms lead to offers of many kinds."""
    kinds: Counter[str] = Counter()
    for seed in range(40):
        case = tiny_case(Random(seed))
        at_hand = legal_part(case)
        for left_out in case.term.sections:
            if left_out.id not in at_hand.placed:
                for offer in explain(case.term, at_hand, left_out.id).offers:
                    kinds.update(type(relaxation).__name__ for relaxation in offer.relaxations)
                    kinds["moves"] += len(offer.placements) > 1
    assert len(kinds) >= 12 and kinds["moves"]


def test_every_rule_has_a_remedy_or_is_known_to_have_none() -> None:
    """Hours of the section and pins are given up by variants; for sections in the way others move."""
    by_variants = {"pin", "day gap", "first week", "section window", "term ends too early", "pinned section unplaced"}
    by_nothing = {"meetings per week", "time grid"}
    by_moving_others = {"room overlap", "teacher overlap or travel"}
    assert {rule.code for rule in RULES} == REMEDIES.keys() | by_variants | by_nothing | by_moving_others
