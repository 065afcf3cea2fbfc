"""Pages of booking requests: the venue manager's inbox, and the coordinator's view of who has answered."""

from collections.abc import Iterator, Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _, ngettext
from flask_login import current_user

from scheduler.core.clock import parse_day
from scheduler.core.row_ids import row_id
from scheduler.core.transaction import transaction
from scheduler.domain.plans import published_plan
from scheduler.domain.term_scope import term_in
from scheduler.domain.workflow import term_path
from scheduler.features.delivery.bookings import operations, queries
from scheduler.features.delivery.bookings.forms import RefusalForm
from scheduler.features.delivery.bookings.messages import tell
from scheduler.features.delivery.bookings.rooms_week import rooms_week
from scheduler.models import Booking, BookingStatus, Role, User
from scheduler.web.access import current_scope, requires, scope_of
from scheduler.web.flash import flash_with_undo
from scheduler.web.forms import BaseForm
from scheduler.web.matters import Matter, matters
from scheduler.web.navigation import counts
from scheduler.web.pagination import paginate

blueprint = Blueprint("bookings", __name__, url_prefix="/desk")


@counts("bookings.inbox")
def _waiting() -> int:
    return queries.waiting_count(scope_of(current_user, Role.VENUE_MANAGER))


@matters
def _requests_to_answer(user: User) -> Iterator[Matter]:
    """Requests for the rooms of a venue manager; an administrator may answer for every venue, but is not waited for."""
    number = queries.waiting_count(scope_of(user, Role.VENUE_MANAGER)) if Role.VENUE_MANAGER in user.roles else 0
    if number:
        text = ngettext(
            "%(num)s request for one of your rooms waits for your answer.",
            "%(num)s requests for your rooms wait for your answer.",
            number,
        )
        yield Matter(_("Requests"), _("to answer"), "waiting", text, _("Answer"), url_for("bookings.inbox"))


@blueprint.get("/requests")
@requires(Role.VENUE_MANAGER)
def inbox() -> str:
    """What waits for the manager's answer, then the week of their rooms."""
    scope = current_scope()
    page = paginate(queries.waiting(scope))
    week = rooms_week(scope, request.args.get("week", type=parse_day), request.args.get("room", type=row_id))
    return render_template(
        "bookings/inbox.html",
        page=page,
        venues=queries.by_venue(queries.requests_of(page.rows)),
        week=week if scope.venue_ids else None,
        selected=request.args.get("select", ""),
        cancelled_sessions=queries.cancelled_sessions(scope),
    )


@blueprint.post("/requests/answer")
@requires(Role.VENUE_MANAGER)
@transaction
def answer() -> ResponseReturnValue:
    """Confirm one request or the ticked ones, or go on to the reason for declining them."""
    confirmed_id = request.form.get("confirm", type=row_id)
    ids = _chosen() if confirmed_id is None else [confirmed_id]
    if not ids:
        return _nothing_ticked()
    if "decline" in request.form:
        return redirect(url_for("bookings.decline", booking=ids), 303)
    outcome = operations.confirm(queries.bookings_in(current_scope(), ids), current_user.id)
    tell(outcome, ngettext("%(num)s request confirmed.", "%(num)s requests confirmed.", len(outcome.changed)))
    return redirect(url_for("bookings.inbox"), 303)


@blueprint.route("/requests/decline", methods=["GET", "POST"])
@requires(Role.VENUE_MANAGER)
@transaction
def decline() -> ResponseReturnValue:
    """A form for declining one or several requests with a reason, or for offering something else."""
    ids = _chosen()
    if not ids:
        return _nothing_ticked()
    bookings = queries.bookings_in(current_scope(), ids)
    form = RefusalForm()
    form.offer(queries.other_rooms(bookings))
    if form.validate_on_submit():
        _refuse(bookings, form)
        return redirect(url_for("bookings.inbox"), 303)
    return render_template("bookings/decline.html", form=form, requests=queries.requests_of(bookings))


def _refuse(bookings: Sequence[Booking], form: RefusalForm) -> None:
    if form.counters:
        outcome = operations.counter(bookings, form.reason, form.offered_room_id, current_user.id)
        tell(outcome, _("The coordinator has your offer."))
    else:
        outcome = operations.decline(bookings, form.reason, current_user.id)
        tell(outcome, ngettext("%(num)s request declined.", "%(num)s requests declined.", len(outcome.changed)))


@blueprint.post("/requests/reopen")
@requires(Role.VENUE_MANAGER)
@transaction
def reopen() -> ResponseReturnValue:
    """Take answers back; the requests wait again."""
    bookings, form = queries.bookings_in(current_scope(), _chosen()), BaseForm()
    if outcome := form.apply(lambda: operations.reopen(bookings)):
        tell(
            outcome,
            ngettext("%(num)s request waits again.", "%(num)s requests wait again.", len(outcome.changed)),
            undo=False,
        )
    for error in form.form_errors:
        flash(_("The answer stays as it is. %(reason)s", reason=error), "error")
    return redirect(url_for("bookings.inbox"), 303)


@blueprint.get("/requests/answered")
@requires(Role.VENUE_MANAGER)
def history() -> str:
    """Requests that have been answered or have lapsed."""
    search = request.args.get("q", "")[:100]
    page = paginate(queries.answered(current_scope(), search))
    return render_template("bookings/history.html", page=page, requests=queries.requests_of(page.rows), search=search)


@blueprint.get("/terms/<int:term_id>/requests")
@requires(Role.COORDINATOR)
def requests(term_id: int) -> str:
    """For the coordinator: which venues have answered what, and what to do about it."""
    term = term_in(current_scope(), term_id)
    plan, search, status = (
        published_plan(term),
        request.args.get("q", "")[:100],
        request.args.get("status", type=BookingStatus),
    )
    page = paginate(queries.of_plan(plan, status, search)) if plan is not None else None
    return render_template(
        "bookings/requests.html",
        term=term,
        term_path=term_path(term, "venues"),
        plan=plan,
        page=page,
        status=status,
        search=search,
        requests=queries.requests_of(page.rows) if page else [],
        counts=queries.counts(plan) if plan else {},
        statuses=queries.URGENCY,
    )


@blueprint.post("/terms/<int:term_id>/requests/<int:booking_id>/accept")
@requires(Role.COORDINATOR)
@transaction
def accept_offer(term_id: int, booking_id: int) -> ResponseReturnValue:
    """Pin a section to the room that its venue offers, or with ``restore`` unpin it."""
    term = term_in(current_scope(), term_id)
    booking, form = queries.booking_of(term, booking_id), BaseForm()
    if "restore" in request.values:
        operations.let_go_of_offer(booking)
        flash(_("The pin is taken away."), "success")
    elif section := form.apply(lambda: operations.accept_offer(booking)):
        undo = url_for("bookings.accept_offer", term_id=term.id, booking_id=booking.id, restore=1)
        flash_with_undo(_("%(name)s is pinned to the offered room. Plan again.", name=section.name), undo)
    for error in form.form_errors:
        flash(error, "error")
    return redirect(url_for("bookings.requests", term_id=term.id), 303)


def _chosen() -> list[int]:
    """The numbers of the ticked requests, in the form or the address."""
    return request.values.getlist("booking", type=row_id)


def _nothing_ticked() -> ResponseReturnValue:
    flash(_("Tick the requests that you want to answer."), "warning")
    return redirect(url_for("bookings.inbox"), 303)
