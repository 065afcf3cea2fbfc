"""Several meetings a week: all sets of hours are looked at, or where these would be too many, likely ones."""

from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from msgspec.structs import replace

from solver import Settings, check, solve
from solver.model.meeting_sets import MAX_SERIES, all_sets, likely_sets, number_of_sets
from solver.problem.plan import Meeting
from solver.problem.term import Hours, Window
from solver.search.candidates import Candidates
from tests.solver.samples import room, section, teacher, term

WEEK = range(7)
singles = st.lists(
    st.builds(Meeting, st.integers(0, 6), st.sampled_from([540, 600, 660, 840])), unique=True, max_size=14
).map(sorted)


@given(singles, st.integers(1, 5), st.integers(1, 3))
def test_sets_are_counted_as_they_are_made(of_week: list[Meeting], per_week: int, day_gap: int) -> None:
    assert number_of_sets(of_week, per_week, day_gap) == len(list(all_sets(of_week, per_week, day_gap)))


@given(singles, st.integers(1, 5), st.integers(1, 3), st.integers(1, 60))
@settings(max_examples=200)
def test_likely_sets_are_some_of_all_and_there_is_one_wherever_there_is_any(
    of_week: list[Meeting], per_week: int, day_gap: int, most: int
) -> None:
    everything = set(all_sets(of_week, per_week, day_gap))
    chosen = likely_sets([of_week], per_week, day_gap, lambda meeting: meeting.start // 100, most)
    assert set(chosen) <= everything and len(chosen) <= most and len(set(chosen)) == len(chosen)
    assert bool(chosen) == bool(everything)


def whole_days(per_week: int) -> dict[str, Any]:
    windows = tuple(Window(day, 510, 1050, 0 if day < 5 else 1) for day in WEEK)
    return {"windows": windows, "per_week": per_week, "sessions": 2 * per_week}


@pytest.mark.parametrize(("per_week", "grid"), [*product((4, 5, 7), (30,)), (5, 5)])
def test_a_section_with_many_meetings_in_ordinary_hours_is_planned(per_week: int, grid: int) -> None:
    hours = tuple(Hours(day, 510, 1050) for day in WEEK)
    plain = term(
        rooms=(room(open=hours),), teachers=(teacher(available=hours, max_week=20),),
        sections=(section(**whole_days(per_week)),),
    )
    many = replace(plain, calendar=replace(plain.calendar, grid_minutes=grid))
    candidates = Candidates(many)
    assert candidates.few_of_many and len(candidates.sections[0].patterns.series) <= MAX_SERIES
    result = solve(many, Settings(seconds=20, workers=1, max_rounds=1))
    assert result.plan is not None and len(result.plan.placed) == 1
    assert not check(many, result.plan).violations
    assert result.bound == 0


def test_hours_that_room_and_teacher_share_on_each_day_alone_are_found() -> None:
    """Room and teacher have one hour in common on each day, each day another one."""
    starts = {day: 540 + 30 * day for day in range(5)}
    of_teacher = tuple(Hours(day, start, start + 60) for day, start in starts.items())
    many = term(
        rooms=(room(open=tuple(Hours(day, 510, 1050) for day in WEEK)),),
        teachers=(teacher(available=of_teacher, max_week=20),), sections=(section(**whole_days(5)),),
    )
    result = solve(many, Settings(seconds=20, workers=1, max_rounds=1))
    assert result.plan is not None
    (placement,) = result.plan.placed.values()
    assert {meeting.weekday: meeting.start for meeting in placement.meetings} == starts


def test_where_all_are_few_nothing_is_left_out() -> None:
    few = term(sections=(section(),))
    assert not Candidates(few).few_of_many
