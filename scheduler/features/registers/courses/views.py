"""Pages of the catalogue. It is shared by the whole installation: every coordinator may change it."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from scheduler.calendar.weekly_hours import WeekHours
from scheduler.core.extensions import db
from scheduler.core.transaction import transaction
from scheduler.features.registers.courses import operations, queries
from scheduler.features.registers.courses.forms import CourseForm, EditSubjectForm, SubjectForm
from scheduler.features.registers.courses.presets import PRESETS
from scheduler.models import Category, Course, Role, Subject, TargetGroup
from scheduler.web.access import requires
from scheduler.web.archiving import archive_or_restore
from scheduler.web.choices import feature_choices, subject_choices
from scheduler.web.flash import redirect_saved, redirect_with
from scheduler.web.i18n import in_language
from scheduler.web.pagination import paginate, searched

blueprint = Blueprint("courses", __name__, url_prefix="/desk/courses")


def _title(course: Course) -> str:
    return in_language(course.title_zh, course.title_en)


@blueprint.get("")
@requires(Role.COORDINATOR)
def index() -> str:
    """The catalogue, searchable and filtered by category and target group."""
    search, archived = searched()
    filters = {name: request.args.get(name, "")[:100] for name in ("category", "group")}
    page = paginate(queries.courses(search, filters["category"], filters["group"], archived))
    return render_template(
        "courses/index.html", page=page, search=search, filters=filters, archived=archived, categories=Category,
        groups=TargetGroup,
    )


@blueprint.get("/<int:course_id>")
@requires(Role.COORDINATOR)
def show(course_id: int) -> str:
    """One course."""
    course = queries.course(course_id)
    sections = queries.sections_of(course)
    return render_template("courses/show.html", course=course, sections=sections, week_of=WeekHours.of)


def _form(course: Course | None = None) -> CourseForm:
    """The form, filled from the course or from a preset named in the address."""
    form = CourseForm(obj=course)
    form.subject_code.choices, form.needs.choices = subject_choices(), feature_choices()
    if request.method == "GET" and course is not None:
        form.fill_from(course)
    preset = request.args.get("preset", "")
    if request.method == "GET" and preset in set(TargetGroup):
        form.target_group.data = preset
        form.fill_from_preset(PRESETS[TargetGroup(preset)])
    return form


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
@transaction
def create() -> ResponseReturnValue:
    """A form for a new course."""
    form = _form()
    if form.validate_on_submit() and (course := form.apply(lambda: operations.save_course(None, **form.values()))):
        return redirect_with(
            _("“%(title)s” is in the catalogue.", title=_title(course)), url_for("courses.show", course_id=course.id)
        )
    return render_template("courses/form.html", form=form, course=None, groups=TargetGroup)


@blueprint.route("/<int:course_id>/edit", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
@transaction
def edit(course_id: int) -> ResponseReturnValue:
    """A form for a course."""
    course = queries.course(course_id)
    form = _form(course)
    if form.validate_on_submit() and form.apply(lambda: operations.save_course(course, **form.values())):
        return redirect_saved(url_for("courses.show", course_id=course.id))
    return render_template("courses/form.html", form=form, course=course, groups=TargetGroup)


@blueprint.post("/<int:course_id>/archive")
@requires(Role.COORDINATOR)
@transaction
def archive(course_id: int) -> ResponseReturnValue:
    """Archive a course, or with ``restore`` bring it back."""
    course = queries.course(course_id)
    return archive_or_restore(course, _title(course), url_for("courses.show", course_id=course.id))


@blueprint.get("/subjects")
@requires(Role.COORDINATOR)
def subjects() -> str:
    """All subjects with the number of their courses, searchable."""
    search, archived = searched()
    listed = queries.subjects(search, archived)
    return render_template("courses/subjects.html", subjects=listed, search=search, archived=archived)


@blueprint.route("/subjects/new", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
@transaction
def create_subject() -> ResponseReturnValue:
    """A form for a new subject."""
    form = SubjectForm()
    if form.validate_on_submit() and form.apply(lambda: operations.create_subject(**form.values())):
        return redirect_saved(url_for("courses.subjects"))
    return render_template("courses/subject_form.html", form=form, subject=None)


@blueprint.route("/subjects/<code>/edit", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
@transaction
def edit_subject(code: str) -> ResponseReturnValue:
    """A form for a subject."""
    subject = db.get_or_404(Subject, code)
    form = EditSubjectForm(obj=subject)
    if form.validate_on_submit() and form.apply(lambda: operations.edit_subject(subject, **form.values())):
        return redirect_saved(url_for("courses.subjects"))
    return render_template("courses/subject_form.html", form=form, subject=subject)


@blueprint.post("/subjects/<code>/archive")
@requires(Role.COORDINATOR)
@transaction
def archive_subject(code: str) -> ResponseReturnValue:
    """Archive a subject, or with ``restore`` bring it back."""
    subject = db.get_or_404(Subject, code)
    return archive_or_restore(subject, in_language(subject.name_zh, subject.name_en), url_for("courses.subjects"))
