"""Rooms that are pinned twice at the same time: what a hand-made timetable often holds, and planning can mend."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import ceil
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select, update
from sqlalchemy.orm import joinedload, selectinload

from scheduler.extensions import db
from scheduler.forms import clock
from scheduler.labels import weekday_name
from scheduler.models import Import, ImportRow, Room, RowState, Section, Venue

SHOWN = 3
"""Clashes of one row that are told; a label that stands for many rooms would give dozens."""
Meeting = tuple[int, int, int]


@dataclass(frozen=True)
class Slot:
    """When a section holds which room: (weekday, start, end) of its meetings, and the weeks that it may touch."""

    room: str
    label: str
    meetings: tuple[Meeting, ...]
    weeks: tuple[int, int]
    title: str
    row: ImportRow | None

    def clash(self, other: "Slot") -> Meeting | None:
        """A meeting during which both hold the room."""
        if self.weeks[0] > other.weeks[1] or other.weeks[0] > self.weeks[1]:
            return None
        overlapping = (
            one for one in self.meetings for two in other.meetings
            if one[0] == two[0] and one[1] < two[2] and two[1] < one[2]
        )
        return next(overlapping, None)


def slot_of(section: Section) -> dict[str, object] | None:
    """When a section holds its pinned room, as plain values; None when it pins no room or no hours."""
    room, course = section.pinned_room, section.course
    if room is None or not section.pinned_meetings:
        return None
    length = ceil(course.sessions / course.per_week) * course.every_weeks
    first, last = section.pinned_week or section.earliest_week, section.pinned_week or section.latest_week
    return {
        "room": f"{room.venue.unit_id}/{room.venue.name}/{room.name}",
        "label": f"{room.venue.name} · {room.name}",
        "meetings": [[m.weekday, m.start_minute, m.start_minute + course.minutes] for m in section.pinned_meetings],
        "weeks": [first, last + length - 1],
    }


def warn_of_clashes(imported: Import) -> None:
    """Add a warning to each row whose pinned room is taken already, by the term or by a row before it."""
    if imported.term_id is None:
        return
    by_room: dict[str, list[Slot]] = {}
    for slot in [*_standing(imported), *_announced(imported)]:
        earlier = by_room.setdefault(slot.room, [])
        found = [(other, meeting) for other in earlier if (meeting := slot.clash(other))]
        earlier.append(slot)
        if slot.row is not None and found:
            sentences = [_sentence(slot, other, meeting) for other, meeting in found[:SHOWN]]
            if len(found) > SHOWN:
                sentences.append(_("And %(number)d more at the same time.", number=len(found) - SHOWN))
            _note(slot.row, sentences)


def _note(row: ImportRow, sentences: list[str]) -> None:
    columns = {"warnings": [*row.warnings, *sentences], "warned": True, "clashes": True}
    db.session.execute(update(ImportRow).where(ImportRow.id == row.id).values(columns))


def _sentence(slot: Slot, other: Slot, meeting: Meeting) -> str:
    weekday, start, end = meeting
    when = f"{weekday_name(weekday)} {clock(start)}–{clock(end)}"
    return _("%(room)s is taken twice: %(when)s, also by %(other)s.", room=slot.label, when=when, other=other.title)


def _announced(imported: Import) -> Iterator[Slot]:
    """Rows of the workbook that would pin a room."""
    states = (RowState.NEW, RowState.CHANGED)
    rows = select(ImportRow).where(
        ImportRow.import_id == imported.id, ImportRow.sheet == "sections", ImportRow.state.in_(states)
    )
    for row in db.session.scalars(rows.order_by(ImportRow.position)):
        if row.slot is not None:
            yield _slot(row.slot, row.title, row)


def _standing(imported: Import) -> Iterator[Slot]:
    """Sections of the term that the workbook leaves as they are."""
    changed = select(ImportRow.target_id).where(
        ImportRow.import_id == imported.id, ImportRow.sheet == "sections", ImportRow.state == RowState.CHANGED
    )
    sections: Iterable[Section] = db.session.scalars(
        select(Section).join(Section.pinned_room).join(Room.venue)
        .where(Section.term_id == imported.term_id, Section.archived_at.is_(None), Section.id.not_in(changed))
        .order_by(Section.id)
        .options(
            joinedload(Section.course), selectinload(Section.pinned_meetings),
            joinedload(Section.pinned_room).joinedload(Room.venue).load_only(Venue.name, Venue.unit_id),
        )
    )
    for section in sections:
        slot = slot_of(section)
        if slot is not None:
            yield _slot(slot, section.name, None)


def _slot(plain: dict[str, Any], title: str, row: ImportRow | None) -> Slot:
    meetings = tuple((weekday, start, end) for weekday, start, end in plain["meetings"])
    return Slot(plain["room"], plain["label"], meetings, (plain["weeks"][0], plain["weeks"][1]), title, row)
