"""sections keep their own format, and what is published keeps the calendar and the formats of its publication."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

FORMAT = ("minutes", "sessions", "per_week", "every_weeks", "day_gap", "minimum_size", "maximum_size")
CHECKS = {
    "minutes": "minutes BETWEEN 15 AND 480",
    "sessions": "sessions BETWEEN 1 AND 300",
    "per_week": "per_week BETWEEN 1 AND 7",
    "every_weeks": "every_weeks BETWEEN 1 AND 26",
    "day_gap": "day_gap BETWEEN 1 AND 6",
    "minimum_size": "",
    "maximum_size": "1 <= minimum_size AND minimum_size <= maximum_size AND maximum_size <= 1000",
}
NAMES = {"maximum_size": "size"}
"""Checks that are not called after their column."""
START = 0
KINDS = (
    "section_moved", "section_pinned", "series_updated", "series_archived", "scenario_taken_over", "demand_worked_out",
    "sources_taken_over", "sections_opened", "workbook_taken_over", "sections_followed",
)
FIXED = ("minutes", "sessions", "every_weeks")
WAS_PUBLISHED = "status IN ('published', 'superseded')"


def upgrade() -> None:
    """Copy the formats of courses, and write down by which calendar published plans are held."""
    _formats_of_sections()
    _needs_of_sections()
    _lengths_of_assignments()
    for name in FIXED:
        op.add_column("placements", sa.Column(f"fixed_{name}", sa.Integer()))
    op.add_column("plans", sa.Column("calendar", sa.JSON()))
    _write_down_what_is_published()
    _change_kinds(*KINDS)


def _formats_of_sections() -> None:
    _add("sections", *FORMAT)
    copied = ", ".join(f"{name} = (SELECT {name} FROM courses WHERE courses.id = sections.course_id)" for name in FORMAT)
    op.execute(sa.text(f"UPDATE sections SET {copied}"))
    _require("sections", {name: CHECKS[name] for name in FORMAT})


def _add(table: str, *columns: str) -> None:
    """Add whole numbers with a start that nobody reads."""
    for column in columns:
        op.execute(sa.text(f"ALTER TABLE {table} ADD COLUMN {column} INTEGER DEFAULT {START} NOT NULL"))


def _require(table: str, checks: dict[str, str]) -> None:
    """Take the start of new columns away again, and let the database demand of each what its check says."""
    rules = {
        column: f" CONSTRAINT ck_{table}_{NAMES.get(column, column)} CHECK ({check})" if check else ""
        for column, check in checks.items()
    }
    if op.get_bind().dialect.name == "postgresql":
        for column, rule in rules.items():
            op.execute(sa.text(f"ALTER TABLE {table} ALTER {column} DROP DEFAULT"))
            if rule:
                op.execute(sa.text(f"ALTER TABLE {table} ADD{rule}"))
    else:
        start = f"INTEGER DEFAULT {START} NOT NULL"
        _change_words_of_sqlite(table, {
            f" {column} {start}": f" {column} INTEGER NOT NULL{rule}" for column, rule in rules.items()
        })


def _change_kinds(*kinds: str) -> None:
    """Let change sets be of these kinds."""
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    rule = f"CONSTRAINT ck_change_sets_changesetkind CHECK (kind IN ({listed}))"
    if op.get_bind().dialect.name == "postgresql":
        op.execute(sa.text(f"ALTER TABLE change_sets DROP CONSTRAINT ck_change_sets_changesetkind, ADD {rule}"))
    else:
        _change_words_of_sqlite("change_sets", {r"CONSTRAINT ck_change_sets_changesetkind CHECK \(.*?\)\)": rule})


def _change_words_of_sqlite(table: str, changes: dict[str, str]) -> None:
    """A new table in the place of the old one would take with it what refers to the old one."""
    connection = op.get_bind()
    version = connection.exec_driver_sql("PRAGMA schema_version").scalar()
    words = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).scalar()
    for old, new in changes.items():
        words = re.sub(old, new, words)
    connection.exec_driver_sql("PRAGMA writable_schema = ON")
    connection.exec_driver_sql("UPDATE sqlite_master SET sql = ? WHERE type = 'table' AND name = ?", (words, table))
    connection.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema = OFF")


def _needs_of_sections() -> None:
    op.create_table(
        "section_features",
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("feature_code", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(
            ["section_id"], ["sections.id"], name=op.f("fk_section_features_section_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["feature_code"], ["features.code"], name=op.f("fk_section_features_feature_code")
        ),
        sa.PrimaryKeyConstraint("section_id", "feature_code", name=op.f("pk_section_features")),
    )
    op.execute(sa.text(
        "INSERT INTO section_features (section_id, feature_code) SELECT sections.id, course_features.feature_code"
        " FROM sections JOIN course_features ON course_features.course_id = sections.course_id"
    ))


def _lengths_of_assignments() -> None:
    _add("assignments", "minutes")
    op.execute(sa.text(
        "UPDATE assignments SET minutes = (SELECT minutes FROM sections WHERE sections.id = assignments.section_id)"
    ))
    _require("assignments", {"minutes": ""})


def _write_down_what_is_published() -> None:
    """Days off that were entered after the publication are days on which a room is booked; they are none of its own."""
    fixed = ", ".join(
        f"fixed_{name} = (SELECT {name} FROM sections WHERE sections.id = placements.section_id)" for name in FIXED
    )
    op.execute(sa.text(f"UPDATE placements SET {fixed} WHERE plan_id IN (SELECT id FROM plans WHERE {WAS_PUBLISHED})"))
    connection, days_off = op.get_bind(), defaultdict(set)
    day = sa.table("calendar_days", sa.column("term_id"), sa.column("kind"), sa.column("date", sa.Date()))
    for term, off in connection.execute(sa.select(day.c.term_id, day.c.date).where(day.c.kind == "off")):
        days_off[term].add(off)
    plans = sa.table("plans", sa.column("id"), sa.column("calendar", sa.JSON()))
    for plan, term, first_day, weeks in list(_published_plans(connection)):
        off = days_off[term] - _booked_dates(connection, plan)
        end = first_day + timedelta(weeks=weeks)
        dates = [one.isoformat() for one in sorted(off) if first_day <= one < end]
        calendar = {"first_day": first_day.isoformat(), "weeks": weeks, "off": dates}
        connection.execute(sa.update(plans).where(plans.c.id == plan).values(calendar=calendar))


def _published_plans(connection: sa.Connection) -> Iterator[tuple[Any, ...]]:
    plans = sa.table("plans", sa.column("id"), sa.column("term_id"), sa.column("status"))
    terms = sa.table("terms", sa.column("id"), sa.column("first_day", sa.Date()), sa.column("weeks"))
    statement = sa.select(plans.c.id, plans.c.term_id, terms.c.first_day, terms.c.weeks)
    joined = statement.select_from(plans.join(terms, plans.c.term_id == terms.c.id)).where(sa.text(WAS_PUBLISHED))
    for row in connection.execute(joined):
        yield tuple(row)


def _booked_dates(connection: sa.Connection, plan: int) -> set[Any]:
    sessions = sa.table("booked_sessions", sa.column("booking_id"), sa.column("date", sa.Date()))
    bookings = sa.table("bookings", sa.column("id"), sa.column("plan_id"))
    statement = sa.select(sessions.c.date).select_from(sessions.join(bookings, sessions.c.booking_id == bookings.c.id))
    return set(connection.scalars(statement.where(bookings.c.plan_id == plan).distinct()))


def downgrade() -> None:
    """Sections are held as their courses are again."""
    op.execute(sa.text("DELETE FROM change_sets WHERE kind = 'sections_followed'"))
    _change_kinds(*KINDS[:-1])
    op.drop_column("plans", "calendar")
    for name in FIXED:
        op.drop_column("placements", f"fixed_{name}")
    op.drop_column("assignments", "minutes")
    op.drop_table("section_features")
    for name in reversed(FORMAT):
        op.drop_column("sections", name)
