"""Compares the two sayings of rules and costs: a plan fixed in the CP-SAT model, and the plain check."""

from collections.abc import Sequence
from typing import Any

from ortools.sat.python.cp_model import FEASIBLE, OPTIMAL, CpSolver, LinearExpr

from solver.model.assignment_model import AssignmentModel
from solver.model.base import CostPart, Rule
from solver.model.build import cost_expressions, post_rules
from solver.model.check import check, violations
from solver.model.costs import COST
from solver.model.expression import Expression
from solver.model.rules import RULES
from solver.model.timetable import Timetable
from solver.problem.plan import Placement
from solver.problem.series import Series, series_of
from solver.problem.term import Section
from solver.search.candidates import Candidates, narrowed
from solver.search.incumbent import Incumbent
from tests.solver.tiny import Case

Rules = tuple[Rule[Any], ...]
Parts = tuple[CostPart[Any], ...]


def codes(case: Case, rules: Rules = RULES) -> set[str]:
    """The codes of all violations of a plan."""
    return {violation.code for violation in violations(Timetable(case.term, case.plan), rules)}


def disagreement(
    case: Case, rules: Rules = RULES, parts: Parts = COST, new_rules: Rules = (), new_parts: Parts = ()
) -> str | None:
    """Where the model made of some rules and parts differs from the plain check of all of them; None where nowhere.

    ``new_rules`` and ``new_parts`` are none of the lists; the check reads them as well.
    """
    priced = (*COST, *new_parts)
    report = check(case.term, case.plan, (*RULES, *new_rules), priced)
    amounts = modelled_cost(case, rules, parts)
    if amounts is None:
        return None if report.violations else "the model refuses a plan without violations"
    if report.violations:
        return f"the model allows {report.violations[0]}"
    for part in priced:
        if amounts.get(part.name, 0) != report.cost.get(part.name, 0):
            return (
                f"{part.name}: {amounts.get(part.name, 0)} in the model, {report.cost.get(part.name, 0)} in the check"
            )
    return None


def modelled_cost(case: Case, rules: Rules, parts: Parts) -> dict[str, int] | None:
    """The cost by part of the plan fixed in the model; None where the model has no such solution."""
    model = AssignmentModel(case.term, case.term.sections, Incumbent(Candidates(case.term)))
    chosen = []
    for section in case.term.sections:
        choices = narrowed(case.term, section, rules)
        own_placement = case.plan.placed.get(section.id)
        for placement in [own_placement, *decoys(case, section)]:
            if placement is None or not choices.allows(placement):
                continue
            option = add(model, section, placement)
            if placement is own_placement:
                chosen.append(option.literal)
    if len(chosen) != len(case.plan.placed):
        return None
    post_rules(model, rules)
    expressions = cost_expressions(model, parts)
    model.cp_model.minimize(sum(expressions.values(), LinearExpr.sum([])))
    for option in model.options:
        model.cp_model.add(option.literal == (option.literal in chosen))
    return _values(model, expressions)


def add(model: AssignmentModel, section: Section, placement: Placement) -> Any:
    """An option for any placement, even one that no rule would allow."""
    term = model.term
    series = series_of(term.calendar, section, placement.week, placement.meetings)
    if series is None:
        series = Series(placement.week, placement.meetings, section.minutes, (), 0, 0)
    return model.add(section, series, term.room[placement.room], term.teacher[placement.teacher])


def decoys(case: Case, section: Section) -> Sequence[Placement]:
    """The placements of the other sections, which some sections could take as well."""
    others = [placed for name, placed in sorted(case.plan.placed.items()) if name != section.id]
    return [placed for placed in others if placed != case.plan.placed.get(section.id)]


def _values(model: AssignmentModel, expressions: dict[str, Expression]) -> dict[str, int] | None:
    solver = CpSolver()
    solver.parameters.num_workers = 1
    status = solver.solve(model.cp_model)
    if status not in (OPTIMAL, FEASIBLE):
        return None
    return {name: solver.value(expression) for name, expression in expressions.items()}
