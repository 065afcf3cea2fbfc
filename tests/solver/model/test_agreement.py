"""Every rule and every part of the cost says the same to CP-SAT and to the plain check; and the comparison can fail."""

from collections import Counter
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from solver.model.base import CostPart, Rule
from solver.model.costs import COST
from solver.model.rules import RULES
from tests.solver.agreement import codes, disagreement
from tests.solver.tiny import Case, tiny_case

CASES = 2500


@settings(max_examples=300, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False))
def test_model_and_check_agree(random: Random) -> None:
    assert disagreement(tiny_case(random)) is None


def test_the_random_plans_are_both_legal_and_not(cases: list[tuple[Case, set[str]]]) -> None:
    outcomes = Counter(not broken for _, broken in cases)
    assert outcomes[True] > CASES / 10
    assert outcomes[False] > CASES / 10


@pytest.fixture(scope="module")
def cases() -> list[tuple[Case, set[str]]]:
    """Many random cases, each with the codes of its violations."""
    drawn = [tiny_case(Random(seed)) for seed in range(CASES)]
    return [(case, codes(case)) for case in drawn]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_missing_rule_is_noticed(rule: Rule[Any], cases: list[tuple[Case, set[str]]]) -> None:
    others = tuple(other for other in RULES if other is not rule)
    telling = [case for case, broken in cases if broken == {rule.code}]
    assert telling, "no random plan breaks this rule alone"
    assert any(disagreement(case, rules=others) for case in telling[:20])


@pytest.mark.parametrize("part", COST, ids=lambda part: part.name)
def test_a_missing_part_of_the_cost_is_noticed(part: CostPart[Any], cases: list[tuple[Case, set[str]]]) -> None:
    others = tuple(other for other in COST if other is not part)
    legal = [case for case, broken in cases if not broken]
    assert any(disagreement(case, parts=others) for case in legal[:500])
