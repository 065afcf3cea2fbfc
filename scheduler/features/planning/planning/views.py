"""Pages from a term that is ready to a plan that is published."""

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from scheduler.core.row_ids import row_id
from scheduler.core.transaction import transaction
from scheduler.domain.plans import plan_in, planned_section, published_plan
from scheduler.domain.term_choices import asked_unit
from scheduler.domain.term_scope import lacks_county, term_in
from scheduler.domain.workflow import term_path
from scheduler.engine.analysis.comparison import comparison
from scheduler.engine.analysis.explanations import explain_section
from scheduler.engine.runs.partial_run import PartSelection, broken_in
from scheduler.engine.words.sentences import cost_part, failure_sentence, phase_sentence, reason_sentence
from scheduler.features.planning.planning import comparison as comparing, operations, queries, run_selection
from scheduler.features.planning.planning.forms import PlanForm, PlanNameForm, PublishForm, SearchForm
from scheduler.features.planning.planning.readiness import readiness_of
from scheduler.models import PlanningJob, Role, Term
from scheduler.web.access import current_scope, requires
from scheduler.web.editing import editing
from scheduler.web.flash import flash_with_undo, redirect_saved, redirect_with
from scheduler.web.pagination import paginate

blueprint = Blueprint("planning", __name__, url_prefix="/desk")
LOOKED_AT_ONCE = 100
"""Sections that a page looks at before it is shown; of more it comes first and tells that it is looking."""


@blueprint.context_processor
def _sentences() -> dict[str, object]:
    """Codes of the planning library as words, for the templates of this feature."""
    return {
        "cost_part": cost_part,
        "failure_sentence": failure_sentence,
        "phase_sentence": phase_sentence,
        "reason_sentence": reason_sentence,
        "scope_words": queries.scope_words,
    }


@blueprint.get("/terms/<int:term_id>/ready")
@requires(Role.COORDINATOR)
def readiness(term_id: int) -> str:
    """What is missing before a term can be planned, each with the way to mend it; a city's county by county.

    Many sections take seconds to look at: the page comes at once and then asks for them, with ``look`` in its address.
    """
    term = term_in(current_scope(), term_id)
    unit = queries.unit_of(term, request.args.get("unit", type=row_id))
    number = queries.section_count(term, unit)
    of_counties = number > LOOKED_AT_ONCE and lacks_county(term, unit)
    looked = not of_counties and (number <= LOOKED_AT_ONCE or _asked_to_look())
    return render_template(
        "planning/readiness.html", term=term, unit=unit, number=number, term_path=term_path(term, "ready"),
        readiness=readiness_of(term, unit) if looked else None, counties=queries.counties(term) if of_counties else [],
    )


def _asked_to_look() -> bool:
    return "look" in request.args


