"""Teachers with their availability as a sheet."""

from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from scheduler.audit.states import registers
from scheduler.audit.states.codec import State
from scheduler.core.extensions import db
from scheduler.core.typed_numbers import METRES, TIMES, YUAN
from scheduler.domain.covers import follow_absences
from scheduler.domain.publishing.calendar_feed import record_covers
from scheduler.features.registers.teachers.forms import TeacherForm
from scheduler.features.registers.teachers.operations import save_teacher
from scheduler.models import Teacher, TeacherKind, Unit
from scheduler.workbooks.directory import Directory
from scheduler.workbooks.kinds import ChoiceKind, Dates, Degrees, HoursKind, Telephone, Whole
from scheduler.workbooks.references import Reference, References
from scheduler.workbooks.register import RegisterColumn, WorkbookRegister, text
from scheduler.workbooks.registers.venues import dates_of, hours_of, lost_zero


def _teachers(names: Directory) -> Select[Teacher]:
    return (
        select(Teacher).join(Teacher.unit).where(names.own, Teacher.archived_at.is_(None))
        .order_by(Unit.path, Teacher.name, Teacher.id)
        .options(
            joinedload(Teacher.unit), selectinload(Teacher.subjects), selectinload(Teacher.windows),
            selectinload(Teacher.absences),
        )
    )


def _save(_names: Directory, teacher: Teacher | None, form: TeacherForm) -> Teacher:
    return save_teacher(teacher, db.session.get_one(Unit, int(form.unit.data)), **form.values("unit"))


def _follow(teacher: Teacher, former: State, state: State) -> None:
    """Sessions on other dates of absence need a cover, or need none any more."""
    if former["absent"] != state["absent"]:
        record_covers(follow_absences(teacher))


TEACHERS = WorkbookRegister(
    name="teachers",
    words=_l("Teachers"),
    codec=registers.TEACHERS,
    entity="teacher",
    form=TeacherForm,
    columns=(
        text("name", earlier=("Name of the role", "岗位名称")),
        RegisterColumn("unit", Reference("unit"), lambda teacher: str(teacher.unit_id)),
        text("kind", ChoiceKind.of(TeacherKind)),
        RegisterColumn("subjects", References("subject"), lambda teacher: sorted(
            (subject.code for subject in teacher.subjects), key=lambda code: (len(code), code)
        )),
        text("phone", Telephone()),
        text("email"),
        text("max_day", Whole(TIMES)),
        text("max_week", Whole(TIMES)),
        text("wanted_week", Whole(TIMES), ("Sessions a week she wants",)),
        text("fee", Whole(YUAN, free=True)),
        text("reach_metres", Whole(METRES), ("How far she travels from home, in metres",)),
        text("latitude", Degrees("latitude"), ("Latitude of her home",)),
        text("longitude", Degrees("longitude"), ("Longitude of her home",)),
        RegisterColumn(
            "hours", HoursKind(), lambda teacher: hours_of(teacher.windows), ("Hours in which she can teach",)
        ),
        RegisterColumn("absences", Dates(), lambda teacher: dates_of(teacher.absences)),
    ),
    rows=_teachers,
    natural=("unit", "name"),
    title=lambda teacher: str(teacher.name),
    save=_save,
    warnings=lost_zero,
    follow=_follow,
    announces=lambda cells: [cells.get("name", ""), f"{cells.get('unit')}/{cells.get('name')}"],
)
