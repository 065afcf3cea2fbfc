"""initial schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

NO_CHANGE = "the audit trail is only ever added to"
POSTGRESQL_GUARDS = (
    # a range of one room number, so that no extension is needed for its equality
    """ALTER TABLE booked_sessions ADD CONSTRAINT ex_booked_sessions_room EXCLUDE USING gist (
        int4range(room_id, room_id, '[]') WITH &&,
        tsrange(date + make_interval(mins => start_minute), date + make_interval(mins => free_minute)) WITH &&
    ) WHERE (holds)""",
    f"""CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{NO_CHANGE}'; END $$""",
    """CREATE TRIGGER audit_entries_append_only BEFORE UPDATE OR DELETE ON audit_entries
        FOR EACH ROW EXECUTE FUNCTION refuse_change()""",
)
OVERLAP = """SELECT RAISE(ABORT, 'EXCLUDE constraint failed: ex_booked_sessions_room') FROM booked_sessions AS other
    WHERE NEW.holds AND other.holds AND other.room_id = NEW.room_id AND other.date = NEW.date
    AND other.start_minute < NEW.free_minute AND NEW.start_minute < other.free_minute"""
SQLITE_GUARDS = (
    f"CREATE TRIGGER booked_sessions_insert BEFORE INSERT ON booked_sessions BEGIN {OVERLAP}; END",
    f"CREATE TRIGGER booked_sessions_update BEFORE UPDATE ON booked_sessions BEGIN {OVERLAP} AND other.id <> NEW.id; END",
    f"CREATE TRIGGER audit_entries_update BEFORE UPDATE ON audit_entries BEGIN SELECT RAISE(ABORT, '{NO_CHANGE}'); END",
    f"CREATE TRIGGER audit_entries_delete BEFORE DELETE ON audit_entries BEGIN SELECT RAISE(ABORT, '{NO_CHANGE}'); END",
)


def _create_guards() -> None:
    """Rules that SQLAlchemy's tables cannot state: no room twice at a time, no change of the audit trail."""
    postgresql = op.get_bind().dialect.name == "postgresql"
    for statement in POSTGRESQL_GUARDS if postgresql else SQLITE_GUARDS:
        op.execute(sa.text(statement))


def _drop_guards() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(sa.text("DROP TRIGGER audit_entries_append_only ON audit_entries"))
        op.execute(sa.text("DROP FUNCTION refuse_change()"))


