"""Repair: what can stay stays, the rest finds a place, and every change is listed with those whom it touches."""

from functools import cache
from random import Random

from hypothesis import HealthCheck, given, settings, strategies as st
from msgspec.structs import replace

from solver import Change, Placement, Plan, Settings, Status, Term, check, compare, read_term, repair, solve
from solver.problem.term import Hours, Pin, Weights, Window
from tests.solver.instances import instance
from tests.solver.samples import NINE, TEN, placement, plan, room, section, teacher, term
from tests.solver.tiny import legal_part, tiny_case

QUICK = Settings(seconds=1000, workers=1, max_rounds=2)


@cache
def disturbed() -> Term:
    """Four real towns whose busiest venue is closed and whose busiest teacher left."""
    return read_term(instance("wanzhou-4-towns-disturbed"))


def test_a_plan_that_is_whole_stays_as_it_is() -> None:
    """Ten o'clock would suit better, but nobody asked for a better plan."""
    windows = (Window(0, 540, 600, 5), Window(0, 600, 660, 0))
    of = term(
        sections=(section(windows=windows),), weights=Weights(unplaced=9, time=9), previous={"section": placement(NINE)}
    )
    assert repair(of, QUICK).plan == plan(section=placement(NINE))


def test_only_what_lost_its_place_moves() -> None:
    """The hall's room is closed on Monday at nine; the other section at ten stays, though it could make room."""
    of = term(
        rooms=(room(open=(Hours(0, 600, 660),)), room("other")),
        sections=(section("a"), section("b")),
        teachers=(teacher(), teacher("second")),
        previous={"a": placement(NINE), "b": placement(TEN)},
    )
    result = repair(of, QUICK)
    assert result.plan is not None
    changed = compare(of, Plan(of.previous), result.plan)
    assert [change.section for change in changed.changes] == ["a"] and changed.learners == 10


def test_another_section_makes_way_where_there_is_no_other_place() -> None:
    """The new section can only meet at nine. The old one goes to ten: ten people moved count less than ten left out."""
    of = term(
        sections=(section("new", windows=(Window(0, 540, 600, 0),)), section("old")),
        weights=Weights(unplaced=9, moved_time=1, moved_room=1, moved_teacher=1),
        previous={"old": placement(NINE)},
    )
    result = repair(of, QUICK)
    assert result.plan == Plan({"new": placement(NINE), "old": placement(TEN)})
    changed = compare(of, Plan(of.previous), result.plan)
    assert changed.changes == (
        Change("new", ("placed",), None, placement(NINE), 10),
        Change("old", ("time",), placement(NINE), placement(TEN), 10),
    )
    assert changed.learners == 10


def test_new_pins_are_kept() -> None:
    of = term(
        sections=(section("a", pinned=Pin(meetings=(NINE,))), section("b")),
        previous={"a": placement(TEN), "b": placement(NINE)},
    )
    assert repair(of, QUICK).plan == plan(a=placement(NINE), b=placement(TEN))


def test_pins_that_cannot_be_kept_are_told() -> None:
    of = term(sections=(section(pinned=Pin(week=2)),), previous={"section": placement(NINE)})
    result = repair(of, QUICK)
    assert (result.status, result.plan, list(result.reasons)) == (Status.INFEASIBLE, None, ["section"])


def test_a_real_plan_is_repaired_with_few_people_touched() -> None:
    """Whoever has no legal place any more is touched for certain: few others are."""
    of = disturbed()
    before = Plan(of.previous)
    result = repair(of, replace(QUICK, max_rounds=4))
    assert result.plan is not None
    report = check(of, result.plan)
    assert (report.violations, report.total, report.unplaced) == ((), result.total, result.unplaced)
    forced = sum(of.section[violation[1][0]].size for violation in _first_of_each(of, before))
    changed = compare(of, before, result.plan)
    assert forced <= changed.learners < 1.5 * forced
    assert repair(of, replace(QUICK, max_rounds=4)).plan == result.plan


def _first_of_each(of: Term, before: Plan) -> list[tuple[str, tuple[str, ...]]]:
    """One violation for each section that is not legal by itself."""
    first_violations = {parameters[0]: (code, parameters) for code, parameters in check(of, before).violations}
    return [violation for name, violation in first_violations.items() if name in of.section]


def test_a_search_begins_with_the_previous_plan() -> None:
    of = disturbed()
    began = solve(of, replace(QUICK, max_rounds=0)).plan
    assert began is not None
    assert compare(of, Plan(of.previous), began).learners < sum(section.size for section in of.sections) / 3


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(random=st.randoms(use_true_random=False))
def test_a_repaired_plan_is_legal_and_places_what_was_placed(random: Random) -> None:
    """A plan for one random term is repaired for another with the same names: anything may be wrong with it."""
    case, other = tiny_case(random), tiny_case(random)
    of = replace(case.term, previous=other.plan.placed)
    result = repair(of, replace(QUICK, max_rounds=1))
    if result.plan is None:
        assert any(section.pinned for section in of.sections)
    else:
        assert check(of, result.plan).violations == ()
    legal = legal_part(case)
    if len(legal.placed) == len(case.term.sections):
        assert repair(replace(case.term, previous=legal.placed), replace(QUICK, max_rounds=1)).plan == legal


@settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(random=st.randoms(use_true_random=False))
def test_every_change_is_listed_exactly(random: Random) -> None:
    case, other = tiny_case(random), tiny_case(random)
    comparison = compare(case.term, case.plan, other.plan)
    listed = {change.section: change for change in comparison.changes}
    touched = 0
    for name, size in ((each.id, each.size) for each in case.term.sections):
        old, new = case.plan.placed.get(name), other.plan.placed.get(name)
        assert (name in listed) == (_told(old) != _told(new))
        if name in listed:
            change = listed[name]
            assert (change.before, change.after, change.learners) == (old, new, size)
            assert set(change.kinds) == _different(old, new)
            touched += size if old else 0
    assert comparison.learners == touched
    assert compare(case.term, case.plan, case.plan).changes == ()


def _told(placement: Placement | None) -> tuple[object, ...] | None:
    return (placement.week, sorted(placement.meetings), placement.room, placement.teacher) if placement else None


def _different(old: Placement | None, new: Placement | None) -> set[str]:
    if old is None or new is None:
        return {"placed" if old is None else "unplaced"}
    kinds = {name for name in ("room", "teacher") if getattr(old, name) != getattr(new, name)}
    return kinds | ({"time"} if (old.week, sorted(old.meetings)) != (new.week, sorted(new.meetings)) else set())
