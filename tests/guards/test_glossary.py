"""Words of the glossary are words of the code and of the pages."""

import ast
import re
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

from tests.guards.files import ROOT, own_files, text_of

GLOSSARY = Path("docs/glossary.md")
CATALOGUE = ROOT / "scheduler" / "translations" / "zh" / "LC_MESSAGES" / "messages.po"
NONE = "–"
ROW = re.compile(
    r"^\| `(?P<code>\w+)` \| (?P<field>[^|]+) \| (?P<english>[^|]+) \| (?P<chinese>[^|]+) \| (?P<about>[^|]+) \|$"
)


@cache
def rows() -> list[dict[str, str]]:
    """The entries of the glossary."""
    return [found.groupdict() for line in text_of(GLOSSARY).splitlines() if (found := ROW.match(line))]


def _named(tree: ast.AST) -> set[str]:
    """The classes, functions, fields and constants of a module."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            found.add(node.name)
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found.add(node.target.id)
    return found


def test_each_entry_is_a_whole_row_and_stands_once() -> None:
    entries = [line for line in text_of(GLOSSARY).splitlines() if line.startswith("| `")]
    codes = [row["code"] for row in rows()]
    assert len(entries) == len(codes) == len(set(codes)) > 60


def test_each_code_word_stands_in_the_code() -> None:
    known: set[str] = set()
    for name in own_files(".py"):
        if name.parts[0] in {"scheduler", "solver"}:
            known |= {name.stem} | _named(ast.parse(text_of(name)))
    assert not [row["code"] for row in rows() if row["code"] not in known]


def test_each_word_of_a_page_and_its_chinese_stand_in_the_catalogue() -> None:
    with CATALOGUE.open("rb") as file:
        texts = {message.id: message.string for message in read_po(file)}
    pairs = {(row["english"], row["chinese"]) for row in rows()}
    assert not [pair for pair in pairs if (NONE in pair or texts.get(pair[0]) != pair[1]) and set(pair) != {NONE}]
    assert len(pairs) > 30


def test_each_entry_has_a_term_of_the_field_and_says_what_it_is() -> None:
    assert not [row["code"] for row in rows() if NONE in (row["field"], row["about"])]
