"""A large term in parts: rooms, teachers and money are shared out anew in every phase, so that no border stays one."""

from collections.abc import Callable, Sequence
from contextlib import closing
from functools import partial
from random import Random

from msgspec.structs import replace

from solver.analysis.plan_index import PlanIndex
from solver.decomposition.blocks import blocks_of
from solver.decomposition.feasible_subset import feasible_subset_of
from solver.decomposition.jobs import PartAnswer, PartOrder, plan_part
from solver.decomposition.partition import Partition
from solver.decomposition.pinned import place_pinned_in_parts
from solver.decomposition.resource_shares import ResourceShares
from solver.decomposition.subproblem import Part, Subproblem, subproblem_of
from solver.decomposition.task_queue import Task, TaskQueue
from solver.decomposition.unplaced_reasons import reason_for_whole_term
from solver.model.check import check
from solver.problem.plan import Plan
from solver.problem.reason import Reason
from solver.problem.term import Section, Term
from solver.processes import pool_of
from solver.processes.base import Pool
from solver.progress import Observer, Phase, Progress
from solver.result import Result, Status
from solver.settings import Settings
from solver.stopping import StoppingCriterion

BLOCKS_OF_A_PART = 4
"""A unit is divided where it has more than this share of a part's sections."""
PHASE_ENDS = (0.5, 0.75, 0.97)
"""When each phase ends, as a share of all seconds: the first cuts along the network, the others across it."""


class City:
    """One solve of a term in parts."""

    def __init__(self, term: Term, settings: Settings, observer: Observer, stop: Callable[[], bool]) -> None:
        self._settings = settings
        self._observer = observer
        self._stop = stop
        self._stopping = StoppingCriterion(settings.seconds, stop)
        self._phase = Phase.PREPARE
        self._enter(Phase.PREPARE)
        blocks = blocks_of(term, max(1, settings.part_size // BLOCKS_OF_A_PART))
        self._cuts = Partition(term, blocks, settings.part_size)
        self._shares = ResourceShares(term, blocks)
        self._plan_index = PlanIndex(term, {})
        self._total = 0
        self._reasons: dict[str, Reason] = {}

    def run(self, start: Plan | None) -> Result:
        """The best plan found in the time there is."""
        term = self._plan_index.term
        self._plan_index = PlanIndex(term, feasible_subset_of(term, start.placed if start else term.previous))
        cut = self._cuts.along_network()
        self._plan_index, failure = place_pinned_in_parts(
            self._plan_index, self._shares, cut, self._settings, self._stop
        )
        if failure is not None:
            return self._without_plan(failure)
        self._total = check(term, Plan(self._plan_index.placed)).total
        with closing(pool_of(plan_part, self._settings.workers, self._settings.executor, self._stop)) as pool:
            self._improve(pool)
            self._enter(Phase.FINISH)
            self._try_unplaced(pool)
        return self._finished()

    def _improve(self, pool: Pool[PartOrder, PartAnswer]) -> None:
        random = Random(self._settings.seed)
        for number, end in enumerate(PHASE_ENDS):
            self._enter(Phase.IMPROVE if number else Phase.CONSTRUCT)
            cut = self._cuts.across(random) if number else self._cuts.along_network()
            parts = self._shares.share_out(self._plan_index, cut)
            # parts are what is worked on side by side, each in one process; their bounds would say nothing of the whole
            settings = replace(self._settings, seed=random.getrandbits(31), workers=1, bound_share=0.0)
            tasks = [self._task(partial(self._subproblem, part), len(part.sections)) for part in parts]
            TaskQueue(tasks, pool, settings, self._stopping, end * self._settings.seconds).run()

    def _try_unplaced(self, pool: Pool[PartOrder, PartAnswer]) -> None:
        """Offer everything in reach to the sections that are left out, and learn why it does not help."""
        settings = replace(self._settings, max_rounds=0, workers=1)
        tasks = []
        for part in self._cuts.along_network():
            missing = [section for section in self._shares.sections(part) if section.id not in self._plan_index.placed]
            if missing:
                subproblem = partial(self._with_all_in_reach, missing)
                tasks.append(Task(len(missing), subproblem, partial(self._bring_in_with_reasons, subproblem)))
        TaskQueue(tasks, pool, settings, self._stopping, self._settings.seconds).run()

    def _subproblem(self, part: Part) -> Subproblem:
        return subproblem_of(self._plan_index, part)

    def _with_all_in_reach(self, sections: Sequence[Section]) -> Subproblem:
        return subproblem_of(self._plan_index, self._shares.all_in_reach(self._plan_index, sections))

    def _task(self, subproblem: Callable[[], Subproblem], size: int) -> Task:
        return Task(size, subproblem, partial(self._bring_in, subproblem))

    def _bring_in_with_reasons(self, current: Callable[[], Subproblem], answer: PartAnswer) -> bool:
        self._reasons.update(answer.reasons)
        return self._bring_in(current, answer)

    def _bring_in(self, current: Callable[[], Subproblem], answer: PartAnswer) -> bool:
        """Take an answer over if it still fits and costs less; false where it does not fit."""
        subproblem = current()
        if answer.placed is None or answer.placed == subproblem.free_now:
            return True
        # Answers to parts handed out at the same time may have changed what is beside this one: judged as it is now.
        before, after = subproblem.report(subproblem.free_now), subproblem.report(answer.placed)
        if after.violations or not subproblem.knows(answer.placed):
            return False
        if after.total < before.total:
            # the order of a set differs from process to process; that of the names does not
            changes = {name: answer.placed.get(name) for name in sorted(subproblem.free)}
            self._plan_index = self._plan_index.changed(changes)
            self._total += after.total - before.total
            self._report()
        return True

    def _finished(self) -> Result:
        plan = self._plan()
        report = check(self._plan_index.term, plan)
        if report.violations or report.total != self._total:
            raise AssertionError(f"the parts disagree with the whole: {self._total}, {report}")
        return Result(
            status=Status.STOPPED if self._stopping.stopped else Status.FEASIBLE,
            plan=plan,
            total=report.total,
            cost=report.cost,
            bound=0,
            seconds=self._stopping.elapsed(),
            placed=report.placed,
            unplaced=report.unplaced,
            reasons=self._among_all({name: self._reasons[name] for name in plan.unplaced if name in self._reasons}),
        )

    def _without_plan(self, answer: PartAnswer) -> Result:
        return Result(
            status=answer.status,
            plan=None,
            total=None,
            cost={},
            bound=0,
            seconds=self._stopping.elapsed(),
            placed=0,
            unplaced=len(self._plan_index.term.sections),
            reasons=self._among_all(answer.reasons),
        )

    def _among_all(self, reasons: dict[str, Reason]) -> dict[str, Reason]:
        return {name: reason_for_whole_term(self._plan_index.term, name, reason) for name, reason in reasons.items()}

    def _enter(self, phase: Phase) -> None:
        self._phase = phase
        self._observer.entered(phase, self._stopping.elapsed())

    def _plan(self) -> Plan:
        """The plan as it stands, in the order of the term."""
        names, placed = [section.id for section in self._plan_index.term.sections], self._plan_index.placed
        return Plan(
            {name: placed[name] for name in names if name in placed},
            tuple(name for name in names if name not in placed),
        )

    def _report(self) -> None:
        plan = self._plan()
        self._observer.improved(
            Progress(
                phase=self._phase,
                seconds=self._stopping.elapsed(),
                total=self._total,
                bound=0,
                placed=len(plan.placed),
                unplaced=len(plan.unplaced),
                plan=plan,
                neighbourhood="",
            )
        )
