"""The first reason why a section is not placed, on the smallest terms that have it."""

from typing import Any

import pytest

from solver import Plan, Reason, Term, first_reason, precheck
from solver.problem.term import Hours, Travel, Unit, Venue, Weights, Window
from tests.solver.samples import NINE, TEN, placement, plan, room, section, teacher, term

EMPTY = Plan({})


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"learners": {"village": 11}}, Reason("no room", ("capacity", "1"))),
        ({"needs": ("piano",)}, Reason("no room", ("features", "1"))),
        ({"venues": ("other",)}, Reason("no room", ("venue not allowed", "1"))),
        ({"subject": "dance"}, Reason("no teacher", ("subject", "1"))),
        ({"teachers": ("other",)}, Reason("no teacher", ("teacher not allowed", "1"))),
        ({"first_weeks": (3, 4)}, Reason("no week", ("first week",))),
        ({"windows": (Window(0, 540, 590, 0),)}, Reason("no hours", ("section window",))),
        ({"per_week": 2}, Reason("no hours", ("day gap",))),
        ({"sessions": 3}, Reason("term ends too early")),
        ({"windows": (Window(3, 540, 600, 0),)}, Reason("no common hours", ("1", "1"))),
    ],
)
def test_a_section_that_no_plan_can_place(changes: dict[str, Any], reason: Reason) -> None:
    of = term(sections=(section(**changes),))
    assert first_reason(of, EMPTY, "section") == reason
    assert precheck(of) == {"section": reason}


def test_no_room_within_reach_of_the_learners() -> None:
    of = term(venues=(Venue("hall", 0, 5001),))
    assert first_reason(of, EMPTY, "section") == Reason("no room", ("reach", "1"))


def test_no_teacher_within_reach_of_the_rooms() -> None:
    of = term(teachers=(teacher(y=500, max_metres=499),))
    assert first_reason(of, EMPTY, "section") == Reason("teacher reach", ("1", "1"))


def two(**changes: Any) -> Term:
    """Two sections, one of them to be placed."""
    return term(sections=(section("a"), section("b")), **changes)


def test_every_room_is_taken() -> None:
    of = two(rooms=(room(open=(Hours(0, 540, 600),)),), teachers=(teacher(), teacher("second")))
    assert first_reason(of, plan(a=placement(NINE)), "b") == Reason("rooms taken", ("1",))


def test_every_teacher_is_taken() -> None:
    hours = (Hours(0, 540, 600),)
    of = two(rooms=(room(), room("other")), teachers=(teacher(available=hours),))
    assert first_reason(of, plan(a=placement(NINE)), "b") == Reason("teachers taken", ("1",))


def test_every_teacher_has_enough_sessions() -> None:
    of = two(teachers=(teacher(max_week=1),))
    assert first_reason(of, plan(a=placement(NINE)), "b") == Reason("teachers full", ("1",))


def test_room_and_teacher_are_never_free_together() -> None:
    """At nine the only room of the section is taken, at ten its only teacher is."""
    of = term(
        sections=(section("a"), section("b"), section("c", venues=("hall",), teachers=("teacher",))),
        venues=(Venue("hall", 0, 0), Venue("annex", 0, 0)),
        rooms=(room(), room("small", venue="annex")),
        teachers=(teacher(), teacher("second")),
        travel=Travel(250, 0),
    )
    taken = plan(a=placement(NINE, teacher="second"), b=placement(TEN, room="small"))
    assert first_reason(of, taken, "c") == Reason("all taken", ("1",))


def test_the_budget_is_spent() -> None:
    """Both sections cost 2 x 30 yuan, and 70 are there."""
    of = two(teachers=(teacher(fee=30),), units=(Unit("city"), Unit("street", "city", budget=70)))
    assert first_reason(of, plan(a=placement(NINE)), "b") == Reason("budget", ("street", "60", "10"))


def test_placing_would_cost_more_than_leaving_out() -> None:
    """Leaving out costs 1 x 1 x 10, the hour 2 x 3 x 10."""
    of = term(sections=(section(windows=(Window(0, 540, 660, 3),)),), weights=Weights(unplaced=1, time=2))
    assert first_reason(of, EMPTY, "section") == Reason("too costly", ("60", "10"))


def test_a_section_that_was_only_forgotten() -> None:
    assert first_reason(term(), EMPTY, "section") == Reason("could be placed", ("10",))
    assert precheck(term()) == {}


def test_an_unknown_section_is_an_error() -> None:
    with pytest.raises(KeyError):
        first_reason(term(), EMPTY, "ghost")
