"""The page of what would help a plan most."""

from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from scheduler.core.transaction import transaction
from scheduler.domain.plans import plan_in
from scheduler.domain.workflow import term_path
from scheduler.engine.analysis.recommendations import recommendations_of
from scheduler.engine.analysis.what_if import is_outdated
from scheduler.engine.runs.queue import ACTIVE_JOB_STATUSES
from scheduler.engine.words.sentences import failure_sentence
from scheduler.features.planning.recommendations import operations, queries
from scheduler.features.planning.recommendations.forms import AskForm
from scheduler.models import Plan, Role
from scheduler.web.access import current_scope, requires
from scheduler.web.flash import redirect_with

blueprint = Blueprint("recommendations", __name__, url_prefix="/desk/plans/<int:plan_id>/help")
blueprint.context_processor(lambda: {"failure_sentence": failure_sentence})


@blueprint.route("", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
@transaction
def show(plan_id: int) -> ResponseReturnValue:
    """What would help a plan most, or the form that asks for it."""
    plan, form = plan_in(current_scope(), plan_id), AskForm()
    if form.validate_on_submit() and form.apply(lambda: operations.ask(plan, form.seconds.data, current_user.id)):
        return redirect(url_for("recommendations.show", plan_id=plan.id), 303)
    return render_template(
        "recommendations/show.html", form=form, term_path=term_path(plan.term, "plan"), **_answer(plan)
    )


@blueprint.get("/found")
@requires(Role.COORDINATOR)
def found(plan_id: int) -> ResponseReturnValue:
    """The part of the page that follows the trials; once they are over, htmx is told to fetch the whole page."""
    plan = plan_in(current_scope(), plan_id)
    if "HX-Request" not in request.headers:
        return redirect(url_for("recommendations.show", plan_id=plan.id), 303)
    answer = _answer(plan)
    response = make_response(render_template("recommendations/_progress.html", **answer))
    if not answer["active"]:
        response.headers["HX-Refresh"] = "true"
    return response


def _answer(plan: Plan) -> dict[str, Any]:
    job = queries.latest_job(plan)
    active = job is not None and job.status in ACTIVE_JOB_STATUSES
    return {
        "plan": plan,
        "term": plan.term,
        "job": job,
        "active": active,
        "answer": recommendations_of(job) if job else None,
        "outdated": job is not None and not active and is_outdated(job),
    }


@blueprint.post("/<int:job_id>/stop")
@requires(Role.COORDINATOR)
@transaction
def stop(plan_id: int, job_id: int) -> ResponseReturnValue:
    """Stop looking; what was found until now stays."""
    plan = plan_in(current_scope(), plan_id)
    operations.stop(queries.job_in(plan, job_id))
    return redirect_with(
        _("It stops. What was found until now is kept."), url_for("recommendations.show", plan_id=plan.id)
    )
