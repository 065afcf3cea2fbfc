"""Planning only some sections again: the others stay as they are, whatever the search would like."""

import json
from collections import Counter
from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from msgspec.structs import replace

from solver import (
    BrokenError,
    Plan,
    Progress,
    Settings,
    Status,
    Term,
    broken,
    check,
    first_reason,
    read_plan,
    read_term,
    solve,
    write_plan,
    write_term,
)
from solver.__main__ import main
from solver.problem.term import Hours, Pin, Unit, Weights, Window
from solver.progress import Silence
from tests.solver.instances import instance
from tests.solver.samples import NINE, TEN, placement, plan, room, section, teacher, term
from tests.solver.small_city import small_city
from tests.solver.tiny import legal_part, tiny_case

QUICK = Settings(seconds=1000, workers=1, max_rounds=2)
PATIENT = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@cache
def four_towns() -> tuple[Term, Plan]:
    """Four real towns with a first plan."""
    of = read_term(instance("wanzhou-4-towns"))
    first_plan = solve(of, replace(QUICK, max_rounds=0)).plan
    assert first_plan is not None
    return of, first_plan


def test_only_the_chosen_section_moves_though_another_could_gain_more() -> None:
    """Ten costs nothing and nine costs, for both of the sections with rooms and teachers of their own."""
    of = term(
        rooms=(room(), room("other")),
        teachers=(teacher(), teacher("second")),
        sections=(_late("a", 1), _late("b", 9)),
        weights=Weights(unplaced=99, time=1),
    )
    base = plan(a=placement(NINE), b=placement(NINE, room="other", teacher="second"))
    replanned = solve(of, QUICK, start=base, only={"a"})
    assert replanned.plan is not None and replanned.plan.placed["b"] == base.placed["b"]
    assert replanned.plan.placed["a"].meetings == (TEN,)
    assert replanned.total == check(of, base).total - 10, "one unit of cost for each of ten learners"
    assert replanned.status is Status.OPTIMAL
    assert replanned.bound == replanned.total, "none that keeps the other costs less"


def _late(name: str, cost: int) -> object:
    """A section that would rather meet at ten."""
    return section(name, windows=(Window(0, 540, 600, cost), Window(0, 600, 660, 0)))


def test_what_is_kept_does_not_make_way_and_the_reason_is_told() -> None:
    """The room and the teacher are taken at both hours: the third section stays without a place."""
    of = term(sections=(section("a"), section("b"), section("c")))
    base = Plan({"a": placement(NINE), "b": placement(TEN)}, ("c",))
    replanned = solve(of, QUICK, start=base, only={"c"})
    assert replanned.plan == base
    assert replanned.reasons == {"c": first_reason(of, base, "c")} and replanned.reasons["c"].code == "rooms taken"


def test_what_has_a_place_keeps_one_even_where_leaving_it_out_would_cost_less() -> None:
    """To meet at nine costs more than not to meet at all; whoever placed it there meant it."""
    of = term(
        sections=(section("a", windows=(Window(0, 540, 600, 5),)), section("b", unit="city")),
        weights=Weights(unplaced=1, time=1),
    )
    base = plan(a=placement(NINE), b=placement(TEN))
    cheapest = solve(of, QUICK, start=base).plan
    assert cheapest is not None and set(cheapest.placed) == {"b"}
    replanned = solve(of, QUICK, start=base, only={"a"})
    assert replanned.plan == base


def test_money_that_others_spend_is_not_spent_again() -> None:
    of = term(
        units=(Unit("city", level="city"), Unit("street", "city", budget=100, level="street")),
        rooms=(room(fee=25), room("free")),
        teachers=(teacher(), teacher("second")),
        sections=(section("a"), section("b", venues=None)),
    )
    base = Plan({"a": placement(NINE)}, ("b",))
    replanned = solve(of, QUICK, start=base, only={"b"})
    assert replanned.plan is not None and set(replanned.plan.placed) == {"a", "b"}
    assert check(of, replanned.plan).violations == ()
    poor = replace(of, units=(of.units[0], replace(of.units[1], budget=49)))
    with pytest.raises(BrokenError, match="a"):
        solve(poor, QUICK, start=base, only={"b"})


