"""The smallest term that can be planned, and ways to vary it: one room, one teacher, one section."""

from datetime import date
from typing import Any

from msgspec.structs import replace

from solver.problem.plan import Meeting, Placement, Plan
from solver.problem.term import (
    Calendar,
    Community,
    Hours,
    Room,
    Section,
    Teacher,
    Term,
    Travel,
    Unit,
    Venue,
    Weights,
    Window,
)

MONDAY = date(2027, 3, 1)

NINE = Meeting(0, 540)
TEN = Meeting(0, 600)


def room(name: str = "room", **changes: Any) -> Room:
    """A room for ten that is open on Monday and Tuesday mornings, from nine to eleven."""
    plain = Room(
        id=name,
        venue="hall",
        capacity=10,
        features=(),
        open=(Hours(0, 540, 660), Hours(1, 540, 660)),
        closed=(),
        turnaround=0,
        fee=0,
    )
    return replace(plain, **changes)


def teacher(name: str = "teacher", **changes: Any) -> Teacher:
    """A volunteer who lives in the hall, teaches choir and has time all day from Monday to Wednesday."""
    plain = Teacher(
        id=name,
        x=0,
        y=0,
        subjects=("choir",),
        available=(Hours(0, 480, 1200), Hours(1, 480, 1200), Hours(2, 480, 1200)),
        absent=(),
        max_day=5,
        max_week=10,
        wanted_week=10,
        fee=0,
        max_metres=100_000,
    )
    return replace(plain, **changes)


def section(name: str = "section", **changes: Any) -> Section:
    """Ten people of the village who sing for an hour, twice in all, once a week, at nine or ten on Monday."""
    plain = Section(
        id=name,
        subject="choir",
        unit="street",
        minutes=60,
        sessions=2,
        per_week=1,
        first_weeks=(1, 1),
        day_gap=1,
        windows=(Window(0, 540, 660, 0),),
        learners={"village": 10},
        max_metres=5000,
        needs=(),
        priority=1,
    )
    return replace(plain, **changes)


def term(**changes: Any) -> Term:
    """Two weeks, one hall with one room in the village, one teacher, one section; only leaving out costs anything."""
    plain = Term(
        calendar=Calendar(MONDAY, 2, (), 30),
        travel=Travel(250, 5),
        weights=Weights(unplaced=1),
        units=(Unit("city", level="city"), Unit("street", "city", level="street")),
        communities=(Community("village", 0, 0, "street"),),
        venues=(Venue("hall", 0, 0, "street"),),
        rooms=(room(),),
        teachers=(teacher(),),
        sections=(section(),),
    )
    return replace(plain, **changes)


def placement(*meetings: Meeting, **changes: Any) -> Placement:
    """In the room with the teacher from the first week on, Mondays at nine unless other meetings are given."""
    return replace(Placement(1, meetings or (NINE,), "room", "teacher"), **changes)


def plan(**placed: Placement) -> Plan:
    """A plan of some placements."""
    return Plan(placed)
