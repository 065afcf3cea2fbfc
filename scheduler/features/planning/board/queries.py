"""Reads a plan for its board within a scope: its rows, what is held in them, what is unplaced."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from scheduler.core.extensions import db
from scheduler.domain.plans import newest_draft, planned_section, published_plan
from scheduler.domain.term_scope import near
from scheduler.features.planning.board.selection import BoardSelection, RowKind
from scheduler.models import (
    Community,
    Course,
    Placement,
    Plan,
    Room,
    Section,
    SectionLearners,
    Teacher,
    Term,
    Unit,
    Venue,
)
from scheduler.web.text_search import contains

MAX_ROWS = 40
"""Rows shown at once before the board begins with one unit of them."""
Columns = Select[*tuple[Any, ...]]
MAX_UNPLACED = 60


@dataclass(frozen=True)
class BoardRow:
    """A room, venue, teacher or community; ``group`` is where it belongs, ``detail`` what one has to know of it.

    ``rooms`` and ``teachers`` are what the row leaves to choose from, None for any.
    """

    id: int
    name: str
    group: str
    unit_id: int
    detail: str = ""
    rooms: frozenset[int] | None = None
    teachers: frozenset[int] | None = None


def plan_to_adjust(term: Term) -> Plan | None:
    """The plan that adjusting a term starts with: the draft made last, else the published one."""
    return newest_draft(term) or published_plan(term)


def section_in(plan: Plan, section_id: int) -> Section:
    """A section of the plan's term that is still planned, with what the board shows of it, or 404."""
    return planned_section(
        plan, section_id, joinedload(Section.course), joinedload(Section.unit), selectinload(Section.learners)
    )


def rows(term: Term, kind: RowKind, unit_id: int | None = None, search: str = "") -> list[BoardRow]:
    """The rows of a board, unit by unit; of one unit, or whose place and name contain the search, where given."""
    statement = STATEMENTS[kind](term)
    _id, name, group, *_rest = statement.selected_columns
    if unit_id is not None:
        statement = statement.where(Unit.id == unit_id)
    if search:
        statement = statement.where(contains(search, group + " " + name))
    return MAKERS[kind](db.session.execute(statement))


def units_with(term: Term, kind: RowKind) -> list[tuple[Unit, int]]:
    """The units that have rows, in the order of the tree, each with how many."""
    statement = STATEMENTS[kind](term)
    own = statement.selected_columns[0]
    counted = statement.with_only_columns(Unit, func.count(own.distinct())).order_by(None).group_by(Unit.id)
    return [(unit, number) for unit, number in db.session.execute(counted.order_by(Unit.path))]


def placements_by_row(plan: Plan, kind: RowKind, shown: Sequence[BoardRow]) -> dict[int, list[Placement]]:
    """By row what the plan holds there."""
    owners = {RowKind.ROOM: Placement.room_id, RowKind.VENUE: Room.venue_id, RowKind.TEACHER: Placement.teacher_id}
    owner: Any = owners.get(kind, SectionLearners.community_id)
    statement: Select[Any] = select(owner, Placement).join(Placement.section).join(Placement.room)
    ids = [row.id for row in shown]
    if kind is RowKind.COMMUNITY:
        section_ids = select(SectionLearners.section_id).where(SectionLearners.community_id.in_(ids))
        # Says the same as the condition below, and lets SQLite begin with these instead of the whole plan.
        statement = statement.join(Section.learners).where(Placement.section_id.in_(section_ids))
    condition = Placement.plan_id == plan.id, owner.in_(ids)
    placements: defaultdict[int, list[Placement]] = defaultdict(list)
    for row_id, placement in db.session.execute(statement.where(*condition).options(*_loaded())).unique():
        placements[row_id].append(placement)
    return placements


def unplaced(plan: Plan) -> tuple[list[Section], int]:
    """The sections that the plan leaves out, the weightiest first, as many as fit; and how many there are."""
    placed = select(Placement.section_id).where(Placement.plan_id == plan.id)
    condition = Section.term_id == plan.term_id, Section.archived_at.is_(None), Section.id.not_in(placed)
    size = select(func.coalesce(func.sum(SectionLearners.people), 0)).where(SectionLearners.section_id == Section.id)
    weightiest = (Section.priority * size.scalar_subquery()).desc(), Section.id
    loaded = selectinload(Section.learners), joinedload(Section.course)
    shown = select(Section).where(*condition).order_by(*weightiest).limit(MAX_UNPLACED).options(*loaded)
    number = db.session.scalar(select(func.count()).select_from(Section).where(*condition)) or 0
    return list(db.session.scalars(shown)), number