def test_what_is_kept_and_broken_today_is_named_and_can_be_planned_with_the_rest() -> None:
    """The room is closed at nine by now, so that the one who met there cannot stay."""
    of = term(
        rooms=(room(open=(Hours(0, 600, 660),)), room("other")),
        teachers=(teacher(), teacher("second"), teacher("third")),
        sections=(section("a"), section("b"), section("c")),
    )
    base = Plan({"a": placement(NINE), "b": placement(TEN, teacher="second")}, ("c",))
    refusal = broken(of, base, {"c"})
    assert refusal is not None and refusal.sections == ("a",)
    assert [violation.code for violation in refusal.violations] == ["room open"]
    with pytest.raises(BrokenError) as error:
        solve(of, QUICK, start=base, only={"c"})
    assert error.value.broken == refusal
    replanned = solve(of, QUICK, start=base, only={"c", "a"})
    assert replanned.plan is not None and replanned.plan.placed["b"] == base.placed["b"]
    assert (replanned.unplaced, check(of, replanned.plan).violations) == (0, ())


def test_a_pinned_section_without_a_place_cannot_be_kept() -> None:
    of = term(sections=(section("a", pinned=Pin(week=1)), section("b")))
    refusal = broken(of, Plan({}, ("a", "b")), {"b"})
    assert refusal is not None and refusal.sections == ("a",)
    assert broken(of, Plan({}, ("a", "b")), {"a"}) is None


def test_pins_of_chosen_sections_that_cannot_be_kept_are_told() -> None:
    of = term(sections=(section("a"), section("b", pinned=Pin(meetings=(NINE,)))))
    replanned = solve(of, QUICK, start=Plan({"a": placement(NINE)}, ("b",)), only={"b"})
    assert (replanned.status, replanned.plan, list(replanned.reasons)) == (Status.INFEASIBLE, None, ["b"])


def test_sections_that_the_term_no_longer_has_are_forgotten_and_unknown_ones_refused() -> None:
    replanned = solve(term(), QUICK, start=plan(section=placement(NINE), gone=placement(TEN)), only=())
    assert replanned.plan == plan(section=placement(NINE))
    with pytest.raises(ValueError, match="ghost"):
        solve(term(), QUICK, start=plan(section=placement(NINE)), only={"ghost"})


def test_a_town_is_planned_again_in_a_real_county_part() -> None:
    """What is told on the way are whole plans with their whole cost, each cheaper than the one before."""
    of, base = four_towns()
    town = Counter(section.unit for section in of.sections).most_common(1)[0][0]
    chosen = {section.id for section in of.sections if section.unit == town}
    listener = _Listener()
    replanned = solve(of, replace(QUICK, max_rounds=4), listener, start=base, only=chosen)
    assert replanned.plan is not None and replanned.total is not None
    _assert_kept(of, base, replanned.plan, chosen)
    assert replanned.total < check(of, base).total
    assert replanned.bound <= replanned.total
    totals = [check(of, told.plan).total for told in listener.told]
    assert totals == [told.total for told in listener.told] == sorted(totals, reverse=True)
    assert totals[0] == check(of, base).total and totals[-1] == replanned.total
    for told in listener.told:
        _assert_kept(of, base, told.plan, chosen)


class _Listener(Silence):
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.told: list[Progress] = []

    def improved(self, progress: Progress) -> None:
        """Remember it."""
        self.told.append(progress)


def _assert_kept(of: Term, base: Plan, replanned: Plan, chosen: set[str]) -> None:
    rest = [section.id for section in of.sections if section.id not in chosen]
    assert [replanned.placed.get(name) for name in rest] == [base.placed.get(name) for name in rest]


@PATIENT
@given(random=st.randoms(use_true_random=False))
def test_others_stay_rules_hold_and_nothing_gets_dearer(random: Random) -> None:
    case = tiny_case(random)
    base = legal_part(case)
    chosen = {section.id for section in case.term.sections if random.random() < 0.5}
    if broken(case.term, base, chosen) is not None:
        missing = {section.id for section in case.term.sections if section.pinned and section.id not in base.placed}
        assert missing - chosen, "a legal plan is broken only by pinned sections that it leaves out"
        return
    replanned = solve(case.term, replace(QUICK, max_rounds=1), start=base, only=chosen)
    if replanned.plan is None:
        assert any(section.pinned and section.id not in base.placed for section in case.term.sections)
        return
    report = check(case.term, replanned.plan)
    assert (report.violations, report.total) == ((), replanned.total)
    _assert_kept(case.term, base, replanned.plan, chosen)
    if not check(case.term, base).violations:
        assert report.total <= check(case.term, base).total
        assert base.placed.keys() <= replanned.plan.placed.keys()
    assert set(replanned.reasons) == set(replanned.plan.unplaced)


