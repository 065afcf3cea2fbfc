"""What stands in hours that are being typed: the grid beside them asks, so that one place alone reads hours."""

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from scheduler.calendar.weekly_hours import parse_hours
from scheduler.web.access import signed_in

blueprint = Blueprint("hours", __name__, url_prefix="/desk")
ANY_DAY = 0


@blueprint.get("/hours.json")
@signed_in
def read() -> ResponseReturnValue:
    """The [start, end] minutes of one day's text, or null where it cannot be meant."""
    try:
        windows = parse_hours(ANY_DAY, request.args.get("text", ""))
    except ValueError:
        return jsonify(spans=None)
    return jsonify(spans=[(window.start, window.end) for window in windows])
