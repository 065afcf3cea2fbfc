"""bounds and names that the models state and no migration had written down."""

import re

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

BOUNDS = [
    *(
        (table, f"ck_{table}_{column}", f"{column} BETWEEN -{most} AND {most}")
        for table in ("communities", "teachers", "venues") for column, most in (("latitude", 90), ("longitude", 180))
    ),
    ("course_windows", "ck_course_windows_cost", "cost BETWEEN 0 AND 100"),
]
# Some migrations named references also after what is referred to, which the convention of names does not.
LONG_NAMES = {
    "activity_series": {"content_id": "courses", "course_id": "courses", "term_id": "terms", "unit_id": "units"},
    "assignments": {
        "answered_by_id": "users", "former_id": "assignments", "plan_id": "plans", "room_id": "rooms",
        "section_id": "sections", "teacher_id": "teachers",
    },
    "covers": {"section_id": "sections", "teacher_id": "teachers"},
    "event_item_communities": {"community_id": "communities", "item_id": "event_items"},
    "event_item_teachers": {"item_id": "event_items", "teacher_id": "teachers"},
    "event_items": {"course_id": "courses", "event_id": "events", "unit_id": "units"},
    "event_sections": {"item_id": "event_items", "section_id": "sections"},
    "events": {"term_id": "terms", "unit_id": "units"},
    "plan_changes": {"plan_id": "plans", "section_id": "sections", "user_id": "users"},
    "series_communities": {"community_id": "communities", "series_id": "activity_series"},
    "series_sections": {"section_id": "sections", "series_id": "activity_series"},
    "series_updates": {"series_id": "activity_series"},
    "solve_run_sections": {"run_id": "solve_runs", "section_id": "sections"},
    "solve_runs": {"base_plan_id": "plans", "unit_id": "units"},
    "substitutions": {
        "answered_by_id": "users", "asked_by_id": "users", "cover_id": "covers", "section_id": "sections",
        "teacher_id": "teachers",
    },
}
RENAMED = [
    (table, f"fk_{table}_{column}_{target}", f"fk_{table}_{column}")
    for table, columns in LONG_NAMES.items() for column, target in columns.items()
]


def upgrade() -> None:
    """Keep places on the globe and costs of hours in bounds, also against the program; name references alike."""
    if op.get_bind().dialect.name == "sqlite":
        _refuse_rows_out_of_bounds()
        _rewrite_sqlite(_with_bounds_and_short_names)
        return
    for table, name, rule in BOUNDS:
        op.create_check_constraint(op.f(name), table, rule)
    for table, old, new in RENAMED:
        op.execute(sa.text(f"ALTER TABLE {table} RENAME CONSTRAINT {old} TO {new}"))
    # The only row of this table has the number 1, which no sequence has to find.
    op.execute(sa.text("ALTER TABLE installation ALTER id DROP DEFAULT"))
    op.execute(sa.text("DROP SEQUENCE installation_id_seq"))


def downgrade() -> None:
    """Take the bounds away and give the long names back."""
    if op.get_bind().dialect.name == "sqlite":
        _rewrite_sqlite(_without_bounds_and_with_long_names)
        return
    for table, name, _rule in BOUNDS:
        op.drop_constraint(op.f(name), table, type_="check")
    for table, old, new in RENAMED:
        op.execute(sa.text(f"ALTER TABLE {table} RENAME CONSTRAINT {new} TO {old}"))
    op.execute(sa.text("CREATE SEQUENCE installation_id_seq AS INTEGER OWNED BY installation.id"))
    op.execute(sa.text("ALTER TABLE installation ALTER id SET DEFAULT nextval('installation_id_seq')"))


def _refuse_rows_out_of_bounds() -> None:
    """PostgreSQL looks through the rows before it believes a new rule; SQLite has to be asked."""
    for table, name, rule in BOUNDS:
        if op.get_bind().scalar(sa.text(f"SELECT count(*) FROM {table} WHERE NOT ({rule})")):
            raise ValueError(f"{table} has rows that break {name}: {rule}")


def _with_bounds_and_short_names(table: str, words: str) -> str:
    for of, name, rule in BOUNDS:
        if of == table:
            words = words.rstrip().removesuffix(")").rstrip() + f", \n\tCONSTRAINT {name} CHECK ({rule})\n)"
    return _renamed(table, words, {old: new for _table, old, new in RENAMED})


def _without_bounds_and_with_long_names(table: str, words: str) -> str:
    for of, name, rule in BOUNDS:
        if of == table:
            words = words.replace(f", \n\tCONSTRAINT {name} CHECK ({rule})", "")
    return _renamed(table, words, {new: old for of, old, new in RENAMED if of == table})


def _renamed(table: str, words: str, names: dict[str, str]) -> str:
    return re.sub(r"\bCONSTRAINT (\w+)", lambda found: f"CONSTRAINT {names.get(found[1], found[1])}", words)


def _rewrite_sqlite(change) -> None:
    """Change rules where they are written, as SQLite's manual advises: what is stored does not change with them."""
    connection = op.get_bind()
    version = connection.exec_driver_sql("PRAGMA schema_version").scalar()
    connection.exec_driver_sql("PRAGMA writable_schema = ON")
    for table, words in connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'table'").all():
        if words and (changed := change(table, words)) != words:
            connection.exec_driver_sql(
                "UPDATE sqlite_master SET sql = ? WHERE type = 'table' AND name = ?", (changed, table)
            )
    connection.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema = OFF")
