"""Changes of a draft by hand. The plan's version is the judge: of two changes at once the second is looked at anew."""

from dataclasses import dataclass, field

from flask_babel import gettext as _
from sqlalchemy import update

from scheduler.core.errors import DomainError
from scheduler.core.extensions import db
from scheduler.engine.analysis.boards import Board, MoveVerdict
from scheduler.engine.documents.places import SectionPlace
from scheduler.engine.words.board_words import obstacle_sentences, place_text
from scheduler.features.planning.board import queries
from scheduler.features.planning.board.pins import Pins, changes_pins, pins_text
from scheduler.features.planning.board.warnings import warnings_of
from scheduler.models import ChangeKind, Meeting, Placement, Plan, PlanChange, PlanStatus, Section

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
    """A section that is to be at a place, or unplaced; ``seen`` is the version of the plan that the user looked at."""

    section_id: int
    place: SectionPlace | None
    user_id: int
    seen: int
    reason: str = ""
    kind: ChangeKind = ChangeKind.MOVE


def move(plan: Plan, wanted: Move) -> PlanChange:
    """Put a section where it is wanted. Raises RefusedError with the rules in the way, or what others have done."""
    for _attempt in range(ATTEMPTS):
        change = _try(plan, wanted)
        if change is not None:
            return change
        db.session.expire_all()  # somebody else was quicker: look again at what is there now
    raise RefusedError(_("Several people are changing this plan just now. Try again in a moment."), status=409)


def undo(plan: Plan, user_id: int) -> PlanChange:
    """Take back the user's own latest change."""
    done, _undone = queries.history(plan, user_id)
    if not done:
        raise RefusedError(_("There is no change of yours to take back."))
    return _back(plan, done[-1], user_id, ChangeKind.UNDO)


def redo(plan: Plan, user_id: int) -> PlanChange:
    """Make the change again that the user has taken back last."""
    _done, undone = queries.history(plan, user_id)
    if not undone:
        raise RefusedError(_("There is no change of yours to make again."))
    return _back(plan, undone[-1], user_id, ChangeKind.REDO)


def set_pin(plan: Plan, section: Section, part: str, pinned: bool, user_id: int, seen: int) -> PlanChange:
    """Fix hours, room or teacher of a section where they are in the plan, or let them go again, in all plans."""
    _refuse_overtaken(plan, section.id, seen)
    placement = queries.placement_of(plan, section.id)
    if pinned and placement is None:
        raise RefusedError(_("Only what is placed can be pinned."))
    here = SectionPlace.of(placement) if pinned and placement is not None else None
    return _pin(plan, section, Pins.of(section).with_part(part, here), user_id, ChangeKind.PIN)


def change_text(change: PlanChange) -> str:
    """Who did what, such as “Li: Choir 2 → Tue 09:00–10:30 …”."""
    if changes_pins(change):
        pins = pins_text(Pins.from_json(change.after or {}))
        return _("%(user)s: %(section)s, %(pins)s", user=change.user.name, section=change.section.name, pins=pins)
    place = place_text(SectionPlace.from_json(change.after), change.section.course.minutes)
    return _("%(user)s: %(section)s → %(place)s", user=change.user.name, section=change.section.name, place=place)


def _back(plan: Plan, change: PlanChange, user_id: int, kind: ChangeKind) -> PlanChange:
    """Put a section back to where it was before a change, or again to where the change had put it; pins alike."""
    here, there = (change.after, change.before) if kind is ChangeKind.UNDO else (change.before, change.after)
    if changes_pins(change):
        return _pin_again(plan, change.section, Pins.from_json(here or {}), Pins.from_json(there or {}), user_id, kind)
    now = queries.placement_of(plan, change.section_id)
    if (SectionPlace.of(now) if now else None) != SectionPlace.from_json(here):
        text = _("%(section)s has been moved by somebody else since.", section=change.section.name)
        raise RefusedError(text, status=409)
    return move(plan, Move(change.section_id, SectionPlace.from_json(there), user_id, plan.version, kind=kind))


def _pin_again(plan: Plan, section: Section, here: Pins, there: Pins, user_id: int, kind: ChangeKind) -> PlanChange:
    if Pins.of(section) != here:
        text = _("The pins of %(section)s have been changed by somebody else since.", section=section.name)
        raise RefusedError(text, status=409)
    return _pin(plan, section, there, user_id, kind)


