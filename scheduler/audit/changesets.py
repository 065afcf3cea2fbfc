"""Changes that belong together: noted while they are made, taken back as far as nobody has changed the same since.

A set of changes is taken back by another set, which is taken back in its turn where something is done again. The
database lets each set be taken back once, so that of two who try at the same moment one is told so.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select, delete, insert, select
from sqlalchemy.orm import aliased

from scheduler.audit.states.codec import State, StateCodec
from scheduler.audit.states.registers import CODECS, codec_of
from scheduler.audit.trail import actor_id
from scheduler.core.blocks import BLOCK, Refusal, carry_out
from scheduler.core.database import Base
from scheduler.core.errors import DomainError
from scheduler.core.extensions import db
from scheduler.models import ChangeEntry, ChangeSet, ChangeSetKind


class Obstacle(StrEnum):
    """Why a row is not put back: changed since, gone, referred to by now, or refused as it was by the database."""

    CHANGED = "changed"
    GONE = "gone"
    USED = "used"
    REFUSED = "refused"


@dataclass(frozen=True)
class BlockedEntry:
    """A row that stays as it is, and why."""

    entry: ChangeEntry
    obstacle: Obstacle


@dataclass(frozen=True)
class UndoResult:
    """What was put back, the last change first, what stays, and the set that says so; None where nothing was done.

    ``rows`` are those put back, None for each that was removed.
    """

    change_set: ChangeSet | None
    restored: list[ChangeEntry]
    blocked: list[BlockedEntry]
    rows: list[Base | None] = field(default_factory=list)


EntryValues = dict[str, Any]
"""The columns of an entry; a workbook writes thousands of them at once."""


@dataclass
class _Noted:
    """A row whose state after the changes is read at their end; ``row`` None where the entry is complete."""

    row: Base | None
    entry: EntryValues
    parts: Collection[str] | None = None


@dataclass
class ChangeLog:
    """Notes rows before they are changed; ``close`` writes them down with what became of them.

    ``subject`` is the row that the changes belong to, ``user_id`` who makes them, unless it is whoever is signed in.
    Of each row only ``parts`` are noted where they are given.
    """

    kind: ChangeSetKind
    subject: Base
    term_id: int | None = None
    user_id: int | None = None
    _noted: list[_Noted] = field(default_factory=list)

    def changing(
        self, row: Base, parts: Collection[str] | None = None, title: str = "", before: State | None = None
    ) -> None:
        """A row that is going to change; ``before`` is put back instead of how it stands now."""
        codec = codec_of(row)
        self._note(codec, row, parts, title, codec.read(row, parts) if before is None else before)

    def making(self, row: Base, parts: Collection[str] | None = None, title: str = "") -> None:
        """A new row, which goes again when this is taken back."""
        self._note(codec_of(row), row, parts, title, None)

    def removing(self, row: Base, title: str = "") -> None:
        """A row that is going to be deleted, and comes back as a whole."""
        codec = codec_of(row)
        self.add(codec, codec.key_of(row), codec.read(row), None, title)

    def add(self, codec: StateCodec, key: str, before: State | None, after: State | None, title: str = "") -> None:
        """A row whose states are known already."""
        self._noted.append(_Noted(None, _entry(codec, key, before, after, title)))

    def close(self, version: int | None = None, **facts: Any) -> ChangeSet:
        """Write all of it down, in the transaction of the changes."""
        db.session.flush()
        for noted in self._noted:
            if noted.row is not None:
                codec = codec_of(noted.row)
                noted.entry |= {"row": codec.key_of(noted.row), "after": codec.read(noted.row, noted.parts)}
        entries = [noted.entry for noted in self._noted]
        about = {"kind": self.kind, "term_id": self.term_id, "version": version, "facts": facts}
        return _add(entries, None, user_id=self.user_id or actor_id(), **about, **_subject(self.subject))

    def _note(
        self, codec: StateCodec, row: Base, parts: Collection[str] | None, title: str, before: State | None
    ) -> None:
        self._noted.append(_Noted(row, _entry(codec, "", before, None, title), parts))


def _entry(codec: StateCodec, key: str, before: State | None, after: State | None, title: str) -> EntryValues:
    return {"register": codec.name, "row": key, "title": title[:200], "before": before, "after": after}


def _add(entries: list[EntryValues], takes_back: ChangeSet | None, **about: Any) -> ChangeSet:
    backward = takes_back is not None and not takes_back.backward
    change_set = ChangeSet(takes_back=takes_back, backward=backward, **about)
    db.session.add(change_set)
    db.session.flush()
    if entries:
        of_set = {"change_set_id": change_set.id}
        rows = [{**entry, **of_set, "position": position} for position, entry in enumerate(entries)]
        db.session.execute(insert(ChangeEntry), rows)
        db.session.expire(change_set, ["entries"])
    return change_set


def _subject(row: Base) -> dict[str, Any]:
    return {"subject": row.__tablename__, "subject_id": row.id}  # type: ignore[attr-defined] # all of these have one


def of_subject(row: Base) -> Select[ChangeSet]:
    """All changes that belong to a row, in their order."""
    return select(ChangeSet).filter_by(**_subject(row)).order_by(ChangeSet.id)


def done_to(row: Base) -> Select[ChangeSet]:
    """The changes that belong to a row and were done or done again, whether or not they were taken back since."""
    return of_subject(row).where(ChangeSet.backward.is_(False))


def in_effect(row: Base) -> Select[ChangeSet]:
    """The same that have not been taken back since."""
    taker = aliased(ChangeSet)
    taken_back = select(taker.id).where(taker.takes_back_id == ChangeSet.id).exists()
    return done_to(row).where(~taken_back)


def latest(row: Base) -> ChangeSet | None:
    """The last of the changes in effect."""
    return db.session.scalar(in_effect(row).order_by(None).order_by(ChangeSet.id.desc()).limit(1))


def forget_orphans(table: type[Base]) -> None:
    """Remove the changes that belonged to rows of a table which are gone."""
    row_ids = select(table.id)  # type: ignore[attr-defined] # all of these have one
    gone = ChangeSet.subject == table.__tablename__, ChangeSet.subject_id.not_in(row_ids)
    db.session.execute(delete(ChangeSet).where(*gone))


def claim(change_set: ChangeSet) -> None:
    """Let nobody else take the set back meanwhile; DomainError where somebody has done so already."""
    db.session.execute(select(ChangeSet.id).where(ChangeSet.id == change_set.id).with_for_update())
    if db.session.scalar(select(ChangeSet.id).where(ChangeSet.takes_back_id == change_set.id)) is not None:
        raise DomainError(_("This was undone already."))


def undo(change_set: ChangeSet, whole: bool, version: int | None = None, **facts: Any) -> UndoResult:
    """Put back what nobody has changed since; with ``whole`` all of it, or nothing where some row has to stay.

    ``version`` and ``facts`` are written down with it, as those of the changes were.

    Raises DomainError where the set was taken back already. Taking the set that is answered back does it again.
    """
    claim(change_set)
    entries = list(reversed(change_set.entries))
    rows = {register: CODECS[register].find_all(keys, lock=True) for register, keys in _keys(entries).items()}
    blocked = [
        BlockedEntry(entry, obstacle) for entry in entries if (obstacle := _obstacle(entry, rows[entry.register]))
    ]
    if blocked and whole:
        return UndoResult(None, [], blocked)
    out = {refusal.entry for refusal in blocked}
    attempt = db.session.begin_nested()
    outcomes = _put_all_back([entry for entry in entries if entry not in out], rows)
    blocked += [outcome for outcome in outcomes if isinstance(outcome, BlockedEntry)]
    if blocked and whole:
        attempt.rollback()
        return UndoResult(None, [], blocked)
    attempt.commit()
    restored = [outcome for outcome in outcomes if isinstance(outcome, _Restored)]
    taker = _write_down(change_set, restored, version=version, facts=facts)
    return UndoResult(taker, [row.entry for row in restored], blocked, [row.row for row in restored])


@dataclass(frozen=True)
class _Restored:
    """A row that was put back: how it stood, and the row itself, None where it was deleted."""

    entry: ChangeEntry
    stood: State | None
    row: Base | None


def _keys(entries: Sequence[ChangeEntry]) -> dict[str, list[str]]:
    keys: dict[str, list[str]] = {}
    for entry in entries:
        keys.setdefault(entry.register, []).append(entry.row)
    return keys


def _obstacle(entry: ChangeEntry, rows: dict[str, Any]) -> Obstacle | None:
    row = rows.get(entry.row)
    if entry.after is None:
        return Obstacle.CHANGED if row is not None and "/" in entry.row else None  # another id will do as well
    if row is None:
        return Obstacle.GONE
    return None if CODECS[entry.register].read(row, entry.after) == entry.after else Obstacle.CHANGED


def _put_all_back(entries: list[ChangeEntry], rows: dict[str, dict[str, Any]]) -> list[_Restored | BlockedEntry]:
    outcomes: list[_Restored | BlockedEntry] = []
    for start in range(0, len(entries), BLOCK):
        outcomes += carry_out(entries[start:start + BLOCK], partial(_put_back, rows), _refused)
    return outcomes


def _put_back(rows: dict[str, dict[str, Any]], entry: ChangeEntry) -> _Restored | BlockedEntry:
    codec = CODECS[entry.register]
    if entry.after is None:
        return _Restored(entry, None, codec.make(entry.row, entry.before or {}))
    row = rows[entry.register][entry.row]
    stood = codec.read(row, entry.before)
    if entry.before is None:
        db.session.delete(row)
        return _Restored(entry, stood, None)
    codec.write(row, entry.before, stood)
    return _Restored(entry, stood, row)


def _refused(entry: ChangeEntry, _error: Refusal) -> _Restored | BlockedEntry:
    return BlockedEntry(entry, Obstacle.USED if entry.before is None else Obstacle.REFUSED)


def _write_down(change_set: ChangeSet, restored: list[_Restored], **about: Any) -> ChangeSet:
    """The set that takes another one back."""
    entries = []
    for restoration in restored:
        codec = CODECS[restoration.entry.register]
        key = restoration.entry.row if restoration.row is None else codec.key_of(restoration.row)
        entries.append(_entry(codec, key, restoration.stood, restoration.entry.before, restoration.entry.title))
    same = ("kind", "term_id", "subject", "subject_id")
    return _add(
        entries, change_set, user_id=actor_id(), **about, **{name: getattr(change_set, name) for name in same}
    )
