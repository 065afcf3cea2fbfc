"""Rooms and teachers pinned twice at the same time: what hand-made timetables often hold, and planning can mend."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import ceil
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select, update
from sqlalchemy.orm import joinedload, selectinload

from scheduler.core.clock import clock
from scheduler.core.extensions import db
from scheduler.models import Import, ImportRow, Room, RowState, Section
from scheduler.web.labels import weekday_name

MAX_CLASHES_NAMED = 3
"""Clashes of one row that are told; a label that stands for many rooms would give dozens."""
Meeting = tuple[int, int, int]


@dataclass(frozen=True)
class PinnedSlot:
    """When a section holds what: (weekday, start, end) of its meetings, and the weeks that it may touch.

    ``pinned_names`` are a name that is the same in every row and one for people, by the column that pins it.
    """

    pinned_names: dict[str, tuple[str, str]]
    meetings: tuple[Meeting, ...]
    weeks: tuple[int, int]
    title: str
    row: ImportRow | None

    def clash(self, other: "PinnedSlot") -> Meeting | None:
        """A meeting during which both are held."""
        if self.weeks[0] > other.weeks[1] or other.weeks[0] > self.weeks[1]:
            return None
        overlapping = (
            meeting for meeting in self.meetings for two in other.meetings
            if meeting[0] == two[0] and meeting[1] < two[2] and two[1] < meeting[2]
        )
        return next(overlapping, None)


def slot_of(section: Section) -> dict[str, object] | None:
    """When a section holds its pinned room and teacher, as plain values; None when it pins none or no hours."""
    pinned = _pinned_names(section)
    if not pinned or not section.pinned_meetings:
        return None
    length = ceil(section.sessions / section.per_week) * section.every_weeks
    first, last = section.pinned_week or section.earliest_week, section.pinned_week or section.latest_week
    return {
        "held": pinned,
        "meetings": [[m.weekday, m.start_minute, m.start_minute + section.minutes] for m in section.pinned_meetings],
        "weeks": [first, last + length - 1],
    }


def _pinned_names(section: Section) -> dict[str, list[str]]:
    """Names instead of numbers, since what the workbook itself makes has no lasting number yet."""
    room, teacher = section.pinned_room, section.pinned_teacher
    names = {}
    if room is not None:
        key = f"{room.venue.unit_id}/{room.venue.name}/{room.name}"
        names["pinned_room"] = [key, f"{room.venue.name} · {room.name}"]
    if teacher is not None:
        names["pinned_teacher"] = [f"{teacher.unit_id}/{teacher.name}", teacher.name]
    return names


def warn_of_clashes(imported: Import) -> None:
    """Add a warning to each row whose pinned room or teacher is taken already, by the term or by a row before it."""
    if imported.term_id is None:
        return
    holding: dict[tuple[str, str], list[PinnedSlot]] = {}
    for slot in [*_standing(imported), *_announced(imported)]:
        told: dict[str, list[str]] = {}
        for field, (key, label) in slot.pinned_names.items():
            earlier = holding.setdefault((field, key), [])
            clashes = [(other, meeting) for other in earlier if (meeting := slot.clash(other))]
            earlier.append(slot)
            if clashes:
                told[field] = _sentences(label, clashes)
        if slot.row is not None and told:
            _note(slot.row, told)


def _note(row: ImportRow, told: dict[str, list[str]]) -> None:
    said = [sentence for sentences in told.values() for sentence in sentences]
    columns = {"warnings": [*row.warnings, *said], "warned": True, "clashes": list(told), "clashing": True}
    db.session.execute(update(ImportRow).where(ImportRow.id == row.id).values(columns))


def _sentences(label: str, pairs: list[tuple[PinnedSlot, Meeting]]) -> list[str]:
    sentences = []
    for other, (weekday, start, end) in pairs[:MAX_CLASHES_NAMED]:
        when = f"{weekday_name(weekday)} {clock(start)}–{clock(end)}"
        sentences.append(_("%(what)s is taken twice: %(when)s, also by %(other)s.", what=label, when=when,
                           other=other.title))
    if len(pairs) > MAX_CLASHES_NAMED:
        sentences.append(_("And %(number)d more at the same time.", number=len(pairs) - MAX_CLASHES_NAMED))
    return sentences


def _announced(imported: Import) -> Iterator[PinnedSlot]:
    """Rows of the workbook that would pin something."""
    states = (RowState.NEW, RowState.CHANGED)
    rows = select(ImportRow).where(
        ImportRow.import_id == imported.id, ImportRow.sheet == "sections", ImportRow.state.in_(states)
    )
    for row in db.session.scalars(rows.order_by(ImportRow.position)):
        if row.slot is not None:
            yield _slot(row.slot, row.title, row)


def _standing(imported: Import) -> Iterator[PinnedSlot]:
    """Sections of the term that the workbook leaves as they are."""
    changed = select(ImportRow.target_id).where(
        ImportRow.import_id == imported.id, ImportRow.sheet == "sections", ImportRow.state == RowState.CHANGED
    )
    sections: Iterable[Section] = db.session.scalars(
        select(Section)
        .where(
            Section.term_id == imported.term_id, Section.archived_at.is_(None), Section.id.not_in(changed),
            Section.pinned_meetings.any(),
        )
        .order_by(Section.id)
        .options(
            joinedload(Section.course), selectinload(Section.pinned_meetings), joinedload(Section.pinned_teacher),
            joinedload(Section.pinned_room).joinedload(Room.venue),
        )
    )
    for section in sections:
        slot = slot_of(section)
        if slot is not None:
            yield _slot(slot, section.name, None)


def _slot(plain: dict[str, Any], title: str, row: ImportRow | None) -> PinnedSlot:
    pinned_names = {field: (key, label) for field, (key, label) in plain["held"].items()}
    meetings = tuple((weekday, start, end) for weekday, start, end in plain["meetings"])
    return PinnedSlot(pinned_names, meetings, (plain["weeks"][0], plain["weeks"][1]), title, row)
