"""The catalogue of courses as a sheet."""

from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from scheduler.audit.states import registers
from scheduler.core.typed_numbers import DAYS, METRES, MINUTES, PEOPLE, TIMES, WEEKS
from scheduler.features.registers.courses.forms import CourseForm
from scheduler.features.registers.courses.operations import save_course
from scheduler.models import Course, Subject, TargetGroup
from scheduler.workbooks.directory import Directory
from scheduler.workbooks.kinds import ChoiceKind, HoursKind, Value, Whole
from scheduler.workbooks.references import Reference, References
from scheduler.workbooks.register import RegisterColumn, WorkbookRegister, text
from scheduler.workbooks.registers.venues import hours_of


def _courses(_names: Directory) -> Select[Course]:
    return (
        select(Course).join(Course.subject).where(Course.in_catalogue())
        .order_by(Subject.category, Course.title_zh, Course.id)
        .options(selectinload(Course.needs), selectinload(Course.windows))
    )


def _hours(course: Course, best: bool) -> Value:
    return hours_of(window for window in course.windows if (window.cost == 0) is best)


def _possible_cost(course: Course) -> Value:
    """What the form of the course shows."""
    return str(max((window.cost for window in course.windows), default=0) or 1)


def _save(_names: Directory, course: Any, form: CourseForm) -> Course:
    return save_course(course, **form.values())


COURSES = WorkbookRegister(
    name="courses",
    words=_l("Courses"),
    codec=registers.COURSES,
    entity="course",
    form=CourseForm,
    columns=(
        text("title_zh"),
        text("title_en"),
        text("subject_code", Reference("subject")),
        text("target_group", ChoiceKind.of(TargetGroup)),
        text("minutes", Whole(MINUTES)),
        text("sessions", Whole(TIMES)),
        text("per_week", Whole(TIMES)),
        text("day_gap", Whole(DAYS)),
        text("every_weeks", Whole(WEEKS)),
        RegisterColumn("needs", References("feature"), lambda course: sorted(
            (feature.code for feature in course.needs), key=lambda code: (len(code), code)
        )),
        text("minimum_size", Whole(PEOPLE)),
        text("maximum_size", Whole(PEOPLE)),
        text("reach_metres", Whole(METRES)),
        RegisterColumn("best_hours", HoursKind(), lambda course: _hours(course, best=True)),
        RegisterColumn("possible_hours", HoursKind(), lambda course: _hours(course, best=False)),
        RegisterColumn("possible_cost", Whole(), _possible_cost),
    ),
    rows=_courses,
    natural=("title_zh",),
    title=lambda course: str(course.title_zh),
    save=_save,
    announces=lambda cells: [cells.get("title_zh", ""), cells.get("title_en", "")],
)
