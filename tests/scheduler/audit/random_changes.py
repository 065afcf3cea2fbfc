"""Random changes of every register: other values for parts of a row, a new row, a row that goes."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from sqlalchemy import select

from scheduler.audit.changesets import ChangeLog
from scheduler.audit.states.registers import CODECS
from scheduler.core.database import Base
from scheduler.core.extensions import db
from scheduler.models import (
    ActivitySeries,
    Demand,
    DemandSource,
    Placement,
    Proposal,
    ProposalRun,
    ProposedCourse,
    SharedLearners,
    SourceKind,
)
from tests.factories import Town

Value = Callable[[Town, Random], Any]


def _some(values: list[Any], random: Random) -> list[Any]:
    return sorted(random.sample(values, random.randint(0, len(values))))


def _hours(_town: Town, random: Random) -> list[list[int]]:
    starts = [(day, random.randrange(0, 600, 30)) for day in _some(list(range(7)), random)]
    return [[day, start, start + random.randrange(30, 600, 30)] for day, start in starts]


def _best_hours(town: Town, random: Random) -> list[list[int]]:
    return [[*span, random.randint(0, 9)] for span in _hours(town, random)]


def _meetings(_town: Town, random: Random) -> list[list[int]]:
    return [[day, random.randrange(480, 1200, 30)] for day in _some(list(range(7)), random)]


def _dates(_town: Town, random: Random) -> dict[str, str]:
    dates = [f"2027-03-{day:02}" + ("" if day % 3 else " 09:00-12:00") for day in range(1, 29)]
    return {when: random.choice(["", "检修"]) for when in _some(dates, random)}


def _learners(town: Town, random: Random) -> dict[str, int]:
    return {str(community.id): random.randint(1, 50) for community in town.communities if random.random() < 0.5}


def _name(_town: Town, random: Random) -> str:
    return f"名称 {random.randrange(10**9)}"


def _number(low: int, high: int) -> Value:
    return lambda _town, random: random.randint(low, high)


def _one_of(*values: Any) -> Value:
    return lambda _town, random: random.choice(values)


FLAG = _one_of(True, False)
COMMON: dict[str, Value] = {"name": _name, "assumed": FLAG, "archived": FLAG}
FEATURES: Value = lambda _town, random: _some(["mirror", "wifi"], random)  # noqa: E731 - a value like the others
VALUES: dict[str, dict[str, Value]] = {
    "units": {"name": _name, "archived": FLAG},
    "communities": {
        "name": _name, "population": _number(0, 9000), "place_source": _one_of("known", "assumed"), "archived": FLAG,
        "unit": lambda town, random: random.choice([town.street.id, town.other_street.id]),
    },
    "venues": {
        **COMMON, "kind": _one_of("library", "museum"), "step_free": _one_of(None, True, False),
        "place_source": _one_of("known", "assumed"), "latitude": lambda _town, random: random.uniform(29, 30),
        "unit": lambda town, random: random.choice([town.street.id, town.other_street.id]),
    },
    "rooms": {**COMMON, "capacity": _number(1, 90), "features": FEATURES, "hours": _hours, "closed": _dates},
    "teachers": {
        **COMMON, "subjects": lambda _town, random: _some(["calligraphy", "dance"], random), "hours": _hours,
        "absent": _dates, "fee": _number(0, 500), "kind": _one_of("volunteer", "part_time"),
    },
    "courses": {
        "title_zh": _name, "needs": FEATURES, "windows": _best_hours, "sessions": _number(1, 30), "archived": FLAG,
        "target_group": _one_of("elderly", "family"),
    },
    "sections": {
        **COMMON, "learners": _learners, "pinned_meetings": _meetings, "pinned_week": _one_of(None, 1, 2),
        "venues": lambda town, random: _some([town.library.id, town.station.id], random),
        "teachers": lambda town, random: _some([town.teacher.id, town.volunteer.id], random),
        "pinned_room": lambda town, random: random.choice([None, town.hall.id, town.reading_room.id]),
        "course": lambda town, random: random.choice([town.course.id, town.dance.id]), "priority": _number(1, 5),
    },
    "shared_learners": {"people": _number(1, 90)},
    "demand": {"people": _number(1, 90), "worked_out": FLAG, "assumed": FLAG},
    "demand_sources": {"people": _number(1, 90)},
    "calendar_days": {"name": _name, "kind": _one_of("off", "make_up")},
    "placements": {
        "week": _number(1, 9), "meetings": _meetings,
        "room": lambda town, random: random.choice([town.hall.id, town.reading_room.id]),
    },
    "terms": {
        "budgets": lambda town, random: {
            str(unit.id): random.randint(0, 999) for unit in (town.street, town.other_street) if random.random() < 0.7
        },
        "weights": lambda _town, random: {"distance": random.randint(1, 9)},
    },
    "activity_series": {"archived": FLAG},
    "proposals": {
        "section": lambda town, random: random.choice([None, *(section.id for section in town.sections)]),
        "state": _one_of("open", "left_out", "accepted"),
    },
}
REMOVED = ("demand", "demand_sources", "shared_learners", "calendar_days", "placements")
"""Registers of which a row may be deleted whatever else there is."""


@dataclass
class Changes:
    """Changes drawn one after the other, each noted before it is made; no row is drawn twice."""

    town: Town
    random: Random
    log: ChangeLog
    drawn: list[Base]

    def draw(self) -> None:
        """Change a row, remove one or make one."""
        register = self.random.choice(list(VALUES))
        rows = db.session.scalars(select(CODECS[register].table)).all()
        left = [row for row in rows if row not in self.drawn]
        if register in ("demand", "demand_sources") and self.random.random() < 0.3:
            self._make(register)
        elif left and register in REMOVED and self.random.random() < 0.3:
            self._remove(self.random.choice(left))
        elif left:
            self._change(register, self.random.choice(left))
        db.session.flush()

    def _change(self, register: str, row: Base) -> None:
        names = self.random.sample(list(VALUES[register]), self.random.randint(1, len(VALUES[register])))
        self.log.changing(row, self.random.choice([None, names]))
        CODECS[register].write(row, {name: VALUES[register][name](self.town, self.random) for name in names})
        self.drawn.append(row)

    def _remove(self, row: Base) -> None:
        self.log.removing(row)
        db.session.delete(row)
        self.drawn.append(row)

    def _make(self, register: str) -> None:
        free = [
            community for community in self.town.communities
            if db.session.scalar(select(CODECS[register].table).filter_by(community_id=community.id)) is None
        ]
        if free:
            about = {"term_id": self.town.term.id, "course_id": self.town.course.id, "community_id": free[0].id}
            row = Demand(**about, people=7) if register == "demand" else DemandSource(
                **about, people=7, kind=SourceKind.SURVEY, percent=50
            )
            db.session.add(row)
            self.log.making(row)
            self.drawn.append(row)


def furnish(town: Town) -> None:
    """Rows of the registers that the town is without."""
    first, _second, third = town.sections
    about = {"term_id": town.term.id, "course_id": town.course.id}
    east, west = town.communities[:2]
    db.session.add_all([
        SharedLearners(first_id=first.id, second_id=third.id, people=8),
        Demand(**about, community_id=east.id, people=30, worked_out=True),
        Demand(**about, community_id=west.id, people=12),
        DemandSource(**about, community_id=east.id, people=30, kind=SourceKind.PAST),
        ActivitySeries(
            term=town.term, unit=town.street, title_zh="驿站", title_en="Station", content=town.course,
            at_least_every=4, people=20, reach_metres=9000,
        ),
    ])
    run = ProposalRun(term=town.term, user=town.users["coordinator"])
    asked = ProposedCourse(run=run, course=town.course, position=0, people=30)
    db.session.add(Proposal(asked=asked, unit=town.street, venue=town.library))
    db.session.flush()


def placement_of(town: Town) -> Placement:
    """Where the plan holds the first section."""
    return db.session.scalars(select(Placement).where(Placement.section_id == town.sections[0].id)).one()