def _pin(plan: Plan, section: Section, pins: Pins, user_id: int, kind: ChangeKind) -> PlanChange:
    """Pin just this of a section, as the plan's next version."""
    _refuse_fixed(plan)
    before = Pins.of(section)
    if not _takes(plan, {"version": plan.version + 1}):
        raise RefusedError(_("Several people are changing this plan just now. Try again in a moment."), status=409)
    pins.put_on(section)
    change = PlanChange(
        plan_id=plan.id, version=plan.version, section=section, user_id=user_id, kind=kind,
        before=before.as_json(), after=pins.as_json(), cost={},
    )
    db.session.add(change)
    db.session.flush()
    return change


def _try(plan: Plan, wanted: Move) -> PlanChange | None:
    """Make a change; None when another one came in between, and then nothing has happened."""
    _refuse_fixed(plan)
    _refuse_overtaken(plan, wanted.section_id, wanted.seen)
    board = Board(plan)
    before, verdict = board.place_of(wanted.section_id), board.verdict(wanted.section_id, wanted.place)
    _refuse_broken(plan, wanted, verdict)
    if not _claimed(plan, board, wanted, verdict):
        return None
    _put(plan, wanted.section_id, wanted.place)
    change = PlanChange(
        plan_id=plan.id, version=plan.version, section_id=wanted.section_id, user_id=wanted.user_id, kind=wanted.kind,
        before=before.as_json() if before else None, after=wanted.place.as_json() if wanted.place else None,
        cost=verdict.cost, reason=wanted.reason,
    )
    db.session.add(change)
    db.session.flush()
    return change


def _refuse_fixed(plan: Plan) -> None:
    if plan.status is not PlanStatus.DRAFT:
        raise RefusedError(_("Only a draft can be changed. Make a copy of this plan to adjust it."), status=409)


def _refuse_overtaken(plan: Plan, section_id: int, seen: int) -> None:
    """Nobody moves what somebody else has moved since they looked at it."""
    others = queries.changes_since(plan.id, seen, section_id)
    if others:
        text = _("In the meantime: %(change)s. Nothing of yours was saved.", change=change_text(others[-1]))
        raise RefusedError(text, status=409)


def _refuse_broken(plan: Plan, wanted: Move, verdict: MoveVerdict) -> None:
    """No hard rule is ever broken, and what hurts people needs a reason."""
    if verdict.violations:
        text = obstacle_sentences(verdict.violations)
        if plan.version != wanted.seen:
            raise RefusedError(_("It no longer fits there: %(obstacle)s", obstacle=text), status=409)
        raise RefusedError(_("It cannot go there: %(obstacle)s", obstacle=text))
    warnings = warnings_of(verdict.cost, plan.term.weights)
    if warnings and wanted.kind is ChangeKind.MOVE and not wanted.reason:
        raise RefusedError(_("This move needs a reason."), "reason", warnings=warnings)


def _claimed(plan: Plan, board: Board, wanted: Move, verdict: MoveVerdict) -> bool:
    """Take the plan's next version, unless somebody else has just taken it; the database decides."""
    version = plan.version + 1
    cost = board.cost_after(verdict.cost, version)
    reasons = {name: reason for name, reason in plan.reasons.items() if name != str(wanted.section_id)}
    if wanted.place is None:
        reasons[str(wanted.section_id)] = TAKEN_OUT
    return _takes(plan, {"version": version, "total": sum(cost.values()), "cost": cost, "reasons": reasons})


def _takes(plan: Plan, values: dict[str, object]) -> bool:
    """Write values with the plan's next version; not when its version is no longer the one that was read."""
    unchanged = Plan.id == plan.id, Plan.version == plan.version, Plan.status == PlanStatus.DRAFT
    statement = update(Plan).where(*unchanged).values(values).execution_options(synchronize_session=False)
    taken = db.session.execute(statement)
    db.session.expire(plan)
    return bool(taken.rowcount)  # type: ignore[attr-defined]


def _put(plan: Plan, section_id: int, place: SectionPlace | None) -> None:
    placement = queries.placement_of(plan, section_id)
    if place is None:
        db.session.delete(placement)
        return
    if placement is None:
        placement = Placement(plan_id=plan.id, section_id=section_id)
        db.session.add(placement)
    placement.week, placement.room_id, placement.teacher_id = place.week, place.room_id, place.teacher_id
    hours = {meeting.weekday: meeting for meeting in placement.meetings}
    for weekday, start in place.meetings:
        hours.setdefault(weekday, Meeting(weekday=weekday)).start_minute = start
    placement.meetings = [hours[weekday] for weekday, _start in place.meetings]

