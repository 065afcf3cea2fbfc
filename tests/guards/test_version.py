"""The version stands where tools look for it, and is everywhere the same."""

import json
import re
from configparser import ConfigParser
from pathlib import Path

import pytest

from tests.guards.files import text_of
from tests.scheduler.migrations.schemas import stored_schemas


@pytest.fixture
def version() -> str:
    project = ConfigParser()
    project.read_string(text_of(Path("setup.cfg")))
    return project["metadata"]["version"]


def test_both_package_managers_know_the_version(version: str) -> None:
    package, lock = (json.loads(text_of(Path(name))) for name in ("package.json", "package-lock.json"))
    assert [package["version"], lock["version"], lock["packages"][""]["version"]] == [version] * 3


def test_the_changes_begin_with_what_is_unreleased_and_name_the_version_with_its_day(version: str) -> None:
    headings = re.findall(r"^## (.*)$", text_of(Path("CHANGELOG.md")), re.MULTILINE)
    assert headings[0] == "Unreleased"
    assert re.fullmatch(rf"{re.escape(version)} – \d{{4}}-\d\d-\d\d", headings[1])


def test_the_schema_of_the_version_is_stored(version: str) -> None:
    assert version in stored_schemas()
