"""What residents see of events: those to come, and the programme of each."""

from flask import Blueprint, abort, render_template

from scheduler.core.clock import today
from scheduler.features.planning.activities.events.programme import programme_of, public_event, public_events
from scheduler.features.planning.activities.structured import event_data
from scheduler.web.access import public

blueprint = Blueprint("programmes", __name__, url_prefix="/events")


@blueprint.get("")
@public
def index() -> str:
    """The events that are not over yet."""
    return render_template("activities/public_index.html", events=public_events(today()))


@blueprint.get("/<int:event_id>")
@public
def show(event_id: int) -> str:
    """The programme of an event by day, with its places."""
    event_and_plan = public_event(event_id)
    if event_and_plan is None:
        abort(404)
    event, plan = event_and_plan
    programme = programme_of(event, plan)
    return render_template(
        "activities/public_event.html", event=event, programme=programme, data=event_data(programme), today=today()
    )
