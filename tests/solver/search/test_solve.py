"""The public door: statuses, stopping, starting from a plan, pins, progress, and the same plan for the same seed."""

from random import Random

import pytest
from msgspec.structs import replace

from solver import Meeting, Phase, Plan, Reason, Settings, Status, Term, check, read_plan, read_term, solve
from solver.problem.term import Hours, Pin, Weights, Window
from tests.solver.diary import Diary
from tests.solver.instances import instance
from tests.solver.samples import NINE, TEN, placement, room, section, teacher, term
from tests.solver.tiny import tiny_case

QUICK = Settings(seconds=1000, workers=1, max_rounds=2)


@pytest.fixture(scope="module")
def towns() -> Term:
    """Four real towns with 71 sections."""
    return read_term(instance("wanzhou-4-towns"))


def test_the_smallest_term_is_solved_to_proof() -> None:
    result = solve(term(), QUICK)
    assert (result.status, result.total, result.bound) == (Status.OPTIMAL, 0, 0)
    assert result.plan is not None and check(term(), result.plan).violations == ()
    assert (result.placed, result.unplaced, result.reasons) == (1, 0, {})


def test_a_term_without_sections_has_an_empty_plan() -> None:
    result = solve(term(sections=()), QUICK)
    assert (result.status, result.plan) == (Status.OPTIMAL, Plan({}, ()))


def test_random_small_terms_are_solved_or_refused_by_their_pins() -> None:
    """The search never returns less than what a legal plan at hand costs, and refuses a term only where no plan is."""
    for seed in range(25):
        case = tiny_case(Random(seed))
        result = solve(case.term, QUICK)
        at_hand = check(case.term, case.plan)
        if result.plan is None:
            assert result.status is Status.INFEASIBLE and result.reasons and at_hand.violations
        else:
            assert check(case.term, result.plan).violations == ()
            assert result.status is Status.OPTIMAL and result.total == result.bound
            assert at_hand.violations or result.bound <= at_hand.total


def test_the_same_seed_gives_the_same_plan(towns: Term) -> None:
    settings = Settings(seconds=10_000, workers=1, seed=3, max_rounds=2)
    assert solve(towns, settings).plan == solve(towns, settings).plan
    assert solve(towns, settings).plan != solve(towns, replace(settings, seed=4)).plan


def test_a_stop_returns_the_best_plan_so_far(towns: Term) -> None:
    diary = Diary()
    result = solve(towns, Settings(seconds=10_000), diary, stop=lambda: len(diary.improvements) >= 2)
    assert result.status is Status.STOPPED
    assert result.plan is not None and check(towns, result.plan).violations == ()
    assert result.total == diary.improvements[-1].total


def test_a_stop_before_anything_is_placed_leaves_all_out(towns: Term) -> None:
    result = solve(towns, Settings(seconds=10_000, workers=1), stop=lambda: True)
    assert (result.status, result.placed) == (Status.STOPPED, 0)


def test_there_is_a_first_plan_however_short_the_time(towns: Term) -> None:
    result = solve(towns, Settings(seconds=0.001, workers=1))
    assert result.status is Status.FEASIBLE and result.placed > 60


def test_progress_is_told_with_legal_plans_that_get_better(towns: Term) -> None:
    diary = Diary()
    result = solve(towns, Settings(seconds=10_000, workers=1, max_rounds=3), diary)
    assert diary.phases == [Phase.PREPARE, Phase.CONSTRUCT, Phase.IMPROVE, Phase.FINISH]
    totals = [progress.total for progress in diary.improvements]
    assert totals == sorted(set(totals), reverse=True)
    assert totals[-1] == result.total
    for progress in diary.improvements:
        report = check(towns, progress.plan)
        assert (report.violations, report.total) == ((), progress.total)
        assert (report.placed, report.unplaced) == (progress.placed, progress.unplaced)
        assert progress.bound <= progress.total
    assert diary.improvements[-1].neighbourhood


def test_a_search_in_one_process_tells_of_better_plans_while_it_goes_on(towns: Term) -> None:
    """How many better plans there are is a matter of luck, as the best of all may be among the first."""
    diary, settings = Diary(), Settings(seconds=60, workers=1)
    result = solve(towns, settings, diary, lambda: len(diary.improvements) > 1)
    assert result.status is Status.STOPPED
    first, second = diary.improvements[:2]
    assert second.total < first.total
    assert second.seconds < settings.seconds / 2, "it is told of while the search goes on, not at its end"


