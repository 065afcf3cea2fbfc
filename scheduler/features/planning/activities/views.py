"""Pages of a term's activities, and of its series."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _, ngettext

from scheduler.audit.changesets import latest
from scheduler.core.errors import DomainError
from scheduler.core.row_ids import row_id
from scheduler.core.transaction import transaction
from scheduler.domain.plans import plan_among, plans_shown, published_plan
from scheduler.domain.term_choices import asked_unit, choose_unit
from scheduler.domain.term_scope import lacks_county, may_plan as plans_the_term, term_around
from scheduler.domain.workflow import path_for
from scheduler.engine.words.sentences import reason_sentence
from scheduler.features.planning.activities import opening, operations, queries, words
from scheduler.features.planning.activities.coverage_check import check_series
from scheduler.features.planning.activities.events import queries as event_queries
from scheduler.features.planning.activities.forms import SeriesForm, StepForm, chosen_in, offer_choices
from scheduler.features.planning.activities.proposals import SeriesStep, propose
from scheduler.models import ActivitySeries, Role, VenueKind
from scheduler.web.access import current_scope, requires
from scheduler.web.editing import editing
from scheduler.web.flash import flash_with_undo, redirect_saved
from scheduler.web.i18n import in_language
from scheduler.web.labels import label

blueprint = Blueprint("activities", __name__, url_prefix="/desk/terms/<int:term_id>/activities")


@blueprint.get("")
@requires(Role.COORDINATOR)
def index(term_id: int) -> str:
    """The series and events of a term."""
    scope, term = current_scope(), term_around(current_scope(), term_id)
    return render_template(
        "activities/index.html", term=term, series=queries.listed_series(scope, term),
        events=event_queries.listed_events(scope, term), term_path=path_for(scope, term, "ready"),
    )


@blueprint.route("/series/new", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
@transaction
def create_series(term_id: int) -> ResponseReturnValue:
    """A form for a new series."""
    term, form = term_around(current_scope(), term_id), SeriesForm()
    unit = asked_unit(term)
    if lacks_county(term, unit):
        return choose_unit(term, _("New series"))
    offer_choices(form, current_scope(), term, unit)
    if form.validate_on_submit() and (
        series := form.apply(lambda: operations.save_series(None, term, **form.facts()))
    ):
        return redirect(url_for("activities.show_series", term_id=term.id, series_id=series.id), 303)
    return render_template("activities/series_form.html", term=term, form=form, series=None)


@blueprint.route("/series/<int:series_id>/edit", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
@transaction
def edit_series(term_id: int, series_id: int) -> ResponseReturnValue:
    """A form for a series; the page that follows offers to update its sections."""
    term = term_around(current_scope(), term_id)
    series = queries.series_in(current_scope(), term, series_id)
    form = editing(series, lambda: SeriesForm.showing(series, **chosen_in(series)))
    offer_choices(form, current_scope(), term, series.unit, series)
    if form.validate_on_submit() and form.apply(lambda: operations.save_series(series, term, **form.facts())):
        return redirect_saved(url_for("activities.show_series", term_id=term.id, series_id=series.id))
    return render_template("activities/series_form.html", term=term, form=form, series=series)


@blueprint.get("/series/<int:series_id>")
@requires(Role.COORDINATOR)
def show_series(term_id: int, series_id: int) -> str:
    """A series, and what has to be opened, changed or archived for it."""
    term = term_around(current_scope(), term_id)
    return _show(queries.series_in(current_scope(), term, series_id), StepForm())


def _show(series: ActivitySeries, form: StepForm) -> str:
    return render_template(
        "activities/series.html", term=series.term, series=series, form=form, steps=SeriesStep, step_words=words.STEPS,
        proposal=None if series.archived else propose(series), parts=words.parts,
        kind_words=[label(VenueKind(kind)) for kind in series.venue_kinds],
        latest=latest(series), published=published_plan(series.term) is not None,
        term_path=path_for(current_scope(), series.term, "ready"),
    )


@blueprint.post("/series/<int:series_id>/open")
@requires(Role.COORDINATOR)
@transaction
def carry_out(term_id: int, series_id: int) -> ResponseReturnValue:
    """Do what the series' page has shown."""
    term = term_around(current_scope(), term_id)
    series, form = queries.series_in(current_scope(), term, series_id), StepForm()
    if form.validate_on_submit() and (update := form.apply(lambda: opening.carry_out(series, form.shown.data))):
        flash_with_undo(words.done(update), _way_back(series, update.id))
        return redirect(url_for("activities.show_series", term_id=term.id, series_id=series.id), 303)
    return _show(series, form)


def _way_back(series: ActivitySeries, update_id: int) -> str:
    return url_for("activities.take_back", term_id=series.term_id, series_id=series.id, update_id=update_id)


@blueprint.post("/series/<int:series_id>/updates/<int:update_id>/back")
@requires(Role.COORDINATOR)
@transaction
def take_back(term_id: int, series_id: int, update_id: int) -> ResponseReturnValue:
    """Put back what the series' last step has changed."""
    term = term_around(current_scope(), term_id)
    series = queries.series_in(current_scope(), term, series_id)
    try:
        changed_by_hand = opening.take_back(queries.update_of(series, update_id), series)
    except DomainError as error:
        flash(str(error), "error")
    else:
        if changed_by_hand:
            flash(_changed_by_hand_words(changed_by_hand), "info")
        else:
            flash(_("Everything is as it was before."), "success")
    return redirect(url_for("activities.show_series", term_id=term.id, series_id=series.id), 303)


def _changed_by_hand_words(sections: int) -> str:
    return ngettext(
        "%(num)s section was changed by hand in the meantime and stays; all else is as it was before.",
        "%(num)s sections were changed by hand in the meantime and stay; all else is as it was before.",
        sections,
    )


@blueprint.post("/series/<int:series_id>/archive")
@requires(Role.COORDINATOR)
@transaction
def archive_series(term_id: int, series_id: int) -> ResponseReturnValue:
    """Archive a series with its sections."""
    term = term_around(current_scope(), term_id)
    series = queries.series_in(current_scope(), term, series_id)
    if not series.archived:
        update = opening.close_all(series)
        told = _("%(name)s is archived, and its sections with it.", name=in_language(series.title_zh, series.title_en))
        flash_with_undo(told, _way_back(series, update.id))
    return redirect(url_for("activities.index", term_id=term.id), 303)


@blueprint.get("/series/<int:series_id>/check")
@requires(Role.COORDINATOR)
def check(term_id: int, series_id: int) -> str:
    """Whether a plan brings the series to each of its communities often enough."""
    scope, term = current_scope(), term_around(current_scope(), term_id)
    series, plans = queries.series_in(scope, term, series_id), plans_shown(scope, term)
    plan = plan_among(plans, request.args.get("plan", type=row_id))
    placements = queries.placements(plan, [entry.section for entry in series.entries]) if plan else {}
    return render_template(
        "activities/check.html", term=term, series=series, plan=plan, plans=plans,
        check=check_series(series, placements), verdicts=words.VERDICTS, only_open=request.args.get("show") == "open",
        reason_sentence=reason_sentence, planned_here=plans_the_term(scope, term),
        term_path=path_for(scope, term, "plan"),
    )
