"""Rules and costs together: the model that CP-SAT solves."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from solver.model.assignment_model import AssignmentModel
from solver.model.base import CostPart, Rule
from solver.model.costs import COST, COUPLED_COSTS
from solver.model.cp_sat import Effort, SearchAnswer, minimise
from solver.model.expression import Expression
from solver.model.placed_sections import PlacedSections
from solver.model.priced_placement import PricedPlacement
from solver.model.rules import BETWEEN_SECTIONS, RULES
from solver.problem.term import Section


def post_rules(model: AssignmentModel, rules: tuple[Rule[Any], ...] = RULES) -> None:
    """Post every rule between sections in a model whose options keep the rules of single sections."""
    model.place_once()
    for rule in rules:
        rule.post(model)


def cost_expressions(model: AssignmentModel, parts: tuple[CostPart[Any], ...] = COST) -> dict[str, Expression]:
    """The weighted expression of each part of the cost of the sections of a model, by the part's name."""
    return {part.name: weight * part.express(model) for part in parts if (weight := part.weight(model.term.weights))}


def choice_model(
    sections: Sequence[Section],
    fixed: PlacedSections[Any],
    offered: Sequence[PricedPlacement],
    required: Iterable[Section] = (),
) -> tuple[AssignmentModel, Expression]:
    """The model of taking at most one of the offered placements for each of some sections, and its cost.

    The options of the model are in the order of ``offered``. What placements cost by themselves is known, so that only
    the coupled costs have to be stated. The required sections take one of their options.
    """
    model = AssignmentModel(fixed.term, sections, fixed)
    for placement in offered:
        model.add(placement.section, placement.series, placement.room, placement.teacher)
    post_rules(model, BETWEEN_SECTIONS)
    for section in required:
        model.require(section)
    by_themselves = model.total(zip(model.options, (placement.cost for placement in offered), strict=True))
    return model, sum(cost_expressions(model, COUPLED_COSTS).values(), by_themselves)


def choose_cheapest(
    sections: Sequence[Section],
    fixed: PlacedSections[Any],
    offered: Sequence[PricedPlacement],
    effort: Effort,
    hint: Sequence[int] = (),
    required: Iterable[Section] = (),
    stop: Callable[[], bool] | None = None,
) -> SearchAnswer:
    """The cheapest of the offered placements of some sections beside fixed ones, at most one for each section.

    The answer and ``hint``, a choice to begin with, are positions in ``offered``. The required sections get a placement
    or there is no answer.
    """
    model, objective = choice_model(sections, fixed, offered, required)
    return minimise(model.cp_model, objective, [option.literal for option in model.options], effort, hint, stop)
