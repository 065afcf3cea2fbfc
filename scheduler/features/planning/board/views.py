"""The board on which a coordinator adjusts a draft: pick up, put down, take back, pin."""

from collections.abc import Callable

from flask import Blueprint, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.exc import IntegrityError

from scheduler.core.errors import domain_error
from scheduler.core.extensions import db
from scheduler.core.transaction import transaction
from scheduler.domain.plan_copy import copy_as_draft
from scheduler.domain.plans import plan_in
from scheduler.domain.term_scope import term_around
from scheduler.engine.analysis.boards import Board
from scheduler.engine.documents.drafts import next_name
from scheduler.features.planning.board import operations, queries
from scheduler.features.planning.board.forms import PARTS, BoardForm, BoardSectionForm, MoveForm, PinForm
from scheduler.features.planning.board.history import change_of
from scheduler.features.planning.board.operations import RefusedError
from scheduler.features.planning.board.page import board_page
from scheduler.features.planning.board.selection import BoardSelection, requested
from scheduler.models import ChangeSet, Plan, Role
from scheduler.web.access import current_scope, requires
from scheduler.web.flash import redirect_with

blueprint = Blueprint("board", __name__, url_prefix="/desk")


@blueprint.get("/terms/<int:term_id>/board")
@requires(Role.COORDINATOR)
def adjust(term_id: int) -> ResponseReturnValue:
    """The board of the draft made last; of those who only add to a term, and without a plan, the timetable."""
    term = term_around(current_scope(), term_id)
    plan = queries.plan_to_adjust(term)
    if plan is None or not current_scope().covers(term.unit):
        return redirect(url_for("timetable.show", term_id=term.id))
    return redirect(url_for("board.show", plan_id=plan.id))


@blueprint.get("/plans/<int:plan_id>/board")
@requires(Role.COORDINATOR)
def show(plan_id: int) -> ResponseReturnValue:
    """A plan's rows over the week; with a section in hand, where it may go."""
    return board_page(_selection(plan_id))


@blueprint.get("/plans/<int:plan_id>/board/ready.json")
@requires(Role.COORDINATOR)
def ready(plan_id: int) -> ResponseReturnValue:
    """Nothing to read: asked for when a board is opened, so that the first section picked up need not wait."""
    Board(plan_in(current_scope(), plan_id)).prepare()
    return {"ready": True}


@blueprint.post("/plans/<int:plan_id>/board/move")
@requires(Role.COORDINATOR)
@transaction
def move(plan_id: int) -> ResponseReturnValue:
    """Put a section down where it was wanted, or take it out."""
    selection, form = _selection(plan_id), MoveForm()
    _sent(form)
    queries.section_in(selection.plan, form.section.data)
    section_move = operations.Move(
        form.section.data, form.target, current_user.id, form.version.data, form.reason.data or ""
    )
    refused = _try(lambda: _tell(operations.carry_out(selection.plan, section_move)))
    return _after(selection, refused, form)


@blueprint.post("/plans/<int:plan_id>/board/undo")
@requires(Role.COORDINATOR)
@transaction
def undo(plan_id: int) -> ResponseReturnValue:
    """Take back one's latest change."""
    return _step(plan_id, operations.undo)


@blueprint.post("/plans/<int:plan_id>/board/redo")
@requires(Role.COORDINATOR)
@transaction
def redo(plan_id: int) -> ResponseReturnValue:
    """Make again what one has taken back last."""
    return _step(plan_id, operations.redo)


def _step(plan_id: int, step: Callable[[Plan, int], ChangeSet]) -> ResponseReturnValue:
    selection = _selection(plan_id)
    _sent(BoardForm())
    return _after(selection, _try(lambda: _tell(step(selection.plan, current_user.id))))


@blueprint.post("/plans/<int:plan_id>/board/pin")
@requires(Role.COORDINATOR)
@transaction
def pin(plan_id: int) -> ResponseReturnValue:
    """Pin hours, room or teacher of a section where they are, or let them go; the section stays in hand."""
    selection, form = _selection(plan_id), PinForm()
    _sent(form)
    section = queries.section_in(selection.plan, form.section.data)
    facts = form.part.data, form.pinned.data, current_user.id, form.version.data
    refused = _try(lambda: operations.set_pin(selection.plan, section, *facts))
    if refused is None:
        text = _("Pinned: %(part)s.") if form.pinned.data else _("No longer pinned: %(part)s.")
        return redirect_with(text % {"part": PARTS[form.part.data]}, selection.pick_up(section.id))
    return board_page(selection, refused)


@blueprint.post("/plans/<int:plan_id>/board/copy")
@requires(Role.COORDINATOR)
@transaction
def copy(plan_id: int) -> ResponseReturnValue:
    """Make a draft of a plan that must stay as it is, and go on there."""
    plan = plan_in(current_scope(), plan_id)
    _sent(BoardForm())
    draft = copy_as_draft(plan, next_name(plan.term), current_user.id)
    return redirect_with(
        _("%(name)s is a draft with the same places. Adjust it, then publish it.", name=draft.name),
        url_for("board.show", plan_id=draft.id),
    )


def _selection(plan_id: int) -> BoardSelection:
    return requested(plan_in(current_scope(), plan_id))


def _sent(form: BoardForm | BoardSectionForm) -> None:
    """A form that nobody fills in is right, or was not sent by the board."""
    if not form.validate_on_submit():
        abort(400)


def _try(change: Callable[[], object]) -> RefusedError | None:
    """Make a change in a savepoint; what refused it."""
    try:
        with db.session.begin_nested():
            change()
    except RefusedError as refused:
        return refused
    except IntegrityError as error:
        return RefusedError(domain_error(error).message, status=409)
    return None


def _tell(change: ChangeSet) -> None:
    flash(change_of(change).text, "success")


def _after(
    selection: BoardSelection, refused: RefusedError | None, form: MoveForm | None = None
) -> ResponseReturnValue:
    """The board with nothing in hand; after a refusal the board of this moment, and why."""
    if refused is None:
        return redirect(selection.put_back(), 303)
    db.session.expire_all()
    return board_page(selection, refused, form)
