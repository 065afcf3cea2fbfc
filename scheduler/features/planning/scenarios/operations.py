"""Changes of scenarios; the registers stay as they are."""

from collections.abc import Sequence

from flask_babel import gettext as _

from scheduler.core.errors import DomainError
from scheduler.core.extensions import db
from scheduler.engine.analysis.changes import AnyChange, read_changes, read_grants, refuse_impossible, stored
from scheduler.engine.analysis.what_if import request_scenario_plan
from scheduler.engine.documents.term_cache import prepared
from scheduler.engine.runs.queue import request_stop
from scheduler.engine.words.change_words import change_sentence
from scheduler.features.planning.scenarios import queries
from scheduler.models import Scenario, ScenarioJob, Term

MAX_SCENARIOS = 30
"""Of a term, archived ones not counted: a table with more columns helps nobody."""


def create(term: Term, name: str, user_id: int, changes: Sequence[AnyChange] = ()) -> Scenario:
    """A scenario of the term. Raises DomainError for changes that are impossible, and when there are too many."""
    if len(queries.scenarios_of(term)) >= MAX_SCENARIOS:
        raise DomainError(_("This term has %(number)d scenarios already. Archive one first.", number=MAX_SCENARIOS))
    if changes:
        refuse_impossible(prepared(term).document, changes)
    scenario = Scenario(term=term, name=name, changes=stored(changes), created_by_id=user_id)
    db.session.add(scenario)
    db.session.flush()
    return scenario


def try_grants(term: Term, texts: Sequence[str], user_id: int, former: Scenario | None = None) -> Scenario:
    """A scenario in which all that the JSON texts describe is granted, named by the first of it.

    With ``former`` it is granted on top of what that scenario changes.
    """
    granted = read_grants(texts)
    if not granted:
        raise DomainError(_("Choose at least one thing to try."))
    changes = [*(read_changes(former.changes) if former else []), *granted]
    refuse_impossible(prepared(term).document, changes)
    name = change_sentence(granted[0]).rstrip(".。")[:120]
    if len(granted) > 1:
        name = _("%(first)s and %(number)d more", first=name, number=len(granted) - 1)
    if former is not None:
        name = f"{former.name[:60]} + {name}"
    return create(term, queries.free_name(term, name), user_id, changes)


def rename(scenario: Scenario, name: str) -> Scenario:
    """Give a scenario another name."""
    scenario.name = name
    db.session.flush()
    return scenario


def add_change(scenario: Scenario, change: AnyChange, position: int | None = None) -> Scenario:
    """One more change, at the end or where it was before it was removed."""
    changes = read_changes(scenario.changes)
    if change in changes:
        raise DomainError(_("The scenario changes this already."))
    changes.insert(len(changes) if position is None else position, change)
    return _set_changes(scenario, changes)


def remove_change(scenario: Scenario, position: int) -> AnyChange:
    """Take a change out; the one that was there. Raises DomainError when there is none at this position."""
    changes = read_changes(scenario.changes)
    if position >= len(changes):
        raise DomainError(_("This change is gone already."))
    removed = changes.pop(position)
    _set_changes(scenario, changes, check=False)
    return removed


def _set_changes(scenario: Scenario, changes: list[AnyChange], check: bool = True) -> Scenario:
    if scenario.taken_over:
        raise DomainError(_("The changes of this scenario are taken over. Make another scenario."))
    if queries.active_job(scenario) is not None:
        raise DomainError(_("The scenario is being planned. Wait until that is over, or stop it."))
    if check:
        refuse_impossible(prepared(scenario.term).document, changes)
    scenario.changes = stored(changes)
    db.session.flush()
    return scenario


def plan(scenario: Scenario, seconds: int, user_id: int) -> ScenarioJob:
    """Queue a job for a scenario."""
    if scenario.taken_over:
        raise DomainError(_("The changes of this scenario are taken over. Plan the term itself."))
    if not prepared(scenario.term).document.sections:
        raise DomainError(_("There is nothing to plan yet: open sections first."))
    return request_scenario_plan(scenario, seconds, user_id)


def plan_all(term: Term, ids: Sequence[int], seconds: int, user_id: int, control: bool) -> int:
    """Queue jobs for several scenarios, one after the other; how many. With ``control`` for the term as it is, too.

    Scenarios that wait or are being planned already are passed over.
    """
    chosen = [scenario for scenario in queries.scenarios_of(term) if scenario.id in set(ids)]
    if control:
        chosen.insert(0, _control(term, user_id))
    free = [
        scenario
        for scenario in dict.fromkeys(chosen)
        if not scenario.taken_over and queries.active_job(scenario) is None
    ]
    if not free:
        raise DomainError(_("Choose at least one scenario that is not being planned."))
    return len([plan(scenario, seconds, user_id) for scenario in free])


def _control(term: Term, user_id: int) -> Scenario:
    """The scenario that changes nothing, so that what a longer search alone wins is seen."""
    controls = (
        scenario
        for scenario in queries.scenarios_of(term)
        if not read_changes(scenario.changes) and not scenario.taken_over
    )
    return next(controls, None) or create(term, queries.free_name(term, _("As it is, searched on")), user_id)


def stop(job: ScenarioJob) -> None:
    """End a job with the best plan found so far."""
    request_stop(job)
