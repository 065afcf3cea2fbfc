"""How a large term is cut, shared out and made a subproblem: each by itself."""

from collections import Counter
from collections.abc import Iterator, Mapping
from random import Random

import pytest
from msgspec.structs import replace

from solver import Placement, Plan, Settings, Term, check, left_out, read_term, solve
from solver.analysis.plan_index import PlanIndex
from solver.decomposition.blocks import Block, blocks_of
from solver.decomposition.feasible_subset import feasible_subset_of
from solver.decomposition.partition import Partition
from solver.decomposition.reach import Reach
from solver.decomposition.resource_shares import ResourceShares
from solver.decomposition.subproblem import Part, subproblem_of
from solver.search.candidates import Candidates
from solver.search.infeasibility import adopted, reasons as whole_reasons
from tests.solver.instances import instance
from tests.solver.samples import NINE, TEN, placement, room, section, teacher, term
from tests.solver.small_city import small_city
from tests.solver.tiny import tiny_case

QUICK = Settings(seconds=10_000, workers=1, max_rounds=0)


@pytest.fixture(scope="module")
def towns() -> Term:
    """Four real towns with 71 sections."""
    return read_term(instance("wanzhou-4-towns"))


def cities() -> Iterator[tuple[Term, list[Block], PlanIndex, Random]]:
    """Random cities with a plan, in the smallest blocks."""
    for seed in range(12):
        random = Random(seed)
        city = small_city(random)
        plan = solve(city, QUICK).plan
        if plan is not None:
            yield city, blocks_of(city, 1), PlanIndex(city, plan.placed), random


def test_every_section_is_in_one_block_of_its_unit(towns: Term) -> None:
    for most in (1, 7, 1000):
        blocks = blocks_of(towns, most)
        in_blocks = sorted(section.id for block in blocks for section in block.sections)
        assert in_blocks == sorted(section.id for section in towns.sections)
        for block in blocks:
            assert len(block.sections) <= most
            assert {section.unit for section in block.sections} == {block.unit}


def test_a_cut_has_every_block_once_and_no_part_is_too_large(towns: Term) -> None:
    blocks = blocks_of(towns, 5)
    cuts = Partition(towns, blocks, 20)
    network, across = cuts.along_network(), cuts.across(Random(1))
    for cut in (network, across):
        assert sorted(number for part in cut for number in part) == list(range(len(blocks)))
        assert all(sum(len(blocks[number].sections) for number in part) <= 20 for part in cut)
    assert sorted(across) != sorted(network)
    assert across == cuts.across(Random(1)) != cuts.across(Random(2))


def test_a_cut_along_the_network_divides_no_unit_that_is_small_enough(towns: Term) -> None:
    sizes = Counter(section.unit for section in towns.sections)
    blocks = blocks_of(towns, 10)
    most = max(sizes.values())
    for part in Partition(towns, blocks, most).along_network():
        for unit in {blocks[number].unit for number in part}:
            assert {number for number, block in enumerate(blocks) if block.unit == unit} <= set(part)


def test_whatever_a_section_could_have_is_in_its_reach(towns: Term) -> None:
    terms = [towns, *(tiny_case(Random(seed)).term for seed in range(20))]
    for any_term in terms:
        nearness = Reach(any_term, blocks_of(any_term, 1))
        for candidates in Candidates(any_term).sections:
            rooms, teachers = nearness.in_reach([candidates.section])
            assert {any_term.rooms[pair.room].id for pair in candidates.pairs} <= {each.id for each in rooms}
            assert {any_term.teachers[pair.teacher].id for pair in candidates.pairs} <= {each.id for each in teachers}


def test_what_is_shared_out_belongs_to_one_part_only() -> None:
    for city, blocks, plan_index, random in cities():
        parts = ResourceShares(city, blocks).share_out(plan_index, Partition(city, blocks, 3).across(random))
        for things in ([p.sections for p in parts], [p.rooms for p in parts], [p.teachers for p in parts]):
            names = [thing.id for part in things for thing in part]
            assert len(names) == len(set(names))
        for part in parts:
            rooms, teachers = {resource.id for resource in part.rooms}, {resource.id for resource in part.teachers}
            used = [plan_index.placed[section.id] for section in part.sections if section.id in plan_index.placed]
            assert all(placement.room in rooms and placement.teacher in teachers for placement in used)


def test_all_parts_together_may_spend_no_more_than_there_is() -> None:
    for city, blocks, plan_index, random in cities():
        parts = ResourceShares(city, blocks).share_out(plan_index, Partition(city, blocks, 3).across(random))
        for unit in city.units:
            fixed = set(plan_index.placed) - {section.id for part in parts for section in part.sections}
            spent = sum(plan_index.fees(name) for name in fixed if unit.id in city.payers(city.section[name]))
            granted = sum(part.allowance.get(unit.id, 0) for part in parts)
            assert unit.budget is None or spent + granted <= unit.budget


