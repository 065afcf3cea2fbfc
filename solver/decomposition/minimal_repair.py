"""A published plan made whole again: what is still legal stays, only what must go elsewhere or make way moves."""

from collections import Counter
from collections.abc import Callable
from itertools import islice

from msgspec.structs import replace

from solver.analysis.explain.moves import occupants
from solver.analysis.explain.study import Study
from solver.analysis.plan_index import PlanIndex
from solver.decomposition.feasible_subset import feasible_subset_of
from solver.decomposition.partial_replan import LEAST_SHARE, plan_subproblem, result_for_whole_term, with_all_in_reach
from solver.decomposition.subproblem import subproblem_of
from solver.problem.term import Section, Term
from solver.progress import Observer, Silence
from solver.result import Result, Status
from solver.settings import Settings
from solver.stopping import StoppingCriterion, never

MAX_CHANCES = 40
MAKING_WAY = 10
"""How many sections may make way for each one that has no free place."""
PLACING_FACTOR = 20
"""How much more placing sections, and keeping them as they are, counts than everything else."""


def repair(
    term: Term,
    settings: Settings | None = None,
    observer: Observer | None = None,
    stop: Callable[[], bool] = never,
) -> Result:
    """The previous plan of a term with as little changed as the search finds, and placed what it can place.

    The term's weights say what a moved learner counts beside a missing one; all other parts of the cost only decide
    between plans that change as little. Most of the plan is not searched, so that the bound says nothing. What is
    observed on the way are the plans of the part that is searched.
    """
    settings = settings or Settings()
    stopping = StoppingCriterion(settings.seconds)
    plan_index = PlanIndex(term, feasible_subset_of(term, term.previous))
    missing = [section for section in term.sections if section.id not in plan_index.placed]
    loose = {section.id for section in missing} | _in_the_way(Study(plan_index), missing)
    subproblem = subproblem_of(
        plan_index, with_all_in_reach(plan_index, [section for section in term.sections if section.id in loose])
    )
    left = max(LEAST_SHARE * settings.seconds, settings.seconds - stopping.elapsed())
    quick = replace(settings, seconds=left, bound_share=0.0)
    result = result_for_whole_term(
        plan_index,
        subproblem,
        plan_subproblem(subproblem, _changes_first(subproblem.term), quick, observer or Silence(), stop),
    )
    status = Status.FEASIBLE if result.status is Status.OPTIMAL else result.status
    return replace(result, status=status, bound=0, seconds=stopping.elapsed())


def _in_the_way(study: Study, missing: list[Section]) -> set[str]:
    """For each section without a free place those that hold most of what it could have."""
    making_way: set[str] = set()
    for section in missing:
        prospects = study.prospects(section.id)
        if next(prospects.free(), None) is None:
            holders: Counter[str] = Counter()
            for chance in islice(prospects.blocked(), MAX_CHANCES):
                holders.update(occupants(prospects, chance))
            making_way.update(other for other, _ in holders.most_common(MAKING_WAY))
    return making_way


def _changes_first(term: Term) -> Term:
    """The term in which missing and moved learners count before everything else."""
    weights = term.weights
    moved = [PLACING_FACTOR * weight for weight in (weights.moved_time, weights.moved_room, weights.moved_teacher)]
    time, room, teacher = moved if any(moved) else (1, 1, 1)
    first = replace(
        weights, unplaced=PLACING_FACTOR * weights.unplaced, moved_time=time, moved_room=room, moved_teacher=teacher
    )
    return replace(term, weights=first)
