"""The page with which staff begin their day."""

from flask import Blueprint, render_template
from flask_login import current_user

from scheduler.core.clock import today
from scheduler.features.planning.today.setting_up import setup_steps
from scheduler.models import Role
from scheduler.web.access import requires, scope_of
from scheduler.web.matters import matters_of

blueprint = Blueprint("today", __name__, url_prefix="/desk/today")


@blueprint.get("")
@requires(Role.COORDINATOR, Role.VENUE_MANAGER, Role.TEACHER)
def index() -> str:
    """What needs the user, what presses most first; while nothing is planned yet, the way there."""
    user = current_user._get_current_object()
    if not user.roles - {Role.TEACHER, Role.RESIDENT}:
        return render_template("today/teaching.html", day=today(), matters=matters_of(user))
    sets_up = user.roles & {Role.COORDINATOR, Role.ADMINISTRATOR}
    steps = setup_steps(scope_of(user, Role.COORDINATOR)) if sets_up else []
    return render_template("today/index.html", day=today(), matters=matters_of(user), steps=steps)
