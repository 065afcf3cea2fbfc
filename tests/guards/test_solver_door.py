"""The solver has one door, its names are found in one guess, and it opens quickly."""

import ast
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

import solver
from tests.guards.files import ROOT, own_files, text_of

HEAVY = ("numba", "numpy", "ortools")
OUTSIDE = ("scheduler", "tools", "tests/scheduler", "tests/browser")
PROGRAMS = "main"
"""Each program of a package has a function of this name."""
COMPILED = "solver/search/compiled"
"""Its functions are called by each other alone, and have the names of what they compute beside the plain ones."""


def modules(folder: str) -> Iterator[Path]:
    """The Python files below a folder."""
    return (name for name in own_files(".py") if name.is_relative_to(folder))


def imported(name: Path) -> Iterator[str]:
    """The modules that a file imports, and what it imports from them."""
    for node in ast.walk(ast.parse(text_of(name))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("folder", OUTSIDE)
def test_whoever_uses_the_solver_comes_through_its_door(folder: str) -> None:
    public = {f"solver.{name}" for name in solver.__all__}
    around = [
        f"{name}: {module}"
        for name in modules(folder)
        for module in imported(name)
        if module.startswith("solver.") and module not in public
    ]
    assert not around


def test_no_package_exports_a_name_that_is_also_one_of_its_modules() -> None:
    shadowing = []
    for name in modules("solver"):
        if name.name == "__init__.py":
            beside = {path.stem for path in (ROOT / name).parent.iterdir() if path.suffix == ".py" or path.is_dir()}
            exported = {module.rsplit(".", 1)[1] for module in imported(name)}
            shadowing += [f"{name}: {symbol}" for symbol in sorted(exported & beside)]
    assert not shadowing


def test_no_public_function_of_the_solver_has_the_name_of_another() -> None:
    homes: defaultdict[str, list[str]] = defaultdict(list)
    for name in modules("solver"):
        if not name.is_relative_to(COMPILED):
            for node in ast.parse(text_of(name)).body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and node.name != PROGRAMS:
                    homes[node.name].append(str(name))
    assert homes
    assert not {function: places for function, places in homes.items() if len(places) > 1}


def test_the_door_opens_without_heavy_libraries() -> None:
    program = f"import sys, solver; print([name for name in {HEAVY!r} if name in sys.modules])"
    opened = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)  # noqa: S603
    assert opened.stdout == "[]\n"
