"""Each hard rule on the smallest term that can break it."""

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from solver import Meeting, Plan, Term, check
from solver.problem.busy import BusyRoomHours, BusyTeacherHours, Place
from solver.problem.term import Calendar, Community, Hours, Pin, Unit, Venue, Window
from tests.solver.samples import MONDAY, NINE, TEN, placement, plan, room, section, teacher, term

TUESDAY_AT_NINE = Meeting(1, 540)
EVERY_MORNING = tuple(Window(weekday, 540, 660, 0) for weekday in range(3))
TWICE = {"per_week": 2, "windows": EVERY_MORNING}


def codes(of: Term, answer: Plan) -> list[tuple[str, ...]]:
    """The violations of a plan as plain tuples."""
    return [(code, *parameters) for code, parameters in check(of, answer).violations]


def test_the_smallest_plan_keeps_every_rule() -> None:
    assert codes(term(), plan(section=placement())) == []


@pytest.mark.parametrize(
    ("changes", "placed", "broken"),
    [
        ({"pinned": Pin(week=2)}, {}, ("pin", "section", "week")),
        ({"pinned": Pin(meetings=(TEN,))}, {}, ("pin", "section", "meetings")),
        ({"pinned": Pin(room="other")}, {}, ("pin", "section", "room")),
        ({"pinned": Pin(teacher="other")}, {}, ("pin", "section", "teacher")),
        (TWICE, {}, ("meetings per week", "section")),
        (TWICE | {"day_gap": 2}, {"meetings": (NINE, TUESDAY_AT_NINE)}, ("day gap", "section")),
        ({"first_weeks": (2, 2), "sessions": 1}, {}, ("first week", "section")),
        ({"windows": EVERY_MORNING}, {"meetings": (Meeting(0, 555),)}, ("time grid", "section")),
        ({"windows": (Window(0, 600, 660, 0),)}, {}, ("section window", "section", "0", "540")),
        ({"learners": {"village": 11}}, {}, ("capacity", "section", "room")),
        ({"needs": ("piano",)}, {}, ("features", "section", "room")),
        ({"venues": ("other",)}, {}, ("venue not allowed", "section", "hall")),
        ({"teachers": ("other",)}, {}, ("teacher not allowed", "section", "teacher")),
        ({"subject": "dance"}, {}, ("subject", "section", "teacher")),
        ({"learners": {"village": 2, "far": 3}}, {}, ("reach", "section")),
        ({"sessions": 3}, {}, ("term ends too early", "section")),
        ({"every": 2}, {}, ("term ends too early", "section")),
    ],
)
def test_a_section_by_itself_breaks_a_rule(
    changes: dict[str, Any], placed: dict[str, Any], broken: tuple[str, ...]
) -> None:
    own = section(**changes)
    communities = (Community("village", 0, 0), Community("far", 0, 6000))
    assert codes(term(sections=(own,), communities=communities), plan(section=placement(**placed))) == [broken]


def test_half_of_the_learners_in_reach_are_enough() -> None:
    communities = (Community("village", 0, 0), Community("far", 0, 5001))
    own = section(learners={"village": 3, "far": 3})
    assert codes(term(sections=(own,), communities=communities), plan(section=placement())) == []


def test_meetings_lie_inside_one_opening_of_the_room() -> None:
    halves = (Hours(0, 540, 570), Hours(0, 570, 660))
    assert codes(term(rooms=(room(open=halves),)), plan(section=placement())) == [
        ("room open", "section", "room", "0", "540")
    ]


def test_teachers_teach_while_they_are_available() -> None:
    assert codes(term(teachers=(teacher(available=(Hours(0, 600, 700),)),)), plan(section=placement())) == [
        ("teacher available", "section", "teacher", "0", "540")
    ]


def test_rooms_are_closed_and_teachers_absent_on_dates() -> None:
    second_monday = date(2027, 3, 8)
    closed = term(rooms=(room(closed=(second_monday,)),))
    absent = term(teachers=(teacher(absent=(second_monday,)),))
    assert codes(closed, plan(section=placement())) == [("room closed", "section", "room", "2027-03-08")]
    assert codes(absent, plan(section=placement())) == [("teacher absent", "section", "teacher", "2027-03-08")]


@pytest.mark.parametrize(
    ("start", "end", "pause", "broken"),
    [(600, 660, 0, False), (599, 660, 0, True), (480, 540, 0, False), (480, 541, 0, True), (600, 660, 10, True),
     (610, 660, 10, False), (480, 531, 10, True), (480, 530, 10, False)],
)  # fmt: skip
def test_a_room_is_busy_at_hours_of_a_date(start: int, end: int, pause: int, broken: bool) -> None:
    """The section meets from nine to ten on both Mondays; on the second one others have the room."""
    busy = BusyRoomHours((date(2027, 3, 8), date(2027, 3, 9)), start, end, "spring", pause)
    assert codes(term(rooms=(room(busy=(busy,)),)), plan(section=placement())) == [
        ("room busy", "section", "room", "2027-03-08", str(start), str(end), "spring")
    ] * broken


