"""Random terms of a few rooms, teachers and sections, with plans that are sometimes legal and sometimes just not.

Everything is drawn from a ``random.Random``, so that hypothesis can drive the draws and a fixed seed can repeat them.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from msgspec.structs import replace

from solver.model.check import check
from solver.problem.busy import BusyRoomHours, BusyTeacherHours, Place
from solver.problem.plan import Meeting, Placement, Plan
from solver.problem.term import (
    Calendar,
    Community,
    Hours,
    Pin,
    Room,
    Section,
    Shared,
    Teacher,
    Term,
    Travel,
    Unit,
    Venue,
    Weights,
    Window,
)
from solver.search.candidates import Candidates
from tests.solver.samples import MONDAY

MORNING = (540, 720)
SUBJECTS = ("choir", "tai chi")


@dataclass(frozen=True)
class Case:
    """A term and a plan for it."""

    term: Term
    plan: Plan


def tiny_case(random: Random) -> Case:
    """A random term and a random plan; about half of the plans are left as the candidates allow them."""
    term = _term(random)
    plan = _plan(term, random)
    case = Case(_with_pins_and_past(term, plan, random), _disturbed(term, plan, random))
    return Case(_with_busy_hours(case.term, random), case.plan)


def legal_part(case: Case) -> Plan:
    """The plan of a case without what breaks a rule, section by section."""
    legal = Plan({})
    for name, placement in case.plan.placed.items():
        more = Plan({**legal.placed, name: placement})
        if all(violation.code == "pinned section unplaced" for violation in check(case.term, more).violations):
            legal = more
    return legal


def _term(random: Random) -> Term:
    return Term(
        calendar=Calendar(MONDAY, random.randint(2, 4), (_date(random),) * random.randint(0, 1), 30),
        travel=Travel(100, random.choice([0, 10])),
        weights=Weights(*(random.randint(1, 9) for _ in Weights.__struct_fields__)),
        units=(Unit("city"), Unit("street", "city", budget=random.choice([None, 150, 400]))),
        communities=tuple(Community(f"c{i}", random.randrange(0, 3000, 500), 0) for i in range(2)),
        venues=(Venue("v0", 0, 0), Venue("v1", random.choice([0, 1000, 2500]), 0)),
        rooms=tuple(_room(random, i) for i in range(3)),
        teachers=tuple(_teacher(random, i) for i in range(2)),
        sections=tuple(_section(random, i) for i in range(random.randint(2, 4))),
        shared=(Shared("s0", "s1", random.randint(1, 5)),) * random.randint(0, 1),
    )


def _room(random: Random, number: int) -> Room:
    hours = [Hours(day, *MORNING) for day in range(7) if random.random() < 0.9]
    return Room(
        id=f"r{number}",
        venue=f"v{number % 2}",
        capacity=random.choice([6, 20, 20]),
        features=random.choice([("piano",), ("piano", "tables")]),
        open=tuple(hours),
        closed=(_date(random),) * random.randint(0, 1),
        turnaround=random.choice([0, 10, 30]),
        fee=random.choice([0, 40]),
    )


def _teacher(random: Random, number: int) -> Teacher:
    return Teacher(
        id=f"t{number}",
        x=0,
        y=random.choice([0, 400]),
        subjects=SUBJECTS if random.random() < 0.7 else (random.choice(SUBJECTS),),
        available=tuple(Hours(day, *MORNING) for day in range(7) if random.random() < 0.9),
        absent=(_date(random),) * random.randint(0, 1),
        max_day=random.choice([1, 2, 3]),
        max_week=random.choice([1, 2, 3, 6]),
        wanted_week=random.randint(0, 2),
        fee=random.choice([0, 60]),
        max_metres=random.choice([1000, 5000]),
    )


def _section(random: Random, number: int) -> Section:
    per_week = random.choice([1, 1, 2])
    return Section(
        id=f"s{number}",
        subject=random.choice(SUBJECTS),
        unit="street",
        minutes=random.choice([30, 45, 60]),
        sessions=random.randint(1, 3),
        per_week=per_week,
        first_weeks=random.choice([(1, 1), (1, 2), (2, 2)]),
        day_gap=random.choice([0, 1, 2]),
        windows=tuple(Window(day, 540, 690, random.randint(0, 2)) for day in range(3)),
        learners={f"c{i}": random.randint(1, 6) for i in range(2) if i == 0 or random.random() < 0.7},
        max_metres=random.choice([600, 2000, 4000]),
        needs=random.choice([(), (), ("tables",)]),
        priority=random.randint(1, 5),
        every=random.choice([1, 1, 2]),
        venues=random.choice([None, None, ("v0",), ("v0", "v1")]),
        teachers=random.choice([None, None, ("t0",), ("t0", "t1")]),
    )


def _with_busy_hours(term: Term, random: Random) -> Term:
    """The term with rooms and teachers that others need for some hours of some dates."""
    rooms = [replace(room, busy=(_busy_room(random),) * random.choice([0, 0, 1])) for room in term.rooms]
    teachers = [replace(teacher, busy=(_busy_teacher(random),) * random.choice([0, 0, 1])) for teacher in term.teachers]
    return replace(term, rooms=tuple(rooms), teachers=tuple(teachers))


def _busy_room(random: Random) -> BusyRoomHours:
    return BusyRoomHours(*_busy_hours(random), random.choice(["", "spring"]), pause=random.choice([0, 10]))


def _busy_teacher(random: Random) -> BusyTeacherHours:
    """At one of the venues of the term, at one of another term, or nobody knows where."""
    places = [None, Place("v0", 0, 0), Place("v1", 1000, 0), Place("other", 0, 2000)]
    return BusyTeacherHours(*_busy_hours(random), random.choice(["", "spring"]), place=random.choice(places))


def _busy_hours(random: Random) -> tuple[tuple[date, ...], int, int]:
    start = random.randrange(510, 690, 15)
    return tuple(_date(random) for _ in range(random.randint(1, 2))), start, start + random.choice([30, 60])


def _plan(term: Term, random: Random) -> Plan:
    candidates = Candidates(term)
    placed = {}
    for section in candidates.sections:
        if section.pairs and random.random() < 0.85:
            pair = random.choice(section.pairs)
            numbers = [n for n in range(len(section.patterns.series)) if pair.legal >> n & 1]
            number = random.choice(numbers[:6]) if random.random() < 0.6 else random.choice(numbers)
            placed[section.section.id] = candidates.placement(section.index, pair, number)
    return Plan(placed)


def _disturbed(term: Term, plan: Plan, random: Random) -> Plan:
    """The plan with one placement changed a little, half of the time."""
    placed = dict(plan.placed)
    if placed and random.random() < 0.5:
        name = random.choice(sorted(placed))
        placed[name] = _nudged(term, placed[name], random)
    return Plan(placed)


def _nudged(term: Term, placement: Placement, random: Random) -> Placement:
    first, *others = placement.meetings
    match random.randrange(8):
        case 0:
            return replace(placement, week=placement.week + random.choice([-1, 1, 2]))
        case 1:
            shift = random.choice([-60, -30, -15, 15, 30, 60, 120])
            return replace(placement, meetings=(Meeting(first.weekday, first.start + shift), *others))
        case 2:
            return replace(placement, meetings=(Meeting(random.randrange(7), first.start), *others))
        case 3:
            extra = Meeting(random.randrange(7), first.start)
            return replace(placement, meetings=(*placement.meetings, extra) if not others else (first,))
        case 4 | 5:
            return replace(placement, room=random.choice(term.rooms).id)
        case _:
            return replace(placement, teacher=random.choice(term.teachers).id)


def _with_pins_and_past(term: Term, plan: Plan, random: Random) -> Term:
    """The term with a pin on one section and a published plan, sometimes."""
    sections = list(term.sections)
    if random.random() < 0.3:
        at = random.randrange(len(sections))
        placement = plan.placed.get(sections[at].id)
        if placement is not None:
            parts = {name: getattr(placement, name) for name in Placement.__struct_fields__ if random.random() < 0.5}
            sections[at] = replace(sections[at], pinned=Pin(**parts))
        elif random.random() < 0.5:
            sections[at] = replace(sections[at], pinned=Pin(week=1))
    previous = {name: _nudged(term, placed, random) for name, placed in plan.placed.items() if random.random() < 0.3}
    return replace(term, sections=tuple(sections), previous=previous)


def _date(random: Random) -> date:
    return MONDAY + timedelta(days=random.randrange(21))
