"""Words for the tables of the audit trail."""

from typing import Final

from flask_babel import LazyString, lazy_gettext as _l

TABLES: dict[str, LazyString] = {
    "account_links": _l("one-time link"),
    "activity_series": _l("series of activities"),
    "assignments": _l("assignment of a teacher"),
    "bookings": _l("booking"),
    "budgets": _l("budget"),
    "calendar_days": _l("day of the calendar"),
    "change_sets": _l("change of a plan by hand"),
    "communities": _l("community"),
    "course_windows": _l("hours of a course"),
    "courses": _l("course"),
    "covers": _l("session whose teacher cannot come"),
    "demand": _l("demand"),
    "demand_sources": _l("source of demand"),
    "event_items": _l("item of an event"),
    "event_sections": _l("place of an item of an event"),
    "events": _l("event"),
    "features": _l("feature of rooms"),
    "grants": _l("role of a user"),
    "imports": _l("workbook that was uploaded"),
    "jobs": _l("planning run"),
    "pinned_meetings": _l("pinned meeting"),
    "placements": _l("placement"),
    "plans": _l("plan of a term"),
    "proposal_runs": _l("proposing of sections"),
    "proposals": _l("proposed section"),
    "room_closures": _l("closure of a room"),
    "room_windows": _l("opening window of a room"),
    "rooms": _l("room"),
    "scenarios": _l("scenario of a term"),
    "second_factors": _l("second factor of a user"),
    "section_learners": _l("learners of a section"),
    "sections": _l("section"),
    "series_sections": _l("section of a series"),
    "shared_learners": _l("shared learners"),
    "subjects": _l("subject"),
    "substitutions": _l("substitution"),
    "teacher_absences": _l("absence of a teacher"),
    "teacher_windows": _l("availability of a teacher"),
    "teachers": _l("teacher's record"),
    "terms": _l("term"),
    "units": _l("unit"),
    "users": _l("user"),
    "venues": _l("venue"),
}

FORMER_NAMES: Final = {"plan_changes": "change_sets", "solve_runs": "jobs"}
"""What tables were called in entries that were written then; rows have kept their numbers."""


def names_of(table: str) -> set[str]:
    """All names under which the trail knows a table, given any of them."""
    present = FORMER_NAMES.get(table, table)
    return {present, *(former for former, name in FORMER_NAMES.items() if name == present)}


def table_word(table: str) -> str:
    """What a row of the table is called."""
    return str(TABLES.get(FORMER_NAMES.get(table, table), table))