@PATIENT
@given(random=st.randoms(use_true_random=False))
def test_a_plan_of_another_term_is_named_broken_or_becomes_whole(random: Random) -> None:
    """Anything may be wrong with the plan. With what is named as broken, the rest can always stay."""
    case, other = tiny_case(random), tiny_case(random)
    chosen = {section.id for section in case.term.sections if random.random() < 0.5}
    refusal = broken(case.term, other.plan, chosen)
    if refusal is not None:
        assert refusal.sections and chosen.isdisjoint(refusal.sections)
        chosen |= set(refusal.sections)
        assert broken(case.term, other.plan, chosen) is None
    replanned = solve(case.term, replace(QUICK, max_rounds=1), start=other.plan, only=chosen)
    if replanned.plan is None:
        assert any(section.pinned for section in case.term.sections)
    else:
        assert check(case.term, replanned.plan).violations == ()
        _assert_kept(case.term, other.plan, replanned.plan, chosen)


@settings(PATIENT, max_examples=15)
@given(random=st.randoms(use_true_random=False))
def test_many_chosen_sections_are_planned_in_parts(random: Random) -> None:
    city = small_city(random)
    base = solve(city, replace(QUICK, max_rounds=0)).plan
    if base is None:
        return
    chosen = {section.id for section in city.sections if random.random() < 0.7}
    replanned = solve(city, replace(QUICK, max_rounds=1, part_size=4), start=base, only=chosen)
    assert replanned.plan is not None and replanned.total is not None
    _assert_kept(city, base, replanned.plan, chosen)
    assert check(city, replanned.plan).violations == ()
    assert replanned.total <= check(city, base).total and base.placed.keys() <= replanned.plan.placed.keys()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two sections of two streets, of which one has no place yet."""
    of = term(
        units=(Unit("city", level="city"), Unit("street", "city"), Unit("other", "city")),
        sections=(section("a"), section("b", unit="other")),
    )
    (tmp_path / "term.json").write_bytes(write_term(of))
    (tmp_path / "plan.json").write_bytes(write_plan(Plan({"a": placement(TEN)}, ("b",))))
    return tmp_path


@pytest.mark.parametrize("choice", [("--only", "b"), ("--unit", "other"), ("--only-unplaced",), ("--unit", "city")])
def test_the_command_line_plans_what_is_chosen(
    folder: Path, choice: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    files = [str(folder / "term.json"), "-o", str(folder / "new.json"), "--start", str(folder / "plan.json")]
    assert main(["solve", *files, *choice, "--workers", "1", "--max-rounds", "1"]) == 0
    assert json.loads(capsys.readouterr().out)["placed"] == 2
    written = read_plan(folder / "new.json")
    assert written.placed["a"] == placement(TEN) and written.placed["b"] == placement(NINE)


def test_the_command_line_says_what_is_wrong(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [str(folder / "term.json"), "-o", str(folder / "new.json")]
    assert main(["solve", *files, "--only", "b"]) == 2
    assert "start" in capsys.readouterr().err
    base = ["--start", str(folder / "plan.json")]
    assert main(["solve", *files, *base, "--only", "b,ghost"]) == 2
    assert capsys.readouterr().err == "unreadable: only: the term has no section 'ghost'\n"
    assert main(["solve", *files, *base, "--unit", "ghost"]) == 2
    assert capsys.readouterr().err == "unreadable: unit: the term has no unit 'ghost'\n"
    (folder / "plan.json").write_bytes(write_plan(plan(a=placement(NINE, week=9))))
    assert main(["solve", *files, *base, "--only", "b"]) == 1
    assert json.loads(capsys.readouterr().out)["sections"] == ["a"]
    assert not (folder / "new.json").exists()
