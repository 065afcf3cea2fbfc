"""Pages of the catalogue. It is shared by the whole installation: every coordinator may change it."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _, ngettext

from scheduler.calendar.weekly_hours import WeekHours
from scheduler.core.extensions import db
from scheduler.core.transaction import transaction
from scheduler.domain.in_use import uses_of
from scheduler.features.registers.courses import following, operations, queries
from scheduler.features.registers.courses.forms import (
    ChosenTermsForm,
    CourseForm,
    EditSubjectForm,
    SubjectForm,
    course_data,
)
from scheduler.features.registers.courses.presets import PRESETS
from scheduler.models import Category, Course, Role, Subject, TargetGroup
from scheduler.web.access import current_scope, requires
from scheduler.web.archiving import archive_or_restore
from scheduler.web.choices import feature_choices, subject_choices
from scheduler.web.editing import editing
from scheduler.web.flash import flash_with_undo, redirect_saved, redirect_with
from scheduler.web.i18n import in_language
from scheduler.web.pagination import paginate, searched
from scheduler.web.sorting import sorting

blueprint = Blueprint("courses", __name__, url_prefix="/desk/courses")


def _title(course: Course) -> str:
    return in_language(course.title_zh, course.title_en)


@blueprint.get("")
@requires(Role.COORDINATOR)
def index() -> str:
    """The catalogue, searchable and filtered by category and target group."""
    search, archived = searched()
    filters = {name: request.args.get(name, "")[:100] for name in ("category", "group")}
    order = sorting(queries.SORTS)
    page = paginate(order.of(queries.courses(search, filters["category"], filters["group"], archived)))
    return render_template(
        "courses/index.html", page=page, search=search, filters=filters, archived=archived, categories=Category,
        groups=TargetGroup, order=order,
    )


@blueprint.get("/<int:course_id>")
@requires(Role.COORDINATOR)
def show(course_id: int) -> str:
    """One course."""
    course = queries.course(course_id)
    sections = queries.sections_of(course)
    differing = sum(len(followers.sections) for followers in following.differing_sections(current_scope(), course))
    return render_template(
        "courses/show.html", course=course, sections=sections, differing=differing, week_of=WeekHours.of
    )


def _form(course: Course | None = None) -> CourseForm:
    """The form, filled from the course or from a preset named in the address."""
    form = CourseForm() if course is None else CourseForm.showing(course, **course_data(course))
    form.subject_code.choices, form.needs.choices = subject_choices(), feature_choices()
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
    form = editing(course, lambda: _form(course))
    held = course.format, list(course.needs)
    if form.validate_on_submit() and form.apply(lambda: operations.save_course(course, **form.values())):
        if held != (course.format, course.needs) and following.differing_sections(current_scope(), course):
            asked = url_for("courses.follow", course_id=course.id)
            return redirect_with(_("Saved. No section has changed yet: say which follow."), asked)
        return redirect_saved(url_for("courses.show", course_id=course.id))
    return render_template("courses/form.html", form=form, course=course, groups=TargetGroup)


@blueprint.route("/<int:course_id>/sections", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
@transaction
def follow(course_id: int) -> ResponseReturnValue:
    """The sections that are held otherwise than the course now says; those of the chosen terms follow."""
    course, form = queries.course(course_id), ChosenTermsForm()
    terms = following.differing_sections(current_scope(), course)
    form.offer(terms)
    if form.validate_on_submit():
        done = following.let_follow(current_scope(), course, form.chosen)
        page = url_for("courses.show", course_id=course.id)
        if done is None:
            return redirect_with(_("All sections stay as they are."), page)
        change_set, number = done
        flash_with_undo(
            ngettext("%(num)s section follows the course.", "%(num)s sections follow the course.", number),
            url_for("courses.unfollow", course_id=course.id, change_set_id=change_set.id),
        )
        return redirect(page, 303)
    return render_template("courses/follow.html", course=course, form=form, terms=terms)


@blueprint.post("/<int:course_id>/sections/<int:change_set_id>/undo")
@requires(Role.COORDINATOR)
@transaction
def unfollow(course_id: int, change_set_id: int) -> ResponseReturnValue:
    """Sections that followed are held as before."""
    course = queries.course(course_id)
    result = following.take_back(course, change_set_id)
    text = ngettext("%(num)s section is as before.", "%(num)s sections are as before.", len(result.restored))
    return redirect_with(text, url_for("courses.show", course_id=course.id))


@blueprint.post("/<int:course_id>/archive")
@requires(Role.COORDINATOR)
@transaction
def archive(course_id: int) -> ResponseReturnValue:
    """Archive a course, or with ``restore`` bring it back."""
    course = queries.course(course_id)
    page = url_for("courses.show", course_id=course.id)
    return archive_or_restore(course, _title(course), page, uses=uses_of(course))


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
    form = editing(subject, lambda: EditSubjectForm.showing(subject))
    if form.validate_on_submit() and form.apply(lambda: operations.edit_subject(subject, **form.values())):
        return redirect_saved(url_for("courses.subjects"))
    return render_template("courses/subject_form.html", form=form, subject=subject)


@blueprint.post("/subjects/<code>/archive")
@requires(Role.COORDINATOR)
@transaction
def archive_subject(code: str) -> ResponseReturnValue:
    """Archive a subject, or with ``restore`` bring it back."""
    subject = db.get_or_404(Subject, code)
    name = in_language(subject.name_zh, subject.name_en)
    return archive_or_restore(subject, name, url_for("courses.subjects"), uses=uses_of(subject))