@pytest.mark.parametrize(
    ("place", "start", "broken"),
    [(None, 600, False), (None, 599, True), (Place("hall", 9, 9), 600, False), (Place("hall", 9, 9), 599, True),
     (Place("far hall", 0, 1250), 610, False), (Place("far hall", 0, 1250), 609, True)],
)  # fmt: skip
def test_a_teacher_is_busy_elsewhere_and_has_time_to_travel(place: Place | None, start: int, broken: bool) -> None:
    """To a hall of another term 1250 metres away it is five minutes at 250 metres a minute, and five of overhead."""
    busy = BusyTeacherHours((MONDAY,), start, 700, place=place)
    assert codes(term(teachers=(teacher(busy=(busy,)),)), plan(section=placement())) == [
        ("teacher busy", "section", "teacher", "2027-03-01", str(start), "700", "")
    ] * broken


def test_a_day_off_moves_the_rest_of_the_series() -> None:
    """Two sessions from week 1: the second Monday is a day off, so that the third week is needed."""
    two, three = Calendar(MONDAY, 2, (date(2027, 3, 8),), 30), Calendar(MONDAY, 3, (date(2027, 3, 8),), 30)
    assert codes(term(calendar=two), plan(section=placement())) == [("term ends too early", "section")]
    assert codes(term(calendar=three), plan(section=placement())) == []


def test_teachers_stay_within_their_reach() -> None:
    assert codes(term(teachers=(teacher(y=101, max_metres=100),)), plan(section=placement())) == [
        ("teacher reach", "section", "teacher")
    ]


def two(first: dict[str, Any], second: dict[str, Any], **changes: Any) -> Term:
    """A term with two sections of one session each, two rooms and two teachers."""
    once = {"sessions": 1}
    plain: dict[str, Any] = {
        "sections": (section("a", **once | first), section("b", **once | second)),
        "rooms": (room(), room("other")),
        "teachers": (teacher(), teacher("second")),
    }
    return term(**plain | changes)


def test_a_room_has_one_use_at_a_time_and_its_turnaround_between() -> None:
    both = plan(a=placement(NINE), b=placement(TEN, teacher="second"))
    assert codes(two({}, {}), both) == []
    tidied = two({}, {}, rooms=(room(turnaround=10),))
    assert codes(tidied, both) == [("room overlap", "room", "2027-03-01", "a", "b")]


def test_a_teacher_has_one_section_at_a_time_and_time_to_travel() -> None:
    """The halls lie 1250 metres apart: five minutes at 250 metres a minute, and five of overhead."""
    halls = (Venue("hall", 0, 0), Venue("far hall", 0, 1250))
    rooms = (room(), room("other", venue="far hall"))
    both = plan(a=placement(NINE), b=placement(TEN, room="other"))
    assert codes(two({"minutes": 50}, {}, venues=halls, rooms=rooms), both) == []
    assert codes(two({"minutes": 51}, {}, venues=halls, rooms=rooms), both) == [
        ("teacher overlap or travel", "teacher", "2027-03-01", "a", "b")
    ]


def test_a_teacher_keeps_her_sessions_a_day_and_a_week() -> None:
    both = plan(a=placement(NINE), b=placement(TEN))
    assert codes(two({}, {}, teachers=(teacher(max_day=1),)), both) == [("teacher day load", "teacher", "2027-03-01")]
    assert codes(two({}, {}, teachers=(teacher(max_week=1),)), both) == [("teacher week load", "teacher", "1")]


def test_a_unit_keeps_its_budget_with_the_units_below_it() -> None:
    """Two sessions at 30 for the teacher and 5 for the room are 70 yuan."""
    costly = {"rooms": (room(fee=5),), "teachers": (teacher(fee=30),)}
    units = (Unit("city", budget=69), Unit("street", "city", budget=70))
    assert codes(term(units=units, **costly), plan(section=placement())) == [("budget", "city", "70", "69")]


def test_a_pinned_section_is_placed() -> None:
    pinned = term(sections=(section(pinned=Pin(week=1)),))
    assert codes(pinned, Plan({})) == [("pinned section unplaced", "section")]
    assert codes(term(sections=(section(pinned=Pin()),)), Plan({})) == []


def test_unknown_names_in_a_plan_are_violations() -> None:
    strange = plan(ghost=placement(), section=placement(room="attic"))
    assert codes(term(), strange) == [
        ("unknown section", "ghost"),
        ("unknown room or teacher", "section", "attic", "teacher"),
    ]


def test_a_term_varies_by_replacing() -> None:
    assert replace(term(), name="copy").sections == term().sections