@blueprint.route("/terms/<int:term_id>/plan", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
@transaction
def show(term_id: int) -> ResponseReturnValue:
    """Start planning, watch it go on, and choose among the plans found."""
    term = term_in(current_scope(), term_id)
    plans, sections = queries.plans_of(term), queries.section_count(term)
    form = PlanForm(data={"scope": request.args.get("scope", "whole"), "base": request.args.get("plan")})
    form.offer(run_selection.planned_unit_choices(current_scope(), term), run_selection.base_choices(plans, sections))
    if form.validate_on_submit():
        if form.part is not None:
            return redirect(url_for("planning.again", term_id=term.id, **form.part), 303)
        if form.apply(lambda: _start(term, form)):
            return redirect(url_for("planning.show", term_id=term.id), 303)
    job = queries.latest_job(term)
    return render_template(
        "planning/show.html", term=term, form=form, progress=job and queries.progress_of(job), plans=plans,
        hindered=queries.hindered(job), sections=sections, published=published_plan(term),
        term_path=term_path(term, "plan"),
    )


def _start(term: Term, form: PlanForm) -> PlanningJob:
    return operations.start(term, form.seconds.data, form.repair.data, current_user.id)


@blueprint.route("/terms/<int:term_id>/plan/again", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
@transaction
def again(term_id: int) -> ResponseReturnValue:
    """What would be planned again and what would stay, and the button that starts it."""
    term, selection = term_in(current_scope(), term_id), run_selection.requested()
    form = SearchForm(data={"seconds": request.args.get("seconds", 60, type=int), "repair": True})
    choice = form.apply(lambda: run_selection.choice_of(current_scope(), term, selection))
    if choice and form.validate_on_submit() and form.apply(lambda: _start_again(choice, form)):
        return redirect(url_for("planning.show", term_id=term.id), 303)
    sections = queries.section_count(term)
    looked = sections <= LOOKED_AT_ONCE or _asked_to_look() or bool(form.errors)
    return render_template(
        "planning/again.html", term=term, form=form, choice=choice, selection=selection, sections=sections,
        looked=looked,
        broken=broken_in(choice) if choice and choice.sections and looked else None,
        bases=run_selection.base_choices(queries.plans_of(term), sections),
        published=published_plan(term), term_path=term_path(term, "plan"),
    )


def _start_again(choice: PartSelection, form: SearchForm) -> PlanningJob:
    return operations.start_again(choice, form.seconds.data, form.repair.data, current_user.id)


@blueprint.get("/terms/<int:term_id>/plan/runs/<int:job_id>")
@requires(Role.COORDINATOR)
def run(term_id: int, job_id: int) -> ResponseReturnValue:
    """The part of the page that follows a job; once it is over, htmx is told to fetch the whole page.

    Who opens the address by itself is shown the page that the part belongs to.
    """
    term = term_in(current_scope(), term_id)
    progress = queries.progress_of(queries.job_in(term, job_id))
    if "HX-Request" not in request.headers:
        return redirect(url_for("planning.show", term_id=term.id), 303)
    response = make_response(render_template("planning/_run.html", term=term, progress=progress))
    if not progress.active:
        response.headers["HX-Refresh"] = "true"
    return response


@blueprint.post("/terms/<int:term_id>/plan/runs/<int:job_id>/stop")
@requires(Role.COORDINATOR)
@transaction
def stop(term_id: int, job_id: int) -> ResponseReturnValue:
    """Stop planning; its best plan becomes a draft."""
    term = term_in(current_scope(), term_id)
    operations.stop(queries.job_in(term, job_id))
    return redirect_with(
        _("Planning stops. The best plan found until now is kept as a draft."),
        url_for("planning.show", term_id=term.id),
    )


@blueprint.get("/plans/<int:plan_id>")
@requires(Role.COORDINATOR)
def plan(plan_id: int) -> str:
    """One plan: what it costs and why, and what it leaves out."""
    plan = plan_in(current_scope(), plan_id)
    return render_template(
        "planning/plan.html",
        plan=plan,
        term=plan.term,
        placed=queries.placed_count(plan),
        unplaced=paginate(queries.unplaced_sections(plan)),
        job=queries.job_of(plan),
        others=queries.others_of(plan),
        term_path=term_path(plan.term, "plan"),
    )


@blueprint.get("/plans/<int:plan_id>/compare")
@requires(Role.COORDINATOR)
def compare(plan_id: int) -> str:
    """What differs between a plan and another one of its term, which is taken as the one before."""
    after = plan_in(current_scope(), plan_id)
    before, unit = queries.other_plan(after, request.args.get("with", type=row_id)), asked_unit(after.term)
    looked = queries.section_count(after.term) <= LOOKED_AT_ONCE or _asked_to_look()
    compared = comparison(before, after, unit) if before and looked else None
    return render_template(
        "planning/compare.html", term=after.term, after=after, before=before, unit=unit, compared=compared,
        looked=looked, comparing=comparing, others=queries.others_of(after), term_path=term_path(after.term, "plan"),
        units=run_selection.planned_unit_choices(current_scope(), after.term),
    )


@blueprint.get("/plans/<int:plan_id>/sections/<int:section_id>")
@requires(Role.COORDINATOR)
def why(plan_id: int, section_id: int) -> str:
    """Why a section is where it is in a plan, or why it has no place, and what would give it one."""
    plan = plan_in(current_scope(), plan_id)
    section = planned_section(plan, section_id)
    explained = explain_section(plan, section)
    return render_template(
        "planning/why.html", plan=plan, term=plan.term, section=section, explained=explained,
        term_path=term_path(plan.term, "plan"),
    )


@blueprint.route("/plans/<int:plan_id>/rename", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
@transaction
def rename(plan_id: int) -> ResponseReturnValue:
    """A form for a plan's name."""
    plan = plan_in(current_scope(), plan_id)
    form = editing(plan, lambda: PlanNameForm.showing(plan))
    if form.validate_on_submit():
        operations.rename(plan, form.name.data)
        return redirect_saved(url_for("planning.plan", plan_id=plan.id))
    return render_template("planning/rename.html", form=form, plan=plan)


@blueprint.post("/plans/<int:plan_id>/discard")
@requires(Role.COORDINATOR)
@transaction
def discard(plan_id: int) -> ResponseReturnValue:
    """Discard a plan, or with ``restore`` bring it back."""
    plan = plan_in(current_scope(), plan_id)
    form, restore = PublishForm(), "restore" in request.values
    form.apply(lambda: operations.set_discarded(plan, not restore))
    if form.form_errors:
        flash(form.form_errors[0], "error")
    elif restore:
        flash(_("%(name)s is back.", name=plan.name), "success")
    else:
        flash_with_undo(
            _("%(name)s is discarded.", name=plan.name), url_for("planning.discard", plan_id=plan.id, restore=1)
        )
    return redirect(url_for("planning.show", term_id=plan.term_id), 303)


@blueprint.route("/terms/<int:term_id>/publish", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
@transaction
def publish_page(term_id: int) -> ResponseReturnValue:
    """What publishing a plan will do, and the button that does it."""
    term = term_in(current_scope(), term_id)
    chosen = queries.publishable_plan(current_scope(), term, request.args.get("plan", type=row_id))
    form = PublishForm()
    if chosen is not None and form.validate_on_submit() and (changes := form.apply(lambda: operations.publish(chosen))):
        return redirect_with(
            _("%(name)s is published.", name=chosen.name) + " " + operations.summary(changes),
            url_for("bookings.requests", term_id=term.id),
        )
    placed = queries.placed_count(chosen) if chosen else 0
    looked = placed <= LOOKED_AT_ONCE or _asked_to_look()
    return render_template(
        "planning/publish.html",
        term=term,
        form=form,
        plan=chosen,
        looked=looked,
        preview=form.apply(lambda: operations.preview(chosen)) if chosen and looked and not form.errors else None,
        published=published_plan(term),
        plans=queries.plans_of(term),
        placed=placed,
        sections=queries.section_count(term),
        term_path=term_path(term, "publish"),
    )
