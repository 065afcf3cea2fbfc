"""Names of rows as cells write them, within what the user covers and the term may use."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flask_babel import LazyString, gettext as _, lazy_gettext as _l
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from scheduler.core.extensions import db
from scheduler.domain.term_scope import inside, near
from scheduler.models import Community, Course, Feature, Room, Subject, Teacher, Term, Unit, Venue
from scheduler.web.access import Scope
from scheduler.web.i18n import in_language
from scheduler.workbooks.suggestions import Suggestions, did_you_mean
from scheduler.workbooks.words import folded

WORDS: dict[str, LazyString] = {
    "unit": _l("unit"), "subject": _l("subject"), "feature": _l("room feature"), "course": _l("course"),
    "community": _l("community"), "venue": _l("venue"), "room": _l("room"), "teacher": _l("teacher"),
}
SEPARATORS = ";；\n,，、"


@dataclass(frozen=True)
class DirectoryEntry:
    """A row by its key: its names, the reader's first, what tells it from namesakes, and its code."""

    key: str
    names: tuple[str, ...]
    within: str = ""
    code: str = ""

    @property
    def spellings(self) -> Iterator[str]:
        """Every way to name it, the shortest first."""
        yield from self.names
        yield from (f"{self.within}/{name}" for name in self.names if self.within)
        if self.code:
            yield self.code
        yield f"#{self.key}"


class Index:
    """The entries of one kind."""

    def __init__(self, entries: list[DirectoryEntry]) -> None:
        self.entries: dict[str, DirectoryEntry] = {}
        self.keys: dict[str, set[str]] = {}
        self._shown: dict[str, str] = {}
        for entry in entries:
            self.add(entry)

    def add(self, entry: DirectoryEntry) -> None:
        """One more entry."""
        if entry.key in self.entries or any(folded(spelling) in self.keys for spelling in entry.spellings):
            self._shown.clear()  # another name, or one that is no longer clear
        self.entries[entry.key] = entry
        for spelling in entry.spellings:
            self.keys.setdefault(folded(spelling), set()).add(entry.key)

    @cached_property
    def suggestions(self) -> Suggestions:
        """Names for those who write another one, in the reader's words; rooms and communities with their place."""
        names = [name for entry in self.entries.values() for name in entry.names]
        return Suggestions([*names, *(self.show(key) for key in self.entries)])

    def show(self, key: str) -> str:
        """The shortest spelling that means this entry alone and can stand between semicolons."""
        entry = self.entries.get(key)
        if entry is None:
            return f"#{key}"
        clear = (
            spelling for spelling in entry.spellings
            if self.keys[folded(spelling)] == {key} and not any(sign in spelling for sign in SEPARATORS)
        )
        if key not in self._shown:
            self._shown[key] = next(clear, f"#{key}")
        return self._shown[key]


class Directory:
    """Finds and names rows; ``pending`` makes an entry that the same workbook announces, or gives None.

    ``middle`` is the middle of the places that the same workbook writes for a unit, or else for all, None without any.
    """

    def __init__(
        self, scope: Scope, term: Term | None, pending: Callable[[str, str], str | None],
        middle: Callable[[Unit], tuple[float, float] | None] = lambda _unit: None,
    ) -> None:
        self.scope, self.term, self.pending, self.middle = scope, term, pending, middle
        self._indexes: dict[str, Index] = {}
        self._rows: dict[str, list[Any]] = {}  # the session forgets what nobody holds, and would fetch it again

    def show(self, kind: str, key: str) -> str:
        """How a cell names the row."""
        return self._index(kind).show(key)

    def all(self, kind: str) -> list[str]:
        """How cells name the rows that may be chosen."""
        index = self._index(kind)
        return [index.show(key) for key in index.entries]

    def find(self, kind: str, text: str, keep: frozenset[str] = frozenset()) -> str:
        """The key of the row that a cell names; ``keep`` are keys that stand there now."""
        index = self._index(kind)
        keys = index.keys.get(folded(text), set())
        if len(keys) == 1:
            return next(iter(keys))
        if keys:
            ways = _(", ").join(sorted(index.show(key) for key in keys)[:4])
            raise ValueError(_("“%(text)s” means several. Write one of these: %(ways)s.", text=text[:60], ways=ways))
        if text.startswith("#") and text[1:] in keep:
            return text[1:]
        made = self.pending(kind, text)
        if made is not None:
            return made
        raise ValueError(self._unknown(kind, text))

    def prepare(self, kinds: Iterable[str]) -> None:
        """Know the names of today, before rows are renamed: cells that were not edited go on saying them."""
        for kind in kinds:
            self._index(kind)

    def add(self, kind: str, row: Any) -> None:
        """A row that has just been made or renamed."""
        if kind in LOADERS:
            self._index(kind).add(ENTRIES[kind](row))

    def _unknown(self, kind: str, text: str) -> str:
        said = _("There is no %(kind)s “%(name)s” here.", kind=WORDS[kind], name=text[:60])
        return " ".join([said, *did_you_mean(self._index(kind).suggestions.closest(text))])

    def _index(self, kind: str) -> Index:
        if kind not in self._indexes:
            rows = self._rows[kind] = list(LOADERS[kind](self))
            self._indexes[kind] = Index([ENTRIES[kind](row) for row in rows])
        return self._indexes[kind]

    @property
    def own(self) -> ColumnElement[bool]:
        """A condition on ``units``: what the user may change here."""
        return self.scope.units() if self.term is None else inside(self.scope, self.term)

    @property
    def usable(self) -> ColumnElement[bool]:
        """A condition on ``units``: what a section of the term may refer to."""
        return self.scope.units() if self.term is None else near(self.term)


