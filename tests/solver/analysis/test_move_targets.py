"""Where a section may be put down on a board agrees with the check: what fits at which cost, what is in the way."""

from collections import Counter
from random import Random

from msgspec.structs import replace

from solver import Plan, check
from solver.analysis.move_targets import CLOSED, FREE, TAKEN, TargetRow, TargetSlot, Track, move_targets
from solver.analysis.plan_index import PlanIndex
from solver.problem.busy import BusyRoomHours
from solver.problem.plan import Meeting, Placement
from solver.problem.term import Hours, Term, Window
from solver.problem.violation import Violation, breaks
from solver.search.candidates import Candidates
from tests.solver import samples
from tests.solver.tiny import Case, legal_part, tiny_case

CASES = 150


def rows_of(term: Term) -> dict[str, TargetRow]:
    """A row for each room, venue and teacher, and one that leaves everything open, as that of a community does."""
    rooms = {room.id: TargetRow(rooms=frozenset({room.id})) for room in term.rooms}
    venues = {
        venue.id: TargetRow(rooms=frozenset(room.id for room in term.rooms if room.venue == venue.id))
        for venue in term.venues
    }
    teachers = {teacher.id: TargetRow(teachers=frozenset({teacher.id})) for teacher in term.teachers}
    return {**rooms, **venues, **teachers, "anywhere": TargetRow()}


def is_in(row: TargetRow, placement: Placement) -> bool:
    """Whether a placement lies in a row."""
    return (row.rooms is None or placement.room in row.rooms) and (
        row.teachers is None or placement.teacher in row.teachers
    )


def moved(plan: Plan, name: str, placement: Placement) -> Plan:
    """The plan with one section elsewhere."""
    return Plan({**plan.placed, name: placement})


def legal_placements(case: Case, name: str) -> list[Placement]:
    """Every placement of a section that breaks nothing new, by trying all of them."""
    candidates = Candidates(case.term)
    section = candidates.sections[candidates.section_number[name]]
    everything = [
        candidates.placement(section.index, pair, number)
        for pair in section.pairs
        for number in range(len(section.patterns.series))
        if pair.legal >> number & 1
    ]
    return [placement for placement in everything if not new_violations(case, name, placement)]


def new_violations(case: Case, name: str, placement: Placement) -> set[Violation]:
    """What a plan breaks with a section elsewhere that it does not break as it is."""
    return set(check(case.term, moved(case.plan, name, placement)).violations) - set(
        check(case.term, case.plan).violations
    )


def random_case(seed: int) -> tuple[Case, str]:
    """A term with a plan that keeps the rules, and the section that is picked up."""
    random = Random(seed)
    case = tiny_case(random)
    return Case(case.term, legal_part(case)), random.choice(case.term.sections).id


def assert_slot_is_right(case: Case, name: str, slot: TargetSlot, legal: list[Placement]) -> None:
    """The slot is free exactly when something legal lies there, and says what that changes of the cost."""
    assert (slot.state == FREE) == any(slot.meeting in placement.meetings for placement in legal)
    assert bool(slot.violations) == (slot.state == TAKEN)
    if slot.placement is not None:
        before, after = check(case.term, case.plan), check(case.term, moved(case.plan, name, slot.placement))
        rise = {part: after.cost.get(part, 0) - before.cost.get(part, 0) for part in (*before.cost, *after.cost)}
        assert slot.placement in legal and slot.meeting in slot.placement.meetings
        assert slot.cost == {part: amount for part, amount in rise.items() if amount}


def test_what_a_board_calls_fitting_passes_the_check_at_exactly_that_cost() -> None:
    seen: Counter[str] = Counter()
    for seed in range(CASES):
        case, name = random_case(seed)
        rows, legal = rows_of(case.term), legal_placements(case, name)
        for key, track in move_targets(PlanIndex(case.term, case.plan.placed), name, rows).items():
            legal_in_row = [placement for placement in legal if is_in(rows[key], placement)]
            seen.update(slot.state for slot in track.slots)
            if not track.slots:
                seen["never"] += 1
                assert not legal_in_row
            for slot in track.slots:
                assert_slot_is_right(case, name, slot, legal_in_row)
    assert all(seen[state] > 20 for state in (FREE, TAKEN, CLOSED, "never")), seen


def test_hours_that_another_term_has_are_taken_and_say_whose_they_are() -> None:
    """From nine on the spring has the room on the first Monday: half past nine is too early, ten is not."""
    hours = BusyRoomHours((samples.MONDAY,), 540, 590, "spring", 10)
    of = samples.term(rooms=(samples.room(busy=(hours,)),))
    track = move_targets(PlanIndex(of, {}), "section", {0: TargetRow(rooms=frozenset({"room"}))})[0]
    assert [(slot.meeting.start, slot.state) for slot in track.slots] == [(540, TAKEN), (570, TAKEN), (600, FREE)]
    (violation,) = track.slots[1].violations
    assert violation == breaks("room busy", "section", "room", samples.MONDAY, 540, 590, "spring")


