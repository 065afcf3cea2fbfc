"""The board as its page draws it: rows over the days of the week, what is held there, and where a section may go."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from flask_babel import gettext as _

from scheduler.core.clock import clock
from scheduler.engine.words.board_words import obstacle_sentences, short_obstacles
from scheduler.features.planning.board.queries import BoardRow
from scheduler.features.planning.board.selection import BoardSelection, RowKind
from scheduler.features.planning.board.slots import BoardSlot, Slots
from scheduler.models import Placement, Section
from scheduler.web.i18n import in_language
from scheduler.web.labels import weekday_name


@dataclass(frozen=True)
class Chip:
    """A weekly meeting of a placed section."""

    section_id: int
    weekday: int
    start: int
    hours: str
    title: str
    lines: tuple[str, ...]
    category: str
    url: str
    pinned: bool
    in_hand: bool


@dataclass(frozen=True)
class BoardCell:
    """One row on one day: what is held, and where the section in hand may go; ``closed`` when it never may."""

    weekday: int
    day: str
    chips: list[Chip]
    slots: list[BoardSlot] = field(default_factory=list)
    closed: bool = False


@dataclass(frozen=True)
class BoardLine:
    """One row; ``never`` says in a word why the section in hand can never be there, ``detail`` in sentences."""

    row: BoardRow
    cells: list[BoardCell]
    never: str = ""
    detail: str = ""


def lines(
    selection: BoardSelection,
    shown: Sequence[BoardRow],
    placements: Mapping[int, list[Placement]],
    days: Sequence[int],
    slots: Slots | None,
) -> list[BoardLine]:
    """The rows with their cells."""
    return [_line(selection, row, placements.get(row.id, []), days, slots) for row in shown]


def day_names(days: Iterable[int]) -> list[str]:
    """The names of weekdays."""
    return [weekday_name(day) for day in days]


def pinned_parts(section: Section) -> dict[str, bool]:
    """Which parts of a section are pinned."""
    hours = bool(section.pinned_meetings) or section.pinned_week is not None
    return {
        "hours": hours,
        "room": section.pinned_room_id is not None,
        "teacher": section.pinned_teacher_id is not None,
    }


def _line(
    selection: BoardSelection, row: BoardRow, placements: list[Placement], days: Sequence[int], slots: Slots | None
) -> BoardLine:
    chips = sorted(
        (chip for placement in placements for chip in _chips(selection, placement)),
        key=lambda chip: (chip.start, chip.title),
    )
    lane = slots.lanes.get(row.id) if slots else None
    cells = []
    for day in days:
        day_chips = [chip for chip in chips if chip.weekday == day]
        offers = slots.offers(row, day) if slots and lane else []
        closed = slots is not None and not any(offer.state != "closed" for offer in offers)
        cells.append(BoardCell(day, weekday_name(day), day_chips, [] if closed else offers, closed))
    if slots is None or (lane is not None and lane.slots):
        return BoardLine(row, cells)
    if lane is None or not lane.never:
        return BoardLine(row, cells, _("It can never be held here."))
    return BoardLine(row, cells, short_obstacles(lane.never), obstacle_sentences(lane.never))


def _chips(selection: BoardSelection, placement: Placement) -> list[Chip]:
    section, course = placement.section, placement.section.course
    facts: dict[str, Any] = {
        "section_id": section.id,
        "title": in_language(course.title_zh, course.title_en),
        "lines": _beside(selection.rows, placement),
        "category": course.subject.category,
        "pinned": section.pinned,
        "in_hand": section.id == selection.section_id,
    }
    return [
        Chip(
            weekday=meeting.weekday,
            start=meeting.start_minute,
            hours=f"{clock(meeting.start_minute)}–{clock(meeting.start_minute + placement.minutes)}",
            url=selection.pick_up(section.id, meeting.weekday),
            **facts,
        )
        for meeting in placement.meetings
    ]


def _beside(kind: RowKind, placement: Placement) -> tuple[str, ...]:
    """What the row does not say of a placement."""
    room, teacher = placement.room, placement.teacher.name
    place = f"{room.venue.name} {room.name}"
    return {
        RowKind.ROOM: (placement.section.name, teacher),
        RowKind.VENUE: (placement.section.name, f"{room.name}, {teacher}"),
        RowKind.TEACHER: (placement.section.name, place),
        RowKind.COMMUNITY: (placement.section.name, f"{place}, {teacher}"),
    }[kind]


def by_group(lines: Iterable[BoardLine]) -> list[tuple[str, list[BoardLine]]]:
    """The rows under the venue or unit to which they belong."""
    return [(group, list(members)) for group, members in groupby(lines, key=lambda line: line.row.group)]
