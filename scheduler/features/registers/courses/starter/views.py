"""The page of usual courses from which a catalogue begins."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _, ngettext

from scheduler.core.transaction import transaction
from scheduler.features.registers.courses.starter import catalogue
from scheduler.models import Role
from scheduler.web.access import requires
from scheduler.web.flash import redirect_with

blueprint = Blueprint("starter_catalogue", __name__, url_prefix="/desk/courses/usual")


@blueprint.get("")
@requires(Role.COORDINATOR)
def index() -> str:
    """Usual courses to choose from."""
    return render_template("courses/starter.html", categories=catalogue.starter_courses())


@blueprint.post("")
@requires(Role.COORDINATOR)
@transaction
def add() -> ResponseReturnValue:
    """Take the chosen courses into the catalogue."""
    added = catalogue.add_courses(set(request.form.getlist("title")))
    if not added:
        flash(_("No course was chosen that is not in the catalogue yet."), "info")
        return redirect(url_for("starter_catalogue.index"), 303)
    text = ngettext("%(num)s course is in the catalogue.", "%(num)s courses are in the catalogue.", len(added))
    return redirect_with(text, url_for("courses.index"))
