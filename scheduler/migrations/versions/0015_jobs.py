"""what workers are asked to do: jobs, each with a row of details in the table of its kind."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

ACTIVE = sa.text("status IN ('queued', 'running')")
STATUSES = ("queued", "running", "finished", "stopped", "failed")
SCOPES = ("whole", "unit", "selection", "unplaced")
KINDS = {
    "planning": "scenario_id IS NULL AND asked_plan_id IS NULL",
    "scenario": "scenario_id IS NOT NULL",
    "recommendation": "asked_plan_id IS NOT NULL",
}
"""Which of the runs so far were of a kind."""
SUBJECTS = {"planning": "term_id", "scenario": "scenario_id", "recommendation": "asked_plan_id"}
RANKS = {"planning": 0, "scenario": 1, "recommendation": 1}
OF_ALL = (
    "id, term_id, status, requested_by_id, requested_at, started_at, ended_at, seconds, attempt, worker, lease_until,"
    " stop_requested, elapsed, failure"
)
OF_SEARCHES = "seed, term_document"
OF_PLAN_SEARCHES = f"{OF_SEARCHES}, total, bound, placed, unplaced, best_plan, reasons, plan_id"
DETAILS = {
    "planning": f"{OF_PLAN_SEARCHES}, scope, base_plan_id, base_document, unit_id, kept, draft_name",
    "scenario": f"{OF_PLAN_SEARCHES}, scenario_id, start_plan, fingerprint",
    "recommendation": f"{OF_SEARCHES}, asked_plan_id, start_plan AS asked_document, fingerprint, findings",
}
"""The columns of a run that are details of a kind; what the other columns held was the same for all of the kind."""
POINTS = "elapsed, total, bound, placed, unplaced, phase"

# The runs of before, as the migrations until now made them: SQLite takes a column away only if no rule of the whole
# table names it, so that what they will take away again has its rules beside it.
FORMER_LATER_COLUMNS = (
    "base_document {binary}",
    "unit_id INTEGER CONSTRAINT fk_solve_runs_unit_id REFERENCES units (id)",
    "base_plan_id INTEGER CONSTRAINT fk_solve_runs_base_plan_id REFERENCES plans (id)",
    "kept INTEGER DEFAULT '0' NOT NULL",
    "draft_name VARCHAR(200)",
    "scope VARCHAR(40) DEFAULT 'whole' NOT NULL"
    " CONSTRAINT ck_solve_runs_runscope CHECK (scope IN ('whole', 'unit', 'selection', 'unplaced'))"
    " CONSTRAINT ck_solve_runs_base CHECK ((scope = 'whole') = (base_document IS NULL))"
    " CONSTRAINT ck_solve_runs_unit CHECK ((scope = 'unit') = (unit_id IS NOT NULL))",
    "scenario_id INTEGER CONSTRAINT fk_solve_runs_scenario_id REFERENCES scenarios (id)",
    "asked_plan_id INTEGER CONSTRAINT fk_solve_runs_asked_plan_id REFERENCES plans (id)",
    "start_plan {binary}",
    "fingerprint VARCHAR(64)",
    "findings JSON",
)
FORMER_ACTIVE = {
    "uq_solve_runs_active": ("term_id", "scenario_id IS NULL AND asked_plan_id IS NULL"),
    "uq_solve_runs_active_scenario": ("scenario_id", "scenario_id IS NOT NULL"),
    "uq_solve_runs_active_question": ("asked_plan_id", "asked_plan_id IS NOT NULL"),
}


def upgrade() -> None:
    """Give each run a job of the same number, with its details; runs under way stay with their workers."""
    _create_jobs("jobs", *_kind_columns(), *_shared_columns())
    op.create_index(
        "uq_jobs_active", "jobs", ["kind", "subject_id"], unique=True, sqlite_where=ACTIVE, postgresql_where=ACTIVE
    )
    _create_details()
    for kind, condition in KINDS.items():
        _copy(
            "solve_runs", f"'{kind}' AS kind, {SUBJECTS[kind]} AS subject_id, {RANKS[kind]} AS rank, {OF_ALL}", "jobs",
            condition,
        )
        _copy("solve_runs", f"id, {DETAILS[kind]}", f"{kind}_jobs", condition)
    _create_links("planning_job_sections", "job_id", "planning_jobs")
    _copy("solve_run_sections", "run_id AS job_id, section_id", "planning_job_sections")
    _create_points("search_points", "job_id", "jobs")
    _copy("solve_points", f"id, run_id AS job_id, {POINTS}", "search_points")
    for table in ("solve_points", "solve_run_sections", "solve_runs"):
        op.drop_table(table)
    _number_on("jobs", "search_points")


def downgrade() -> None:
    """Put all kinds into one table again."""
    _create_former_runs()
    for kind in KINDS:
        details = DETAILS[kind].replace("start_plan AS asked_document", "asked_document AS start_plan")
        without_reasons = "" if "reasons" in details else ", '{}' AS reasons"
        _copy(f"jobs NATURAL JOIN {kind}_jobs", f"{OF_ALL}, {details}{without_reasons}", "solve_runs")
    _create_links("solve_run_sections", "run_id", "solve_runs")
    _copy("planning_job_sections", "job_id AS run_id, section_id", "solve_run_sections")
    _create_points("solve_points", "run_id", "solve_runs")
    _copy("search_points", f"id, job_id AS run_id, {POINTS}", "solve_points")
    for table in ("search_points", "planning_job_sections", *(f"{kind}_jobs" for kind in KINDS), "jobs"):
        op.drop_table(table)
    _number_on("solve_runs", "solve_points")


def _on_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"


def _copy(source: str, columns: str, target: str, condition: str = "1 = 1") -> None:
    """Copy columns, each to the one that it is called AS, or of the same name."""
    names = ", ".join(column.split()[-1] for column in columns.split(","))
    op.execute(sa.text(f"INSERT INTO {target} ({names}) SELECT {columns} FROM {source} WHERE {condition}"))


def _number_on(*tables: str) -> None:
    """Let PostgreSQL number new rows as after those copied; SQLite does so by itself."""
    for table in tables if _on_postgresql() else ():
        following = f"(SELECT coalesce(max(id), 0) + 1 FROM {table})"
        op.execute(sa.text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {following}, false)"))


def _choice(name: str, column: str, values: tuple[str, ...]) -> sa.Column:
    kind = sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
    return sa.Column(column, kind, nullable=False)


def _key(table: str, column: str, target: str, ondelete: str | None = None) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"), ondelete=ondelete)


def _create_jobs(table: str, *columns: sa.Column) -> None:
    """The table of all jobs, or of all runs, without the indexes that only one of them has."""
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        *columns,
        sa.CheckConstraint("seconds BETWEEN 1 AND 86400", name=op.f(f"ck_{table}_seconds")),
        *([_key(table, "plan_id", "plans", "SET NULL")] if table == "solve_runs" else []),
        _key(table, "requested_by_id", "users"),
        _key(table, "term_id", "terms", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    for name in ("status", "term_id"):
        op.create_index(op.f(f"ix_{table}_{name}"), table, [name])


def _kind_columns() -> list[sa.Column]:
    return [
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
    ]


def _shared_columns(term_required: bool = False, statuses: str = "jobstatus") -> list[sa.Column]:
    return [
        sa.Column("term_id", sa.Integer(), nullable=not term_required),
        _choice(statuses, "status", STATUSES),
        sa.Column("requested_by_id", sa.Integer(), nullable=True),
        sa.Column("requested_at", sa.DateTime(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("worker", sa.String(length=40), nullable=True),
        sa.Column("lease_until", sa.DateTime(), nullable=True),
        sa.Column("stop_requested", sa.Boolean(), nullable=False),
        sa.Column("elapsed", sa.Double(), nullable=False),
        sa.Column("failure", sa.String(length=40), nullable=True),
    ]


def _search_columns() -> list[sa.Column]:
    return [
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("term_document", sa.LargeBinary(), nullable=False),
    ]


def _plan_search_columns() -> list[sa.Column]:
    return [
        *_search_columns(),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in ("total", "bound", "placed", "unplaced")),
        sa.Column("best_plan", sa.LargeBinary(), nullable=True),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=True),
    ]


def _create_details() -> None:
    planning, scenario, recommendation = (f"{kind}_jobs" for kind in KINDS)
    _create_kind(
        planning,
        *_plan_search_columns(),
        _choice("planningscope", "scope", SCOPES),
        sa.Column("base_plan_id", sa.Integer(), nullable=True),
        sa.Column("base_document", sa.LargeBinary(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("kept", sa.Integer(), nullable=False),
        sa.Column("draft_name", sa.String(length=200), nullable=True),
        sa.CheckConstraint("(scope = 'whole') = (base_document IS NULL)", name=op.f("ck_planning_jobs_base")),
        sa.CheckConstraint("(scope = 'unit') = (unit_id IS NOT NULL)", name=op.f("ck_planning_jobs_unit")),
        _key(planning, "base_plan_id", "plans"),
        _key(planning, "plan_id", "plans", "SET NULL"),
        _key(planning, "unit_id", "units"),
    )
    _create_kind(
        scenario,
        *_plan_search_columns(),
        sa.Column("scenario_id", sa.Integer(), nullable=False),
        sa.Column("start_plan", sa.LargeBinary(), nullable=True),
        sa.Column("fingerprint", sa.String(length=64), nullable=True),
        _key(scenario, "plan_id", "plans", "SET NULL"),
        _key(scenario, "scenario_id", "scenarios"),
    )
    op.create_index(op.f("ix_scenario_jobs_scenario_id"), scenario, ["scenario_id"])
    _create_kind(
        recommendation,
        *_search_columns(),
        sa.Column("asked_plan_id", sa.Integer(), nullable=False),
        sa.Column("asked_document", sa.LargeBinary(), nullable=True),
        sa.Column("fingerprint", sa.String(length=64), nullable=True),
        sa.Column("findings", sa.JSON(), nullable=True),
        _key(recommendation, "asked_plan_id", "plans"),
    )
    op.create_index(op.f("ix_recommendation_jobs_asked_plan_id"), recommendation, ["asked_plan_id"])


def _create_kind(table: str, *columns: sa.schema.SchemaItem) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        *columns,
        _key(table, "id", "jobs", "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def _create_links(table: str, column: str, target: str) -> None:
    """Which sections are planned where not all are."""
    op.create_table(
        table,
        sa.Column(column, sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=False),
        _key(table, column, target, "CASCADE"),
        _key(table, "section_id", "sections", "CASCADE"),
        sa.PrimaryKeyConstraint(column, "section_id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_section_id"), table, ["section_id"])


def _create_points(table: str, column: str, target: str) -> None:
    """The curves."""
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(column, sa.Integer(), nullable=False),
        sa.Column("elapsed", sa.Double(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("total", "bound", "placed", "unplaced")),
        sa.Column("phase", sa.String(length=40), nullable=False),
        _key(table, column, target, "CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _create_former_runs() -> None:
    _create_jobs("solve_runs", *_shared_columns(term_required=True, statuses="runstatus"), *_plan_search_columns())
    binary = "BYTEA" if _on_postgresql() else "BLOB"
    for column in FORMER_LATER_COLUMNS:
        op.execute(sa.text(f"ALTER TABLE solve_runs ADD COLUMN {column.format(binary=binary)}"))
    for name in ("scenario_id", "asked_plan_id"):
        op.create_index(op.f(f"ix_solve_runs_{name}"), "solve_runs", [name])
    for name, (column, condition) in FORMER_ACTIVE.items():
        where = sa.text(f"status IN ('queued', 'running') AND {condition}")
        op.create_index(name, "solve_runs", [column], unique=True, sqlite_where=where, postgresql_where=where)
