"""Facts of the solver that are defined once: its sources are searched for second definitions, however these are put."""

import ast
from collections.abc import Callable, Iterator
from itertools import combinations

import pytest

from solver.problem.term import Weights
from tests.guards.files import own_files, text_of

Test = Callable[[ast.AST], bool]


def places(test: Test) -> set[str]:
    """The functions of the solver in which something stands that passes a test, each with its module."""
    modules = [name for name in own_files(".py") if name.parts[0] == "solver"]
    assert modules
    return {f"{name} {function}" for name in modules for function in functions_with(test, text_of(name))}


def functions_with(test: Test, source: str) -> Iterator[str]:
    """The names of the functions of a source in which something stands that passes a test."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef) and any(test(inner) for inner in ast.walk(node)):
            yield node.name


def reads_a_priority(node: ast.AST) -> bool:
    """What a section left out weighs depends on its priority, which means nothing else."""
    return isinstance(node, ast.Attribute) and node.attr == "priority"


def reads_a_weight(node: ast.AST) -> bool:
    """``weights.clash``, ``term.weights.clash``: the weight of a part of the cost by its name."""
    return (
        isinstance(node, ast.Attribute)
        and node.attr in Weights.__struct_fields__
        and ast.unparse(node.value).split(".")[-1].endswith("weights")
    )


def compares_a_reach(node: ast.AST) -> bool:
    """``metres <= section.max_metres``, the other way round or with any other sign."""
    sides = [node.left, *node.comparators] if isinstance(node, ast.Compare) else []
    inner_nodes = (inner for side in sides for inner in ast.walk(side))
    return any(isinstance(inner, ast.Attribute) and inner.attr == "max_metres" for inner in inner_nodes)


def compares_spans(node: ast.AST) -> bool:
    """``-a < b - c < d``, or ``b < c + d and c < b + a``: whether two spans of minutes overlap."""
    if isinstance(node, ast.Compare):
        is_range = len(node.ops) == 2 and isinstance(node.left, ast.UnaryOp) and isinstance(node.left.op, ast.USub)
        return is_range and isinstance(node.ops[0], ast.Lt | ast.LtE)
    if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And):
        return any(_cross(*one, *other) for one, other in combinations(_smaller_and_greater(node), 2))
    return False


def _smaller_and_greater(node: ast.BoolOp) -> Iterator[tuple[ast.expr, ast.expr]]:
    for value in node.values:
        if isinstance(value, ast.Compare) and len(value.ops) == 1:
            smaller_first = isinstance(value.ops[0], ast.Lt | ast.LtE)
            yield (value.left, value.comparators[0]) if smaller_first else (value.comparators[0], value.left)


def _cross(small: ast.expr, great: ast.expr, other_small: ast.expr, other_great: ast.expr) -> bool:
    """Whether each of two comparisons adds something to what is the smaller side of the other one."""
    return _adds_to(great, other_small) and _adds_to(other_great, small)


def _adds_to(total: ast.expr, summand: ast.expr) -> bool:
    is_sum = isinstance(total, ast.BinOp) and isinstance(total.op, ast.Add)
    return is_sum and ast.unparse(summand) in ast.unparse(total)


def builds_a_model(node: ast.AST) -> bool:
    """``AssignmentModel(...)``: the beginning of model, rules, costs, minimise."""
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "AssignmentModel"


def makes_time_patterns(node: ast.AST) -> bool:
    """``TimePatterns(...)``: all series of one kind of section, which are worth keeping."""
    return isinstance(node, ast.Call) and ast.unparse(node.func) == "TimePatterns"


def test_the_weight_of_a_section_left_out_is_defined_once() -> None:
    assert places(reads_a_priority) == {"solver/model/costs/unplaced.py unplaced_amount"}


def test_no_weight_of_the_cost_is_read_around_the_cost_model() -> None:
    # where sections gather is weighed by a model of its own
    of_terms = {place for place in places(reads_a_weight) if not place.startswith("solver/location/")}
    # repair plans with weights of its own, which it makes from those of the term
    assert of_terms == {"solver/decomposition/minimal_repair.py _changes_first"}


def test_a_community_within_reach_is_defined_once() -> None:
    others = {
        # how far a teacher goes is another matter, said once to the model and once to the check
        "solver/model/rules/teacher_reach.py narrow",
        "solver/model/rules/teacher_reach.py check",
        # the rectangle around all homes, so that few rooms have to be looked at
        "solver/decomposition/reach.py _fitting_rooms",
    }
    assert places(compares_a_reach) == {"solver/problem/reach.py reaches", *others}


def test_the_overlap_of_two_sessions_is_defined_once() -> None:
    assert places(compares_spans) == {"solver/problem/overlap.py sessions_overlap"}


def test_what_can_be_chosen_is_modelled_once_and_time_patterns_are_made_in_one_cache() -> None:
    assert places(builds_a_model) == {"solver/model/build.py choice_model"}
    assert places(makes_time_patterns) == {"solver/model/pattern_cache.py of"}


QUESTIONS = ("full_days", "sessions_on", "sessions_in", "spent_by", "serves", "count_unserved")


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_plan_in_the_making_is_asked_by_one_method_for_each_question(question: str) -> None:
    def answers(node: ast.AST) -> bool:
        return isinstance(node, ast.FunctionDef) and node.name == question and node.args.args[0].arg == "self"

    assert places(answers) == {f"solver/model/placed_sections.py {question}"}


@pytest.mark.parametrize(
    ("test", "second_definition"),
    [
        (reads_a_priority, "weights.unplaced * section.section.priority * section.section.size"),
        (reads_a_weight, "self._weights.uncovered * count"),
        (reads_a_weight, "candidates.term.weights.clash"),
        (compares_a_reach, "distance(home, venue) > section.max_metres"),
        (compares_a_reach, "ways[name] <= 2 * section.max_metres"),
        (compares_spans, "-before < start - busy < after"),
        (compares_spans, "start < other + second.minutes and other < start + first.minutes"),
        (compares_spans, "start + first.minutes > other and start < other + second.minutes"),
        (builds_a_model, "board = AssignmentModel(term, sections, rest)"),
        (makes_time_patterns, "shapes[key] = TimePatterns(series, minutes)"),
    ],
)
def test_the_search_finds_second_definitions(test: Test, second_definition: str) -> None:
    assert list(functions_with(test, f"def function():\n    {second_definition}\n")) == ["function"]
