"""Changes of a draft by hand. The plan's version is the judge: of two changes at once the second is looked at anew."""

from dataclasses import dataclass, field

from flask_babel import gettext as _
from sqlalchemy import update

from scheduler.audit import changesets
from scheduler.audit.changesets import ChangeLog
from scheduler.audit.states.registers import PINS, PLACEMENTS, SECTIONS
from scheduler.audit.trail import record
from scheduler.core.errors import DomainError
from scheduler.core.extensions import db
from scheduler.engine.analysis.boards import Board, MoveVerdict
from scheduler.engine.documents.places import SectionPlace
from scheduler.engine.words.board_words import obstacle_sentences
from scheduler.features.planning.board import queries
from scheduler.features.planning.board.history import BoardChange, change_of, changes_since, history
from scheduler.features.planning.board.pins import Pins
from scheduler.features.planning.board.warnings import warnings_of
from scheduler.models import Action, ChangeSet, ChangeSetKind, Placement, Plan, PlanStatus, Section

ATTEMPTS = 5
"""How often a change is tried while others change the same plan at the same moment."""
TAKEN_OUT: dict[str, object] = {"code": "taken out", "parameters": []}


@dataclass
class RefusedError(DomainError):
    """A change that is not made: ``status`` 409 where others were quicker, else 422.

    ``warnings`` say what it would do to people; then it can be sent again with a reason.
    """

    status: int = 422
    warnings: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Move:
    """A section that is to be at a place, or unplaced; ``seen`` is the version of the plan that the user looked at.

    ``takes_back`` is the change that put it elsewhere, where that is taken back or made again.
    """

    section_id: int
    place: SectionPlace | None
    user_id: int
    seen: int
    reason: str = ""
    takes_back: ChangeSet | None = None


def carry_out(plan: Plan, move: Move) -> ChangeSet:
    """Put a section where it is wanted. Raises RefusedError with the rules in the way, or what others have done."""
    for _attempt in range(ATTEMPTS):
        change = _try(plan, move)
        if change is not None:
            return change
        db.session.expire_all()  # somebody else was quicker: look again at what is there now
    raise RefusedError(_("Several people are changing this plan just now. Try again in a moment."), status=409)


def undo(plan: Plan, user_id: int) -> ChangeSet:
    """Take back the user's own latest change."""
    done, _undone = history(plan, user_id)
    if not done:
        raise RefusedError(_("There is no change of yours to take back."))
    return _back(plan, change_of(done[-1]), user_id)


def redo(plan: Plan, user_id: int) -> ChangeSet:
    """Make the change again that the user has taken back last."""
    _done, undone = history(plan, user_id)
    if not undone:
        raise RefusedError(_("There is no change of yours to make again."))
    return _back(plan, change_of(undone[-1]), user_id)


def set_pin(plan: Plan, section: Section, part: str, pinned: bool, user_id: int, seen: int) -> ChangeSet:
    """Fix hours, room or teacher of a section where they are in the plan, or let them go again, in all plans."""
    _refuse_overtaken(plan, section.id, seen)
    placement = queries.placement_of(plan, section.id)
    if pinned and placement is None:
        raise RefusedError(_("Only what is placed can be pinned."))
    place = SectionPlace.of(placement) if pinned and placement is not None else None
    pins = Pins.of(section).with_part(part, place)
    _take_version(plan)
    log = ChangeLog(ChangeSetKind.SECTION_PINNED, plan, plan.term_id, user_id)
    log.changing(section, PINS, section.name)
    SECTIONS.write(section, pins.as_state())
    return _recorded(log.close(plan.version, cost={}, reason=""))


def _back(plan: Plan, change: BoardChange, user_id: int) -> ChangeSet:
    """Put a section back to where it was before a change; pins alike."""
    state = change.entry.after
    if change.pins:
        if Pins.of(change.section) != Pins.from_state(state or {}):
            raise _changed_since(change)
        _take_version(plan)
        return _recorded(_taken_back(change, plan.version, {}))
    placement = queries.placement_of(plan, change.section.id)
    if (SectionPlace.of(placement) if placement else None) != SectionPlace.from_json(state):
        raise _changed_since(change)
    place = SectionPlace.from_json(change.entry.before)
    return carry_out(plan, Move(change.section.id, place, user_id, plan.version, takes_back=change.change_set))


def _changed_since(change: BoardChange) -> RefusedError:
    if change.pins:
        text = _("The pins of %(section)s have been changed by somebody else since.", section=change.section.name)
    else:
        text = _("%(section)s has been moved by somebody else since.", section=change.section.name)
    return RefusedError(text, status=409)


