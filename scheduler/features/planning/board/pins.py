"""What of a section is pinned, as a value."""

from dataclasses import dataclass, replace

from flask_babel import gettext as _

from scheduler.audit.states.codec import State
from scheduler.audit.states.registers import PINS
from scheduler.engine.documents.places import SectionPlace
from scheduler.models import Section


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
    def from_state(cls, state: State) -> "Pins":
        """The pins in the state of a section."""
        meetings = tuple((weekday, start) for weekday, start in state["pinned_meetings"])
        return cls(state["pinned_week"], meetings, state["pinned_room"], state["pinned_teacher"])

    def as_state(self) -> State:
        """The pins as a part of the state of a section."""
        meetings = [list(meeting) for meeting in self.meetings]
        return dict(zip(PINS, (self.week, meetings, self.room_id, self.teacher_id), strict=True))

    def with_part(self, part: str, place: SectionPlace | None) -> "Pins":
        """With hours, room or teacher pinned to where they are at a place, or let go."""
        if part == "hours":
            return replace(self, week=place.week if place else None, meetings=place.meetings if place else ())
        if part == "room":
            return replace(self, room_id=place.room_id if place else None)
        return replace(self, teacher_id=place.teacher_id if place else None)


def pins_text(pins: Pins) -> str:
    """Such as “pinned: hours, room”."""
    parts = {
        _("hours"): pins.week is not None or bool(pins.meetings),
        _("room"): pins.room_id is not None,
        _("teacher"): pins.teacher_id is not None,
    }
    names = _(", ").join(name for name, pinned in parts.items() if pinned)
    return _("pinned: %(parts)s", parts=names) if names else _("nothing pinned")
