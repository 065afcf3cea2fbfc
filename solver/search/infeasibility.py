"""Why a section cannot be placed at all, or is left out: the first reason, found by counting what each step leaves."""

from solver.model.cost_model import BEYOND_ANY_COST
from solver.model.domain import SectionDomain
from solver.model.rules import RULES_OF_ONE_SECTION
from solver.model.rules.day_gap import DayGap
from solver.model.rules.pin import PinHolds
from solver.model.rules.section_window import SectionWindow
from solver.problem.plan import Plan
from solver.problem.reason import Reason, because
from solver.problem.term import Section, Term
from solver.search.candidates import Candidates, SectionCandidates
from solver.search.incumbent import Incumbent
from solver.search.insertion import Insertion

BY_ITSELF = frozenset(
    {"no room", "no teacher", "no week", "no hours", "term ends too early", "teacher reach", "no common hours"}
)
"""The codes of reasons with which other sections have nothing to do."""


def reasons(incumbent: Incumbent) -> dict[str, Reason]:
    """The first reason of every section that is not placed."""
    sections = incumbent.candidates.sections
    return {
        section.section.id: reason_in(incumbent, section.index)
        for section in sections
        if incumbent.placements[section.index] is None
    }


def adopted(candidates: Candidates, plan: Plan) -> Incumbent:
    """An incumbent with all placements of a plan legal by themselves, even where they get in each other's way."""
    incumbent = Incumbent(candidates)
    for name, placement in plan.placed.items():
        index = candidates.section_number.get(name)
        pair_and_number = candidates.find(index, placement) if index is not None else None
        if index is not None and pair_and_number is not None:
            incumbent.place(incumbent.candidate(index, *pair_and_number))
    return incumbent


def reason_in(incumbent: Incumbent, index: int) -> Reason:
    """The first reason why a section is left out of a plan in the making."""
    section = incumbent.candidates.sections[index]
    if not section.pairs:
        return reason_without_pairs(incumbent.candidates.term, section.section)
    best = Insertion(incumbent, index).best(BEYOND_ANY_COST)
    if best is not None:
        added = incumbent.added_cost(best)
        saved = section.unplaced_cost
        return because("could be placed", -added) if added < 0 else because("too costly", added + saved, saved)
    return _beside_others(incumbent, section)


def reason_without_pairs(term: Term, section: Section) -> Reason:
    """Why a section has no candidate at all: the rule that takes the last room, teacher, week or hour from it."""
    domain = SectionDomain(term, section)
    for rule in RULES_OF_ONE_SECTION:
        rooms, teachers = len(domain.rooms), len(domain.teachers)
        rule.narrow(domain)
        if not domain.rooms:
            return because("no room", rule.code, rooms)
        if not domain.teachers:
            return because("no teacher", rule.code, teachers)
        if not domain.weeks:
            return because("no week", rule.code)
    if not any(domain.meeting_sets()):
        return because("no hours", _hours_rule(domain))
    if next(domain.series(), None) is None:
        return because("term ends too early")
    together = "no common hours" if any(domain.pairs()) else "teacher reach"
    return because(together, len(domain.rooms), len(domain.teachers))


def _hours_rule(domain: SectionDomain) -> str:
    """The code of the rule that leaves a section no weekly meetings."""
    if domain.only_meetings is not None:
        return PinHolds.code
    return DayGap.code if domain.weekly_meetings() else SectionWindow.code


def _beside_others(incumbent: Incumbent, section: SectionCandidates) -> Reason:
    """Why none of the candidates of a section is free."""
    patterns = section.patterns
    rooms = {pair.room: incumbent.room_free(pair.room, patterns) for pair in section.pairs}
    hours = {
        (pair.teacher, pair.venue): incumbent.teacher_free(pair.teacher, pair.venue, patterns) for pair in section.pairs
    }
    loads = {pair.teacher: _any_of(incumbent.extra_load(pair.teacher, patterns)) for pair in section.pairs}
    pairs, teachers = section.pairs, len(loads)
    if not any(pair.legal & rooms[pair.room] for pair in pairs):
        return because("rooms taken", len(rooms))
    if not any(pair.legal & loads[pair.teacher] for pair in pairs):
        return because("teachers full", teachers)
    if not any(pair.legal & hours[pair.teacher, pair.venue] & loads[pair.teacher] for pair in pairs):
        return because("teachers taken", teachers)
    free = [
        pair.fees
        for pair in pairs
        if pair.legal & rooms[pair.room] & hours[pair.teacher, pair.venue] & loads[pair.teacher]
    ]
    return _unaffordable(incumbent, section, min(free)) if free else because("all taken", len(pairs))


def _unaffordable(incumbent: Incumbent, section: SectionCandidates, fees: int) -> Reason:
    """The lowest unit whose budget does not bear the fees."""
    term = incumbent.candidates.term
    for unit in section.payers:
        budget = term.unit[unit].budget
        if budget is not None and incumbent.spent[unit] + fees > budget:
            return because("budget", unit, fees, budget - incumbent.spent[unit])
    raise AssertionError("an affordable free place was not found")


def _any_of(levels: list[tuple[int, int]]) -> int:
    series = 0
    for _, bits in levels:
        series |= bits
    return series
