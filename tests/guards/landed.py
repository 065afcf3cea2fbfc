"""Migrations that have landed: the hash of each, kept in ``landed.txt``.

Databases that have carried out a migration never do so again, so that one which is changed afterwards makes two kinds
of databases with one number. ``make migrations`` adds a line for each new migration, and changes none.
"""

from hashlib import sha256
from pathlib import Path

from tests.guards.files import ROOT

FILE = Path(__file__).with_name("landed.txt")
MIGRATIONS = ROOT / "scheduler" / "migrations" / "versions"


def kept() -> dict[str, str]:
    """The hash of each migration as it landed, by the name of its file."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    return {name: digest for digest, name in (line.split() for line in lines)}


def present() -> dict[str, str]:
    """The hash of each migration as it is, in their order; line endings do not matter."""
    files = sorted(MIGRATIONS.glob("*.py"))
    return {file.name: sha256(file.read_text(encoding="utf-8").encode()).hexdigest() for file in files}


def main() -> None:
    """Add the lines of new migrations."""
    lines = present() | kept()
    FILE.write_text("".join(f"{lines[name]}  {name}\n" for name in sorted(lines)), encoding="utf-8")


if __name__ == "__main__":
    main()
