"""Pages on which a scenario's changes are added and removed, and taken over into the registers."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from scheduler.core.transaction import transaction
from scheduler.domain.term_choices import asked_unit, choose_unit
from scheduler.domain.term_scope import lacks_county, term_in
from scheduler.domain.workflow import term_path
from scheduler.engine.analysis.changes import read_change, write_change
from scheduler.engine.words.change_words import change_sentence
from scheduler.features.planning.scenarios import operations, queries
from scheduler.features.planning.scenarios.forms import CHANGE_FORMS, ChangeForm, ConfirmForm
from scheduler.features.planning.scenarios.reading import at_hand, reading_page
from scheduler.features.planning.scenarios.taking_over import preview, take_back, take_over
from scheduler.models import Plan, Role, Scenario
from scheduler.web.access import current_scope, requires
from scheduler.web.flash import flash_with_undo

blueprint = Blueprint(
    "scenario_changes", __name__, url_prefix="/desk/terms/<int:term_id>/scenarios/<int:scenario_id>"
)


def _scenario(term_id: int, scenario_id: int) -> Scenario:
    return queries.scenario_in(term_in(current_scope(), term_id), scenario_id)


def _page(scenario: Scenario) -> str:
    return url_for("scenarios.show", term_id=scenario.term_id, scenario_id=scenario.id)


@blueprint.route("/changes/<kind>", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
@transaction
def add(term_id: int, scenario_id: int, kind: str) -> ResponseReturnValue:
    """A form for one more change."""
    scenario, form = _scenario(term_id, scenario_id), _form(kind)
    unit = asked_unit(scenario.term)
    if form.of_county and lacks_county(scenario.term, unit):
        return choose_unit(scenario.term, str(form.title))
    form.offer(scenario.term, unit)
    if form.validate_on_submit() and form.apply(lambda: operations.add_change(scenario, form.change())):
        return redirect(_page(scenario), 303)
    return render_template(
        "scenarios/change.html", form=form, scenario=scenario, term=scenario.term,
        term_path=term_path(scenario.term, "plan"),
    )


def _form(kind: str) -> ChangeForm:
    """The form of a kind of change, or 404."""
    return CHANGE_FORMS[kind]() if kind in CHANGE_FORMS else abort(404)


@blueprint.post("/changes/<int:position>/remove")
@requires(Role.COORDINATOR)
@transaction
def remove(term_id: int, scenario_id: int, position: int) -> ResponseReturnValue:
    """Take a change out; the message offers to put it back."""
    scenario, form = _scenario(term_id, scenario_id), ConfirmForm()
    removed = form.apply(lambda: operations.remove_change(scenario, position))
    if removed is None:
        flash(str(form.form_errors[0]), "error")
    else:
        undo_url = url_for(
            "scenario_changes.restore", term_id=term_id, scenario_id=scenario.id, position=position,
            change=write_change(removed),
        )
        flash_with_undo(_("Removed: %(change)s", change=change_sentence(removed)), undo_url)
    return redirect(_page(scenario), 303)


@blueprint.post("/changes/<int:position>/restore")
@requires(Role.COORDINATOR)
@transaction
def restore(term_id: int, scenario_id: int, position: int) -> ResponseReturnValue:
    """Put a removed change back to where it was."""
    scenario, form, text = _scenario(term_id, scenario_id), ConfirmForm(), request.args.get("change", "")
    if form.apply(lambda: operations.add_change(scenario, read_change(text), position)):
        flash(_("The change is back."), "success")
    else:
        flash(str(form.form_errors[0]), "error")
    return redirect(_page(scenario), 303)


@blueprint.route("/take-over", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
@transaction
def take_changes_over(term_id: int, scenario_id: int) -> ResponseReturnValue:
    """What taking over writes into the registers, and the button that does it."""
    scenario, form, scope = _scenario(term_id, scenario_id), ConfirmForm(), current_scope()
    if not (form.is_submitted() or at_hand(scenario)):
        return reading_page(scenario)
    done = form.validate_on_submit() and form.apply(lambda: [take_over(scenario, scope)])
    if done:
        _tell(scenario, done[0])
        return redirect(_page(scenario), 303)
    return render_template(
        "scenarios/take_over.html", form=form, scenario=scenario, term=scenario.term,
        preview=preview(scenario, scope), plan=queries.plan_of(scenario), term_path=term_path(scenario.term, "plan"),
    )


def _tell(scenario: Scenario, plan: Plan | None) -> None:
    text = _("The changes stand in the registers now.")
    if plan is not None:
        text = f"{text} {_('Plan %(name)s is a draft that can be published.', name=plan.name)}"
    undo_url = url_for("scenario_changes.take_changes_back", term_id=scenario.term_id, scenario_id=scenario.id)
    flash_with_undo(text, undo_url)


@blueprint.post("/take-back")
@requires(Role.COORDINATOR)
@transaction
def take_changes_back(term_id: int, scenario_id: int) -> ResponseReturnValue:
    """Bring back what the registers held before."""
    scenario, form = _scenario(term_id, scenario_id), ConfirmForm()
    form.apply(lambda: take_back(scenario))
    if not form.form_errors:
        flash(_("The registers are as before."), "success")
    else:
        flash(str(form.form_errors[0]), "error")
    return redirect(_page(scenario), 303)
