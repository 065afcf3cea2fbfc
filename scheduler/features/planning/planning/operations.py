"""Changes of plans and jobs; the search itself is the worker's."""

from flask_babel import gettext as _, ngettext

from scheduler.core.errors import DomainError
from scheduler.core.extensions import db
from scheduler.domain.publishing import publication
from scheduler.engine.documents import uploads
from scheduler.engine.runs.partial_run import PartSelection
from scheduler.engine.runs.planning_jobs import request_plan
from scheduler.engine.runs.queue import request_stop
from scheduler.features.planning.planning.queries import section_count
from scheduler.models import Plan, PlanningJob, PlanStatus, Term

SHOWN_PROBLEMS = 8


def start(term: Term, seconds: int, repair: bool, requested_by_id: int) -> PlanningJob:
    """Ask for a plan of the term as it is now."""
    if section_count(term) == 0:
        raise DomainError(_("There is nothing to plan yet: open sections first."))
    return request_plan(term, seconds, repair, requested_by_id)


def start_again(choice: PartSelection, seconds: int, repair: bool, requested_by_id: int) -> PlanningJob:
    """Ask for a plan in which only what is chosen may differ from the base plan."""
    if not choice.sections:
        raise DomainError(_("There is nothing to plan again: no section is chosen."))
    return request_plan(choice.base.term, seconds, repair, requested_by_id, choice)


def stop(job: PlanningJob) -> None:
    """End a job with the best plan found so far."""
    request_stop(job)


def rename(plan: Plan, name: str) -> None:
    """Give a plan another name."""
    plan.name = name
    db.session.flush()


def set_discarded(plan: Plan, discarded: bool) -> None:
    """Take a plan out of the lists, or bring it back as a draft."""
    if plan.status is PlanStatus.PUBLISHED:
        raise DomainError(_("A published plan cannot be discarded. Publish another one in its place."))
    standing = PlanStatus.SCENARIO if plan.assumes else PlanStatus.DRAFT
    plan.status = PlanStatus.DISCARDED if discarded else standing
    db.session.flush()


def publish(plan: Plan) -> publication.Changes:
    """Publish a plan, unless the term has changed so that the plan breaks a rule today."""
    _refuse_broken(plan)
    return publication.publish(plan)


def preview(plan: Plan) -> publication.Changes:
    """What publishing a plan would do. Raises DomainError where it cannot be published."""
    _refuse_broken(plan)
    return publication.changes_of(plan)


def summary(changes: publication.Changes) -> str:
    """What publishing has done, in words."""
    asked, sentences = len(changes.asked), []
    if asked:
        venues = ngettext("%(num)s venue", "%(num)s venues", changes.venues)
        sentences.append(
            ngettext(
                "%(num)s request went to %(venues)s.", "%(num)s requests went to %(venues)s.", asked, venues=venues
            )
        )
    if changes.automatic:
        sentences.append(
            ngettext("%(num)s was confirmed at once.", "%(num)s were confirmed at once.", len(changes.automatic))
        )
    if changes.kept:
        sentences.append(
            ngettext("%(num)s request stays as it was.", "%(num)s requests stay as they were.", len(changes.kept))
        )
    return " ".join(sentences)


def judge_upload(term: Term, data: bytes) -> uploads.JudgedPlan:
    """The plan of an uploaded document. Raises DomainError with what is wrong; nothing is changed by it."""
    return uploads.judge_upload(term, data)


def save_upload(term: Term, judged: uploads.JudgedPlan, name: str, created_by_id: int) -> Plan:
    """A draft from an uploaded plan that was judged."""
    return uploads.save_upload(term, judged, name, created_by_id)


def _refuse_broken(plan: Plan) -> None:
    publication.refuse_what_if(plan)
    problems = uploads.problems_of(plan)
    if problems:
        shown = [*problems[:SHOWN_PROBLEMS], *(["…"] if len(problems) > SHOWN_PROBLEMS else [])]
        raise DomainError(" ".join([_("The plan no longer fits the term; plan again, then publish."), *shown]))
