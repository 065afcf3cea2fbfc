"""Each part of the cost on the smallest term that has it, with the optimum derived by hand."""

from typing import Any

import pytest
from msgspec.structs import replace

from solver import Meeting, Plan, Result, Settings, Status, Term, check, solve
from solver.problem.term import Community, Hours, Shared, Venue, Weights, Window
from tests.solver.samples import NINE, TEN, placement, plan, room, section, teacher, term

QUICK = Settings(seconds=1000, workers=1, max_rounds=2)
TUESDAY = (Window(0, 540, 660, 3), Window(1, 540, 600, 1))


def solved(of: Term) -> Result:
    """The proven best plan."""
    result = solve(of, QUICK)
    assert result.status is Status.OPTIMAL
    assert result.total == result.bound == sum(result.cost.values())
    return result


def test_unplaced_counts_priority_times_learners() -> None:
    """Nobody teaches dance: 4 (weight) x 3 (priority) x 10 (learners) = 120."""
    impossible = section(subject="dance", priority=3)
    result = solved(term(sections=(impossible,), weights=Weights(unplaced=4)))
    assert result.cost == {"unplaced": 120, "uncovered": 0}


def test_lost_counts_learners_beyond_reach() -> None:
    """Two of ten live 5001 metres away, one more than they go: 2 x 20 = 40; leaving out would cost 10 x 30."""
    homes = (Community("village", 0, 0), Community("far", 0, 5001))
    of = term(
        communities=homes,
        sections=(section(learners={"village": 8, "far": 2}),),
        weights=Weights(unplaced=30, lost=20),
    )
    assert solved(of).cost["lost"] == 40


def test_distance_counts_person_kilometres_rounded_down() -> None:
    """Seven come from 0 metres and three from 700 + 600 metres: 3900 person-metres are 3; the other hall is farther."""
    homes = (Community("village", 0, 0), Community("hill", 700, 600))
    halls = (Venue("hall", 0, 0), Venue("far hall", -2000, 0))
    of = term(
        communities=homes,
        venues=halls,
        rooms=(room(), room("other", venue="far hall")),
        sections=(section(learners={"village": 7, "hill": 3}),),
        weights=Weights(unplaced=30, distance=2),
    )
    result = solved(of)
    assert result.cost["distance"] == 6
    assert result.plan is not None and result.plan.placed["section"].room == "room"


def test_teacher_distance_counts_kilometres_of_all_sessions() -> None:
    """Two sessions at 1700 metres are 3400 metres: 3; the other teacher would need 2 x 2100 = 4200 metres: 4."""
    of = term(teachers=(teacher(x=1700), teacher("other", y=2100)), weights=Weights(unplaced=30, teacher_distance=1))
    assert solved(of).cost["teacher_distance"] == 3


def test_money_counts_hundreds_of_yuan() -> None:
    """Two sessions at 80 + 40 yuan are 240: 2; the other teacher asks 150: 2 x 190 = 380 yuan would be 3."""
    of = term(
        rooms=(room(fee=40),),
        teachers=(teacher(fee=80), teacher("other", fee=150)),
        weights=Weights(unplaced=30, money=5),
    )
    assert solved(of).cost["money"] == 10


def test_time_counts_the_cheapest_window_for_each_meeting() -> None:
    """Monday costs 3 and Tuesday 1 a learner: once a week on Tuesday, 10; twice a week on both, 40."""
    weights = Weights(unplaced=30, time=1)
    assert solved(term(sections=(section(windows=TUESDAY),), weights=weights)).cost["time"] == 10
    twice = section(windows=TUESDAY, per_week=2)
    assert solved(term(sections=(twice,), weights=weights)).cost["time"] == 40


def pair(**changes: Any) -> Term:
    """Two sections that three people want both, with a room and a teacher for each."""
    return term(
        sections=(section("a"), section("b")),
        rooms=(room(), room("other")),
        teachers=(teacher(), teacher("second")),
        shared=(Shared("a", "b", 3),),
        **changes,
    )


def test_clash_counts_people_who_want_two_sections_at_once() -> None:
    """At nine and at ten nobody clashes; where only nine is left, both sections clash for three: 3 x 20 = 60."""
    weights = Weights(unplaced=30, clash=20)
    assert "clash" not in solved(pair(weights=weights)).cost
    early = replace(pair(weights=weights), rooms=tuple(room(name, open=(Hours(0, 540, 600),)) for name in ("x", "y")))
    assert solved(early).cost["clash"] == 60


def test_overwork_counts_sessions_above_those_wanted() -> None:
    """One teacher gives two sessions in each of two weeks and wants one: 2 x 1 x 4 = 8."""
    of = term(
        sections=(section("a"), section("b")),
        teachers=(teacher(wanted_week=1),),
        weights=Weights(unplaced=30, overwork=4),
    )
    assert solved(of).cost["overwork"] == 8


def test_uncovered_counts_communities_that_nothing_in_reach_serves() -> None:
    """The far community (4 of 10 learners) is beyond reach of the only hall: 1 x 150."""
    of = term(
        communities=(Community("village", 0, 0), Community("far", 0, 9000)),
        sections=(section(learners={"village": 6, "far": 4}),),
        weights=Weights(unplaced=30, uncovered=150),
    )
    assert solved(of).cost["uncovered"] == 150


@pytest.mark.parametrize(
    ("before", "part"),
    [
        (placement(Meeting(2, 540)), "moved_time"),
        (placement(week=2), "moved_time"),
        (placement(room="gone"), "moved_room"),
        (placement(teacher="gone"), "moved_teacher"),
    ],
)
def test_moved_counts_the_learners_of_what_changed(before: Any, part: str) -> None:
    """Ten learners x 7 for the one part of the published placement that can no longer be kept."""
    weights = replace(Weights(unplaced=30), **{part: 7})
    result = solved(term(weights=weights, previous={"section": before}))
    assert result.cost[part] == 70


def test_what_was_published_stays_where_it_can() -> None:
    weights = Weights(unplaced=30, moved_time=1, moved_room=1, moved_teacher=1)
    of = term(
        rooms=(room(), room("other")),
        teachers=(teacher(), teacher("second")),
        previous={"section": placement(TEN, room="other", teacher="second")},
        weights=weights,
    )
    result = solved(of)
    assert result.total == 0
    assert result.plan == Plan({"section": placement(TEN, room="other", teacher="second")}, ())


def test_every_part_is_weighted_in_the_report() -> None:
    of = term(weights=Weights(unplaced=30, time=7), sections=(section(windows=(Window(0, 540, 660, 2),)),))
    assert check(of, plan(section=placement(NINE))).cost["time"] == 7 * 2 * 10
