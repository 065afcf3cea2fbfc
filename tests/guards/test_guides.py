"""Code shown in the guides is the code there is; what they show as new keeps what rules and costs have to keep."""

from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest

from solver.model.base import CostPart, Rule
from solver.model.costs import COST
from solver.model.rules import RULES
from tests.guards.files import ROOT, text_of
from tests.guards.papers import Block, blocks
from tests.solver.agreement import codes, disagreement
from tests.solver.tiny import Case, tiny_case

GUIDES = (Path("docs/adding-a-page.md"), Path("docs/adding-a-rule.md"))
SHOWN = [block for guide in GUIDES for block in blocks(guide) if block.file is not None and not block.new]
NEW = [block for guide in GUIDES for block in blocks(guide) if block.new]
CASES = 400


def _name(block: Block) -> str:
    return f"{block.paper.stem}: {block.file}"


@pytest.mark.parametrize("guide", GUIDES, ids=str)
def test_all_code_of_a_guide_says_where_it_stands(guide: Path) -> None:
    found = list(blocks(guide))
    assert found
    assert not [block.text for block in found if block.file is None]


@pytest.mark.parametrize("block", SHOWN, ids=_name)
def test_code_shown_stands_in_its_file_word_for_word(block: Block) -> None:
    assert block.file is not None
    text, at = text_of(block.file), 0
    for piece in block.pieces:
        found = text.find(piece, at)
        assert found >= 0, f"{block.file} does not hold, or no longer in this order:\n{piece}"
        at = found + len(piece)


@pytest.mark.parametrize("block", NEW, ids=_name)
def test_new_code_goes_into_a_folder_that_there_is(block: Block) -> None:
    assert block.file is not None
    assert (ROOT / block.file).parent.is_dir()
    assert not (ROOT / block.file).exists()


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    """Many random terms with plans."""
    return [tiny_case(Random(seed)) for seed in range(CASES)]


def _new(parent: type) -> Any:
    """The class below another one that a guide shows as new, loaded from the guide."""
    found = []
    for block in NEW:
        module = f"shown_in_{block.paper.stem}"
        names: dict[str, Any] = {"__name__": module}
        exec(compile(block.text, str(block.file), "exec"), names)  # noqa: S102 - our own guide
        found += [value for value in names.values() if _is_below(value, parent) and value.__module__ == module]
    (one,) = found
    return one


def _is_below(value: object, parent: type) -> bool:
    return isinstance(value, type) and issubclass(value, parent)


def test_the_new_rule_says_the_same_to_the_model_and_to_the_check(cases: list[Case]) -> None:
    rule: Rule[Any] = _new(Rule)()
    found = Counter(rule.code in codes(case, (rule,)) for case in cases)
    assert found[True] > CASES / 10 and found[False] > CASES / 10
    for case in cases:
        assert disagreement(case, rules=(*RULES, rule), new_rules=(rule,)) is None


def test_the_new_rule_would_be_missed(cases: list[Case]) -> None:
    rule: Rule[Any] = _new(Rule)()
    telling = [case for case in cases if codes(case, (*RULES, rule)) == {rule.code}]
    assert any(disagreement(case, new_rules=(rule,)) for case in telling[:20])


def _weighed(part: type[CostPart[Any]]) -> CostPart[Any]:
    """A new part of the cost with a weight, for which no document has a field yet."""
    made: CostPart[Any] = type(part.__name__, (part,), {"weight": lambda self, weights: 3})()
    return made


def test_the_new_part_of_the_cost_says_the_same_to_the_model_and_to_the_check(cases: list[Case]) -> None:
    part = _weighed(_new(CostPart))
    for case in cases:
        assert disagreement(case, parts=(*COST, part), new_parts=(part,)) is None


def test_the_new_part_of_the_cost_would_be_missed(cases: list[Case]) -> None:
    part = _weighed(_new(CostPart))
    legal = [case for case in cases if not codes(case)]
    assert any(disagreement(case, new_parts=(part,)) for case in legal)
