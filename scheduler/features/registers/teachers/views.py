"""Pages of the register of teachers."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from scheduler.calendar.weekly_hours import WeekHours
from scheduler.core.transaction import transaction
from scheduler.domain.in_use import uses_of
from scheduler.features.registers.teachers import operations, queries
from scheduler.features.registers.teachers.forms import AvailabilityForm, TeacherForm, availability_data, teacher_data
from scheduler.models import Role, Teacher, TeacherKind
from scheduler.web.access import current_scope, requires
from scheduler.web.archiving import archive_or_restore
from scheduler.web.choices import subject_choices, unit_choices
from scheduler.web.editing import editing
from scheduler.web.flash import redirect_saved, redirect_with
from scheduler.web.pagination import paginate
from scheduler.web.sorting import sorting

blueprint = Blueprint("teachers", __name__, url_prefix="/desk/teachers")


@blueprint.get("")
@requires(Role.COORDINATOR)
def index() -> str:
    """Teachers of the scope, searchable and filtered."""
    filters, order = queries.filters_of(request.args), sorting(queries.SORTS)
    return render_template(
        "teachers/index.html", page=paginate(order.of(queries.teachers(current_scope(), filters))),
        filters=filters, order=order,
        kinds=TeacherKind, subjects=subject_choices(), units=unit_choices(current_scope()),
    )


@blueprint.get("/<int:teacher_id>")
@requires(Role.COORDINATOR)
def show(teacher_id: int) -> str:
    """One teacher."""
    teacher = queries.teacher_in(current_scope(), teacher_id)
    return render_template("teachers/show.html", teacher=teacher, week=WeekHours.of(teacher.windows))


def _form(teacher: Teacher | None = None) -> TeacherForm:
    form = TeacherForm() if teacher is None else TeacherForm.showing(teacher, **teacher_data(teacher))
    form.unit.choices, form.subjects.choices = unit_choices(current_scope()), subject_choices()
    return form


def _save(teacher: Teacher | None, form: TeacherForm) -> Teacher:
    unit = queries.unit_in(current_scope(), int(form.unit.data))
    return operations.save_teacher(teacher, unit, **form.values("unit"))


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
@transaction
def create() -> ResponseReturnValue:
    """A form for a new teacher."""
    form = _form()
    if form.validate_on_submit() and (teacher := form.apply(lambda: _save(None, form))):
        return redirect_with(
            _("%(name)s is in the register.", name=teacher.name), url_for("teachers.show", teacher_id=teacher.id)
        )
    return render_template("teachers/form.html", form=form, teacher=None)


@blueprint.route("/<int:teacher_id>/edit", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
@transaction
def edit(teacher_id: int) -> ResponseReturnValue:
    """A form for a teacher."""
    teacher = queries.teacher_in(current_scope(), teacher_id)
    form = editing(teacher, lambda: _form(teacher))
    if form.validate_on_submit() and form.apply(lambda: _save(teacher, form)):
        return redirect_saved(url_for("teachers.show", teacher_id=teacher.id))
    return render_template("teachers/form.html", form=form, teacher=teacher)


@blueprint.post("/<int:teacher_id>/archive")
@requires(Role.COORDINATOR)
@transaction
def archive(teacher_id: int) -> ResponseReturnValue:
    """Archive a teacher, or with ``restore`` bring them back."""
    teacher = queries.teacher_in(current_scope(), teacher_id)
    page = url_for("teachers.show", teacher_id=teacher.id)
    return archive_or_restore(teacher, teacher.name, page, uses=uses_of(teacher))


@blueprint.route("/me", methods=["GET", "POST"])
@requires(Role.TEACHER)
@transaction
def me() -> ResponseReturnValue:
    """A teacher's own hours and absences, which they keep themselves."""
    teacher = queries.own_record(current_scope())
    form = editing(teacher, lambda: AvailabilityForm(data=availability_data(teacher)))
    if form.validate_on_submit() and form.apply(lambda: operations.set_availability(teacher, **form.values())):
        return redirect_with(_("Saved. The coordinator plans with these hours from now on."), url_for("teachers.me"))
    return render_template("teachers/me.html", form=form, teacher=teacher)