def test_what_a_board_says_is_in_the_way_is_what_the_check_says() -> None:
    """The placement that a taken slot stands for is not told, so all that are possible there are tried."""
    seen = 0
    for seed in range(CASES // 2):
        case, name = random_case(seed)
        rows = rows_of(case.term)
        for key, track in move_targets(PlanIndex(case.term, case.plan.placed), name, rows).items():
            for slot in track.slots:
                if slot.violations:
                    seen += 1
                    tried = [placement for placement in tried_at(case.term, name, slot) if is_in(rows[key], placement)]
                    assert any(set(slot.violations) <= new_violations(case, name, placement) for placement in tried)
    assert seen > 100


def tried_at(term: Term, name: str, slot: TargetSlot) -> list[Placement]:
    """Every series at an hour, with every room and teacher."""
    candidates = Candidates(term)
    return [
        Placement(series.week, series.meetings, room.id, teacher.id)
        for series in candidates.sections[candidates.section_number[name]].patterns.series
        if slot.meeting in series.meetings
        for room in term.rooms
        for teacher in term.teachers
    ]


# Two sections in one room, Mondays at nine and ten. Whoever moves to the other's hour is in its way.
TERM = samples.term(sections=(samples.section("first"), samples.section("second")), teachers=(
    samples.teacher("t1"), samples.teacher("t2"),
))
PLACED = {
    "first": replace(samples.placement(samples.NINE), teacher="t1"),
    "second": replace(samples.placement(samples.TEN), teacher="t2"),
}


def test_the_section_in_the_way_is_named_with_the_first_date() -> None:
    track = move_targets(PlanIndex(TERM, PLACED), "first", {"room": TargetRow(frozenset({"room"}))})["room"]
    at = {slot.meeting: slot for slot in track.slots}
    assert at[samples.NINE].placement == PLACED["first"] and at[samples.NINE].cost == {}
    assert at[samples.TEN].violations[0] == ("room overlap", ("room", "2027-03-01", "first", "second"))


def test_where_only_free_slots_are_wanted_they_are_the_same_ones() -> None:
    for seed in range(CASES // 4):
        case, name = random_case(seed)
        rows = {"all": TargetRow(), "free": TargetRow(free_only=True)}
        tracks = move_targets(PlanIndex(case.term, case.plan.placed), name, rows)
        assert tracks["free"].slots == tuple(slot for slot in tracks["all"].slots if slot.state == FREE)


def test_a_section_keeps_its_teacher_although_another_one_costs_less() -> None:
    far = replace(TERM, weights=replace(TERM.weights, teacher_distance=1), teachers=(
        samples.teacher("t1", x=4000), samples.teacher("t2"),
    ))
    track = move_targets(PlanIndex(far, {"first": PLACED["first"]}), "first", {"anywhere": TargetRow()})["anywhere"]
    assert {slot.placement.teacher for slot in track.slots if slot.placement} == {"t1"}
    alone = move_targets(PlanIndex(far, {}), "first", {"anywhere": TargetRow()})["anywhere"]
    assert {slot.placement.teacher for slot in alone.slots if slot.placement} == {"t2"}


def test_the_meeting_that_is_picked_up_moves_and_the_other_one_stays() -> None:
    hours = tuple(Hours(day, 480, 1200) for day in range(5))
    open_all_week = samples.room(open=hours)
    twice = samples.section(
        "twice", per_week=2, day_gap=1, windows=tuple(Window(day, 540, 600, 0) for day in range(4))
    )
    term = samples.term(sections=(twice,), rooms=(open_all_week,), teachers=(samples.teacher(available=hours),))
    monday, wednesday, thursday = (Meeting(day, 540) for day in (0, 2, 3))
    plan_index = PlanIndex(term, {"twice": samples.placement(monday, wednesday)})

    def meetings_after(leaving: int) -> tuple[Meeting, ...]:
        track = move_targets(plan_index, "twice", {"anywhere": TargetRow()}, leaving)["anywhere"]
        placement = next(slot.placement for slot in track.slots if slot.meeting == thursday)
        assert placement is not None
        return placement.meetings

    assert meetings_after(leaving=0) == (wednesday, thursday)
    assert meetings_after(leaving=2) == (monday, thursday)


def test_a_room_that_is_too_small_says_so_once() -> None:
    term = replace(TERM, rooms=(*TERM.rooms, samples.room("closet", capacity=3)))
    track = move_targets(PlanIndex(term, PLACED), "first", {"closet": TargetRow(frozenset({"closet"}))})["closet"]
    assert track == Track(never=(("capacity", ("first", "closet")),))  # type: ignore[arg-type]
