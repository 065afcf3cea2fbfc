"""sources of demand, numbers that were worked out from them, and sections proposed from demand."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def _choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _key(table: str, column: str, target: str, **options: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"), **options)


def _indexes(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def upgrade() -> None:
    """Add the tables, and say of each number whether it was worked out."""
    op.execute(sa.text("ALTER TABLE demand ADD COLUMN worked_out BOOLEAN DEFAULT false NOT NULL"))
    _sources()
    _steps()
    _runs()
    _courses()
    _proposals()


def _sources() -> None:
    name = "demand_sources"
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("kind", _choice("sourcekind", "past", "waiting", "survey", "interest"), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        _key(name, "term_id", "terms", ondelete="CASCADE"),
        _key(name, "course_id", "courses"),
        _key(name, "community_id", "communities"),
        sa.CheckConstraint("people BETWEEN 1 AND 100000", name=op.f("ck_demand_sources_people")),
        sa.CheckConstraint("percent BETWEEN 1 AND 100", name=op.f("ck_demand_sources_percent")),
        sa.CheckConstraint("percent = 100 OR kind = 'survey'", name=op.f("ck_demand_sources_percent_of_survey")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demand_sources")),
        sa.UniqueConstraint(
            "term_id", "course_id", "community_id", "kind",
            name=op.f("uq_demand_sources_term_id_course_id_community_id_kind"),
        ),
    )
    _indexes(name, "term_id", "course_id", "community_id")


def _steps() -> None:
    name = "demand_steps"
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("kind", _choice("stepkind", "worked_out", "taken_over"), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        _key(name, "term_id", "terms", ondelete="CASCADE"),
        _key(name, "user_id", "users"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demand_steps")),
    )
    _indexes(name, "term_id", "user_id")


def _runs() -> None:
    name = "proposal_runs"
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("most_sections", sa.Integer(), nullable=True),
        sa.Column("most_yuan", sa.Integer(), nullable=True),
        sa.Column("stopped", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        _key(name, "term_id", "terms", ondelete="CASCADE"),
        _key(name, "user_id", "users"),
        sa.CheckConstraint("most_sections BETWEEN 0 AND 100000", name=op.f("ck_proposal_runs_most_sections")),
        sa.CheckConstraint("most_yuan BETWEEN 0 AND 1000000000", name=op.f("ck_proposal_runs_most_yuan")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_runs")),
    )
    _indexes(name, "term_id", "user_id")


def _courses() -> None:
    name = "proposed_courses"
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("solved", sa.Boolean(), nullable=False),
        sa.Column("proven", sa.Boolean(), nullable=False),
        sa.Column("venues", sa.Boolean(), nullable=False),
        sa.Column("left_out", sa.JSON(), nullable=False),
        _key(name, "run_id", "proposal_runs", ondelete="CASCADE"),
        _key(name, "course_id", "courses"),
        sa.CheckConstraint("people BETWEEN 0 AND 1000000000", name=op.f("ck_proposed_courses_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposed_courses")),
        sa.UniqueConstraint("run_id", "course_id", name=op.f("uq_proposed_courses_run_id_course_id")),
    )
    _indexes(name, "course_id")


def _proposals() -> None:
    name = "proposals"
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("asked_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=True),
        sa.Column("gathering_id", sa.Integer(), nullable=True),
        sa.Column("section_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.Column("state", _choice("proposalstate", "open", "left_out", "accepted"), nullable=False),
        sa.Column("edited", sa.Boolean(), nullable=False),
        sa.Column("batch", sa.Integer(), nullable=False),
        _key(name, "asked_id", "proposed_courses", ondelete="CASCADE"),
        _key(name, "unit_id", "units"),
        _key(name, "venue_id", "venues"),
        _key(name, "gathering_id", "communities"),
        _key(name, "section_id", "sections", ondelete="SET NULL"),
        sa.CheckConstraint("venue_id IS NULL OR gathering_id IS NULL", name=op.f("ck_proposals_gathers")),
        sa.CheckConstraint("price BETWEEN 0 AND 1000000000", name=op.f("ck_proposals_price")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
    )
    _indexes(name, "asked_id", "unit_id", "venue_id", "gathering_id", "section_id")
    name = "proposed_learners"
    op.create_table(
        name,
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        _key(name, "proposal_id", "proposals", ondelete="CASCADE"),
        _key(name, "community_id", "communities"),
        sa.CheckConstraint("people BETWEEN 1 AND 1000", name=op.f("ck_proposed_learners_people")),
        sa.PrimaryKeyConstraint("proposal_id", "community_id", name=op.f("pk_proposed_learners")),
    )
    _indexes(name, "community_id")


def downgrade() -> None:
    """Forget them; the numbers of the demand stay."""
    for table in (
        "proposed_learners", "proposals", "proposed_courses", "proposal_runs", "demand_steps", "demand_sources",
    ):
        op.drop_table(table)
    op.execute(sa.text("ALTER TABLE demand DROP COLUMN worked_out"))
