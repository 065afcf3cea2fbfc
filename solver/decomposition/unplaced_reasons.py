"""Why sections are left out of a plan, part by part, so that a city takes no more memory than a part of it."""

from collections.abc import Collection, Iterator

from solver.analysis.plan_index import PlanIndex
from solver.decomposition.blocks import blocks_of
from solver.decomposition.partition import Partition
from solver.decomposition.resource_shares import ResourceShares
from solver.decomposition.subproblem import subproblem_of
from solver.problem.plan import Plan
from solver.problem.reason import Reason
from solver.problem.term import Term
from solver.search.candidates import Candidates
from solver.search.incumbent import Incumbent
from solver.search.infeasibility import BY_ITSELF, adopted, reason_in, reason_without_pairs

PART_SIZE = 1000
"""Sections that are looked at together."""


def left_out(term: Term, plan: Plan) -> dict[str, Reason]:
    """The first reason of each section that a plan leaves out, even a plan that breaks rules (see first_reason)."""
    missing = [section.id for section in term.sections if section.id not in plan.placed]
    return dict(_reasons(term, plan, missing))


def first_reason(term: Term, plan: Plan, section: str) -> Reason:
    """The first reason why a section is left out of a plan. Raises KeyError for an unknown section.

    Codes and their parameters: ``no room`` (code of the rule that leaves none, rooms before it), ``no teacher``
    (likewise), ``no week`` (code of the rule), ``no hours`` (code of the rule), ``term ends too early``,
    ``teacher reach`` (rooms, teachers), ``no common hours`` (rooms, teachers), ``rooms taken`` (rooms),
    ``teachers full`` (teachers), ``teachers taken`` (teachers), ``all taken`` (pairs of room and teacher),
    ``budget`` (unit, cheapest fees, yuan left), ``too costly`` (cost of placing, cost of leaving out),
    ``could be placed`` (what that would save).
    """
    return dict(_reasons(term, plan, [term.section[section].id]))[section]


def precheck(term: Term) -> dict[str, Reason]:
    """The sections that no plan at all can place, each with the first reason."""
    return {
        section.section.id: reason_without_pairs(term, section.section)
        for incumbent in _incumbents(term, Plan({}), [section.id for section in term.sections])
        for section in incumbent.candidates.sections
        if not section.pairs
    }


def reason_for_whole_term(term: Term, section: str, reason: Reason) -> Reason:
    """A reason found among the rooms and teachers in reach, as it is among all of the term."""
    return reason_without_pairs(term, term.section[section]) if reason.code in BY_ITSELF else reason


def _reasons(term: Term, plan: Plan, names: Collection[str]) -> Iterator[tuple[str, Reason]]:
    for incumbent in _incumbents(term, plan, names):
        for number, section in enumerate(incumbent.candidates.term.sections):
            if section.id in names:
                yield section.id, reason_for_whole_term(term, section.id, reason_in(incumbent, number))


def _incumbents(term: Term, plan: Plan, names: Collection[str]) -> Iterator[Incumbent]:
    """Some sections of a term that are not placed, in parts with all that they can reach."""
    plan_index, asked = PlanIndex(term, plan.placed), set(names)
    blocks = blocks_of(term, PART_SIZE)
    shares = ResourceShares(term, blocks)
    for part in Partition(term, blocks, PART_SIZE).along_network():
        sections = [section for section in shares.sections(part) if section.id in asked]
        if sections:
            subproblem = subproblem_of(plan_index, shares.all_in_reach(plan_index, sections))
            yield adopted(Candidates(subproblem.term), Plan(dict(subproblem.now)))
