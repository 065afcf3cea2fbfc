"""Makes the changes of a scenario true: all of them or none, seen beforehand, and taken back as a whole."""

from copy import deepcopy
from dataclasses import dataclass, field

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select

from scheduler.audit.changesets import ChangeLog, latest, undo
from scheduler.audit.states.codec import State
from scheduler.core.database import now
from scheduler.core.errors import DomainError
from scheduler.core.extensions import db
from scheduler.engine.analysis.changes import AnyChange, described, read_changes
from scheduler.engine.analysis.what_if import what_if
from scheduler.engine.documents.uploads import problems_of
from scheduler.engine.words.change_words import change_sentence
from scheduler.features.planning.scenarios.differences import Difference, differences
from scheduler.features.planning.scenarios.edits import BY_HAND, Target, course_of, edits
from scheduler.features.planning.scenarios.queries import active_job, plan_of
from scheduler.features.planning.scenarios.registers import REGISTERS
from scheduler.models import ChangeSetKind, Plan, PlanStatus, Scenario
from scheduler.web.access import Scope

MAX_SECTIONS_NAMED = 8


@dataclass
class TakeOverItem:
    """One change: what it writes where, or why it cannot be written; ``url`` is where it is granted by hand."""

    sentence: str
    written: list[tuple[str, list[Difference]]] = field(default_factory=list)
    obstacle: str = ""
    url: str = ""


@dataclass
class Preview:
    """All changes of a scenario, and by entry its value before and after them."""

    items: list[TakeOverItem]
    before: dict[Target, State]
    after: dict[Target, State]

    @property
    def obstacles(self) -> list[str]:
        """Why the changes cannot be taken over."""
        return [f"{item.sentence} {item.obstacle}" for item in self.items if item.obstacle]


def preview(scenario: Scenario, scope: Scope) -> Preview:
    """What taking over would write into the registers."""
    result, vanished = Preview([], {}, {}), what_if(scenario).vanished
    for change in read_changes(scenario.changes):
        result.items.append(_item(scenario, change, result, scope, change in vanished))
    return result


def _item(scenario: Scenario, change: AnyChange, before: Preview, scope: Scope, vanished: bool) -> TakeOverItem:
    item = TakeOverItem(change_sentence(change))
    if vanished:
        item.obstacle = _("It is no longer there: remove this change.")
        return item
    if described(change)[0] in BY_HAND:
        item.url = _form_of(scenario, change)
        return item
    for target, edit in edits(scenario.term, change):
        register = REGISTERS[target[0]]
        entry = register.find(target[1])
        if entry is None or not scope.covers(register.unit(entry)):
            item.obstacle = _("You may not change this entry: ask the coordinator of its unit.")
            continue
        state = before.after.get(target) or before.before.setdefault(target, register.read(entry))
        before.after[target] = edit(deepcopy(state))
        item.written.append((register.name(entry), differences(state, before.after[target])))
    return item


def _form_of(scenario: Scenario, change: AnyChange) -> str:
    """Where a change is granted by hand: learners at the section, all else at its course."""
    section = course_of(change)
    if section is None:
        return ""
    if described(change)[0] == "fewer learners":
        return url_for("sections.edit", term_id=scenario.term_id, section_id=section.id)
    return url_for("courses.edit", course_id=section.course_id)


def take_over(scenario: Scenario, scope: Scope) -> Plan | None:
    """Write the changes into the registers and make the scenario's plan a draft, if it has one and keeps every rule.

    Raises DomainError, and the caller rolls back, where something cannot be written or the plan breaks a rule then.
    """
    db.session.refresh(scenario, with_for_update=True)
    _refuse_untimely(scenario)
    changes = preview(scenario, scope)
    if changes.obstacles:
        raise DomainError(" ".join(changes.obstacles))
    _write(scenario, changes)
    plan = plan_of(scenario)
    scenario.taken_over_at = now()
    db.session.flush()
    if plan is not None:
        _make_draft(plan)
    return plan


def _write(scenario: Scenario, changes: Preview) -> None:
    log = ChangeLog(ChangeSetKind.SCENARIO_TAKEN_OVER, scenario, scenario.term_id)
    for (name, entry_id), state in changes.after.items():
        register = REGISTERS[name]
        entry = db.session.get_one(register.codec.table, entry_id)
        log.changing(entry, register.parts, register.name(entry))
        register.codec.write(entry, state)
    log.close()


def _refuse_untimely(scenario: Scenario) -> None:
    if scenario.taken_over:
        raise DomainError(_("These changes are taken over already."))
    if active_job(scenario) is not None:
        raise DomainError(_("The scenario is being planned. Wait until that is over, or stop it."))


def _make_draft(plan: Plan) -> None:
    problems = problems_of(plan)
    if problems:
        shown = [*problems[:MAX_SECTIONS_NAMED], *(["…"] if len(problems) > MAX_SECTIONS_NAMED else [])]
        text = _("With these changes the plan would still break a rule, so nothing was written.")
        raise DomainError(" ".join([text, *shown]))
    plan.status = PlanStatus.DRAFT
    db.session.flush()


def take_back(scenario: Scenario) -> None:
    """Bring back what the registers held before. Raises DomainError where somebody has changed it since."""
    db.session.refresh(scenario, with_for_update=True)
    written = latest(scenario)
    if not scenario.taken_over or written is None:
        raise DomainError(_("There is nothing to undo here."))
    plans = db.session.scalars(select(Plan).where(Plan.scenario_id == scenario.id)).all()
    if any(plan.published_at is not None for plan in plans):
        raise DomainError(_("The plan has been published since, so its changes stay. Change the registers by hand."))
    blocked = undo(written, whole=True).blocked
    if blocked:
        name = blocked[-1].entry.title
        raise DomainError(_("Since then somebody has changed %(name)s. Nothing was taken back.", name=name))
    scenario.taken_over_at = None
    for plan in plans:
        if plan.status is PlanStatus.DRAFT:
            plan.status = PlanStatus.SCENARIO
    db.session.flush()
