"""Domain errors, and the one place where named database constraints become them."""

from dataclasses import dataclass

from flask import Flask, render_template
from flask.typing import ResponseReturnValue
from flask_babel import LazyString, lazy_gettext as _l
from sqlalchemy.exc import IntegrityError
from sqlalchemy.schema import UniqueConstraint
from werkzeug.exceptions import HTTPException

from scheduler.core.database import Base


@dataclass
class DomainError(Exception):
    """A rule refuses an operation: ``message`` in words, ``field`` the form field it belongs to ("" for the form)."""

    message: str | LazyString
    field: str = ""

    def __str__(self) -> str:
        return str(self.message)


TAKEN = _l("This name is already taken here. Choose another.")
IN_USE = _l("Something else still refers to this entry, so it cannot be removed. Archive it instead.")
DATES_CHANGED = _l("Somebody has just changed these dates. Look again.")
CONSTRAINTS: dict[str, tuple[str, LazyString]] = {
    "uq_units_code": ("code", _l("This code is already used by another unit.")),
    "uq_communities_code": ("code", _l("This code is already used by another community.")),
    "uq_venues_unit_id_name": ("name", TAKEN),
    "uq_rooms_venue_id_name": ("name", TAKEN),
    "uq_teachers_unit_id_name": ("name", TAKEN),
    "uq_courses_title_zh": ("title_zh", _l("There is already a course with this title.")),
    "uq_terms_unit_id_name": ("name", TAKEN),
    "uq_calendar_days_term_id_date": ("date", _l("This date stands in the calendar already. Remove it first.")),
    "uq_sections_term_id_name": ("name", TAKEN),
    "uq_demand_term_id_course_id_community_id": (
        "community", _l("This community's demand for the course is already entered. Edit that entry.")
    ),
    "uq_demand_sources_term_id_course_id_community_id_kind": (
        "kind", _l("This source says already how many people of the community want the course. Edit that entry.")
    ),
    "uq_users_username": ("username", _l("This user name is already taken.")),
    "uq_grants_user_id_role_unit_id_venue_id_teacher_id": ("", _l("The user already has this role there.")),
    "uq_activity_series_term_id_title_zh": ("title_zh", TAKEN),
    "uq_events_term_id_title_zh": ("title_zh", TAKEN),
    "uq_event_items_event_id_title_zh": ("title_zh", TAKEN),
    "uq_series_sections_series_id_group_code": ("", _l("Somebody has just opened these sections. Look again.")),
    "uq_event_sections_item_id_place": ("", _l("Somebody has just changed this event. Look again.")),
    "uq_scenarios_term_id_name": ("name", TAKEN),
    "uq_plans_published": ("", _l("Another plan of this term has just been published.")),
    "uq_change_sets_takes_back_id": ("", _l("This was undone already.")),
    "uq_assignments_standing": ("", _l("Somebody else has been asked for this section since.")),
    "uq_covers_session": ("", _l("This session has been reported already.")),
    "uq_substitutions_session": ("", _l("Somebody has just been set for this session.")),
    "uq_substitutions_teacher": ("", _l("They have just been asked for another session at this time.")),
    "uq_room_closures_room_id_date_start_minute": ("closures", DATES_CHANGED),
    "uq_room_closures_whole_day": ("closures", DATES_CHANGED),
    "uq_teacher_absences_teacher_id_date_start_minute": ("absences", DATES_CHANGED),
    "uq_teacher_absences_whole_day": ("absences", DATES_CHANGED),
    "ex_booked_sessions_room": ("", _l("The room is already taken at one of these times.")),
}


def constraint_name(error: IntegrityError) -> str:
    """The name of the violated constraint on either database, "" where it says none."""
    diagnosis = getattr(error.orig, "diag", None)
    if diagnosis is not None:
        return str(diagnosis.constraint_name or "")
    text = str(error.orig)
    if text.startswith("UNIQUE constraint failed: index "):
        return text.removeprefix("UNIQUE constraint failed: index ").strip("'")
    if text.startswith("UNIQUE constraint failed: "):
        return _unique_name(text.removeprefix("UNIQUE constraint failed: ").split(", "))
    return text.partition("constraint failed: ")[2] or text


def _unique_name(columns: list[str]) -> str:
    """SQLite names the columns of a broken unique constraint or index; find it by them."""
    table = Base.metadata.tables[columns[0].partition(".")[0]]
    names = {column.partition(".")[2] for column in columns}
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint) and {c.name for c in constraint.columns} == names:
            return str(constraint.name)
    for index in table.indexes:
        if index.unique and {c.name for c in index.columns} == names:
            return str(index.name)
    return ""


def domain_error(error: IntegrityError) -> DomainError:
    """The message for a violated constraint."""
    name = constraint_name(error)
    if "FOREIGN KEY" in name or name.startswith("fk_"):
        return DomainError(IN_USE)
    field, message = CONSTRAINTS.get(name, ("", _l("The database refused this entry (%(rule)s).", rule=name)))
    return DomainError(message, field)


def error_page(error: HTTPException) -> ResponseReturnValue:
    """A page in the visitor's language that says what to do next; redirects pass."""
    if error.code is None or error.code < 400:
        return error.get_response()
    page = render_template([f"errors/{error.code}.html", f"errors/{error.code // 100}00.html"], error=error)
    return page, error.code, [(name, value) for name, value in error.get_headers() if name == "Retry-After"]


def register(app: Flask) -> None:
    """Show error pages instead of bare texts."""
    app.register_error_handler(HTTPException, error_page)
