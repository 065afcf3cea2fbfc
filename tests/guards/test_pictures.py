"""Few pictures are kept with the code, each for a page that is still photographed and for a paper that shows it."""

import shutil
import subprocess
from pathlib import Path

from tests.guards.files import ROOT, own_files, text_of
from tools.screenshots.__main__ import FOLDER
from tools.screenshots.camera import LOOKS
from tools.screenshots.pictures import PICTURES

SUFFIXES = (".avif", ".gif", ".ico", ".jpeg", ".jpg", ".png", ".svg", ".webp")
MAX_PICTURES = 30
MAX_BYTES = 3 * 2**20
SHOWN = Path("docs/pictures")


def _committed() -> list[Path]:
    """All files that git keeps; it writes any letters as they are only where a zero ends each name."""
    command = [shutil.which("git") or "git", "ls-files", "-z"]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 - our own command
    return [Path(name) for name in answer.stdout.split("\0") if name and (ROOT / name).exists()]


def _tracked() -> list[Path]:
    return [name for name in _committed() if name.suffix in SUFFIXES]


def test_few_and_small_pictures_are_tracked() -> None:
    tracked = _tracked()
    assert 0 < len(tracked) <= MAX_PICTURES
    assert sum((ROOT / name).stat().st_size for name in tracked) <= MAX_BYTES


def test_the_gallery_is_made_in_a_folder_that_git_ignores() -> None:
    folder = FOLDER.relative_to(ROOT)
    assert f"/{folder}/" in text_of(Path(".gitignore")).splitlines()
    assert not [name for name in _committed() if name.is_relative_to(folder)]


def test_each_picture_kept_is_one_that_is_taken() -> None:
    taken = {f"{picture.name}-{look.suffix}.webp" for picture in PICTURES for look in LOOKS}
    kept = {name.name for name in _tracked() if name.parent == SHOWN}
    assert kept
    assert kept <= taken


def test_each_picture_kept_is_shown() -> None:
    papers = "".join(text_of(name) for name in own_files(".md"))
    assert not [str(name) for name in _tracked() if name.parent == SHOWN and name.name not in papers]
