"""series of activities for every community, and events, both held by ordinary sections."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

COURSE_FLAG = {
    "sqlite": "ALTER TABLE courses ADD COLUMN for_activity BOOLEAN DEFAULT 0 NOT NULL",
    "postgresql": "ALTER TABLE courses ADD COLUMN for_activity BOOLEAN DEFAULT false NOT NULL",
}
KINDS = ("activity_week", "lecture", "countryside", "other_event")


def _key(table: str, column: str, target: str, cascade: bool = False) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_{target}")
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=name, ondelete="CASCADE" if cascade else None)


def _link(table: str, owner: str, owners: str, other: str, others: str) -> None:
    op.create_table(
        table,
        sa.Column(owner, sa.Integer(), nullable=False),
        sa.Column(other, sa.Integer(), nullable=False),
        _key(table, owner, owners, cascade=True),
        _key(table, other, others),
        sa.PrimaryKeyConstraint(owner, other, name=op.f(f"pk_{table}")),
    )


def upgrade() -> None:
    """Add series and events, the links to their sections, and the mark of the courses made for them."""
    # No batch: SQLite would rebuild the table, and dropping the old one would take the sections with it.
    op.execute(sa.text(COURSE_FLAG[op.get_bind().dialect.name]))
    _series()
    _events()


def _series() -> None:
    op.create_table(
        "activity_series",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("title_zh", sa.String(length=200), nullable=False),
        sa.Column("title_en", sa.String(length=200), nullable=False),
        sa.Column("content_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=True),
        sa.Column("at_least_every", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("per_thousand", sa.Integer(), nullable=True),
        sa.Column("fewest", sa.Integer(), nullable=False),
        sa.Column("most", sa.Integer(), nullable=False),
        sa.Column("sharing_metres", sa.Integer(), nullable=True),
        sa.Column("venue_kinds", sa.JSON(), nullable=False),
        sa.Column("reach_metres", sa.Integer(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("assumed", sa.Boolean(), nullable=False),
        sa.Column("archived_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("at_least_every BETWEEN 1 AND 26", name=op.f("ck_activity_series_at_least_every")),
        sa.CheckConstraint("people BETWEEN 1 AND 1000", name=op.f("ck_activity_series_people")),
        sa.CheckConstraint("per_thousand BETWEEN 1 AND 1000", name=op.f("ck_activity_series_per_thousand")),
        sa.CheckConstraint(
            "1 <= fewest AND fewest <= most AND most <= 1000", name=op.f("ck_activity_series_bounds")
        ),
        sa.CheckConstraint("sharing_metres BETWEEN 100 AND 20000", name=op.f("ck_activity_series_sharing")),
        sa.CheckConstraint("reach_metres BETWEEN 100 AND 200000", name=op.f("ck_activity_series_reach")),
        sa.CheckConstraint("priority BETWEEN 1 AND 5", name=op.f("ck_activity_series_priority")),
        _key("activity_series", "term_id", "terms", cascade=True),
        _key("activity_series", "unit_id", "units"),
        _key("activity_series", "content_id", "courses"),
        _key("activity_series", "course_id", "courses"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity_series")),
        sa.UniqueConstraint("term_id", "title_zh", name=op.f("uq_activity_series_term_id_title_zh")),
        sa.UniqueConstraint("course_id", name=op.f("uq_activity_series_course_id")),
    )
    for column in ("term_id", "unit_id", "content_id"):
        op.create_index(op.f(f"ix_activity_series_{column}"), "activity_series", [column])
    _link("series_communities", "series_id", "activity_series", "community_id", "communities")
    op.create_table(
        "series_sections",
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("group_code", sa.String(length=40), nullable=False),
        _key("series_sections", "section_id", "sections", cascade=True),
        _key("series_sections", "series_id", "activity_series", cascade=True),
        sa.PrimaryKeyConstraint("section_id", name=op.f("pk_series_sections")),
        sa.UniqueConstraint("series_id", "group_code", name=op.f("uq_series_sections_series_id_group_code")),
    )
    op.create_table(
        "series_updates",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        _key("series_updates", "series_id", "activity_series", cascade=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_series_updates")),
    )
    op.create_index(op.f("ix_series_updates_series_id"), "series_updates", ["series_id"])


def _events() -> None:
    op.create_table(
        "events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("title_zh", sa.String(length=200), nullable=False),
        sa.Column("title_en", sa.String(length=200), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(*KINDS, name="eventkind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("assumed", sa.Boolean(), nullable=False),
        sa.Column("archived_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_events_days")),
        _key("events", "term_id", "terms", cascade=True),
        _key("events", "unit_id", "units"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_events")),
        sa.UniqueConstraint("term_id", "title_zh", name=op.f("uq_events_term_id_title_zh")),
    )
    op.create_index(op.f("ix_events_term_id"), "events", ["term_id"])
    op.create_index(op.f("ix_events_unit_id"), "events", ["unit_id"])
    op.create_table(
        "event_items",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("title_zh", sa.String(length=200), nullable=False),
        sa.Column("title_en", sa.String(length=200), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("start_minute", sa.Integer(), nullable=False),
        sa.Column("end_minute", sa.Integer(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("reach_metres", sa.Integer(), nullable=False),
        sa.Column("archived_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_event_items_days")),
        sa.CheckConstraint(
            "0 <= start_minute AND start_minute < end_minute AND end_minute <= 1440", name=op.f("ck_event_items_span")
        ),
        sa.CheckConstraint("places BETWEEN 1 AND 50", name=op.f("ck_event_items_places")),
        sa.CheckConstraint("people BETWEEN 1 AND 20000", name=op.f("ck_event_items_people")),
        sa.CheckConstraint("reach_metres BETWEEN 100 AND 200000", name=op.f("ck_event_items_reach")),
        _key("event_items", "event_id", "events", cascade=True),
        _key("event_items", "course_id", "courses"),
        _key("event_items", "unit_id", "units"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_items")),
        sa.UniqueConstraint("event_id", "title_zh", name=op.f("uq_event_items_event_id_title_zh")),
        sa.UniqueConstraint("course_id", name=op.f("uq_event_items_course_id")),
    )
    op.create_index(op.f("ix_event_items_event_id"), "event_items", ["event_id"])
    op.create_index(op.f("ix_event_items_unit_id"), "event_items", ["unit_id"])
    _link("event_item_communities", "item_id", "event_items", "community_id", "communities")
    _link("event_item_teachers", "item_id", "event_items", "teacher_id", "teachers")
    op.create_table(
        "event_sections",
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.CheckConstraint("place >= 1", name=op.f("ck_event_sections_place")),
        _key("event_sections", "section_id", "sections", cascade=True),
        _key("event_sections", "item_id", "event_items", cascade=True),
        sa.PrimaryKeyConstraint("section_id", name=op.f("pk_event_sections")),
        sa.UniqueConstraint("item_id", "place", name=op.f("uq_event_sections_item_id_place")),
    )


def downgrade() -> None:
    """Forget series and events; their sections stay as ordinary ones."""
    for table in (
        "event_sections", "event_item_teachers", "event_item_communities", "event_items", "events", "series_updates",
        "series_sections", "series_communities", "activity_series",
    ):
        op.drop_table(table)
    op.execute(sa.text("ALTER TABLE courses DROP COLUMN for_activity"))
