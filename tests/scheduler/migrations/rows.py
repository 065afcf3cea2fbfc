"""What the rows of a stored schema become: all stays as it was but for what migrations say that they change."""

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, inspect

Row = dict[str, Any]
Rows = dict[str, list[Row]]
VERSION = "alembic_version"
CHANGED = {
    "0003-first": {"import_rows": {"clashes", "key", "slot", "state", "warned", "warnings"}, "imports": {"status"}},
    "0007-first": {"planning_jobs": {"draft_name"}},
}
"""Columns whose values become others, by table, for a schema with such a step."""
ADDED = {
    "courses.for_activity": False,
    "import_rows.troubles": {},
    "demand.worked_out": False,
    "plans.version": 0,
    "teachers.email": "",
    "teachers.phone": "",
    "planning_jobs.kept": 0,
    "planning_jobs.reasons": [],
    "planning_jobs.scope": "whole",
    "users.must_change_password": False,
}
"""What stands in a column that a row did not have, where it is not nothing."""
GONE = {"import_rows": {"after", "marks"}, "proposals": {"batch"}, "scenarios": {"replaced"}}
"""Columns whose values stand elsewhere, by table."""
PUBLISHED = ("published", "superseded")
KINDS = ("planning", "scenario", "recommendation")
"""Of jobs."""
TOLD_ELSEWHERE = {"assignments", "change_entries", "change_sets", "section_features", VERSION}
"""Tables of whose rows the test itself says what becomes of them."""
FORMAT = ("minutes", "sessions", "per_week", "every_weeks", "day_gap", "minimum_size", "maximum_size")
WRITTEN_DOWN = {
    "sections": set(FORMAT),
    "placements": {"fixed_minutes", "fixed_sessions", "fixed_every_weeks"},
    "plans": {"calendar"},
    **{table: {"spelling"} for table in ("units", "communities", "venues", "rooms", "teachers", "courses", "subjects")},
}
"""Columns that are filled with what stood elsewhere, by table."""


def all_rows(connection: Connection) -> Rows:
    """The rows of every table, in the order of their keys."""
    inspector = inspect(connection)
    found = {}
    for table in inspector.get_table_names():
        keys = ", ".join(f'"{column}"' for column in inspector.get_pk_constraint(table)["constrained_columns"])
        rows = connection.exec_driver_sql(f'SELECT * FROM "{table}" ORDER BY {keys}').mappings()  # noqa: S608
        found[table] = [{column: _plain(value) for column, value in row.items()} for row in rows]
    return found


def lost_or_changed(before: Rows, after: Rows, steps: Collection[str]) -> list[str]:
    """What of the rows is not as it should be after migrating; nothing if all is well."""
    before = _with_jobs(before, after)
    changed: dict[str, set[str]] = {}
    for step in CHANGED.keys() & set(steps):
        changed |= CHANGED[step]
    wrong = []
    for table in after.keys() - TOLD_ELSEWHERE:
        old = before.get(table, [])
        kept = {column for row in old for column in row} - changed.get(table, set()) - GONE.get(table, set())
        if [_only(row, kept) for row in after[table]] != [_only(row, kept) for row in old]:
            wrong.append(f"{table}: {old} became {after[table]}")
        added = {column for row in after[table] for column in row} - {column for row in old for column in row}
        added -= changed.get(table, set()) | WRITTEN_DOWN.get(table, set()) | {"clashing"}
        wrong += [
            f"{table}.{column} is {row[column]!r}"
            for row in after[table] for column in added
            if row[column] != ADDED.get(f"{table}.{column}")
        ]
    return wrong


def formats_are_copied(after: Rows) -> bool:
    """Whether sections are held as their courses are, and what was published as its sections and its term are."""
    tables = ("courses", "sections", "terms", "plans")
    courses, sections, terms, plans = ({row["id"]: row for row in after[table]} for table in tables)
    written = after["section_features"]
    held = {row["course_id"] for row in sections.values()}
    features = {(row["course_id"], row["feature_code"]) for row in after["course_features"]}
    needs = {(course, code) for course, code in features if course in held}
    return (
        all(row[name] == courses[row["course_id"]][name] for row in sections.values() for name in FORMAT)
        and {(sections[row["section_id"]]["course_id"], row["feature_code"]) for row in written} == needs
        and all(
            _is_written_down(row, plans[row["plan_id"]], sections[row["section_id"]]) for row in after["placements"]
        )
        and all(_keeps_calendar(plan, terms[plan["term_id"]], after["calendar_days"]) for plan in plans.values())
    )


def _is_written_down(placement: Row, plan: Row, section: Row) -> bool:
    names = ("minutes", "sessions", "every_weeks")
    written = [placement[f"fixed_{name}"] for name in names]
    return written == [section[name] if plan["status"] in PUBLISHED else None for name in names]


def _keeps_calendar(plan: Row, term: Row, days: Collection[Row]) -> bool:
    if plan["status"] not in PUBLISHED:
        return plan["calendar"] is None
    off = [str(day["date"]) for day in days if day["kind"] == "off" and day["term_id"] == term["id"]]
    return bool(plan["calendar"] == {"first_day": str(term["first_day"]), "weeks": term["weeks"], "off": sorted(off)})


def _with_jobs(before: Rows, after: Rows) -> Rows:
    """The rows as they stand since runs are jobs with details."""
    if "solve_runs" not in before:
        return before
    runs = [{**run, **_as_job(run)} for run in before["solve_runs"]]
    links, points = before.get("solve_run_sections", []), before.get("solve_points", [])
    moved = {
        "jobs": runs,
        **{f"{kind}_jobs": [run for run in runs if run["kind"] == kind] for kind in KINDS},
        "planning_job_sections": [{**link, "job_id": link["run_id"]} for link in links],
        "search_points": [{**point, "job_id": point["run_id"]} for point in points],
    }
    columns = {table: {column for row in after[table] for column in row} for table in moved}
    return before | {
        table: [{column: row[column] for column in row if column in columns[table]} for row in rows]
        for table, rows in moved.items()
    }


def _as_job(run: Row) -> Row:
    """What a run says of itself in other words as a job."""
    if run.get("scenario_id") is not None:
        return {"kind": "scenario", "subject_id": run["scenario_id"], "rank": 1}
    if run.get("asked_plan_id") is not None:
        asked = {"subject_id": run["asked_plan_id"], "asked_document": run["start_plan"]}
        return {"kind": "recommendation", "rank": 1, **asked}
    return {"kind": "planning", "subject_id": run["term_id"], "rank": 0}


def _only(row: Row, columns: Collection[str]) -> Row:
    return {column: row[column] for column in columns}


def _plain(value: Any) -> Any:
    """SQLite gives JSON out as it was written."""
    return json.loads(value) if isinstance(value, str) and value[:1] in {"[", "{"} else value
