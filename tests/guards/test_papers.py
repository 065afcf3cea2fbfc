"""Papers lead to what there is: every link to a file, every heading a link names, every path in backticks."""

import re
from functools import cache
from pathlib import Path

import pytest

from tests.guards.files import ROOT, own_files
from tests.guards.papers import papers, prose

LINK = re.compile(r"(?<!`)\]\((?P<target>[^)\s]+)\)|<img src=\"(?P<picture>[^\"]+)\"")
CODE = re.compile(r"`([^`\n]+)`")
PATH = re.compile(r"[\w.-]+(?:/[\w.-]+)+/?|[\w-]+\.(?:css|html|js|md|po|py|txt)")
DOCUMENTS = re.compile(r"(?:term|plan)/\d+")
"""Forms of documents, which are written like paths."""
MADE = ("instance", "screenshots", "static/made", "tests/scheduler/migrations/stored")
"""What exists only once it was made, or is no file of code."""
PAPERS = [name for name in papers() if name.parts[0] != "tests" or name.name == "README.md"]


@cache
def _every_path() -> frozenset[str]:
    """All files and folders of the project, and modules without their ending."""
    suffixes = (".py", ".html", ".css", ".js", ".md", ".po", ".txt", ".cfg", ".toml", ".json", ".svg", ".typ", ".mako")
    migrations = ROOT.glob("scheduler/migrations/versions/*.py")
    files = [*own_files(*suffixes), *(path.relative_to(ROOT) for path in migrations)]
    folders = {parent for file in files for parent in file.parents}
    return frozenset(str(path) for path in (*files, *(file.with_suffix("") for file in files), *folders))


@cache
def _exists(path: str) -> bool:
    """Whether a path leads to something, from the root or from any folder below it."""
    wanted = path.strip("/")
    return any(known == wanted or known.endswith(f"/{wanted}") for known in _every_path())


def _anchor(heading: str) -> str:
    """The name that a heading can be reached by."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def _anchors(paper: Path) -> set[str]:
    return {_anchor(heading) for heading in re.findall(r"^#+ (.*)$", prose(paper), re.MULTILINE)}


@pytest.mark.parametrize("paper", PAPERS, ids=str)
def test_every_link_to_a_file_leads_somewhere(paper: Path) -> None:
    dead = []
    for found in LINK.finditer(prose(paper)):
        target = found["target"] or found["picture"]
        if re.match(r"[a-z]+:", target):
            continue
        name, _, anchor = target.partition("#")
        file = (ROOT / paper.parent / name).resolve() if name else ROOT / paper
        if not file.exists() or (anchor and anchor not in _anchors(file.relative_to(ROOT))):
            dead.append(target)
    assert not dead


@pytest.mark.parametrize("paper", PAPERS, ids=str)
def test_every_path_in_backticks_leads_somewhere(paper: Path) -> None:
    named = {name for name in CODE.findall(prose(paper)) if PATH.fullmatch(name) and not DOCUMENTS.fullmatch(name)}
    assert not sorted(name for name in named if not _exists(name) and not name.startswith(MADE))


def test_papers_are_read_and_paths_found() -> None:
    assert len(PAPERS) > 20
    assert _exists("solver/model/rules") and _exists("engine/documents/term_cache") and _exists("term_cache.py")
    assert not _exists("solver/board.py") and not _exists("scheduler/solving")
