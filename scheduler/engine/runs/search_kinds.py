"""What kinds of jobs share that search in a process of their own."""

from abc import abstractmethod
from typing import Any, TypeVar

from sqlalchemy import select, update

import solver
from scheduler.audit.trail import acting_as
from scheduler.core.extensions import db
from scheduler.core.processes import StopToken
from scheduler.engine.documents.codec import unpack_plan, unpack_term
from scheduler.engine.documents.drafts import Reasons, reasons_by_section
from scheduler.engine.runs.job_kind import Claim, JobKind
from scheduler.engine.runs.progress import Improvement
from scheduler.engine.runs.search_process import Ended, SearchOrder
from scheduler.engine.runs.supervision import search_for, transaction
from scheduler.models import JobStatus, Plan, PlanSearchJob, SearchJob, SearchPoint

SearchJobT = TypeVar("SearchJobT", bound=SearchJob)
PlanSearchJobT = TypeVar("PlanSearchJobT", bound=PlanSearchJob)


class SearchKind(JobKind[SearchJobT]):
    """Searches in a child process that the worker watches."""

    def carry_out(self, claim: Claim, ending: StopToken) -> None:
        """Read what to search for, then search without any transaction."""
        with transaction():
            order = self.order_of(claim)
        search_for(claim, order, ending)

    def order_of(self, claim: Claim) -> SearchOrder:
        """What to search for in the time that is left."""
        statement = select(self.model).where(self.model.id == claim.job_id)
        return self.order(claim, db.session.scalars(statement.execution_options(populate_existing=True)).one())

    @abstractmethod
    def order(self, claim: Claim, job: SearchJobT) -> SearchOrder:
        """What a job says to search for."""

    def write(self, job_id: int, **values: Any) -> None:
        """Change details of a job without reading the documents beside them."""
        statement = update(self.model).where(self.model.id == job_id).values(**values)
        db.session.execute(statement.execution_options(synchronize_session=False))


class PlanSearchKind(SearchKind[PlanSearchJobT]):
    """Searches for a plan: keeps each improvement, and the best plan as a plan of the term at the end."""

    def record(self, job_id: int, message: Improvement) -> None:
        """Keep an improvement as a point of the curve, its plan as the best."""
        figures = {
            "total": message.total, "bound": message.bound, "placed": message.placed, "unplaced": message.unplaced,
        }
        self.write(job_id, **figures, **({} if message.plan is None else {"best_plan": message.plan}))
        db.session.add(SearchPoint(job_id=job_id, elapsed=message.elapsed, phase=message.phase[:40], **figures))

    def conclude(self, job: PlanSearchJobT, message: Ended | None) -> None:
        """Save the best plan in the name of whoever asked for it; of a job that failed also why it did."""
        reasons = None if message is None else reasons_by_section(message.reasons)
        if job.status is JobStatus.FAILED:  # the reasons are of the failure, not of what the best plan leaves out
            job.reasons, reasons = reasons or {}, None
        if job.best_plan is None:
            return
        document, plan = unpack_term(job.term_document), unpack_plan(job.best_plan)
        with acting_as(job.requested_by_id):
            job.plan = self.save(job, document, plan, reasons)
            db.session.flush()

    @abstractmethod
    def save(
        self, job: PlanSearchJobT, document: solver.Term, plan: solver.Plan, reasons: Reasons | None
    ) -> Plan | None:
        """The best plan as rows, if it is worth keeping; ``reasons`` of what it leaves out, where they are known."""