def _taken_back(change: BoardChange, version: int, cost: dict[str, int]) -> ChangeSet:
    result = changesets.undo(change.change_set, whole=True, version=version, cost=cost, reason="")
    if result.change_set is None:
        raise _changed_since(change)
    return result.change_set


def _take_version(plan: Plan) -> None:
    """Make it the plan's next version, in which its places are as before."""
    _refuse_fixed(plan)
    if not _takes(plan, {"version": plan.version + 1}):
        raise RefusedError(_("Several people are changing this plan just now. Try again in a moment."), status=409)


def _recorded(change_set: ChangeSet) -> ChangeSet:
    """The trail tells of each change of a plan: placements are not audited when they are made."""
    change = change_of(change_set)
    facts = {
        "plan_id": change_set.subject_id, "version": change_set.version, "section_id": change.section.id,
        "kind": change.step, "before": change.entry.before, "after": change.entry.after, **change_set.facts,
    }
    record(
        db.session(), Action.CREATE, change_set,
        {name: [None, value] for name, value in facts.items() if value is not None},
    )
    return change_set


def _try(plan: Plan, move: Move) -> ChangeSet | None:
    """Make a change; None when another one came in between, and then nothing has happened."""
    _refuse_fixed(plan)
    _refuse_overtaken(plan, move.section_id, move.seen)
    board = Board(plan)
    verdict = board.verdict(move.section_id, move.place)
    _refuse_broken(plan, move, verdict)
    if not _claimed(plan, board, move, verdict):
        return None
    if move.takes_back is not None:
        return _recorded(_taken_back(change_of(move.takes_back), plan.version, verdict.cost))
    log = ChangeLog(ChangeSetKind.SECTION_MOVED, plan, plan.term_id, move.user_id)
    _put(plan, move, log)
    return _recorded(log.close(plan.version, cost=verdict.cost, reason=move.reason))


def _refuse_fixed(plan: Plan) -> None:
    if plan.status is not PlanStatus.DRAFT:
        raise RefusedError(_("Only a draft can be changed. Make a copy of this plan to adjust it."), status=409)


def _refuse_overtaken(plan: Plan, section_id: int, seen: int) -> None:
    """Nobody moves what somebody else has moved since they looked at it."""
    others = changes_since(plan.id, seen, section_id)
    if others:
        text = _("In the meantime: %(change)s. Nothing of yours was saved.", change=others[-1].text)
        raise RefusedError(text, status=409)


def _refuse_broken(plan: Plan, move: Move, verdict: MoveVerdict) -> None:
    """No hard rule is ever broken, and what hurts people needs a reason."""
    if verdict.violations:
        text = obstacle_sentences(verdict.violations)
        if plan.version != move.seen:
            raise RefusedError(_("It no longer fits there: %(obstacle)s", obstacle=text), status=409)
        raise RefusedError(_("It cannot go there: %(obstacle)s", obstacle=text))
    warnings = warnings_of(verdict.cost, plan.term.weights)
    if warnings and move.takes_back is None and not move.reason:
        raise RefusedError(_("This move needs a reason."), "reason", warnings=warnings)


def _claimed(plan: Plan, board: Board, move: Move, verdict: MoveVerdict) -> bool:
    """Take the plan's next version, unless somebody else has just taken it; the database decides."""
    version = plan.version + 1
    cost = board.cost_after(verdict.cost, version)
    reasons = {name: reason for name, reason in plan.reasons.items() if name != str(move.section_id)}
    if move.place is None:
        reasons[str(move.section_id)] = TAKEN_OUT
    return _takes(plan, {"version": version, "total": sum(cost.values()), "cost": cost, "reasons": reasons})


def _takes(plan: Plan, values: dict[str, object]) -> bool:
    """Write values with the plan's next version; not when its version is no longer the one that was read."""
    unchanged = Plan.id == plan.id, Plan.version == plan.version, Plan.status == PlanStatus.DRAFT
    statement = update(Plan).where(*unchanged).values(values).execution_options(synchronize_session=False)
    taken = db.session.execute(statement)
    db.session.expire(plan)
    return bool(taken.rowcount)  # type: ignore[attr-defined]


def _put(plan: Plan, move: Move, log: ChangeLog) -> None:
    placement = queries.placement_of(plan, move.section_id)
    if move.place is None:
        if placement is not None:
            log.removing(placement)
            db.session.delete(placement)
        return
    if placement is None:
        placement = Placement(plan_id=plan.id, section_id=move.section_id)
        log.making(placement)
        db.session.add(placement)
    else:
        log.changing(placement)
    PLACEMENTS.write(placement, move.place.as_json())