def _words(*names: str) -> tuple[str, ...]:
    """The reader's name first."""
    first = in_language(*names)
    return (first, *(name for name in names if name and name != first))


ENTRIES: dict[str, Callable[[Any], DirectoryEntry]] = {
    "unit": lambda unit: DirectoryEntry(str(unit.id), (unit.name,), unit.parent.name if unit.parent else "", unit.code),
    "subject": lambda subject: DirectoryEntry(
        subject.code, _words(subject.name_zh, subject.name_en), code=subject.code
    ),
    "feature": lambda feature: DirectoryEntry(
        feature.code, _words(feature.name_zh, feature.name_en), code=feature.code
    ),
    "course": lambda course: DirectoryEntry(str(course.id), _words(course.title_zh, course.title_en)),
    "community": lambda entry: DirectoryEntry(str(entry.id), (entry.name,), entry.unit.name, entry.code),
    "venue": lambda venue: DirectoryEntry(str(venue.id), (venue.name,), venue.unit.name),
    "room": lambda room: DirectoryEntry(str(room.id), (room.name,), room.venue.name),
    "teacher": lambda teacher: DirectoryEntry(str(teacher.id), (teacher.name,), teacher.unit.name),
}
LOADERS: dict[str, Callable[[Directory], Any]] = {
    "unit": lambda names: db.session.scalars(
        select(Unit).where(names.own, Unit.archived_at.is_(None)).order_by(Unit.path).options(joinedload(Unit.parent))
    ),
    "subject": lambda names: db.session.scalars(select(Subject).where(Subject.archived_at.is_(None))),
    "feature": lambda names: db.session.scalars(select(Feature).order_by(Feature.code)),
    "course": lambda names: db.session.scalars(
        select(Course).where(Course.archived_at.is_(None)).order_by(Course.title_zh)
    ),
    "community": lambda names: db.session.scalars(
        select(Community).join(Community.unit).where(names.own, Community.archived_at.is_(None))
        .order_by(Unit.path, Community.code).options(joinedload(Community.unit))
    ),
    "venue": lambda names: db.session.scalars(
        select(Venue).join(Venue.unit).where(names.usable, Venue.archived_at.is_(None))
        .order_by(Unit.path, Venue.name).options(joinedload(Venue.unit))
    ),
    "room": lambda names: db.session.scalars(
        select(Room).join(Room.venue).join(Venue.unit)
        .where(names.usable, Room.archived_at.is_(None), Venue.archived_at.is_(None))
        .order_by(Unit.path, Venue.name, Room.name).options(joinedload(Room.venue))
    ),
    "teacher": lambda names: db.session.scalars(
        select(Teacher).join(Teacher.unit).where(names.usable, Teacher.archived_at.is_(None))
        .order_by(Teacher.name, Unit.path).options(joinedload(Teacher.unit))
    ),
}
