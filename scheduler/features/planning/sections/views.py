"""Pages of sections."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from scheduler.core.extensions import db
from scheduler.core.row_ids import row_id, row_id_or_none
from scheduler.core.transaction import transaction
from scheduler.domain.activity_links import activities_by_section, activity_choices
from scheduler.domain.plans import newest_plan
from scheduler.domain.term_choices import asked_unit, choose_unit, course_choices, term_unit_choices
from scheduler.domain.term_scope import lacks_county, may_plan, term_around, unit_in
from scheduler.domain.workflow import path_for
from scheduler.features.planning.sections import checks, operations, queries
from scheduler.features.planning.sections.forms import (
    SectionForm,
    ShareForm,
    offer_choices,
    section_data,
    share_choices,
)
from scheduler.features.planning.sections.from_demand import suggested_learners
from scheduler.features.planning.sections.words import begins, meeting_times
from scheduler.models import Community, Course, Role, Section, Term
from scheduler.web.access import current_scope, requires
from scheduler.web.archiving import archive_or_restore
from scheduler.web.choices import chosen
from scheduler.web.editing import editing
from scheduler.web.flash import flash_with_undo, redirect_saved, redirect_with
from scheduler.web.labels import PRIORITIES
from scheduler.web.pagination import paginate

blueprint = Blueprint("sections", __name__, url_prefix="/desk/terms/<int:term_id>/sections")


@blueprint.get("")
@requires(Role.COORDINATOR)
def index(term_id: int) -> str:
    """The sections of a term, searchable, each with whether a plan, else the newest, places it."""
    term, scope = term_around(current_scope(), term_id), current_scope()
    filters, plan = _filters(term), queries.plan_shown(term, request.args.get("plan", type=row_id))
    page = paginate(queries.sections(scope, term, filters))
    return render_template(
        "sections/index.html",
        term=term,
        page=page,
        filters=filters,
        plan=plan,
        placed=queries.placed_ids(plan, page.rows),
        total=queries.count(scope, term),
        courses=course_choices(filters.course_id),
        units=term_unit_choices(scope, term),
        pickable=plan is not None and may_plan(scope, term),
        activities=activity_choices(scope, term),
        activity_of=activities_by_section(section.id for section in page.rows),
        term_path=path_for(scope, term, "ready"),
    )


def _filters(term: Term) -> queries.SectionFilters:
    return queries.SectionFilters(
        request.args.get("q", "")[:100],
        request.args.get("course", type=row_id),
        asked_unit(term),
        request.args.get("pinned") == "1",
        request.args.get("activity", "")[:20],
        request.args.get("archived") == "1",
    )


@blueprint.get("/<int:section_id>")
@requires(Role.COORDINATOR)
def show(term_id: int, section_id: int) -> str:
    """A section with its learners, what is pinned, and where the newest plan places it."""
    term = term_around(current_scope(), term_id)
    section = queries.section_in(current_scope(), term, section_id)
    return _show(section, _share_form(section))


def _share_form(section: Section) -> ShareForm:
    form = ShareForm()
    form.other.choices = share_choices(queries.others(current_scope(), section))
    return form


def _show(section: Section, form: ShareForm) -> str:
    plan = newest_plan(section.term)
    return render_template(
        "sections/show.html",
        term=section.term,
        section=section,
        form=form,
        learners=queries.learners_of(section),
        warnings=checks.warnings(section),
        shared=queries.shared_with(section),
        plan=plan,
        placement=queries.placement_of(plan, section),
        priorities=PRIORITIES,
        meeting_times=meeting_times,
        begins=begins,
        activity=activities_by_section([section.id]).get(section.id),
        term_path=path_for(current_scope(), section.term, "ready"),
    )


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
@transaction
def create(term_id: int) -> ResponseReturnValue:
    """A form for a new section; its learners can be filled in from the demand."""
    term = term_around(current_scope(), term_id)
    unit = asked_unit(term)
    if lacks_county(term, unit):
        return choose_unit(term, _("Open a section"))
    form = SectionForm(data={"course": request.args.get("course"), "unit": unit and str(unit.id)})
    offer_choices(form, current_scope(), term, unit)
    if "demand" in request.values:
        _fill_from_demand(form, term)
    elif "add_row" in request.form:
        form.learners.add_row()
    elif form.validate_on_submit() and (section := form.apply(lambda: operations.create_section(term, form.facts()))):
        return redirect_with(
            _("%(name)s is open.", name=section.name), url_for("sections.show", term_id=term.id, section_id=section.id)
        )
    return render_template(
        "sections/create.html", term=term, form=form, term_path=path_for(current_scope(), term, "ready")
    )


def _fill_from_demand(form: SectionForm, term: Term) -> None:
    """Replace the rows by what communities still want of the chosen course."""
    course_id, unit_id = row_id_or_none(form.course.data), row_id_or_none(form.unit.data)
    course = None if course_id is None else db.session.get(Course, course_id)
    if course is None:
        form.course.errors = [_("Choose a course first; its demand is filled in then.")]
        return
    unit = None if unit_id is None else unit_in(current_scope(), term, unit_id)
    learners = suggested_learners(current_scope(), term, course, unit)
    if learners:
        form.learners.show(learners)
        form.unit.data = form.unit.data or str(chosen(Community, map(str, learners))[0].unit_id)
    else:
        flash(_("Nobody there waits for this course: its demand is met, or none is entered."), "info")


@blueprint.route("/<int:section_id>/edit", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
@transaction
def edit(term_id: int, section_id: int) -> ResponseReturnValue:
    """A form for an existing section."""
    term = term_around(current_scope(), term_id)
    section = queries.section_in(current_scope(), term, section_id)
    form = editing(section, lambda: SectionForm(data=section_data(section)))
    offer_choices(form, current_scope(), term, section.unit, section)
    if "add_row" in request.form:
        form.learners.add_row()
    elif form.validate_on_submit() and form.apply(lambda: operations.edit_section(section, form.facts(section))):
        return redirect_saved(url_for("sections.show", term_id=term.id, section_id=section.id))
    return render_template(
        "sections/edit.html", term=term, section=section, form=form, term_path=path_for(current_scope(), term, "ready")
    )


@blueprint.post("/<int:section_id>/archive")
@requires(Role.COORDINATOR)
@transaction
def archive(term_id: int, section_id: int) -> ResponseReturnValue:
    """Archive a section, or with ``restore`` bring it back."""
    term = term_around(current_scope(), term_id)
    section = queries.section_in(current_scope(), term, section_id)
    told = _("%(name)s is archived. A published plan keeps it until you publish the next one.", name=section.name)
    page = url_for("sections.show", term_id=term.id, section_id=section.id)
    return archive_or_restore(section, section.name, page, url_for("sections.index", term_id=term.id), told)


@blueprint.post("/<int:section_id>/shared")
@requires(Role.COORDINATOR)
@transaction
def share(term_id: int, section_id: int) -> ResponseReturnValue:
    """Note that some learners want another section as well."""
    term = term_around(current_scope(), term_id)
    section = queries.section_in(current_scope(), term, section_id)
    form = _share_form(section)
    if form.validate_on_submit() and form.apply(lambda: _share(section, form.other.data, form.people.data)):
        return redirect_with(
            _("Their hours will be kept apart where possible."),
            url_for("sections.show", term_id=term.id, section_id=section.id),
        )
    return _show(section, form)


def _share(section: Section, other_id: str, people: int) -> object:
    other = queries.section_in(current_scope(), section.term, int(other_id))
    return operations.share_learners(section, other, people)


@blueprint.post("/<int:section_id>/shared/<int:other_id>/remove")
@requires(Role.COORDINATOR)
@transaction
def unshare(term_id: int, section_id: int, other_id: int) -> ResponseReturnValue:
    """Remove a pair; the message offers to put it back."""
    term = term_around(current_scope(), term_id)
    section = queries.section_in(current_scope(), term, section_id)
    pair = queries.pair_of(section, other_id)
    undo = url_for(
        "sections.restore_shared", term_id=term.id, section_id=section.id, other=other_id, people=pair.people
    )
    operations.unshare_learners(pair)
    flash_with_undo(_("The pair is removed."), undo)
    return redirect(url_for("sections.show", term_id=term.id, section_id=section.id), 303)


@blueprint.post("/<int:section_id>/shared/restore")
@requires(Role.COORDINATOR)
@transaction
def restore_shared(term_id: int, section_id: int) -> ResponseReturnValue:
    """Put a removed pair back."""
    term = term_around(current_scope(), term_id)
    section = queries.section_in(current_scope(), term, section_id)
    form = ShareForm(request.args, meta={"csrf": False})
    form.other.choices = share_choices(queries.others(current_scope(), section))
    if form.validate() and form.apply(lambda: _share(section, form.other.data, form.people.data)):
        flash(_("The pair is back."), "success")
    return redirect(url_for("sections.show", term_id=term.id, section_id=section.id), 303)
