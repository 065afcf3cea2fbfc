"""A published plan made whole again: what is still legal stays, only what must go elsewhere or make way moves."""

from collections import Counter
from collections.abc import Callable
from itertools import islice

from msgspec.structs import replace

from solver.candidates import narrowed
from solver.check import check
from solver.decompose.keep import kept_of
from solver.decompose.scene import Part, Scene, scene_of
from solver.explain.moves import occupants
from solver.explain.study import Study
from solver.patience import Patience, never
from solver.plan import Placement, Plan
from solver.progress import Observer
from solver.result import Result, Status
from solver.settings import Settings
from solver.solve import solve
from solver.surroundings import Surroundings
from solver.term import Section, Term

LEAST_SHARE = 0.5
"""The share of the time that is searched even where finding out what has to move took longer."""
MOST_CHANCES = 40
MAKING_WAY = 10
"""How many sections may make way for each one that has no free place."""
FIRST = 20
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
    patience = Patience(settings.seconds)
    around = Surroundings(term, kept_of(term, term.previous))
    missing = [section for section in term.sections if section.id not in around.placed]
    loose = {section.id for section in missing} | _in_the_way(Study(around), missing)
    scene = scene_of(around, _part(around, [section for section in term.sections if section.id in loose]))
    left = max(LEAST_SHARE * settings.seconds, settings.seconds - patience.elapsed())
    quick = replace(settings, seconds=left, bound_share=0.0)
    found = solve(_changes_first(scene.term), quick, observer, stop, start=Plan(dict(scene.now)))
    return found if found.plan is None else _whole(around, scene, found, found.plan, patience)


def _in_the_way(study: Study, missing: list[Section]) -> set[str]:
    """For each section without a free place those that hold most of what it could have."""
    found: set[str] = set()
    for section in missing:
        prospects = study.prospects(section.id)
        if next(prospects.free(), None) is None:
            holders: Counter[str] = Counter()
            for chance in islice(prospects.blocked(), MOST_CHANCES):
                holders.update(occupants(prospects, chance))
            found.update(other for other, _ in holders.most_common(MAKING_WAY))
    return found


def _part(around: Surroundings, loose: list[Section]) -> Part:
    """The loose sections with all rooms and teachers they could have, and the money that nobody else has spent."""
    rooms: set[str] = set()
    teachers: set[str] = set()
    own: Counter[str] = Counter()
    for section in loose:
        for room, teacher in narrowed(around.term, section).pairs():
            rooms.add(room.id)
            teachers.add(teacher.id)
        for unit in around.term.payers(section) if section.id in around.placed else ():
            own[unit] += around.fees(section.id)
    return Part(
        sections=loose,
        rooms=[room for room in around.term.rooms if room.id in rooms],
        teachers=[teacher for teacher in around.term.teachers if teacher.id in teachers],
        allowance={
            unit.id: unit.budget - around.spent[unit.id] + own[unit.id]
            for unit in around.term.units
            if unit.budget is not None
        },
    )


def _changes_first(term: Term) -> Term:
    """The term in which missing and moved learners count before everything else."""
    weights = term.weights
    moved = [FIRST * weight for weight in (weights.moved_time, weights.moved_room, weights.moved_teacher)]
    time, room, teacher = moved if any(moved) else (1, 1, 1)
    first = replace(
        weights, unplaced=FIRST * weights.unplaced, moved_time=time, moved_room=room, moved_teacher=teacher
    )
    return replace(term, weights=first)


def _whole(around: Surroundings, scene: Scene, found: Result, part: Plan, patience: Patience) -> Result:
    """The result for the whole term, checked."""
    placed = {name: placement for name, placement in part.placed.items() if name in scene.free}
    if not scene.knows(placed):
        raise AssertionError("a section was given a stand-in")
    changed: dict[str, Placement | None] = {name: placed.get(name) for name in scene.free}
    whole, term = around.changed(changed).placed, around.term
    plan = Plan(whole, tuple(section.id for section in term.sections if section.id not in whole))
    report = check(term, plan)
    if report.violations:
        raise AssertionError(f"a repaired plan breaks rules: {report.violations}")
    return replace(
        found,
        status=Status.FEASIBLE if found.status is Status.OPTIMAL else found.status,
        plan=plan,
        total=report.total,
        cost=report.cost,
        bound=0,
        seconds=patience.elapsed(),
        placed=report.placed,
        unplaced=report.unplaced,
        reasons={name: reason for name, reason in found.reasons.items() if name in scene.free},
    )
