"""How the pages of demand and of its sources answer: what changed, the form for the next entry, an entry put back."""

from collections.abc import Callable

from flask import flash, redirect
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _, ngettext

from scheduler.features.planning.demand.forms import CourseAndCommunityForm
from scheduler.models import Demand, DemandSource, Term
from scheduler.web.access import current_scope
from scheduler.web.flash import redirect_with


def tell_changed(changed: int) -> None:
    """Say how many entries have other numbers now."""
    flash(ngettext("%(num)s entry changed.", "%(num)s entries changed.", changed), "success")


def next_form(entry: Demand | DemandSource, url: str) -> ResponseReturnValue:
    """The form for the next entry, which says what was added."""
    text = _("%(community)s: %(number)d people. Enter the next one, or go back to the list.")
    return redirect_with(text % {"community": entry.community.name, "number": entry.people}, url)


def put_back(
    term: Term, form: CourseAndCommunityForm, create: Callable[[], object], text: str, url: str
) -> ResponseReturnValue:
    """The list with a removed entry, as its address has it, put back where it still may stand there."""
    form.offer_choices(current_scope(), term)
    if form.validate() and form.apply(create):
        flash(text, "success")
    return redirect(url, 303)
