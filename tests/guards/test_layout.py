"""Every module has its room: few entries at the top of a package, no crowded folder, every class a name of its own."""

import ast
from collections import defaultdict
from pathlib import Path

import pytest

from tests.guards.files import ROOT, own_files, text_of

PACKAGES = ("scheduler", "solver")
MAX_ENTRIES = {"scheduler": 16, "solver": 12}
MODULES_AT_TOP = {
    "scheduler": {"app.py", "cli.py"},
    "solver": {"__main__.py", "progress.py", "result.py", "settings.py", "stopping.py"},
}
MAX_MODULES = 20
LISTS = {
    Path("scheduler/models"): "a module for each cluster of tables",
    Path("solver/model/rules"): "a module for each rule",
}
"""Folders that are a list by their nature; how long it is says nothing against them."""
MODULES = [name for name in own_files(".py") if name.parts[0] in PACKAGES and name.name != "__init__.py"]


@pytest.mark.parametrize("package", PACKAGES)
def test_the_top_of_a_package_is_read_at_a_glance(package: str) -> None:
    visible = {path.name for path in (ROOT / package).iterdir() if not path.name.startswith(("_", "."))}
    assert len(visible) <= MAX_ENTRIES[package]


@pytest.mark.parametrize("package", PACKAGES)
def test_no_module_lies_flat_at_the_top(package: str) -> None:
    assert {name.name for name in MODULES if name.parent == Path(package)} == MODULES_AT_TOP[package]


def test_no_folder_is_crowded() -> None:
    modules: defaultdict[Path, int] = defaultdict(int)
    for name in MODULES:
        modules[name.parent] += 1
    assert set(modules) >= set(LISTS)
    assert {str(folder) for folder, number in modules.items() if number > MAX_MODULES and folder not in LISTS} == set()


@pytest.mark.parametrize("package", PACKAGES)
def test_every_public_class_has_a_name_of_its_own(package: str) -> None:
    places: defaultdict[str, list[str]] = defaultdict(list)
    for name in own_files(".py"):
        if name.parts[0] == package:
            for node in ast.walk(ast.parse(text_of(name))):
                if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                    places[node.name].append(str(name))
    assert {name: modules for name, modules in places.items() if len(modules) > 1} == {}


@pytest.mark.parametrize("package", PACKAGES)
def test_tests_stand_in_the_folders_of_what_they_test(package: str) -> None:
    tests = [name for name in own_files(".py") if name.name.startswith("test_")]
    folders = {name.parent.relative_to("tests") for name in tests if name.parts[:2] == ("tests", package)}
    assert len(folders) > 5
    assert {str(folder) for folder in folders if not (ROOT / folder / "__init__.py").is_file()} == set()
