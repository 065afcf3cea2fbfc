"""A city to measure with: the demonstration's district, planned and published, many times over in one term.

Units, communities and census of the district are real; the copies are not. They have codes and names of their own, lie
side by side on the map and share the catalogue. As every copy is planned like the district, the city's plan keeps all
rules without having been searched for.
"""

from collections.abc import Callable, Iterator
from math import ceil
from typing import Any

from sqlalchemy import Column, Connection, Table, func, insert, literal, select

from scheduler.core.database import Base
from scheduler.core.extensions import db
from scheduler.demonstration import first_plan, operations as demonstration
from scheduler.models import Budget, Grant, Installation, Level, Plan, PlanStatus, Role, Section, Term, Unit, User

COPIED = (
    "units", "census", "communities", "venues", "rooms", "room_windows", "room_closures", "room_features", "teachers",
    "teacher_windows", "teacher_absences", "teacher_subjects", "demand", "sections", "section_learners",
    "section_venues", "section_teachers", "pinned_meetings", "shared_learners", "placements", "meetings", "bookings",
    "booked_sessions", "feed_events", "budgets", "assignments", "audit_entries",
)
"""Tables whose rows each copy has for itself; all others are the city's."""
SHIFT = 1_000_000
"""Between the numbers of a row and of its copy: more than a district has rows of any kind."""
CODE = "330213"
COLUMNS, EAST, NORTH = 6, 0.6, 0.5
"""How many copies lie side by side, and degrees between two of them."""
Row = dict[str, Any]


def fill(sections: int, seconds: int) -> Term:
    """Fill an empty, migrated database with a term of at least so many sections; the district is planned first."""
    term_id = demonstration.load().id
    db.session.commit()
    plan = first_plan.plan_and_publish(db.session.get_one(Term, term_id), seconds, print)
    assert plan is not None, "the district could not be planned"
    term = db.session.get_one(Term, term_id)
    _give_to_the_city(term)
    db.session.commit()
    of_district = db.session.scalar(select(func.count(Section.id))) or 1
    _copy_district(ceil(sections / of_district) - 1)
    _copy_as_draft(plan)
    db.session.commit()
    return term


def _give_to_the_city(term: Term) -> None:
    """The term becomes the city's, and its coordinator plans all of it; the demonstration's notices stay away."""
    city = db.session.scalars(select(Unit).where(Unit.level == Level.CITY)).one()
    term.unit, term.name = city, "全市 2027 年春季学期"
    coordinator = db.session.scalars(select(User).where(User.username == "coordinator")).one()
    coordinator.grants = [Grant(role=Role.COORDINATOR, unit_id=city.id)]
    term.budgets.append(Budget(unit=city, yuan=100_000_000))
    db.session.delete(db.session.get_one(Installation, 1))


def _copy_district(times: int) -> None:
    """Insert the rows of the district again and again."""
    db.session.rollback()
    kept = set(db.session.scalars(select(Unit.id).where(Unit.level == Level.CITY)))
    connection = db.session.connection()
    for table in (table for table in Base.metadata.sorted_tables if table.name in COPIED):
        rows = [dict(row) for row in connection.execute(select(table)).mappings() if row.get("unit_id") not in kept]
        if table.name == "units":
            rows = sorted((row for row in rows if row["id"] not in kept), key=lambda row: len(row["path"]))
        changes = {column.name: _change(column, kept) for column in table.columns}
        for number in range(1, times + 1):
            _insert(connection, table, (_copied(row, changes, number) for row in rows))
        print(f"  {table.name}: {len(rows) * (times + 1):,} rows", flush=True)


def _insert(connection: Connection, table: Table, rows: Iterator[Row]) -> None:
    found = list(rows)
    if found:
        connection.execute(insert(table), found)


def _copied(row: Row, changes: dict[str, Callable[[Any, int], Any]], number: int) -> Row:
    return {name: None if value is None else changes[name](value, number) for name, value in row.items()}


def _change(column: Column[Any], kept: set[int]) -> Callable[[Any, int], Any]:
    """How a value of the column differs in the copy of this number."""
    if (column.table.name, column.name) in WORDS:
        return WORDS[column.table.name, column.name]
    root = _root(column)
    if root.table.name == "units" and root.name == "id":
        return lambda value, number: value if value in kept else value + number * SHIFT
    if root.table.name in COPIED and root.name == "id":
        return lambda value, number: value + number * SHIFT
    return lambda value, number: value


def _root(column: Column[Any]) -> Column[Any]:
    """The key that a column refers to in the end, itself when it refers to nothing."""
    for reference in column.foreign_keys:
        return _root(reference.column)
    return column


def _code(value: str, number: int) -> str:
    return value.replace(CODE, f"{330300 + number}")


def _east(value: float, number: int) -> float:
    return value + number % COLUMNS * EAST


def _north(value: float, number: int) -> float:
    return value + number // COLUMNS * NORTH


WORDS: dict[tuple[str, str], Callable[[Any, int], Any]] = {
    ("units", "code"): _code,
    ("units", "path"): _code,
    ("communities", "code"): _code,
    ("units", "name"): lambda value, number: f"{value}（{number}）",
    ("sections", "name"): lambda value, number: f"{value}（{number}）",
    ("feed_events", "uid"): lambda value, number: f"{number:02d}x{value[3:]}",
    **{(table, "longitude"): _east for table in ("communities", "venues", "teachers")},
    **{(table, "latitude"): _north for table in ("communities", "venues", "teachers")},
}


def _copy_as_draft(plan: Plan) -> None:
    """A draft with the same places, so that a board can be opened on it."""
    facts = {column.name: getattr(plan, column.name) for column in Plan.__table__.columns if column.name != "id"}
    draft = Plan(**facts | {"name": "草稿", "status": PlanStatus.DRAFT, "published_at": None})
    db.session.add(draft)
    db.session.flush()
    for name in ("placements", "meetings"):
        table = Base.metadata.tables[name]
        columns = [column for column in table.columns if column.name != "plan_id"]
        rows = select(literal(draft.id), *columns).where(table.c.plan_id == plan.id)
        db.session.execute(insert(table).from_select(["plan_id", *(column.name for column in columns)], rows))
