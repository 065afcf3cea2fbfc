"""Pages of what-ifs: side by side, one by one, and planned."""

from flask import Blueprint, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _, ngettext
from flask_login import current_user

from scheduler.core.row_ids import row_id
from scheduler.core.transaction import transaction
from scheduler.domain.plans import plan_of_term, reference_plan
from scheduler.domain.term_scope import term_in
from scheduler.domain.workflow import term_path
from scheduler.engine.words.sentences import failure_sentence
from scheduler.features.planning.scenarios import operations, queries
from scheduler.features.planning.scenarios.forms import CHANGE_FORMS, ConfirmForm, RunAllForm, RunForm, ScenarioNameForm
from scheduler.features.planning.scenarios.reading import at_hand, reading_page
from scheduler.features.planning.scenarios.side_by_side import base_among, side_by_side, wins
from scheduler.models import Role, Scenario, Term
from scheduler.web.access import current_scope, requires
from scheduler.web.archiving import archive_or_restore
from scheduler.web.editing import editing
from scheduler.web.flash import redirect_saved, redirect_with

blueprint = Blueprint("scenarios", __name__, url_prefix="/desk/terms/<int:term_id>/scenarios")
blueprint.context_processor(
    lambda: {"failure_sentence": failure_sentence, "change_forms": CHANGE_FORMS, "sentences": queries.sentences}
)


def _scenario(term_id: int, scenario_id: int) -> Scenario:
    return queries.scenario_in(term_in(current_scope(), term_id), scenario_id)


def _page(scenario: Scenario) -> str:
    return url_for("scenarios.show", term_id=scenario.term_id, scenario_id=scenario.id)


@blueprint.get("")
@requires(Role.COORDINATOR)
def index(term_id: int) -> ResponseReturnValue:
    """All scenarios of a term with their figures side by side, and the form that plans several of them.

    Where many sections have to be looked at first the page comes at once and asks for the rest.
    """
    term = term_in(current_scope(), term_id)
    if not (queries.at_once(term) or "look" in request.args):
        return render_template("scenarios/looking.html", term=term, standings=[], term_path=term_path(term, "plan"))
    return _index(term, _form_for_all(term))


def _form_for_all(term: Term) -> RunAllForm:
    form = RunAllForm()
    open_scenarios = [scenario for scenario in queries.scenarios_of(term) if not scenario.taken_over]
    form.scenarios.choices = [(scenario.id, scenario.name) for scenario in open_scenarios]
    if not form.is_submitted():
        form.scenarios.data, form.control.data = [scenario.id for scenario in open_scenarios], True
    return form


def _index(term: Term, form: RunAllForm) -> str:
    standings = [queries.state_of(scenario) for scenario in queries.scenarios_of(term)]
    chosen = plan_of_term(term, request.args.get("base", type=row_id))
    base = chosen or base_among(standings, reference_plan(term))
    return render_template(
        "scenarios/index.html",
        term=term,
        form=form,
        standings=standings,
        base=base,
        wins=wins,
        table=side_by_side(base, standings, reference_plan(term)) if base else None,
        plans=queries.plans_to_compare(term),
        archived=[scenario for scenario in queries.scenarios_of(term, archived=True) if scenario.archived],
        term_path=term_path(term, "plan"),
    )


@blueprint.get("/runs")
@requires(Role.COORDINATOR)
def runs(term_id: int) -> ResponseReturnValue:
    """The part of the page that follows the jobs; once all are over, htmx is told to fetch the whole page."""
    term = term_in(current_scope(), term_id)
    if "HX-Request" not in request.headers:
        return redirect(url_for("scenarios.index", term_id=term.id), 303)
    standings = [queries.state_of(scenario) for scenario in queries.scenarios_of(term)]
    response = make_response(render_template("scenarios/_runs.html", term=term, standings=standings))
    if not any(standing.active for standing in standings):
        response.headers["HX-Refresh"] = "true"
    return response


@blueprint.post("/plan")
@requires(Role.COORDINATOR)
@transaction
def plan_all(term_id: int) -> ResponseReturnValue:
    """Queue jobs for the chosen scenarios, one after the other."""
    term = term_in(current_scope(), term_id)
    form = _form_for_all(term)
    if form.validate_on_submit() and (number := form.apply(lambda: _plan_all(term, form))):
        return redirect_with(
            ngettext("%(num)s run is in the queue.", "%(num)s runs are in the queue.", number),
            url_for("scenarios.index", term_id=term.id),
        )
    return _index(term, form)