def upgrade() -> None:
    """Change the schema."""
    op.create_table(
        "features",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name_zh", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_features")),
    )
    op.create_table(
        "installation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("demonstration", sa.Boolean(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_installation_single")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_installation")),
    )
    op.create_table(
        "subjects",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name_zh", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column(
            "category",
            sa.Enum(
                "arts",
                "music",
                "dance",
                "health",
                "digital",
                "language",
                "craft",
                "skills",
                "family",
                "youth",
                "civic",
                "farming",
                name="category",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("archived_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_subjects")),
    )
    op.create_table(
        "units",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "level",
            sa.Enum("city", "county", "street", name="level", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("archived_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("parent_id IS NOT NULL OR level = 'city'", name=op.f("ck_units_parent")),
        sa.ForeignKeyConstraint(["parent_id"], ["units.id"], name=op.f("fk_units_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_units")),
        sa.UniqueConstraint("code", name=op.f("uq_units_code")),
    )
    with op.batch_alter_table("units", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_units_parent_id"), ["parent_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_units_path"), ["path"], unique=False)

    op.create_table(
        "users",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("username", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("session_key", sa.String(length=40), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_users")),
        sa.UniqueConstraint("session_key", name=op.f("uq_users_session_key")),
        sa.UniqueConstraint("username", name=op.f("uq_users_username")),
    )
    op.create_table(
        "audit_entries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column(
            "action",
            sa.Enum(
                "create",
                "update",
                "delete",
                "sign_in",
                "sign_in_refused",
                "sign_out",
                name="action",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("table", sa.String(length=40), nullable=False),
        sa.Column("row", sa.String(length=40), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_audit_entries_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entries")),
    )
    with op.batch_alter_table("audit_entries", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_entries_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_entries_table"), ["table"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_entries_user_id"), ["user_id"], unique=False)

    op.create_table(
        "census",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("share_0_14", sa.Double(), nullable=False),
        sa.Column("share_5_14", sa.Double(), nullable=False),
        sa.Column("share_60_plus", sa.Double(), nullable=False),
        sa.Column("share_65_plus", sa.Double(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.CheckConstraint("population >= 0", name=op.f("ck_census_population")),
        sa.CheckConstraint("share_60_plus BETWEEN 0 AND 1", name=op.f("ck_census_share_60_plus")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_census_unit_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("unit_id", name=op.f("pk_census")),
    )
    op.create_table(
        "communities",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("archived_at", sa.DateTime(), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=False),
        sa.Column("longitude", sa.Double(), nullable=False),
        sa.Column(
            "place_source",
            sa.Enum("known", "assumed", name="placesource", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.CheckConstraint("population >= 0", name=op.f("ck_communities_population")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_communities_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_communities")),
        sa.UniqueConstraint("code", name=op.f("uq_communities_code")),
    )
    with op.batch_alter_table("communities", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_communities_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "courses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title_zh", sa.String(length=200), nullable=False),
        sa.Column("title_en", sa.String(length=200), nullable=False),
        sa.Column("subject_code", sa.String(length=40), nullable=False),
        sa.Column(
            "target_group",
            sa.Enum(
                "elderly",
                "youth",
                "family",
                "worker",
                "farmer",
                "migrant",
                "everyone",
                name="targetgroup",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("sessions", sa.Integer(), nullable=False),
        sa.Column("per_week", sa.Integer(), nullable=False),
        sa.Column("every_weeks", sa.Integer(), nullable=False),
        sa.Column("day_gap", sa.Integer(), nullable=False),
        sa.Column("minimum_size", sa.Integer(), nullable=False),
        sa.Column("maximum_size", sa.Integer(), nullable=False),
        sa.Column("reach_metres", sa.Integer(), nullable=False),
        sa.Column("archived_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "1 <= minimum_size AND minimum_size <= maximum_size AND maximum_size <= 1000", name=op.f("ck_courses_size")
        ),
        sa.CheckConstraint("day_gap BETWEEN 1 AND 6", name=op.f("ck_courses_day_gap")),
        sa.CheckConstraint("every_weeks BETWEEN 1 AND 26", name=op.f("ck_courses_every_weeks")),
        sa.CheckConstraint("minutes BETWEEN 15 AND 480", name=op.f("ck_courses_minutes")),
        sa.CheckConstraint("per_week BETWEEN 1 AND 7", name=op.f("ck_courses_per_week")),
        sa.CheckConstraint("reach_metres BETWEEN 100 AND 200000", name=op.f("ck_courses_reach")),
        sa.CheckConstraint("sessions BETWEEN 1 AND 300", name=op.f("ck_courses_sessions")),
        sa.ForeignKeyConstraint(["subject_code"], ["subjects.code"], name=op.f("fk_courses_subject_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_courses")),
        sa.UniqueConstraint("title_zh", name=op.f("uq_courses_title_zh")),
    )
    with op.batch_alter_table("courses", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_courses_subject_code"), ["subject_code"], unique=False)

    op.create_table(
        "teachers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "full_time",
                "part_time",
                "volunteer",
                name="teacherkind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("max_day", sa.Integer(), nullable=False),
        sa.Column("max_week", sa.Integer(), nullable=False),
        sa.Column("wanted_week", sa.Integer(), nullable=False),
        sa.Column("fee", sa.Integer(), nullable=False),
        sa.Column("reach_metres", sa.Integer(), nullable=False),
        sa.Column("assumed", sa.Boolean(), nullable=False),
        sa.Column("archived_at", sa.DateTime(), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=False),
        sa.Column("longitude", sa.Double(), nullable=False),
        sa.Column(
            "place_source",
            sa.Enum("known", "assumed", name="placesource", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.CheckConstraint("fee BETWEEN 0 AND 100000", name=op.f("ck_teachers_fee")),
        sa.CheckConstraint("max_day BETWEEN 1 AND 12", name=op.f("ck_teachers_max_day")),
        sa.CheckConstraint("max_week BETWEEN 1 AND 60", name=op.f("ck_teachers_max_week")),
        sa.CheckConstraint("reach_metres BETWEEN 0 AND 500000", name=op.f("ck_teachers_reach")),
        sa.CheckConstraint("wanted_week BETWEEN 0 AND max_week", name=op.f("ck_teachers_wanted_week")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_teachers_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teachers")),
        sa.UniqueConstraint("unit_id", "name", name=op.f("uq_teachers_unit_id_name")),
    )
    with op.batch_alter_table("teachers", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_teachers_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "terms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("weeks", sa.Integer(), nullable=False),
        sa.Column("grid_minutes", sa.Integer(), nullable=False),
        sa.Column("metres_per_minute", sa.Integer(), nullable=False),
        sa.Column("overhead_minutes", sa.Integer(), nullable=False),
        sa.Column("weights", sa.JSON(), nullable=False),
        sa.Column("archived_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("grid_minutes IN (5, 10, 15, 20, 30, 60)", name=op.f("ck_terms_grid_minutes")),
        sa.CheckConstraint("metres_per_minute BETWEEN 10 AND 2000", name=op.f("ck_terms_metres_per_minute")),
        sa.CheckConstraint("overhead_minutes BETWEEN 0 AND 240", name=op.f("ck_terms_overhead_minutes")),
        sa.CheckConstraint("weeks BETWEEN 1 AND 53", name=op.f("ck_terms_weeks")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_terms_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_terms")),
        sa.UniqueConstraint("unit_id", "name", name=op.f("uq_terms_unit_id_name")),
    )
    with op.batch_alter_table("terms", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_terms_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "venues",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "library",
                "culture_hall",
                "culture_station",
                "museum",
                "community_college",
                "community_school",
                "learning_point",
                "school",
                "youth_palace",
                "care_home",
                "company_site",
                "other",
                name="venuekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("contact", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column(
            "confirmation",
            sa.Enum("manager", "automatic", name="confirmation", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("step_free", sa.Boolean(), nullable=True),
        sa.Column("assumed", sa.Boolean(), nullable=False),
        sa.Column("archived_at", sa.DateTime(), nullable=True),
        sa.Column("latitude", sa.Double(), nullable=False),
        sa.Column("longitude", sa.Double(), nullable=False),
        sa.Column(
            "place_source",
            sa.Enum("known", "assumed", name="placesource", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_venues_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_venues")),
        sa.UniqueConstraint("unit_id", "name", name=op.f("uq_venues_unit_id_name")),
    )
    with op.batch_alter_table("venues", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_venues_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "budgets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("yuan", sa.Integer(), nullable=False),
        sa.CheckConstraint("yuan BETWEEN 0 AND 1000000000", name=op.f("ck_budgets_yuan")),
        sa.ForeignKeyConstraint(["term_id"], ["terms.id"], name=op.f("fk_budgets_term_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_budgets_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_budgets")),
        sa.UniqueConstraint("term_id", "unit_id", name=op.f("uq_budgets_term_id_unit_id")),
    )
    with op.batch_alter_table("budgets", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_budgets_term_id"), ["term_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_budgets_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "calendar_days",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("off", "make_up", name="daykind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["term_id"], ["terms.id"], name=op.f("fk_calendar_days_term_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_days")),
        sa.UniqueConstraint("term_id", "date", name=op.f("uq_calendar_days_term_id_date")),
    )
    with op.batch_alter_table("calendar_days", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calendar_days_term_id"), ["term_id"], unique=False)

    op.create_table(
        "course_features",
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("feature_code", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["course_id"], ["courses.id"], name=op.f("fk_course_features_course_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["feature_code"], ["features.code"], name=op.f("fk_course_features_feature_code")),
        sa.PrimaryKeyConstraint("course_id", "feature_code", name=op.f("pk_course_features")),
    )
    op.create_table(
        "course_windows",
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("cost", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("start_minute", sa.Integer(), nullable=False),
        sa.Column("end_minute", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "0 <= start_minute AND start_minute < end_minute AND end_minute <= 1440",
            name=op.f("ck_course_windows_span"),
        ),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_course_windows_weekday")),
        sa.ForeignKeyConstraint(
            ["course_id"], ["courses.id"], name=op.f("fk_course_windows_course_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_windows")),
    )
    with op.batch_alter_table("course_windows", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_course_windows_course_id"), ["course_id"], unique=False)

    op.create_table(
        "demand",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("assumed", sa.Boolean(), nullable=False),
        sa.CheckConstraint("people BETWEEN 1 AND 100000", name=op.f("ck_demand_people")),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name=op.f("fk_demand_community_id")),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_demand_course_id")),
        sa.ForeignKeyConstraint(["term_id"], ["terms.id"], name=op.f("fk_demand_term_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demand")),
        sa.UniqueConstraint(
            "term_id", "course_id", "community_id", name=op.f("uq_demand_term_id_course_id_community_id")
        ),
    )
    with op.batch_alter_table("demand", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_demand_community_id"), ["community_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_demand_course_id"), ["course_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_demand_term_id"), ["term_id"], unique=False)

    op.create_table(
        "grants",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "administrator",
                "coordinator",
                "venue_manager",
                "teacher",
                "resident",
                name="role",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("venue_id", sa.Integer(), nullable=True),
        sa.Column("teacher_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(role = 'coordinator') = (unit_id IS NOT NULL)", name=op.f("ck_grants_coordinator_of_unit")
        ),
        sa.CheckConstraint("(role = 'teacher') = (teacher_id IS NOT NULL)", name=op.f("ck_grants_teacher_of_record")),
        sa.CheckConstraint(
            "(role = 'venue_manager') = (venue_id IS NOT NULL)", name=op.f("ck_grants_manager_of_venue")
        ),
        sa.ForeignKeyConstraint(["teacher_id"], ["teachers.id"], name=op.f("fk_grants_teacher_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_grants_unit_id")),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_grants_user_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["venue_id"], ["venues.id"], name=op.f("fk_grants_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grants")),
        sa.UniqueConstraint(
            "user_id",
            "role",
            "unit_id",
            "venue_id",
            "teacher_id",
            name=op.f("uq_grants_user_id_role_unit_id_venue_id_teacher_id"),
        ),
    )
    with op.batch_alter_table("grants", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_grants_user_id"), ["user_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_grants_venue_id"), ["venue_id"], unique=False)

    op.create_table(
        "plans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "published",
                "superseded",
                "discarded",
                name="planstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("created_by_id", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(), nullable=True),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("bound", sa.Integer(), nullable=True),
        sa.Column("cost", sa.JSON(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["created_by_id"], ["users.id"], name=op.f("fk_plans_created_by_id")),
        sa.ForeignKeyConstraint(["term_id"], ["terms.id"], name=op.f("fk_plans_term_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plans")),
    )
    with op.batch_alter_table("plans", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_plans_term_id"), ["term_id"], unique=False)
        batch_op.create_index(
            "uq_plans_published",
            ["term_id"],
            unique=True,
            sqlite_where=sa.text("status = 'published'"),
            postgresql_where=sa.text("status = 'published'"),
        )

    op.create_table(
        "rooms",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("turnaround_minutes", sa.Integer(), nullable=False),
        sa.Column("fee", sa.Integer(), nullable=False),
        sa.Column("assumed", sa.Boolean(), nullable=False),
        sa.Column("archived_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("capacity BETWEEN 1 AND 5000", name=op.f("ck_rooms_capacity")),
        sa.CheckConstraint("fee BETWEEN 0 AND 100000", name=op.f("ck_rooms_fee")),
        sa.CheckConstraint("turnaround_minutes BETWEEN 0 AND 240", name=op.f("ck_rooms_turnaround")),
        sa.ForeignKeyConstraint(["venue_id"], ["venues.id"], name=op.f("fk_rooms_venue_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rooms")),
        sa.UniqueConstraint("venue_id", "name", name=op.f("uq_rooms_venue_id_name")),
    )
    with op.batch_alter_table("rooms", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rooms_venue_id"), ["venue_id"], unique=False)

    op.create_table(
        "teacher_absences",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("teacher_id", sa.Integer(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["teacher_id"], ["teachers.id"], name=op.f("fk_teacher_absences_teacher_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teacher_absences")),
        sa.UniqueConstraint("teacher_id", "date", name=op.f("uq_teacher_absences_teacher_id_date")),
    )
    with op.batch_alter_table("teacher_absences", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_teacher_absences_teacher_id"), ["teacher_id"], unique=False)

    op.create_table(
        "teacher_subjects",
        sa.Column("teacher_id", sa.Integer(), nullable=False),
        sa.Column("subject_code", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["subject_code"], ["subjects.code"], name=op.f("fk_teacher_subjects_subject_code")),
        sa.ForeignKeyConstraint(
            ["teacher_id"], ["teachers.id"], name=op.f("fk_teacher_subjects_teacher_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("teacher_id", "subject_code", name=op.f("pk_teacher_subjects")),
    )
    op.create_table(
        "teacher_windows",
        sa.Column("teacher_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("start_minute", sa.Integer(), nullable=False),
        sa.Column("end_minute", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "0 <= start_minute AND start_minute < end_minute AND end_minute <= 1440",
            name=op.f("ck_teacher_windows_span"),
        ),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_teacher_windows_weekday")),
        sa.ForeignKeyConstraint(
            ["teacher_id"], ["teachers.id"], name=op.f("fk_teacher_windows_teacher_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teacher_windows")),
    )
    with op.batch_alter_table("teacher_windows", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_teacher_windows_teacher_id"), ["teacher_id"], unique=False)

    op.create_table(
        "room_closures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_room_closures_room_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_closures")),
        sa.UniqueConstraint("room_id", "date", name=op.f("uq_room_closures_room_id_date")),
    )
    with op.batch_alter_table("room_closures", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_room_closures_room_id"), ["room_id"], unique=False)

    op.create_table(
        "room_features",
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("feature_code", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["feature_code"], ["features.code"], name=op.f("fk_room_features_feature_code")),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_room_features_room_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("room_id", "feature_code", name=op.f("pk_room_features")),
    )
    op.create_table(
        "room_windows",
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("start_minute", sa.Integer(), nullable=False),
        sa.Column("end_minute", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "0 <= start_minute AND start_minute < end_minute AND end_minute <= 1440", name=op.f("ck_room_windows_span")
        ),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_room_windows_weekday")),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_room_windows_room_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_room_windows")),
    )
    with op.batch_alter_table("room_windows", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_room_windows_room_id"), ["room_id"], unique=False)

    op.create_table(
        "sections",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("earliest_week", sa.Integer(), nullable=False),
        sa.Column("latest_week", sa.Integer(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("reach_metres", sa.Integer(), nullable=False),
        sa.Column("pinned_week", sa.Integer(), nullable=True),
        sa.Column("pinned_room_id", sa.Integer(), nullable=True),
        sa.Column("pinned_teacher_id", sa.Integer(), nullable=True),
        sa.Column("assumed", sa.Boolean(), nullable=False),
        sa.Column("archived_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint(
            "1 <= earliest_week AND earliest_week <= latest_week AND latest_week <= 53", name=op.f("ck_sections_weeks")
        ),
        sa.CheckConstraint("pinned_week BETWEEN earliest_week AND latest_week", name=op.f("ck_sections_pinned_week")),
        sa.CheckConstraint("priority BETWEEN 1 AND 5", name=op.f("ck_sections_priority")),
        sa.CheckConstraint("reach_metres BETWEEN 100 AND 200000", name=op.f("ck_sections_reach")),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_sections_course_id")),
        sa.ForeignKeyConstraint(["pinned_room_id"], ["rooms.id"], name=op.f("fk_sections_pinned_room_id")),
        sa.ForeignKeyConstraint(["pinned_teacher_id"], ["teachers.id"], name=op.f("fk_sections_pinned_teacher_id")),
        sa.ForeignKeyConstraint(["term_id"], ["terms.id"], name=op.f("fk_sections_term_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_sections_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sections")),
        sa.UniqueConstraint("term_id", "name", name=op.f("uq_sections_term_id_name")),
    )
    with op.batch_alter_table("sections", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sections_course_id"), ["course_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sections_term_id"), ["term_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_sections_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "solve_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("term_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "queued",
                "running",
                "finished",
                "stopped",
                "failed",
                name="runstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("requested_by_id", sa.Integer(), nullable=True),
        sa.Column("requested_at", sa.DateTime(), nullable=False),
        sa.Column("started_at", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("term_document", sa.LargeBinary(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("worker", sa.String(length=40), nullable=True),
        sa.Column("lease_until", sa.DateTime(), nullable=True),
        sa.Column("stop_requested", sa.Boolean(), nullable=False),
        sa.Column("elapsed", sa.Double(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("bound", sa.Integer(), nullable=True),
        sa.Column("placed", sa.Integer(), nullable=True),
        sa.Column("unplaced", sa.Integer(), nullable=True),
        sa.Column("best_plan", sa.LargeBinary(), nullable=True),
        sa.Column("failure", sa.String(length=40), nullable=True),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("seconds BETWEEN 1 AND 86400", name=op.f("ck_solve_runs_seconds")),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_solve_runs_plan_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["requested_by_id"], ["users.id"], name=op.f("fk_solve_runs_requested_by_id")),
        sa.ForeignKeyConstraint(["term_id"], ["terms.id"], name=op.f("fk_solve_runs_term_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_solve_runs")),
    )
    with op.batch_alter_table("solve_runs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_solve_runs_status"), ["status"], unique=False)
        batch_op.create_index(batch_op.f("ix_solve_runs_term_id"), ["term_id"], unique=False)
        batch_op.create_index(
            "uq_solve_runs_active",
            ["term_id"],
            unique=True,
            sqlite_where=sa.text("status IN ('queued', 'running')"),
            postgresql_where=sa.text("status IN ('queued', 'running')"),
        )

    op.create_table(
        "bookings",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "requested",
                "confirmed",
                "countered",
                "declined",
                "expired",
                "cancelled",
                name="bookingstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("requested_at", sa.DateTime(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("status <> 'declined' OR reason <> ''", name=op.f("ck_bookings_declined_with_reason")),
        sa.ForeignKeyConstraint(["decided_by_id"], ["users.id"], name=op.f("fk_bookings_decided_by_id")),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_bookings_plan_id")),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_bookings_room_id")),
        sa.ForeignKeyConstraint(["section_id"], ["sections.id"], name=op.f("fk_bookings_section_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bookings")),
    )
    with op.batch_alter_table("bookings", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_bookings_plan_id"), ["plan_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_bookings_room_id"), ["room_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_bookings_section_id"), ["section_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_bookings_status"), ["status"], unique=False)
        batch_op.create_index(
            "uq_bookings_live",
            ["plan_id", "section_id"],
            unique=True,
            sqlite_where=sa.text("status IN ('requested', 'confirmed')"),
            postgresql_where=sa.text("status IN ('requested', 'confirmed')"),
        )

    op.create_table(
        "feed_events",
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=36), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "tentative",
                "confirmed",
                "cancelled",
                name="feedstatus",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("start_minute", sa.Integer(), nullable=False),
        sa.Column("end_minute", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_feed_events_number")),
        sa.CheckConstraint("sequence >= 0", name=op.f("ck_feed_events_sequence")),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_feed_events_room_id")),
        sa.ForeignKeyConstraint(
            ["section_id"], ["sections.id"], name=op.f("fk_feed_events_section_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("section_id", "number", name=op.f("pk_feed_events")),
        sa.UniqueConstraint("uid", name=op.f("uq_feed_events_uid")),
    )
    with op.batch_alter_table("feed_events", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_feed_events_room_id"), ["room_id"], unique=False)

    op.create_table(
        "pinned_meetings",
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("start_minute", sa.Integer(), nullable=False),
        sa.CheckConstraint("start_minute BETWEEN 0 AND 1439", name=op.f("ck_pinned_meetings_start")),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_pinned_meetings_weekday")),
        sa.ForeignKeyConstraint(
            ["section_id"], ["sections.id"], name=op.f("fk_pinned_meetings_section_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("section_id", "weekday", name=op.f("pk_pinned_meetings")),
    )
    op.create_table(
        "placements",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("week", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("teacher_id", sa.Integer(), nullable=False),
        sa.CheckConstraint("week BETWEEN 1 AND 53", name=op.f("ck_placements_week")),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name=op.f("fk_placements_plan_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_placements_room_id")),
        sa.ForeignKeyConstraint(["section_id"], ["sections.id"], name=op.f("fk_placements_section_id")),
        sa.ForeignKeyConstraint(["teacher_id"], ["teachers.id"], name=op.f("fk_placements_teacher_id")),
        sa.PrimaryKeyConstraint("plan_id", "section_id", name=op.f("pk_placements")),
    )
    with op.batch_alter_table("placements", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_placements_room_id"), ["room_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_placements_section_id"), ["section_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_placements_teacher_id"), ["teacher_id"], unique=False)

    op.create_table(
        "section_learners",
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("community_id", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.CheckConstraint("people BETWEEN 1 AND 1000", name=op.f("ck_section_learners_people")),
        sa.ForeignKeyConstraint(["community_id"], ["communities.id"], name=op.f("fk_section_learners_community_id")),
        sa.ForeignKeyConstraint(
            ["section_id"], ["sections.id"], name=op.f("fk_section_learners_section_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("section_id", "community_id", name=op.f("pk_section_learners")),
    )
    with op.batch_alter_table("section_learners", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_section_learners_community_id"), ["community_id"], unique=False)

    op.create_table(
        "section_teachers",
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("teacher_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["section_id"], ["sections.id"], name=op.f("fk_section_teachers_section_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["teacher_id"], ["teachers.id"], name=op.f("fk_section_teachers_teacher_id")),
        sa.PrimaryKeyConstraint("section_id", "teacher_id", name=op.f("pk_section_teachers")),
    )
    op.create_table(
        "section_venues",
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["section_id"], ["sections.id"], name=op.f("fk_section_venues_section_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["venue_id"], ["venues.id"], name=op.f("fk_section_venues_venue_id")),
        sa.PrimaryKeyConstraint("section_id", "venue_id", name=op.f("pk_section_venues")),
    )
    op.create_table(
        "shared_learners",
        sa.Column("first_id", sa.Integer(), nullable=False),
        sa.Column("second_id", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.CheckConstraint("first_id < second_id", name=op.f("ck_shared_learners_order")),
        sa.CheckConstraint("people BETWEEN 1 AND 1000", name=op.f("ck_shared_learners_people")),
        sa.ForeignKeyConstraint(
            ["first_id"], ["sections.id"], name=op.f("fk_shared_learners_first_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["second_id"], ["sections.id"], name=op.f("fk_shared_learners_second_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("first_id", "second_id", name=op.f("pk_shared_learners")),
    )
    with op.batch_alter_table("shared_learners", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shared_learners_second_id"), ["second_id"], unique=False)

    op.create_table(
        "solve_points",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("elapsed", sa.Double(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("bound", sa.Integer(), nullable=False),
        sa.Column("placed", sa.Integer(), nullable=False),
        sa.Column("unplaced", sa.Integer(), nullable=False),
        sa.Column("phase", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["solve_runs.id"], name=op.f("fk_solve_points_run_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_solve_points")),
    )
    with op.batch_alter_table("solve_points", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_solve_points_run_id"), ["run_id"], unique=False)

    op.create_table(
        "booked_sessions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("room_id", sa.Integer(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("start_minute", sa.Integer(), nullable=False),
        sa.Column("end_minute", sa.Integer(), nullable=False),
        sa.Column("free_minute", sa.Integer(), nullable=False),
        sa.Column("holds", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "0 <= start_minute AND start_minute < end_minute AND end_minute <= free_minute",
            name=op.f("ck_booked_sessions_span"),
        ),
        sa.ForeignKeyConstraint(
            ["booking_id"], ["bookings.id"], name=op.f("fk_booked_sessions_booking_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["room_id"], ["rooms.id"], name=op.f("fk_booked_sessions_room_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_booked_sessions")),
    )
    with op.batch_alter_table("booked_sessions", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_booked_sessions_booking_id"), ["booking_id"], unique=False)
        batch_op.create_index("ix_booked_sessions_room_date", ["room_id", "date"], unique=False)

    op.create_table(
        "meetings",
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.Integer(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("start_minute", sa.Integer(), nullable=False),
        sa.CheckConstraint("start_minute BETWEEN 0 AND 1439", name=op.f("ck_meetings_start")),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("ck_meetings_weekday")),
        sa.ForeignKeyConstraint(
            ["plan_id", "section_id"],
            ["placements.plan_id", "placements.section_id"],
            name=op.f("fk_meetings_plan_id_section_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("plan_id", "section_id", "weekday", name=op.f("pk_meetings")),
    )
    _create_guards()


def downgrade() -> None:
    """Change it back."""
    _drop_guards()
    op.drop_table("meetings")
    with op.batch_alter_table("booked_sessions", schema=None) as batch_op:
        batch_op.drop_index("ix_booked_sessions_room_date")
        batch_op.drop_index(batch_op.f("ix_booked_sessions_booking_id"))

    op.drop_table("booked_sessions")
    with op.batch_alter_table("solve_points", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_solve_points_run_id"))

    op.drop_table("solve_points")
    with op.batch_alter_table("shared_learners", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_shared_learners_second_id"))

    op.drop_table("shared_learners")
    op.drop_table("section_venues")
    op.drop_table("section_teachers")
    with op.batch_alter_table("section_learners", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_section_learners_community_id"))

    op.drop_table("section_learners")
    with op.batch_alter_table("placements", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_placements_teacher_id"))
        batch_op.drop_index(batch_op.f("ix_placements_section_id"))
        batch_op.drop_index(batch_op.f("ix_placements_room_id"))

    op.drop_table("placements")
    op.drop_table("pinned_meetings")
    with op.batch_alter_table("feed_events", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_feed_events_room_id"))

    op.drop_table("feed_events")
    with op.batch_alter_table("bookings", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_bookings_live",
            sqlite_where=sa.text("status IN ('requested', 'confirmed')"),
            postgresql_where=sa.text("status IN ('requested', 'confirmed')"),
        )
        batch_op.drop_index(batch_op.f("ix_bookings_status"))
        batch_op.drop_index(batch_op.f("ix_bookings_section_id"))
        batch_op.drop_index(batch_op.f("ix_bookings_room_id"))
        batch_op.drop_index(batch_op.f("ix_bookings_plan_id"))

    op.drop_table("bookings")
    with op.batch_alter_table("solve_runs", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_solve_runs_active",
            sqlite_where=sa.text("status IN ('queued', 'running')"),
            postgresql_where=sa.text("status IN ('queued', 'running')"),
        )
        batch_op.drop_index(batch_op.f("ix_solve_runs_term_id"))
        batch_op.drop_index(batch_op.f("ix_solve_runs_status"))

    op.drop_table("solve_runs")
    with op.batch_alter_table("sections", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sections_unit_id"))
        batch_op.drop_index(batch_op.f("ix_sections_term_id"))
        batch_op.drop_index(batch_op.f("ix_sections_course_id"))

    op.drop_table("sections")
    with op.batch_alter_table("room_windows", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_room_windows_room_id"))

    op.drop_table("room_windows")
    op.drop_table("room_features")
    with op.batch_alter_table("room_closures", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_room_closures_room_id"))

    op.drop_table("room_closures")
    with op.batch_alter_table("teacher_windows", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_teacher_windows_teacher_id"))

    op.drop_table("teacher_windows")
    op.drop_table("teacher_subjects")
    with op.batch_alter_table("teacher_absences", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_teacher_absences_teacher_id"))

    op.drop_table("teacher_absences")
    with op.batch_alter_table("rooms", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rooms_venue_id"))

    op.drop_table("rooms")
    with op.batch_alter_table("plans", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_plans_published",
            sqlite_where=sa.text("status = 'published'"),
            postgresql_where=sa.text("status = 'published'"),
        )
        batch_op.drop_index(batch_op.f("ix_plans_term_id"))

    op.drop_table("plans")
    with op.batch_alter_table("grants", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_grants_venue_id"))
        batch_op.drop_index(batch_op.f("ix_grants_user_id"))

    op.drop_table("grants")
    with op.batch_alter_table("demand", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_demand_term_id"))
        batch_op.drop_index(batch_op.f("ix_demand_course_id"))
        batch_op.drop_index(batch_op.f("ix_demand_community_id"))

    op.drop_table("demand")
    with op.batch_alter_table("course_windows", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_course_windows_course_id"))

    op.drop_table("course_windows")
    op.drop_table("course_features")
    with op.batch_alter_table("calendar_days", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_calendar_days_term_id"))

    op.drop_table("calendar_days")
    with op.batch_alter_table("budgets", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_budgets_unit_id"))
        batch_op.drop_index(batch_op.f("ix_budgets_term_id"))

    op.drop_table("budgets")
    with op.batch_alter_table("venues", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_venues_unit_id"))

    op.drop_table("venues")
    with op.batch_alter_table("terms", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_terms_unit_id"))

    op.drop_table("terms")
    with op.batch_alter_table("teachers", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_teachers_unit_id"))

    op.drop_table("teachers")
    with op.batch_alter_table("courses", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_courses_subject_code"))

    op.drop_table("courses")
    with op.batch_alter_table("communities", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_communities_unit_id"))

    op.drop_table("communities")
    op.drop_table("census")
    with op.batch_alter_table("audit_entries", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_entries_user_id"))
        batch_op.drop_index(batch_op.f("ix_audit_entries_table"))
        batch_op.drop_index(batch_op.f("ix_audit_entries_at"))

    op.drop_table("audit_entries")
    op.drop_table("users")
    with op.batch_alter_table("units", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_units_path"))
        batch_op.drop_index(batch_op.f("ix_units_parent_id"))

    op.drop_table("units")
    op.drop_table("subjects")
    op.drop_table("installation")
    op.drop_table("features")
