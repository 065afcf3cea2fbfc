"""Budgets that keep the project readable, and what must not stand in its files."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.guards.files import own_files, text_of

LONGEST_MODULE, LONGEST_FUNCTION = 300, 40
CODE = (".py", ".js", ".css", ".html")
TEXTS = (*CODE, ".md", ".cfg", ".toml", ".txt", "")
UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")
WORKPLACE = re.compile(r"(?<![\w./])/work/|\.\./shared\b")
ITSELF = Path("tests/guards/test_files.py")


def functions(name: Path) -> Iterator[tuple[str, int]]:
    """Every function of a module with its number of lines."""
    for node in ast.walk(ast.parse(text_of(name))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    lengths = {str(name): len(text_of(name).splitlines()) for name in own_files(*CODE)}
    assert not {name: length for name, length in lengths.items() if length > LONGEST_MODULE}


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{name}: {function} has {length} lines"
        for name in own_files(".py") for function, length in functions(name) if length > LONGEST_FUNCTION
    ]
    assert not long


def test_nothing_is_left_for_later() -> None:
    assert not [str(name) for name in own_files(*CODE) if name != ITSELF and UNFINISHED.search(text_of(name))]


@pytest.mark.parametrize("folder", ["scheduler", "solver", "templates", "static", "tools", "docs", "."])
def test_the_project_speaks_of_the_product_alone(folder: str) -> None:
    inside = [name for name in own_files(*TEXTS) if (name.parts[0] if len(name.parts) > 1 else ".") == folder]
    assert inside
    assert not [str(name) for name in inside if WORKPLACE.search(text_of(name))]
