"""The kinds of jobs that the planner carries out: what each searches for, tells on the way and leaves behind."""

from typing import Any, Final

from flask_babel import lazy_gettext as _l

import solver
from scheduler.engine.documents.codec import unpack_plan
from scheduler.engine.documents.drafts import Reasons, reasons_of, save_draft
from scheduler.engine.documents.keys import SECTION, key
from scheduler.engine.runs.job_kind import Claim, JobKind
from scheduler.engine.runs.partial_run import nothing_moved
from scheduler.engine.runs.progress import Findings
from scheduler.engine.runs.search_kinds import PlanSearchKind, SearchKind
from scheduler.engine.runs.search_process import Ended, SearchOrder
from scheduler.models import Plan, PlanningJob, PlanningScope, RecommendationJob, ScenarioJob

WHAT_IF_RANK: Final = 1
"""Terms come before what-ifs, of which many may be queued at once."""


class PlanningKind(PlanSearchKind[PlanningJob]):
    """Plans a term, or a part of it while all else stays: a draft."""

    model = PlanningJob
    refusal = _l("This term is being planned already.")

    def order(self, claim: Claim, job: PlanningJob) -> SearchOrder:
        """Go on from the best plan; a part begins with its base plan."""
        part = None if job.scope is PlanningScope.WHOLE else frozenset(key(SECTION, row.id) for row in job.sections)
        return SearchOrder(
            term=job.term_document, start=job.best_plan or job.base_document, total=job.total, only=part,
            seconds=claim.seconds, elapsed=claim.elapsed, seed=job.seed + claim.attempt - 1,
        )

    def save(
        self, job: PlanningJob, document: solver.Term, plan: solver.Plan, reasons: Reasons | None
    ) -> Plan | None:
        """A draft, unless nothing better was found for a part: that would be its base plan once more."""
        if job.base_document is not None and nothing_moved(job.sections, unpack_plan(job.base_document), plan):
            job.reasons = reasons_of(job.sections, reasons or {})
            return None
        # what a part costs at least, with all else kept, is not what every plan of the term costs
        bound = job.bound if job.scope is PlanningScope.WHOLE else None
        return save_draft(
            job.term, document, plan, job.draft_name or "", bound, created_by_id=job.requested_by_id, unplaced=reasons
        )


class ScenarioKind(PlanSearchKind[ScenarioJob]):
    """Plans a term with the changes of a scenario: the plan of that scenario."""

    model = ScenarioJob
    rank = WHAT_IF_RANK
    refusal = _l("This scenario is being planned already.")

    def order(self, claim: Claim, job: ScenarioJob) -> SearchOrder:
        """Go on from the best plan, or begin with the one that the scenario will be compared with."""
        return SearchOrder(
            term=job.term_document, start=job.best_plan or job.start_plan, total=job.total,
            seconds=claim.seconds, elapsed=claim.elapsed, seed=job.seed + claim.attempt - 1,
        )

    def save(self, job: ScenarioJob, document: solver.Term, plan: solver.Plan, reasons: Reasons | None) -> Plan:
        """The scenario's plan, in the place of the one before."""
        return save_draft(
            job.term, document, plan, bound=job.bound, created_by_id=job.requested_by_id, unplaced=reasons,
            scenario=job.scenario,
        )


class RecommendationKind(SearchKind[RecommendationJob]):
    """Tries what would help a plan most: findings, which are kept after each trial, and nothing else at the end."""

    model = RecommendationJob
    rank = WHAT_IF_RANK
    refusal = _l("It is being found out already.")

    def order(self, claim: Claim, job: RecommendationJob) -> SearchOrder:
        """Ask about the plan as it was when somebody asked."""
        return SearchOrder(
            term=job.term_document, start=job.asked_document, total=None, asks=True,
            seconds=claim.seconds, elapsed=claim.elapsed, seed=job.seed + claim.attempt - 1,
        )

    def record(self, job_id: int, message: Findings) -> None:
        """Keep what has been found out until now."""
        self.write(job_id, findings=message.trials)

    def conclude(self, job: RecommendationJob, message: Ended | None) -> None:
        """Everything is kept already."""


JOB_KINDS: Final[tuple[JobKind[Any], ...]] = (PlanningKind(), ScenarioKind(), RecommendationKind())
