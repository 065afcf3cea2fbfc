"""Migrations that landed stay as they are, and go on alike whatever becomes of the application."""

import ast
import re

from tests.guards.landed import MIGRATIONS, kept, present

FROM_ELSEWHERE = re.compile(r"scheduler|solver|flask")
LIST = "tests/guards/landed.txt"


def test_migrations_that_landed_were_not_changed_and_new_ones_are_listed() -> None:
    before, now = kept(), present()
    changed = [name for name, digest in before.items() if now.get(name) != digest]
    assert not changed, f"{changed} landed and are not to be changed, as databases have carried them out: add another"
    assert set(now) == set(before), f"`make migrations` adds {set(now) - set(before)} to {LIST}"


def test_migrations_stand_in_one_line() -> None:
    revisions = [re.findall(r'^(?:down_)?revision = (.*)$', file.read_text(encoding="utf-8"), re.MULTILINE)
                 for file in sorted(MIGRATIONS.glob("*.py"))]
    numbers = [f'"{number:04}"' for number in range(1, len(revisions) + 1)]
    assert revisions == [[number, before] for number, before in zip(numbers, ["None", *numbers], strict=False)]


def test_migrations_import_nothing_that_may_change() -> None:
    imported = {
        name
        for file in MIGRATIONS.glob("*.py") for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        for name in _names(node)
    }
    assert "alembic" in imported
    assert not {name for name in imported if FROM_ELSEWHERE.match(name)}


def _names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""]
    return [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
