"""How often a series is held: whatever the planner may choose meets the frequency, but for days off that are told."""

from collections.abc import Iterator
from datetime import date, timedelta

from hypothesis import given, settings, strategies as st

import solver
from scheduler.features.planning.activities.rhythm import Calendar, Rhythm, longest_gap, rhythm_for, skipped

FIRST_DAY = date(2027, 3, 1)
ANYWHERE = ((0, 540, 600), (1, 540, 600), (2, 540, 600), (3, 540, 600), (4, 540, 600), (5, 540, 600), (6, 540, 600))


@st.composite
def wishes(draw: st.DrawFn) -> tuple[Calendar, list[int], int]:
    """A short term with some days off, sometimes whole weeks, the weekdays of a course and a frequency."""
    weeks = draw(st.integers(1, 14))
    days = draw(st.sets(st.integers(0, 7 * weeks - 1), max_size=8))
    free_weeks = draw(st.sets(st.integers(0, weeks - 1), max_size=2))
    closed = days | {7 * week + day for week in free_weeks for day in range(7)}
    weekdays = draw(st.sets(st.integers(0, 6), min_size=1, max_size=3))
    return Calendar(weeks, frozenset(closed)), sorted(weekdays), draw(st.integers(1, weeks))


def term_of(calendar: Calendar, weekdays: list[int], rhythm: Rhythm) -> solver.Term:
    """One section with this rhythm, and a room and a teacher that are always free."""
    closed = tuple(sorted(FIRST_DAY + timedelta(days=day) for day in calendar.closed))
    hours = tuple(solver.Hours(*span) for span in ANYWHERE)
    section = solver.Section(
        id="s", subject="family", unit="u", minutes=60, sessions=rhythm.sessions, per_week=1,
        first_weeks=(rhythm.earliest, rhythm.latest), day_gap=1, every=rhythm.every,
        windows=tuple(solver.Window(day, 540, 600, 0) for day in weekdays), learners={"c": 10}, max_metres=1000,
        needs=(), priority=3,
    )
    return solver.Term(
        name="t", calendar=solver.Calendar(FIRST_DAY, calendar.weeks, closed, 60), travel=solver.Travel(200, 0),
        weights=solver.Weights(**dict.fromkeys(solver.Weights.__struct_fields__, 1)),
        units=(solver.Unit("u", None, "street", None, "u"),),
        communities=(solver.Community("c", 0, 0, "u", "c"),),
        venues=(solver.Venue("v", 0, 0, "u", "library"),),
        rooms=(solver.Room("r", "v", 40, (), hours, (), 0, 0),),
        teachers=(
            solver.Teacher(
                id="p", x=0, y=0, subjects=("family",), available=hours, absent=(), max_day=3, max_week=9,
                wanted_week=9, fee=0, max_metres=1000, kind="volunteer",
            ),
        ),
        sections=(section,), shared=(), previous={},
    )


def accepted(term: solver.Term, weekdays: list[int]) -> Iterator[tuple[int, int]]:
    """The first weeks and weekdays that the planner's rules allow; other weekdays are outside the course's hours."""
    for week in range(1, term.calendar.weeks + 1):
        for weekday in weekdays:
            placement = solver.Placement(week, (solver.Meeting(weekday, 540),), "r", "p")
            if not solver.check(term, solver.Plan({"s": placement}, ())).violations:
                yield week, weekday


@settings(max_examples=100, deadline=None)
@given(wishes())
def test_every_placement_that_the_rules_allow_meets_the_frequency_but_for_days_off(
    wish: tuple[Calendar, list[int], int],
) -> None:
    calendar, weekdays, at_least_every = wish
    rhythm = rhythm_for(calendar, weekdays, at_least_every)
    if rhythm is None:
        assert not any(calendar.weeks_held(1, weekday, 1) for weekday in weekdays), "not one date is left"
        return
    places = list(accepted(term_of(calendar, weekdays, rhythm), weekdays))
    assert places, "the planner can place it"
    for week, weekday in places:
        weeks = calendar.weeks_held(week, weekday, rhythm.every)[: rhythm.sessions]
        taken = list(skipped(calendar, week, weekday, rhythm.every))
        if rhythm.gapless:
            assert longest_gap(weeks, calendar.weeks) <= at_least_every
        assert longest_gap([*weeks, *taken], calendar.weeks) <= at_least_every


def test_sixteen_weeks_need_four_sessions_to_have_one_in_every_four() -> None:
    assert rhythm_for(Calendar(16, frozenset()), [5], 4) == Rhythm(4, 4, 1, 4, gapless=True)


def test_eighteen_weeks_need_four_too_but_from_the_third_or_fourth_on() -> None:
    # From week 1 on the last of four would be in week 13, and the weeks 14 to 17 would have none.
    assert rhythm_for(Calendar(18, frozenset()), [5], 4) == Rhythm(4, 4, 3, 4, gapless=True)


def test_a_free_week_is_avoided_by_beginning_in_another() -> None:
    fifth_week = frozenset(range(28, 35))
    assert rhythm_for(Calendar(16, fifth_week), [5, 6], 4) == Rhythm(4, 4, 2, 4, gapless=True)


def test_where_a_free_week_is_in_the_way_of_all_its_gap_is_not_hidden() -> None:
    fifth_week = frozenset(range(28, 35))
    assert rhythm_for(Calendar(10, fifth_week), [5, 6], 1) == Rhythm(1, 9, 1, 1, gapless=False)


def test_a_term_without_a_day_for_the_course_has_no_rhythm() -> None:
    assert rhythm_for(Calendar(2, frozenset({5, 12})), [5], 1) is None
