"""Pages of a term's events for coordinators."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from scheduler.core.row_ids import row_id
from scheduler.core.transaction import transaction
from scheduler.domain.plans import plan_among, plans_shown
from scheduler.domain.term_choices import CHOOSE, asked_unit, choose_unit, term_unit_choices
from scheduler.domain.term_scope import lacks_county, may_plan as plans_the_term, term_around
from scheduler.domain.workflow import path_for
from scheduler.engine.words.sentences import reason_sentence
from scheduler.features.planning.activities.events import operations, queries
from scheduler.features.planning.activities.events.facts import last_day_of
from scheduler.features.planning.activities.events.forms import EventForm, ItemForm, item_data, offer_choices
from scheduler.features.planning.activities.events.programme import active_items, programme_of, public_event
from scheduler.models import Event, EventItem, Role, Term, Unit
from scheduler.web.access import current_scope, requires
from scheduler.web.choices import chosen
from scheduler.web.editing import editing
from scheduler.web.flash import flash_with_undo, redirect_saved, redirect_with
from scheduler.web.i18n import in_language

blueprint = Blueprint("events", __name__, url_prefix="/desk/terms/<int:term_id>/activities/events")


@blueprint.get("/<int:event_id>")
@requires(Role.COORDINATOR)
def show(term_id: int, event_id: int) -> str:
    """An event with its items and the programme that a plan makes of them."""
    scope, term = current_scope(), term_around(current_scope(), term_id)
    event, plans = queries.event_in(scope, term, event_id), plans_shown(scope, term)
    plan = plan_among(plans, request.args.get("plan", type=row_id))
    return render_template(
        "activities/event.html", term=term, event=event, items=active_items(event), plans=plans, plan=plan,
        removed=[item for item in event.items if item.archived], programme=programme_of(event, plan),
        outdated=operations.outdated, reason_sentence=reason_sentence, planned_here=plans_the_term(scope, term),
        public=public_event(event.id) is not None, term_path=path_for(scope, term, "ready"),
    )


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
@transaction
def create(term_id: int) -> ResponseReturnValue:
    """A form for a new event."""
    term = term_around(current_scope(), term_id)
    form = _form(term)
    if form.validate_on_submit() and (event := form.apply(lambda: _save(None, term, form))):
        return redirect_with(
            _("The event has its days. Now put something on its programme."),
            url_for("events.show", term_id=term.id, event_id=event.id),
        )
    return render_template(
        "activities/event_form.html", term=term, form=form, event=None, last_day=last_day_of(term)
    )


@blueprint.route("/<int:event_id>/edit", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
@transaction
def edit(term_id: int, event_id: int) -> ResponseReturnValue:
    """A form for an event."""
    term = term_around(current_scope(), term_id)
    event = queries.event_in(current_scope(), term, event_id)
    form = editing(event, lambda: _form(term, event))
    if form.validate_on_submit() and form.apply(lambda: _save(event, term, form)):
        return redirect_saved(url_for("events.show", term_id=term.id, event_id=event.id))
    return render_template(
        "activities/event_form.html", term=term, form=form, event=event, last_day=last_day_of(term)
    )


def _form(term: Term, event: Event | None = None) -> EventForm:
    form = EventForm.showing(event, unit=str(event.unit_id)) if event is not None else EventForm()
    form.unit.choices = [CHOOSE, *term_unit_choices(current_scope(), term)]
    return form


def _save(event: Event | None, term: Term, form: EventForm) -> Event:
    unit = chosen(Unit, [form.unit.data])[0]
    return operations.save_event(event, term, unit=unit, **form.values("unit"))


@blueprint.route("/<int:event_id>/items/new", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
@transaction
def create_item(term_id: int, event_id: int) -> ResponseReturnValue:
    """A form for a new item on the programme; for an event of a whole city it asks for the unit first."""
    term = term_around(current_scope(), term_id)
    event = queries.event_in(current_scope(), term, event_id)
    unit = asked_unit(term) or event.unit
    form = ItemForm(data={"first_day": event.first_day, "last_day": event.first_day, "unit": str(unit.id)})
    return _item_form(event, None, form, unit)


@blueprint.route("/<int:event_id>/items/<int:item_id>/edit", methods=["GET", "POST"])
@requires(Role.COORDINATOR)
@transaction
def edit_item(term_id: int, event_id: int, item_id: int) -> ResponseReturnValue:
    """A form for an item; saving it brings its sections up to date."""
    term = term_around(current_scope(), term_id)
    event = queries.event_in(current_scope(), term, event_id)
    item = queries.item_of(event, item_id)
    unit = asked_unit(term) or queries.unit_of(item)
    form = editing(item, lambda: ItemForm.showing(item, **item_data(item)))
    return _item_form(event, item, form, unit)


def _item_form(event: Event, item: EventItem | None, form: ItemForm, unit: Unit | None) -> ResponseReturnValue:
    if lacks_county(event.term, unit):
        return choose_unit(event.term, _("Programme item"))
    offer_choices(form, current_scope(), event.term, unit, item)
    if form.validate_on_submit() and form.apply(lambda: operations.save_item(item, event, form.facts())):
        return redirect_with(
            _("It is on the programme. The next plan finds room and speaker."),
            url_for("events.show", term_id=event.term_id, event_id=event.id),
        )
    return render_template("activities/item_form.html", term=event.term, event=event, item=item, form=form)


@blueprint.post("/<int:event_id>/items/<int:item_id>/archive")
@requires(Role.COORDINATOR)
@transaction
def archive_item(term_id: int, event_id: int, item_id: int) -> ResponseReturnValue:
    """Take an item off the programme, or with ``restore`` put it back."""
    term = term_around(current_scope(), term_id)
    event = queries.event_in(current_scope(), term, event_id)
    item, restore = queries.item_of(event, item_id), "restore" in request.values
    operations.set_item_archived(item, not restore)
    _tell(in_language(item.title_zh, item.title_en), restore)
    return redirect(url_for("events.show", term_id=term.id, event_id=event.id), 303)


@blueprint.post("/<int:event_id>/archive")
@requires(Role.COORDINATOR)
@transaction
def archive(term_id: int, event_id: int) -> ResponseReturnValue:
    """Archive an event with its sections, or with ``restore`` bring it back."""
    term = term_around(current_scope(), term_id)
    event, restore = queries.event_in(current_scope(), term, event_id), "restore" in request.values
    operations.set_event_archived(event, not restore)
    _tell(in_language(event.title_zh, event.title_en), restore)
    return redirect(url_for("activities.index", term_id=term.id), 303)


def _tell(name: str, restored: bool) -> None:
    """Say what was done; what was archived can be brought back at once."""
    if restored:
        flash(_("%(name)s is back.", name=name), "success")
    else:
        undo_url = url_for(str(request.endpoint), **(request.view_args or {}), restore=1)
        flash_with_undo(_("%(name)s is archived, and its sections with it.", name=name), undo_url)