def test_a_search_begins_with_what_is_legal_of_a_plan(towns: Term) -> None:
    start = read_plan(instance("wanzhou-4-towns.plan"))
    start_total = check(towns, start).total
    broken = Plan(dict(start.placed) | {"s0": placement(NINE, room="gone"), "ghost": placement()})
    diary = Diary()
    result = solve(towns, Settings(seconds=10_000, workers=1, max_rounds=0), diary, start=start)
    assert result.total is not None and result.total <= start_total
    assert solve(towns, Settings(seconds=10_000, workers=1, max_rounds=0), start=broken).placed >= 69


def test_two_workers_find_legal_plans_too(towns: Term) -> None:
    result = solve(towns, Settings(seconds=10_000, workers=2, max_rounds=1))
    assert result.plan is not None and check(towns, result.plan).violations == ()


def test_pins_are_kept_at_any_price() -> None:
    """Leaving out costs nothing and clashing hours much: the pinned section is placed where it is pinned."""
    pinned = section(pinned=Pin(meetings=(TEN,)), windows=(Window(0, 540, 660, 9),))
    result = solve(term(sections=(pinned,), weights=Weights(time=5)), QUICK)
    assert result.status is Status.OPTIMAL
    assert result.plan is not None and result.plan.placed["section"].meetings == (TEN,)
    assert result.total == 5 * 9 * 10


def test_pins_that_only_fit_together_are_found() -> None:
    """Whoever takes nine first must leave it to the section that is pinned to nine."""
    flexible = section("a", pinned=Pin(room="room"), priority=5)
    fixed = section("b", pinned=Pin(teacher="teacher", meetings=(NINE,)))
    result = solve(term(sections=(flexible, fixed)), QUICK)
    assert result.plan is not None
    assert result.plan.placed["a"].meetings == (TEN,) and result.plan.placed["b"].meetings == (NINE,)


def test_pins_that_exclude_each_other_are_infeasible() -> None:
    both = tuple(section(name, pinned=Pin(meetings=(NINE,))) for name in ("a", "b"))
    result = solve(term(sections=both), QUICK)
    assert (result.status, result.plan, result.total) == (Status.INFEASIBLE, None, None)
    assert list(result.reasons.values()) == [Reason("rooms taken", ("1",))]


def test_a_pin_that_nothing_can_honour_is_infeasible() -> None:
    lost = section(pinned=Pin(meetings=(Meeting(3, 540),)))
    result = solve(term(sections=(lost,)), QUICK)
    assert (result.status, result.reasons) == (Status.INFEASIBLE, {"section": Reason("no hours", ("pin",))})


def test_pinned_sections_stay_through_improvement(towns: Term) -> None:
    plan = read_plan(instance("wanzhou-4-towns.plan"))
    pins = {
        name: Pin(week=p.week, meetings=p.meetings, room=p.room, teacher=p.teacher) for name, p in plan.placed.items()
    }
    sections = tuple(
        replace(section, pinned=pins.get(section.id)) if number % 3 == 0 else section
        for number, section in enumerate(towns.sections)
    )
    result = solve(replace(towns, sections=sections), Settings(seconds=10_000, workers=1, max_rounds=3))
    assert result.plan is not None
    assert all(result.plan.placed[section.id] == plan.placed[section.id] for section in sections if section.pinned)


def test_a_section_meets_every_so_many_weeks() -> None:
    """Two sessions, every second week, need three weeks; in two there is no room for them."""
    alternate = section(every=2)
    calendar = replace(term().calendar, weeks=3)
    assert solve(term(sections=(alternate,)), QUICK).placed == 0
    assert solve(term(sections=(alternate,), calendar=calendar), QUICK).placed == 1


def test_sections_are_left_out_where_there_is_too_little_room() -> None:
    """One room, open for one hour: of two sections the more urgent one is placed."""
    narrow = term(
        sections=(section("a", priority=2), section("b", priority=3)),
        rooms=(room(open=(Hours(0, 540, 600),)),),
        teachers=(teacher(), teacher("second")),
    )
    result = solve(narrow, QUICK)
    assert result.status is Status.OPTIMAL
    assert result.reasons == {"a": Reason("rooms taken", ("1",))}
