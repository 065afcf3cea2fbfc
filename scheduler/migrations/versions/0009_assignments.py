"""teachers answer what a plan gives them, and stand in for each other."""

from collections import defaultdict
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

STANDING = sa.text("status IN ('asked', 'agreed')")
LIVE = sa.text("status <> 'taken_back'")
ENGAGED = sa.text("status IN ('substitute_asked', 'substitute_agreed')")
SPAN = "0 <= start_minute AND start_minute < end_minute AND end_minute <= 1440"
CAUSES = ("bad_hours", "long_way", "too_much", "own_health", "other_course", "other_cause")


def _choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _moment(name: str, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(), nullable=nullable)


def _reference(table: str, column: str, target: str, cascade: bool = False) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete="CASCADE" if cascade else None)


def _indexes(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _unique(name: str, table: str, columns: list[str], where: sa.TextClause) -> None:
    op.create_index(name, table, columns, unique=True, sqlite_where=where, postgresql_where=where)


def upgrade() -> None:
    """Add assignments, covers and substitutions, and whom calendars name as a substitute."""
    _assignments()
    _covers()
    _substitutions()
    # No batch: SQLite would rebuild the table for nothing.
    op.execute(
        sa.text(
            "ALTER TABLE feed_events ADD COLUMN substitute_id INTEGER"
            " CONSTRAINT fk_feed_events_substitute_id_teachers REFERENCES teachers (id)"
        )
    )
    _ask_about_what_is_published()


def _ask_about_what_is_published() -> None:
    """Teachers of plans that were published before are asked now."""
    connection = op.get_bind()
    of_published = "plan_id IN (SELECT id FROM plans WHERE status = 'published')"
    meetings = defaultdict(list)
    for plan, section, weekday, start in connection.execute(
        sa.text(f"SELECT plan_id, section_id, weekday, start_minute FROM meetings WHERE {of_published}")
    ):
        meetings[plan, section].append([weekday, start])
    placed = connection.execute(
        sa.text(f"SELECT plan_id, section_id, teacher_id, room_id, week FROM placements WHERE {of_published}")
    )
    rows = [
        {**placement._mapping, "meetings": sorted(meetings[placement.plan_id, placement.section_id])}
        | {"status": "asked", "note": "", "asked_at": datetime.now(UTC).replace(tzinfo=None)}
        for placement in placed
    ]
    columns = [sa.column(name) for name in ("plan_id", "section_id", "teacher_id", "room_id", "week", "status", "note")]
    table = sa.table("assignments", *columns, sa.column("meetings", sa.JSON()), sa.column("asked_at", sa.DateTime()))
    if rows:
        op.bulk_insert(table, rows)


def _assignments() -> None:
    op.create_table(
        "assignments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("teacher_id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("meetings", sa.JSON(), nullable=False),
        sa.Column("status", _choice("assignmentstatus", "asked", "agreed", "refused", "withdrawn"), nullable=False),
        sa.Column("cause", _choice("refusalcause", *CAUSES), nullable=True),
        sa.Column("note", sa.String(length=400), nullable=False),
        _moment("asked_at"),
        _moment("answered_at", nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("former_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "status <> 'refused' OR cause IS NOT NULL", name=op.f("ck_assignments_refused_with_cause")
        ),
        sa.CheckConstraint(
            "status NOT IN ('agreed', 'refused') OR (answered_at IS NOT NULL AND answered_by_id IS NOT NULL)",
            name=op.f("ck_assignments_answered_by_somebody"),
        ),
        sa.CheckConstraint(
            "status <> 'asked' OR answered_at IS NULL", name=op.f("ck_assignments_asked_without_answer")
        ),
        _reference("assignments", "plan_id", "plans"),
        _reference("assignments", "section_id", "sections"),
        _reference("assignments", "teacher_id", "teachers"),
        _reference("assignments", "room_id", "rooms"),
        _reference("assignments", "answered_by_id", "users"),
        _reference("assignments", "former_id", "assignments"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignments")),
    )
    _indexes("assignments", "plan_id", "section_id", "teacher_id", "status")
    _unique("uq_assignments_standing", "assignments", ["section_id"], STANDING)


def _covers() -> None:
    causes = "illness", "family_matter", "training", "other_work", "other_reason"
    op.create_table(
        "covers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("start_minute", sa.Integer(), nullable=False),
        sa.Column("end_minute", sa.Integer(), nullable=False),
        sa.Column("teacher_id", sa.Integer(), nullable=False),
        sa.Column("whole_day", sa.Boolean(), nullable=False),
        sa.Column("cause", _choice("absencecause", *causes), nullable=False),
        sa.Column("note", sa.String(length=400), nullable=False),
        sa.Column("status", _choice("coverstatus", "open", "covered", "not_held", "taken_back"), nullable=False),
        sa.Column("reason", sa.String(length=400), nullable=False),
        _moment("reported_at"),
        sa.CheckConstraint(SPAN, name=op.f("ck_covers_span")),
        sa.CheckConstraint("status <> 'not_held' OR reason <> ''", name=op.f("ck_covers_cancelled_with_reason")),
        _reference("covers", "section_id", "sections", cascade=True),
        _reference("covers", "teacher_id", "teachers"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_covers")),
    )
    _indexes("covers", "section_id", "date", "teacher_id", "status")
    _unique("uq_covers_session", "covers", ["section_id", "date", "start_minute"], LIVE)


def _substitutions() -> None:
    states = "substitute_asked", "substitute_agreed", "substitute_refused", "substitute_withdrawn"
    op.create_table(
        "substitutions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("cover_id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("start_minute", sa.Integer(), nullable=False),
        sa.Column("end_minute", sa.Integer(), nullable=False),
        sa.Column("teacher_id", sa.Integer(), nullable=False),
        sa.Column("status", _choice("substitutionstatus", *states), nullable=False),
        sa.Column("cause", _choice("refusalcause", *CAUSES), nullable=True),
        sa.Column("note", sa.String(length=400), nullable=False),
        _moment("asked_at"),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        _moment("answered_at", nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(SPAN, name=op.f("ck_substitutions_span")),
        sa.CheckConstraint(
            "status <> 'substitute_refused' OR cause IS NOT NULL", name=op.f("ck_substitutions_refused_with_cause")
        ),
        sa.CheckConstraint(
            "status NOT IN ('substitute_agreed', 'substitute_refused')"
            " OR (answered_at IS NOT NULL AND answered_by_id IS NOT NULL)",
            name=op.f("ck_substitutions_answered_by_somebody"),
        ),
        _reference("substitutions", "cover_id", "covers", cascade=True),
        _reference("substitutions", "section_id", "sections", cascade=True),
        _reference("substitutions", "teacher_id", "teachers"),
        _reference("substitutions", "asked_by_id", "users"),
        _reference("substitutions", "answered_by_id", "users"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_substitutions")),
    )
    _indexes("substitutions", "cover_id", "teacher_id", "status")
    _unique("uq_substitutions_session", "substitutions", ["section_id", "date", "start_minute"], ENGAGED)
    _unique("uq_substitutions_teacher", "substitutions", ["teacher_id", "date", "start_minute"], ENGAGED)


def downgrade() -> None:
    """Forget what teachers answered and who stood in."""
    op.execute(sa.text("ALTER TABLE feed_events DROP COLUMN substitute_id"))
    op.drop_table("substitutions")
    op.drop_table("covers")
    op.drop_table("assignments")
