"""Front-end files as pages see them: bundles whose names change with what they hold, and icons written into pages.

`python -m scheduler.web.assets` installs the npm packages of the lock file and makes `static/made/` of them and of the
sources in `static/` (see scheduler/web/bundling.py); with `--for-tests` it installs the linters as well.
"""

import argparse
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

import msgspec
from markupsafe import Markup

from scheduler.core.config import ROOT

_ICON_NAMES: Final = """
    a-large-small accessibility arrow-down arrow-left arrow-right arrow-up ban bell book-open brush building-2 bus
    calendar-check calendar-clock calendar-days calendar-plus calendar-range calendar-x chart-column chart-line
    check chevron-down chevron-left chevron-right chevron-up circle-alert circle-check circle-dashed
    circle-question-mark circle-x clock
    coins copy dices door-open download external-link eye file-spreadsheet file-text flag flask-conical footprints
    funnel git-compare graduation-cap hand-heart heart-handshake heart-pulse history house house-heart inbox info
    key-round landmark languages layout-grid library lightbulb link list loader lock lock-open log-in log-out mail
    map map-pin menu message-square minus music network pencil person-standing phone play plus presentation printer
    refresh-cw route redo-2 rss school scissors search send settings shield-check smartphone sparkles sprout square
    star sun table ticket trash-2 triangle-alert undo-2 upload user-check user-plus user-round user-x users users-round
    wand-sparkles wrench x
    """
ICONS: Final = frozenset(_ICON_NAMES.split())
COMMAND: Final = "python -m scheduler.web.assets"
STAMP: Final = ".made-of"
"""Where `static/made/` says which sources it was made of."""


class AssetsError(Exception):
    """The front-end files could not be made, or are not there as they should be; the text says how to mend it."""


class Manifest(msgspec.Struct, frozen=True):
    """What static/build.js made.

    ``names``: the hashed name of each bundle and image. ``files``: all that browsers may ask for, with what scripts
    load later. ``sources``: what each of ``names`` was made of, relative to ``static/``.
    """

    names: dict[str, str]
    files: frozenset[str]
    sources: dict[str, list[str]]


def static_folder() -> Path:
    """The folder of what is made: inside the package when installed from a wheel, beside it in a checkout."""
    inside = ROOT / "scheduler" / "static" / "made"
    return inside if inside.is_dir() else ROOT / "static" / "made"


def bundles_folder() -> Path:
    """The folder whose files browsers ask for."""
    return static_folder() / "bundles"


def sources_of(project: Path) -> Iterator[Path]:
    """The files that `static/made/` is made of, in an order that is always the same."""
    yield project / "package-lock.json"
    yield from sorted(path for path in Path(__file__).parent.glob("*.py") if path.stem in {"assets", "bundling"})
    sources = project / "static"
    beside = {sources / "made", sources / "tests"}
    yield from sorted(path for path in sources.rglob("*") if path.is_file() and not beside & {*path.parents})


def fingerprint(project: Path) -> str:
    """A hash of the sources, by which one sees that they have changed."""
    content = sha256()
    for path in sources_of(project):
        content.update(path.name.encode() + b"\0" + path.read_bytes())
    return content.hexdigest()


def is_current(static: Path, project: Path = ROOT) -> bool:
    """Whether `static/made/` was made of the sources as they are now; where there are none it is all there is."""
    if not (project / "static" / "build.js").is_file():
        return True
    stamp = static / STAMP
    return stamp.is_file() and stamp.read_text(encoding="ascii") == fingerprint(project)


@cache
def manifest() -> Manifest:
    """What was made, read once. Raises AssetsError when it is missing, or older than its sources."""
    file = bundles_folder() / "manifest.json"
    if not file.is_file():
        raise AssetsError(f"{file} is missing: run `{COMMAND}`")
    if not is_current(static_folder()):
        raise AssetsError(f"The sources of the front-end files have changed since these were made: run `{COMMAND}`")
    return msgspec.json.decode(file.read_bytes(), type=Manifest)


def follow_sources() -> None:
    """Make everything anew when a source has changed: for somebody who works on it."""
    from scheduler.web.bundling import install  # noqa: PLC0415 - only making needs Node: a running server starts without it

    if install():
        manifest.cache_clear()
        svg_icon.cache_clear()


@cache
def svg_icon(name: str) -> Markup:
    """The icon as inline svg, hidden from screen readers: it stands beside a word, or its parent carries the label.

    Raises KeyError when the name is not in ICONS, and AssetsError when the icons are not installed.
    """
    if name not in ICONS:
        raise KeyError(f"Icon {name!r} is not listed in scheduler/web/assets.py")
    file = static_folder() / "icons" / f"{name}.svg"
    if not file.is_file():
        raise AssetsError(f"{file} is missing: run `{COMMAND}`")
    return Markup(file.read_text(encoding="utf-8"))  # noqa: S704 - a file that scheduler/web/bundling.py wrote


def main() -> None:
    """Make what is not there yet or has changed."""
    from scheduler.web.bundling import install  # noqa: PLC0415

    parser = argparse.ArgumentParser(prog=COMMAND, description="Make the front-end files.")
    parser.add_argument("--for-tests", action="store_true", help="install what checks them as well")
    made = install(for_tests=parser.parse_args().for_tests)
    print("Front-end files made." if made else "Front-end files are up to date.")


if __name__ == "__main__":
    main()