def test_what_happens_in_a_subproblem_happens_in_the_city() -> None:
    """Leave out any free section, or move it wherever the part may: rules and total agree with those of the city.

    Only money may be shorter in the subproblem, since other parts have their share of it.
    """
    outcomes: Counter[bool] = Counter()
    for city, blocks, plan_index, random in cities():
        city_total, candidates = check(city, Plan(plan_index.placed)).total, Candidates(city)
        for part in ResourceShares(city, blocks).share_out(plan_index, Partition(city, blocks, 1).across(random)):
            subproblem = subproblem_of(plan_index, part)
            before = subproblem.report(subproblem.free_now)
            assert before.violations == ()
            for free_section in part.sections:
                moves = [None, *_moves(candidates, free_section.id, random)]
                for move in [move for move in moves if move is None or subproblem.knows({free_section.id: move})]:
                    small = subproblem.report(_with(subproblem.free_now, free_section.id, move))
                    large = check(city, Plan(_with(plan_index.placed, free_section.id, move)))
                    outcomes[not small.violations] += 1
                    assert small.violations or not large.violations
                    assert large.violations or {violation.code for violation in small.violations} <= {"budget"}
                    assert large.violations or small.total - before.total == large.total - city_total
    assert min(outcomes[True], outcomes[False]) > 100


def _moves(candidates: Candidates, name: str, random: Random) -> Iterator[Placement]:
    """Some placements that a section could have by itself."""
    index = candidates.section_number[name]
    section = candidates.sections[index]
    for _ in range(60 if section.pairs else 0):
        pair = random.choice(section.pairs)
        number = random.choice([at for at in range(len(section.patterns.series)) if pair.legal >> at & 1])
        yield candidates.placement(index, pair, number)


def _with(placed: Mapping[str, Placement], name: str, move: Placement | None) -> dict[str, Placement]:
    """Placements with one of them changed or taken out."""
    others = {key: value for key, value in placed.items() if key != name}
    return others if move is None else {**others, name: move}


def test_reasons_found_part_by_part_are_those_of_the_whole() -> None:
    codes: Counter[str] = Counter()
    for city, _, plan_index, _ in cities():
        plan = Plan(plan_index.placed)
        reasons = left_out(city, plan)
        assert reasons == whole_reasons(adopted(Candidates(city), plan))
        codes.update(reason.code for reason in reasons.values())
    assert len(codes) > 5


def test_a_fixed_section_takes_its_hours_and_no_others() -> None:
    """It sits in a room of the part with a teacher from outside: whoever is free gets another hour."""
    city = term(
        rooms=(room(), room("far")),
        teachers=(teacher(), teacher("other")),
        sections=(section(), section("fixed"), section("elsewhere")),
    )
    standing = {"fixed": placement(NINE, teacher="other"), "elsewhere": placement(TEN, room="far", teacher="other")}
    plan_index = PlanIndex(city, standing)
    part = Part([city.section["section"]], [city.room["room"]], [city.teacher["teacher"]], {})
    subproblem = subproblem_of(plan_index, part)
    assert {section.id for section in subproblem.term.sections} == {"section", "fixed"}
    assert subproblem.report({"section": placement(TEN)}).violations == ()
    clashing = subproblem.report({"section": placement(NINE)})
    assert {violation.code for violation in clashing.violations} == {"room overlap"}
    stand_in = next(teacher for teacher in subproblem.term.teachers if teacher.id != "teacher")
    taken = subproblem.report({"section": placement(TEN, teacher=stand_in.id)})
    assert {violation.code for violation in taken.violations} == {"teacher available"}


def test_a_fixed_section_with_a_teacher_of_the_part_takes_their_time() -> None:
    """It sits elsewhere, in a room which nobody else may use: at its hour the teacher is not to be had."""
    city = term(rooms=(room(), room("far")), sections=(section(), section("fixed")))
    plan_index = PlanIndex(city, {"fixed": placement(NINE, room="far")})
    subproblem = subproblem_of(
        plan_index, Part([city.section["section"]], [city.room["room"]], [city.teacher["teacher"]], {})
    )
    assert subproblem.report({"section": placement(TEN)}).violations == ()
    clashing = subproblem.report({"section": placement(NINE)})
    assert {violation.code for violation in clashing.violations} == {"teacher overlap or travel"}
    stand_in = next(room for room in subproblem.term.rooms if room.id != "room")
    taken = subproblem.report({"section": placement(TEN, room=stand_in.id)})
    assert {violation.code for violation in taken.violations} == {"room open"}


def test_what_is_legal_of_a_plan_is_kept() -> None:
    """Every random plan becomes legal, legal ones stay whole, and what is preferred stays where either could go."""
    for seed in range(150):
        case = tiny_case(Random(seed))
        free = replace(case.term, sections=tuple(replace(section, pinned=None) for section in case.term.sections))
        legal = feasible_subset_of(free, case.plan.placed)
        assert check(free, Plan(legal)).violations == ()
        assert check(free, case.plan).violations or legal == case.plan.placed


def test_the_preferred_of_two_sections_is_kept() -> None:
    both = term(sections=(section("a"), section("b")), teachers=(teacher(), teacher("other")))
    placed = {"a": placement(NINE), "b": placement(NINE, teacher="other")}
    assert set(feasible_subset_of(both, placed)) == {"a"}
    assert set(feasible_subset_of(both, placed, rather={"b"})) == {"b"}