def placement_of(plan: Plan, section_id: int) -> Placement | None:
    """Where a section is in the plan."""
    condition = Placement.plan_id == plan.id, Placement.section_id == section_id
    return (
        db.session.scalars(select(Placement).where(*condition).options(joinedload(Placement.meetings))).unique().first()
    )


def start_unit(selection: BoardSelection, units: Sequence[tuple[Unit, int]], section: Section | None) -> int | None:
    """The unit whose rows are shown: the one asked for; of many rows those near the section in hand, else the most."""
    numbers = {unit.id: number for unit, number in units}
    if selection.unit_id in numbers or sum(numbers.values()) <= MAX_ROWS or selection.search:
        return selection.unit_id if selection.unit_id in numbers else None
    if section is not None and section.unit_id in numbers:
        return section.unit_id
    return max(numbers, key=lambda unit_id: numbers[unit_id])


def _loaded() -> tuple[Any, ...]:
    return (
        contains_eager(Placement.section).joinedload(Section.course).joinedload(Course.subject),
        contains_eager(Placement.section).selectinload(Section.pinned_meetings),
        contains_eager(Placement.room).joinedload(Room.venue),
        joinedload(Placement.teacher),
        joinedload(Placement.meetings),
    )


def _rooms(term: Term) -> Columns:
    columns = Room.id, Room.name, Venue.name, Venue.unit_id, Room.capacity
    active = near(term) & Venue.archived_at.is_(None) & Room.archived_at.is_(None)
    statement = select(*columns).join(Room.venue).join(Unit, Venue.unit_id == Unit.id).where(active)
    return statement.order_by(Unit.path, Venue.name, Room.name)


def _venues(term: Term) -> Columns:
    columns = Venue.id, Venue.name, Unit.name, Venue.unit_id, Room.id
    active = near(term) & Venue.archived_at.is_(None) & Room.archived_at.is_(None)
    statement = select(*columns).select_from(Room).join(Room.venue).join(Unit, Venue.unit_id == Unit.id)
    return statement.where(active).order_by(Unit.path, Venue.name)


def _teachers(term: Term) -> Columns:
    columns = Teacher.id, Teacher.name, Unit.name, Teacher.unit_id
    statement = select(*columns).join(Unit, Teacher.unit_id == Unit.id)
    return statement.where(near(term), Teacher.archived_at.is_(None)).order_by(Unit.path, Teacher.name)


def _communities(term: Term) -> Columns:
    columns = Community.id, Community.name, Unit.name, Community.unit_id
    learning = select(SectionLearners.community_id).join(Section).where(Section.term_id == term.id)
    inside = or_(Unit.path.startswith(term.unit.path, autoescape=True), Community.id.in_(learning))
    statement = select(*columns).join(Unit, Community.unit_id == Unit.id).where(inside, Community.id.in_(learning))
    return statement.order_by(Unit.path, Community.code)


def _room_rows(rooms: Iterable[Any]) -> list[BoardRow]:
    return [BoardRow(key, name, group, unit, str(seats), frozenset({key})) for key, name, group, unit, seats in rooms]


def _teacher_rows(teachers: Iterable[Any]) -> list[BoardRow]:
    return [BoardRow(key, name, group, unit, teachers=frozenset({key})) for key, name, group, unit in teachers]


def _venue_rows(venues: Iterable[Any]) -> list[BoardRow]:
    by_venue: dict[tuple[int, str, str, int], set[int]] = {}
    for row in venues:
        by_venue.setdefault((row[0], row[1], row[2], row[3]), set()).add(row[4])
    return [BoardRow(*venue, rooms=frozenset(rooms)) for venue, rooms in by_venue.items()]


STATEMENTS = {RowKind.ROOM: _rooms, RowKind.VENUE: _venues, RowKind.TEACHER: _teachers, RowKind.COMMUNITY: _communities}
MAKERS: dict[RowKind, Callable[[Iterable[Any]], list[BoardRow]]] = {
    RowKind.ROOM: _room_rows,
    RowKind.VENUE: _venue_rows,
    RowKind.TEACHER: _teacher_rows,
    RowKind.COMMUNITY: lambda rows: [BoardRow(*row) for row in rows],
}


def placed_count(plan: Plan) -> int:
    """How many sections the plan places."""
    return db.session.scalar(select(func.count()).select_from(Placement).where(Placement.plan_id == plan.id)) or 0
