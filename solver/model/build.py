"""Rules and costs on a board: the model that CP-SAT solves."""

from typing import Any

from solver.model.assignment_model import AssignmentModel
from solver.model.base import CostPart, Rule
from solver.model.costs import COST
from solver.model.expression import Expression
from solver.model.rules import RULES


def post_rules(board: AssignmentModel, rules: tuple[Rule[Any], ...] = RULES) -> None:
    """Post every rule between sections on a board whose options keep the rules of single sections."""
    board.place_once()
    for rule in rules:
        rule.post(board)


def cost_expressions(board: AssignmentModel, parts: tuple[CostPart[Any], ...] = COST) -> dict[str, Expression]:
    """The weighted expression of each part of the cost of the free sections, by the part's name."""
    return {part.name: weight * part.express(board) for part in parts if (weight := part.weight(board.term.weights))}
