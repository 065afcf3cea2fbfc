"""Some sections of a term planned again, while all others stay exactly where a plan has them.

The others are the fixed sections of a subproblem, so that nobody works out what the whole term could have; what the
search tells on its way is told of the whole plan.
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from msgspec import Struct
from msgspec.structs import replace

from solver.analysis.plan_index import PlanIndex
from solver.decomposition.city import City
from solver.decomposition.feasible_subset import feasible_subset_of
from solver.decomposition.subproblem import Part, Subproblem, subproblem_of
from solver.decomposition.unplaced_reasons import left_out
from solver.model.check import check, violations
from solver.model.timetable import Timetable
from solver.problem.plan import Placement, Plan
from solver.problem.term import Pin, Section, Term
from solver.problem.violation import Violation
from solver.progress import Observer, Phase, Progress
from solver.result import Result
from solver.search.candidates import narrowed
from solver.search.large_neighbourhood import search_large_neighbourhoods
from solver.settings import Settings
from solver.stopping import StoppingCriterion

LEAST_SHARE = 0.5
"""The share of the time that is searched even where finding out what surrounds the part took longer."""

INITIAL_TEMPERATURE = 0.005
"""The warmth of a search that begins with a plan: a warmer one would first lose much of what is good about it."""


class Broken(Struct, frozen=True):
    """What is to stay but breaks rules: ``sections`` would have to be planned again, too, so that the rest breaks none.

    Sections that are pinned but have no place are among them.
    """

    sections: tuple[str, ...]
    violations: tuple[Violation, ...]


@dataclass(frozen=True)
class _Start:
    """The placements with which the search begins and what they cost; ``unchanged`` if the plan broke no rule."""

    placed: dict[str, Placement]
    total: int
    unchanged: bool


class BrokenError(Exception):
    """What is to stay breaks rules by itself; ``broken`` says which sections that concerns."""

    def __init__(self, broken: Broken) -> None:
        super().__init__(f"what is kept breaks rules: {', '.join(broken.sections)}")
        self.broken = broken


def broken(term: Term, plan: Plan, only: Collection[str]) -> Broken | None:
    """What breaks rules among the sections outside ``only``; None where they can stay as a plan has them."""
    rest = _without(term, set(only))
    stay = {name: placement for name, placement in plan.placed.items() if name in rest.section}
    broken_rules = tuple(violations(Timetable(rest, Plan(stay))))
    if not broken_rules:
        return None
    legal = feasible_subset_of(rest, stay)
    displaced = (
        section.id
        for section in rest.sections
        if section.id not in legal and (section.id in stay or section.pinned)
    )
    return Broken(tuple(displaced), broken_rules)


def replan_only(
    term: Term, plan: Plan, only: Collection[str], settings: Settings, observer: Observer, stop: Callable[[], bool]
) -> Result:
    """The best plan found in which all sections outside ``only`` stay where a plan has them, or stay unplaced.

    Unless the plan breaks a rule, it costs no more and leaves out nothing that has a place. The bound is that of all
    such plans.
    Raises BrokenError where the others break a rule by themselves, ValueError where the term has no such section.
    """
    unknown = sorted(set(only) - term.section.keys())
    if unknown:
        raise ValueError(f"the term has no section {unknown[0]!r}")
    stopping = StoppingCriterion(settings.seconds)
    begin = _legal(term, plan, set(only))
    plan_index = PlanIndex(term, begin.placed)
    subproblem = subproblem_of(
        plan_index, with_all_in_reach(plan_index, [section for section in term.sections if section.id in set(only)])
    )
    # the search knows the cost of the subproblem alone; what the others cost beyond it never changes
    apart = begin.total - subproblem.report(subproblem.free_now).total
    whole_term_observer = _WholeTermObserver(plan_index, subproblem, apart, observer)
    left = max(LEAST_SHARE * settings.seconds, settings.seconds - stopping.elapsed())
    inside = replace(settings, seconds=left, warmth=min(INITIAL_TEMPERATURE, settings.warmth))
    searched = _none_left_out(subproblem) if begin.unchanged else subproblem.term
    result = plan_subproblem(subproblem, searched, inside, whole_term_observer, stop)
    return replace(
        result_for_whole_term(plan_index, subproblem, result), bound=apart + result.bound, seconds=stopping.elapsed()
    )


def _legal(term: Term, plan: Plan, only: set[str]) -> _Start:
    """Where the search begins: all others as they are, and of the chosen what breaks no rule."""
    placed = {name: placement for name, placement in plan.placed.items() if name in term.section}
    report = check(term, Plan(placed))
    if not report.violations:
        return _Start(placed, report.total, unchanged=True)
    others_broken = broken(term, plan, only)
    if others_broken is not None:
        raise BrokenError(others_broken)
    legal = feasible_subset_of(term, placed, rather=placed.keys() - only)
    return _Start(legal, check(term, Plan(legal)).total, unchanged=False)


def _none_left_out(subproblem: Subproblem) -> Term:
    """The term of a subproblem in which whatever has a place needs one."""
    placed = subproblem.free_now
    sections = (
        replace(section, pinned=replace(section.pinned or Pin(), placed=True)) if section.id in placed else section
        for section in subproblem.term.sections
    )
    return replace(subproblem.term, sections=tuple(sections))


def with_all_in_reach(plan_index: PlanIndex, sections: Sequence[Section]) -> Part:
    """Some sections with all rooms and teachers they could have, and the money that nobody else has spent."""
    rooms: set[str] = set()
    teachers: set[str] = set()
    own: Counter[str] = Counter()
    for section in sections:
        for room, teacher in narrowed(plan_index.term, section).pairs():
            rooms.add(room.id)
            teachers.add(teacher.id)
        for unit in plan_index.term.payers(section) if section.id in plan_index.placed else ():
            own[unit] += plan_index.fees(section.id)
    return Part(
        sections=sections,
        rooms=[room for room in plan_index.term.rooms if room.id in rooms],
        teachers=[teacher for teacher in plan_index.term.teachers if teacher.id in teachers],
        allowance={
            unit.id: unit.budget - plan_index.spent[unit.id] + own[unit.id]
            for unit in plan_index.term.units
            if unit.budget is not None
        },
    )


def plan_subproblem(
    subproblem: Subproblem, term: Term, settings: Settings, observer: Observer, stop: Callable[[], bool]
) -> Result:
    """Search a subproblem from where its sections are now; ``term`` may differ from its own in weights and in pins."""
    start = Plan(dict(subproblem.now))
    if len(subproblem.free) <= settings.part_size:
        return search_large_neighbourhoods(term, settings, observer, stop, start)
    return City(term, settings, observer, stop).run(start)


def result_for_whole_term(plan_index: PlanIndex, subproblem: Subproblem, result: Result) -> Result:
    """A subproblem's result as one of the whole term, checked; its bound and seconds are still the subproblem's."""
    if result.plan is None:
        blocked = {name: reason for name, reason in result.reasons.items() if name in subproblem.free}
        return replace(result, unplaced=len(plan_index.term.sections), reasons=blocked)
    placed = _free(subproblem, result.plan)
    if not subproblem.knows(placed):
        raise AssertionError("a section was given a substitute")
    plan = _plan(plan_index, subproblem, placed)
    report = check(plan_index.term, plan)
    if report.violations:
        raise AssertionError(f"a part that was planned again breaks rules: {report.violations}")
    return replace(
        result,
        plan=plan,
        total=report.total,
        cost=report.cost,
        placed=report.placed,
        unplaced=report.unplaced,
        reasons=left_out(plan_index.term, plan),
    )


class _WholeTermObserver:
    """Tells of the plans of a subproblem as of plans of the whole term; ``apart`` is what everything else costs."""

    def __init__(self, plan_index: PlanIndex, subproblem: Subproblem, apart: int, observer: Observer) -> None:
        self._plan_index = plan_index
        self._subproblem = subproblem
        self._apart = apart
        self._observer = observer

    def entered(self, phase: Phase, seconds: float) -> None:
        """The phases are the same."""
        self._observer.entered(phase, seconds)

    def improved(self, progress: Progress) -> None:
        """Put the part back into the plan."""
        plan = _plan(self._plan_index, self._subproblem, _free(self._subproblem, progress.plan))
        self._observer.improved(
            replace(
                progress,
                total=self._apart + progress.total,
                bound=self._apart + progress.bound,
                placed=len(plan.placed),
                unplaced=len(plan.unplaced),
                plan=plan,
            )
        )

    def bounded(self, bound: int, seconds: float) -> None:
        """No plan that keeps the others costs less."""
        self._observer.bounded(self._apart + bound, seconds)


def _without(term: Term, names: set[str]) -> Term:
    """The term without some of its sections."""
    return replace(
        term,
        sections=tuple(section for section in term.sections if section.id not in names),
        shared=tuple(pair for pair in term.shared if pair.first not in names and pair.second not in names),
    )


def _free(subproblem: Subproblem, plan: Plan) -> dict[str, Placement]:
    return {name: placement for name, placement in plan.placed.items() if name in subproblem.free}


def _plan(plan_index: PlanIndex, subproblem: Subproblem, placed: Mapping[str, Placement]) -> Plan:
    """The whole plan with the free sections placed so, in the order of the term."""
    all_placed: dict[str, Placement] = {}
    unplaced: list[str] = []
    for section in plan_index.term.sections:
        placement = (placed if section.id in subproblem.free else plan_index.placed).get(section.id)
        if placement is None:
            unplaced.append(section.id)
        else:
            all_placed[section.id] = placement
    return Plan(all_placed, tuple(unplaced))