def _plan_all(term: Term, form: RunAllForm) -> int:
    ids = form.scenarios.data or []
    return operations.plan_all(term, ids, form.seconds.data, current_user.id, form.control.data)


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
@transaction
def create(term_id: int) -> ResponseReturnValue:
    """A form for a new scenario's name; its changes come next."""
    term, form = term_in(current_scope(), term_id), ScenarioNameForm()
    if form.validate_on_submit() and (
        made := form.apply(lambda: operations.create(term, form.name.data, current_user.id))
    ):
        return redirect(_page(made), 303)
    return render_template("scenarios/create.html", form=form, term=term, term_path=term_path(term, "plan"))


@blueprint.post("/try")
@requires(Role.COORDINATOR)
@transaction
def try_grants(term_id: int) -> ResponseReturnValue:
    """A scenario of what the explanations or the list of what would help offer: ``only`` one, or all ticked.

    What was found for the plan of a scenario is granted ``on`` top of that scenario's changes.
    """
    term, form = term_in(current_scope(), term_id), ConfirmForm()
    grants, on = request.form.getlist("only") or request.form.getlist("grant"), request.form.get("on", type=row_id)
    former = queries.scenario_in(term, on) if on else None
    made = form.apply(lambda: operations.try_grants(term, grants, current_user.id, former))
    if made is None:
        flash(" ".join(map(str, form.form_errors)), "error")
        return redirect(url_for("scenarios.index", term_id=term.id), 303)
    return redirect_with(
        _("The scenario is made; the registers are as they were. Plan it to see what it wins."), _page(made)
    )


@blueprint.get("/<int:scenario_id>")
@requires(Role.COORDINATOR)
def show(term_id: int, scenario_id: int) -> ResponseReturnValue:
    """One scenario: what it changes, its job and its plan; where a large term has to be read first, fetched later."""
    scenario = _scenario(term_id, scenario_id)
    return _show(scenario, RunForm()) if at_hand(scenario) else reading_page(scenario)


def _show(scenario: Scenario, form: RunForm) -> str:
    standing, term = queries.state_of(scenario), scenario.term
    base = reference_plan(term) if standing.plan and not scenario.taken_over else None
    return render_template(
        "scenarios/show.html", scenario=scenario, term=term, standing=standing, form=form, wins=wins,
        table=side_by_side(base, [standing]) if base else None, term_path=term_path(term, "plan"),
    )


@blueprint.post("/<int:scenario_id>/plan")
@requires(Role.COORDINATOR)
@transaction
def plan(term_id: int, scenario_id: int) -> ResponseReturnValue:
    """Queue a job for the scenario."""
    scenario, form = _scenario(term_id, scenario_id), RunForm()
    if form.validate_on_submit() and form.apply(
        lambda: operations.plan(scenario, form.seconds.data, current_user.id)
    ):
        return redirect(_page(scenario), 303)
    return _show(scenario, form)


@blueprint.get("/<int:scenario_id>/run")
@requires(Role.COORDINATOR)
def run(term_id: int, scenario_id: int) -> ResponseReturnValue:
    """The part of the page that follows the job; once it is over, htmx is told to fetch the whole page."""
    scenario = _scenario(term_id, scenario_id)
    if "HX-Request" not in request.headers:
        return redirect(_page(scenario), 303)
    standing = queries.state_of(scenario)
    response = make_response(render_template("scenarios/_run.html", term=scenario.term, standing=standing))
    if not standing.active:
        response.headers["HX-Refresh"] = "true"
    return response


@blueprint.post("/<int:scenario_id>/runs/<int:job_id>/stop")
@requires(Role.COORDINATOR)
@transaction
def stop(term_id: int, scenario_id: int, job_id: int) -> ResponseReturnValue:
    """Stop planning; the best plan found until now stays."""
    scenario = _scenario(term_id, scenario_id)
    operations.stop(queries.job_in(scenario, job_id))
    return redirect_with(_("Planning stops. The best plan found until now is kept."), _page(scenario))


@blueprint.route("/<int:scenario_id>/rename", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
@transaction
def rename(term_id: int, scenario_id: int) -> ResponseReturnValue:
    """A form for another name."""
    scenario = _scenario(term_id, scenario_id)
    form = editing(scenario, lambda: ScenarioNameForm.showing(scenario))
    if form.validate_on_submit() and form.apply(lambda: operations.rename(scenario, form.name.data)):
        return redirect_saved(_page(scenario))
    return render_template(
        "scenarios/rename.html", form=form, scenario=scenario, term_path=term_path(scenario.term, "plan")
    )


@blueprint.post("/<int:scenario_id>/archive")
@requires(Role.COORDINATOR)
@transaction
def archive(term_id: int, scenario_id: int) -> ResponseReturnValue:
    """Take a scenario out of the table, or bring it back."""
    scenario = _scenario(term_id, scenario_id)
    return archive_or_restore(scenario, scenario.name, url_for("scenarios.index", term_id=term_id))
