"""Checks what the project depends on: the lock files against ``setup.cfg``, the imports against both. No network."""

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from configparser import ConfigParser
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {"run": ROOT / "requirements" / "run.txt", "test": ROOT / "requirements" / "test.txt"}
# Chosen by an address or read as data, never imported by us.
NEVER_IMPORTED = ("gunicorn", "psycopg", "tzdata")
# Flask's own parts, which come with it and are used through it.
PARTS_OF_FLASK = ("click", "itsdangerous", "markupsafe", "werkzeug")
PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==(\S+)")


def _name(requirement: str) -> str:
    """The normalised name of a requirement such as ``Flask-Babel[async]>=4``."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=!~; ]", requirement, maxsplit=1)[0]).lower()


def wanted() -> dict[str, list[str]]:
    """The requirements in setup.cfg: ``run`` for the program, ``test`` for what tests add, others for each extra."""
    settings = ConfigParser()
    settings.read(ROOT / "setup.cfg", encoding="utf-8")
    extras = {name: listed.split() for name, listed in settings["options.extras_require"].items()}
    return {"run": settings["options"]["install_requires"].split(), **extras}


def locked(file: Path) -> dict[str, bool]:
    """Every package of a lock file by name, and whether setup.cfg asks for it directly."""
    packages: dict[str, bool] = {}
    name = ""
    for line in file.read_text(encoding="utf-8").splitlines():
        if found := PINNED.match(line):
            name = _name(found[1])
            packages[name] = packages.get(name, False)
        elif "(setup.cfg)" in line:
            packages[name] = True
    return packages


def faults() -> Iterator[str]:
    """Where a lock file is older than setup.cfg."""
    run, test = ({_name(requirement) for requirement in wanted()[kind]} for kind in LOCKS)
    for kind, names in (("run", run), ("test", run | test)):
        direct = {name for name, asked in locked(LOCKS[kind]).items() if asked}
        where = LOCKS[kind].relative_to(ROOT)
        yield from (f"{where} lacks {name}: run `make lock`" for name in sorted(names - direct))
        yield from (f"{where} still holds {name}: run `make lock`" for name in sorted(direct - names))


def imports_fit() -> bool:
    """Whether every import is of a package that is asked for, and every package asked for is imported."""
    asked = wanted()
    tests = set(asked.pop("test"))
    program = {requirement for listed in asked.values() for requirement in listed}
    with tempfile.TemporaryDirectory() as folder:
        files = {kind: Path(folder) / f"{kind}.txt" for kind in LOCKS}
        files["run"].write_text("\n".join(sorted(program)), encoding="utf-8")
        files["test"].write_text("\n".join(sorted(tests - program)), encoding="utf-8")
        command = [
            sys.executable, "-m", "deptry", ".", "--no-ansi", "--extend-exclude", "tools",
            "--requirements-files", str(files["run"]), "--requirements-files-dev", str(files["test"]),
            "--per-rule-ignores", f"DEP002={'|'.join(NEVER_IMPORTED)},DEP003={'|'.join(PARTS_OF_FLASK)}",
        ]
        return subprocess.run(command, cwd=ROOT, check=False).returncode == 0  # noqa: S603 - nothing comes from outside


def main() -> int:
    """1 when a lock file is stale or an import does not fit."""
    found = list(faults())
    print("\n".join([*found, f"{len(found)} faults in the lock files"]))
    return 0 if imports_fit() and not found else 1


if __name__ == "__main__":
    sys.exit(main())
