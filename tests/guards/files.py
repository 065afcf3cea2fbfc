"""The project's own files, for tests that read them."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDERS = ("docs", "scheduler", "solver", "static", "templates", "tests", "tools")
GENERATED = ("scheduler/migrations/versions", "static/made")


def own_files(*suffixes: str) -> Iterator[Path]:
    """All files written by hand with one of these suffixes, relative to the project."""
    at_root = (path for path in ROOT.iterdir() if path.is_file())
    below = (path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.is_file())
    for path in sorted({*at_root, *below}):
        name = path.relative_to(ROOT)
        if path.suffix in suffixes and not any(name.is_relative_to(folder) for folder in GENERATED):
            yield name


def text_of(name: Path) -> str:
    """A file's text."""
    return (ROOT / name).read_text(encoding="utf-8")
