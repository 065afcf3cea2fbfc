"""Pages about what is published: how it goes on when term, course or section have changed, and its withdrawal."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from scheduler.core.errors import DomainError
from scheduler.core.extensions import db
from scheduler.core.transaction import transaction
from scheduler.domain.plans import plan_in, published_plan
from scheduler.domain.publishing.plan_changes import changes_between, former_plan
from scheduler.domain.publishing.unsettled import unsettled_sections
from scheduler.domain.term_scope import term_in
from scheduler.domain.workflow import term_path
from scheduler.features.planning.settling import notices, operations
from scheduler.features.planning.settling.operations import Settlement
from scheduler.models import Role
from scheduler.web.access import current_scope, requires
from scheduler.web.flash import redirect_with
from scheduler.web.forms import BaseForm

blueprint = Blueprint("settling", __name__, url_prefix="/desk")


MAX_SHOWN = 300
"""Changed sections of one page."""


class SettlingForm(BaseForm):
    """A confirmation; choices are fields named after their sections."""


@blueprint.route("/terms/<int:term_id>/settle", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
@transaction
def show(term_id: int) -> ResponseReturnValue:
    """Published sections that the registers now say otherwise, and how each goes on."""
    term, form = term_in(current_scope(), term_id), SettlingForm()
    plan, errors = published_plan(term), dict[str, str]()
    sections = [] if plan is None else unsettled_sections(plan)
    if plan is not None and sections and form.validate_on_submit():
        try:
            with db.session.begin_nested():
                operations.settle(plan, _chosen())
        except DomainError as error:
            errors[error.field or ""] = str(error)
        else:
            text = ngettext("%(num)s section is settled.", "%(num)s sections are settled.", len(sections))
            return redirect_with(text, url_for("terms.show", term_id=term.id))
    return render_template(
        "settling/show.html", term=term, plan=plan, sections=sections, form=form, errors=errors,
        possible=operations.possible, chosen=request.form, term_path=term_path(term, "publish"),
    )


@blueprint.route("/plans/<int:plan_id>/withdraw", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
@transaction
def withdrawal(plan_id: int) -> ResponseReturnValue:
    """What withdrawing a published plan does, and the button that does it."""
    plan, form = plan_in(current_scope(), plan_id), SettlingForm()
    if form.validate_on_submit() and (told := form.apply(lambda: operations.withdraw(plan))):
        return redirect_with(told, url_for("planning.plan", plan_id=plan.id))
    return render_template(
        "settling/withdraw.html", term=plan.term, plan=plan, form=form, term_path=term_path(plan.term, "publish")
    )


@blueprint.get("/plans/<int:plan_id>/changes")
@requires(Role.COORDINATOR)
def changes(plan_id: int) -> str:
    """What a plan changes against the one published before, with texts to send and whom to call."""
    plan = plan_in(current_scope(), plan_id)
    former = former_plan(plan)
    return render_template(
        "settling/changes.html", term=plan.term, plan=plan, former=former, shown=MAX_SHOWN,
        changes=changes_between(former, plan) if former is not None else None,
        kinds=notices.kinds, kind_words=notices.KINDS, standing=notices.standing, notice=notices.notice,
        term_path=term_path(plan.term, "publish"),
    )


def _chosen() -> dict[int, Settlement]:
    sent = {name.removeprefix("section-"): value for name, value in request.form.items() if name.startswith("section-")}
    return {
        int(number): Settlement(value) for number, value in sent.items()
        if number.isdecimal() and len(number) < 12 and value in set(Settlement)
    }
