"""What of a section is pinned, as a value that is put on and taken off again."""

from dataclasses import dataclass, replace
from typing import Any

from flask_babel import gettext as _

from scheduler.engine.documents.places import SectionPlace
from scheduler.models import PinnedMeeting, PlanChange, Section

MARK = "pinned"
"""Tells the JSON of pins from that of places among the changes of a plan."""


@dataclass(frozen=True)
class Pins:
    """First week and weekly meetings (weekday, minute), room and teacher; None and () where nothing is pinned."""

    week: int | None
    meetings: tuple[tuple[int, int], ...]
    room_id: int | None
    teacher_id: int | None

    @classmethod
    def of(cls, section: Section) -> "Pins":
        """What is pinned now."""
        meetings = tuple(sorted((pin.weekday, pin.start_minute) for pin in section.pinned_meetings))
        return cls(section.pinned_week, meetings, section.pinned_room_id, section.pinned_teacher_id)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Pins":
        """The pins that ``as_json`` wrote."""
        pinned = data[MARK]
        meetings = tuple((weekday, start) for weekday, start in pinned["meetings"])
        return cls(pinned["week"], meetings, pinned["room"], pinned["teacher"])

    def as_json(self) -> dict[str, object]:
        """The pins as JSON can hold them."""
        meetings = [list(meeting) for meeting in self.meetings]
        return {MARK: {"week": self.week, "meetings": meetings, "room": self.room_id, "teacher": self.teacher_id}}

    def with_part(self, part: str, place: SectionPlace | None) -> "Pins":
        """With hours, room or teacher pinned to where they are at a place, or let go."""
        if part == "hours":
            return replace(self, week=place.week if place else None, meetings=place.meetings if place else ())
        if part == "room":
            return replace(self, room_id=place.room_id if place else None)
        return replace(self, teacher_id=place.teacher_id if place else None)

    def put_on(self, section: Section) -> None:
        """Pin just this of the section."""
        section.pinned_week, section.pinned_room_id = self.week, self.room_id
        section.pinned_teacher_id = self.teacher_id
        known = {pin.weekday: pin for pin in section.pinned_meetings}
        section.pinned_meetings = []
        for weekday, start in self.meetings:
            pin = known.get(weekday, PinnedMeeting(weekday=weekday))
            pin.start_minute = start
            section.pinned_meetings.append(pin)


def changes_pins(change: PlanChange) -> bool:
    """Whether a change pinned something or let it go, rather than moving the section."""
    return change.after is not None and MARK in change.after


def pins_text(pins: Pins) -> str:
    """Such as “pinned: hours, room”."""
    parts = {
        _("hours"): pins.week is not None or bool(pins.meetings),
        _("room"): pins.room_id is not None,
        _("teacher"): pins.teacher_id is not None,
    }
    names = _(", ").join(name for name, pinned in parts.items() if pinned)
    return _("pinned: %(parts)s", parts=names) if names else _("nothing pinned")
