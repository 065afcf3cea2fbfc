"""Where a section is in a plan, by the ids of rows: as changes of plans keep it and as forms send it."""

from dataclasses import dataclass
from typing import Any

import solver
from scheduler.engine.documents.keys import ROOM, TEACHER, key, row_id
from scheduler.models import Placement


@dataclass(frozen=True)
class SectionPlace:
    """First week, weekly meetings (weekday, minute) in their order, room and teacher."""

    week: int
    meetings: tuple[tuple[int, int], ...]
    room_id: int
    teacher_id: int

    @classmethod
    def of(cls, placement: Placement) -> "SectionPlace":
        """The place that a plan gives a section."""
        meetings = tuple(sorted((meeting.weekday, meeting.start_minute) for meeting in placement.meetings))
        return cls(placement.week, meetings, placement.room_id, placement.teacher_id)

    @classmethod
    def from_document(cls, placement: solver.Placement) -> "SectionPlace":
        """The place that a document gives a section."""
        room, teacher = row_id(ROOM, placement.room), row_id(TEACHER, placement.teacher)
        meetings = tuple(sorted((weekday, start) for weekday, start in placement.meetings))
        return cls(placement.week, meetings, room or 0, teacher or 0)

    @classmethod
    def from_json(cls, data: dict[str, Any] | None) -> "SectionPlace | None":
        """The place that ``as_json`` wrote."""
        if data is None:
            return None
        meetings = tuple((weekday, start) for weekday, start in data["meetings"])
        return cls(data["week"], meetings, data["room"], data["teacher"])

    @classmethod
    def parse(cls, text: str) -> "SectionPlace":
        """The place that ``str()`` wrote, such as ``1;1.540,3.540;5;7``; ValueError for anything else."""
        week, meetings, room, teacher = text.split(";")
        pairs = tuple(sorted(_pair(meeting) for meeting in meetings.split(",")))
        return cls(int(week), pairs, int(room), int(teacher))

    def __str__(self) -> str:
        meetings = ",".join(f"{weekday}.{start}" for weekday, start in self.meetings)
        return f"{self.week};{meetings};{self.room_id};{self.teacher_id}"

    def as_json(self) -> dict[str, object]:
        """The place as JSON can hold it."""
        meetings = [list(meeting) for meeting in self.meetings]
        return {"week": self.week, "meetings": meetings, "room": self.room_id, "teacher": self.teacher_id}

    @property
    def document(self) -> solver.Placement:
        """The place as documents write it."""
        meetings = tuple(solver.Meeting(weekday, start) for weekday, start in self.meetings)
        return solver.Placement(self.week, meetings, key(ROOM, self.room_id), key(TEACHER, self.teacher_id))


def _pair(text: str) -> tuple[int, int]:
    weekday, start = map(int, text.split("."))
    if not (0 <= weekday <= 6 and 0 <= start < 1440):
        raise ValueError(text)
    return weekday, start
