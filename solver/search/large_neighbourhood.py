"""From a term to a plan: candidates, a first plan, improvement, and a plain check before anything is returned."""

from collections.abc import Callable
from contextlib import closing

from solver.model.check import check
from solver.problem.plan import Plan
from solver.problem.term import Term
from solver.progress import Observer, Phase, Progress, Silence
from solver.result import Result, Status
from solver.search.candidates import Candidates
from solver.search.construct import adopt, insert_all
from solver.search.improve import Improvement
from solver.search.incumbent import Incumbent
from solver.search.infeasibility import reason_in, reasons
from solver.search.lagrangian.ascent import Ascent
from solver.search.pinned_sections import PinVerdict, place_pinned
from solver.search.worker_pool import worker_pool_of
from solver.settings import Settings
from solver.stopping import StoppingCriterion, never


def search_large_neighbourhoods(
    term: Term,
    settings: Settings | None = None,
    observer: Observer | None = None,
    stop: Callable[[], bool] = never,
    start: Plan | None = None,
) -> Result:
    """The best plan found within the settings.

    ``stop`` is polled several times a second; when it answers true, the best plan so far is returned. What is legal of
    the plan ``start``, or else of the term's previous plan, is where the search begins. With several workers, call it
    from a process with a single thread, since it may fork.
    """
    return _Solve(term, settings or Settings(), observer or Silence(), stop).run(start)


class _Solve:
    def __init__(self, term: Term, settings: Settings, observer: Observer, stop: Callable[[], bool]) -> None:
        self.term = term
        self.settings = settings
        self.observer = observer
        self.stopping = StoppingCriterion(settings.seconds, stop)
        self._enter(Phase.PREPARE)
        self.incumbent = Incumbent(Candidates(term))
        self.ascent = Ascent(self.incumbent.candidates, self.stopping, self._tell_bound)

    def run(self, start: Plan | None) -> Result:
        self._enter(Phase.CONSTRUCT)
        adopt(self.incumbent, start or Plan(self.term.previous))
        verdict = self._construct()
        if verdict is not PinVerdict.KEPT:
            return self._without_plan(Status.INFEASIBLE if verdict is PinVerdict.IMPOSSIBLE else Status.UNDECIDED)
        self._report(Phase.CONSTRUCT, "")
        self._enter(Phase.IMPROVE)
        improvement = Improvement(self.incumbent, self.settings, self.stopping, self.ascent)
        with closing(worker_pool_of(self.incumbent.candidates, self.settings.workers)) as pool:
            improvement.run(pool, lambda neighbourhood: self._report(Phase.IMPROVE, neighbourhood))
        self._enter(Phase.FINISH)
        self.incumbent.restore(improvement.best)
        return self._finished()

    def _construct(self) -> PinVerdict:
        """Place what can be placed, even when preparing took all the time; pinned sections even after a stop."""
        sections = self.incumbent.candidates.sections
        missing = [section.index for section in sections if self.incumbent.placements[section.index] is None]
        insert_all(self.incumbent, missing, self.stopping.without_deadline())
        return place_pinned(self.incumbent, self.settings.seed, self.stopping)

    def _finished(self) -> Result:
        plan = self.incumbent.plan()
        report = check(self.term, plan)
        if report.violations or report.total != self.incumbent.total:
            raise AssertionError(f"the incumbent disagrees with the check: {self.incumbent.total}, {report}")
        return Result(
            status=self._status(report.total),
            plan=plan,
            total=report.total,
            cost=report.cost,
            bound=self.ascent.bound,
            seconds=self.stopping.elapsed(),
            placed=report.placed,
            unplaced=report.unplaced,
            reasons=reasons(self.incumbent),
        )

    def _status(self, total: int) -> Status:
        if total <= self.ascent.bound:
            return Status.OPTIMAL
        return Status.STOPPED if self.stopping.stopped else Status.FEASIBLE

    def _without_plan(self, status: Status) -> Result:
        sections = self.incumbent.candidates.sections
        blocked = {
            section.section.id: reason_in(self.incumbent, section.index)
            for section in sections
            if section.section.pinned and self.incumbent.placements[section.index] is None
        }
        return Result(
            status=status,
            plan=None,
            total=None,
            cost={},
            bound=self.ascent.bound,
            seconds=self.stopping.elapsed(),
            placed=0,
            unplaced=len(sections),
            reasons=blocked,
        )

    def _enter(self, phase: Phase) -> None:
        self.observer.entered(phase, self.stopping.elapsed())

    def _tell_bound(self, bound: int) -> None:
        self.observer.bounded(bound, self.stopping.elapsed())

    def _report(self, phase: Phase, neighbourhood: str) -> None:
        plan = self.incumbent.plan()
        self.observer.improved(
            Progress(
                phase=phase,
                seconds=self.stopping.elapsed(),
                total=self.incumbent.total,
                bound=self.ascent.bound,
                placed=len(plan.placed),
                unplaced=len(plan.unplaced),
                plan=plan,
                neighbourhood=neighbourhood,
            )
        )
