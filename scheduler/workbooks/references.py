"""Columns that name other entries: one, several, or communities with their people."""

import re
from dataclasses import dataclass
from functools import cached_property
from unicodedata import normalize

from flask_babel import gettext as _

from scheduler.workbooks.kinds import Inputs, RowNames, Value, ValueKind, Written
from scheduler.workbooks.words import pieces

UNIT = r" ?(?:人|位|名|people|learners)? ?\)?"
PEOPLE = re.compile(rf"(.*[^ ]) ?[ :(] ?(\d{{1,7}}){UNIT}", re.ASCII)
PEOPLE_BESIDE = re.compile(rf"(.*[^\d (:])(\d{{1,7}}){UNIT}", re.ASCII)
"""Without anything between the community and its people."""


@dataclass(frozen=True, eq=False)
class Reference(ValueKind):
    """One entry of the kind ``of``; the value is its id or code."""

    of: str

    def write(self, value: Value, names: RowNames) -> Written:
        """Its name."""
        return names.show(self.of, str(value)) if value else ""

    def read(self, text: str, names: RowNames, current: Value) -> Value:
        """The entry of that name."""
        return names.find(self.of, text.strip(), frozenset({str(current)}))

    def choices(self, names: RowNames) -> list[str]:
        """All that may be chosen."""
        return names.all(self.of)

    @cached_property
    def width(self) -> int:  # type: ignore[override]
        """Rooms are named with their venue."""
        return 34 if self.of == "room" else 22


@dataclass(frozen=True, eq=False)
class References(ValueKind):
    """Several entries; the value is the sorted list of their ids or codes."""

    of: str

    @cached_property
    def empty(self) -> Value:  # type: ignore[override]
        """None of them."""
        return []

    width = 26

    def write(self, value: Value, names: RowNames) -> Written:
        """Their names."""
        return _("; ").join(sorted(names.show(self.of, key) for key in value))

    def read(self, text: str, names: RowNames, current: Value) -> Value:
        """Names between semicolons; commas will do where no name holds one."""
        keep = frozenset(current)
        keys: set[str] = set()
        for piece in pieces(text):
            keys |= set(self._read(piece, names, keep))
        return sorted(keys, key=lambda key: (len(key), key))

    def hint(self) -> str:
        """How several are written."""
        return _("Several stand between semicolons.")

    def _read(self, piece: str, names: RowNames, keep: frozenset[str]) -> list[str]:
        parts = [part.strip() for part in re.split(r"[,，、]", piece) if part.strip()]
        if len(parts) > 1:
            try:
                return [names.find(self.of, part, keep) for part in parts]
            except ValueError:
                return [names.find(self.of, piece, keep)]
        return [names.find(self.of, piece, keep)]


class Learners(ValueKind):
    """People by community: 东门社区 12；西溪社区 8."""

    width, interpreted = 40, True

    @cached_property
    def empty(self) -> Value:  # type: ignore[override]
        """Nobody."""
        return {}

    def write(self, value: Value, names: RowNames) -> Written:
        """Communities with their people."""
        people = value if isinstance(value, dict) else {}
        return _("; ").join(f"{names.show('community', key)} {number}" for key, number in people.items())

    def read(self, text: str, names: RowNames, current: Value) -> Value:
        """People by community."""
        keys: dict[str, str] = {}
        for piece in _entries_of(text):
            name, people = self._entry(piece, names, frozenset(current))
            community = names.find("community", name, frozenset(current))
            if community in keys:
                raise ValueError(_("%(name)s stands here twice. Put its people into one row.", name=name))
            keys[community] = str(people)
        return dict(sorted(keys.items(), key=lambda entry: int(entry[0])))

    def _entry(self, piece: str, names: RowNames, keep: frozenset[str]) -> tuple[str, int]:
        """A community and its people."""
        plain = " ".join(normalize("NFKC", piece).split())
        if match := PEOPLE.fullmatch(plain):
            return match[1].strip(" :"), int(match[2])
        match = PEOPLE_BESIDE.fullmatch(plain)
        if match is None:
            raise ValueError(_no_people(piece))
        name, digits = match.groups()
        # 东门社区12 may be 东门社区 with 12 people, or 东门社区1 with 2
        ways = [(name + digits[:place], digits[place:]) for place in range(len(digits))]
        known = [way for way in ways if _is_known(names, way[0], keep)]
        if len(known) > 1 or _is_known(names, plain, keep):
            raise ValueError(_no_people(piece))
        name, digits = known[0] if known else ways[0]
        return name, int(digits)

    def hint(self) -> str:
        """An example."""
        return _("For example: %(example)s.", example="东门社区 12；西溪社区 8")

    def inputs(self, name: str, value: Value) -> Inputs:
        """Rows of community and people."""
        entries = value.items() if isinstance(value, dict) else ()
        sent: Inputs = {}
        for number, (community, people) in enumerate(entries):
            sent |= {f"{name}-{number}-community": community, f"{name}-{number}-people": people}
        return sent or {f"{name}-0-community": "", f"{name}-0-people": ""}


def _entries_of(text: str) -> list[str]:
    """The entries of a cell, which stand in lines, between semicolons or between commas."""
    return [part.strip() for piece in pieces(text) for part in re.split(r"[,，、]", piece) if part.strip()]


def _is_known(names: RowNames, name: str, keep: frozenset[str]) -> bool:
    try:
        names.find("community", name, keep)
    except ValueError:
        return False
    return True


def _no_people(piece: str) -> str:
    message = _("“%(text)s”: write a community, a blank and its people, such as 东门社区 12.")
    return message % {"text": piece[:40]}
