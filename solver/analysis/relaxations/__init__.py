"""What could be granted so that more fits. A new kind is a new class and a line in the list below."""

from solver.analysis.relaxations.base import Relaxation
from solver.analysis.relaxations.of_resources import (
    AttendOn,
    ExtendAvailability,
    ExtendTeacherReach,
    OpenRoom,
    OpenRoomOn,
    RaiseBudget,
    RaiseDay,
    RaiseWeek,
    TeachSubject,
)
from solver.analysis.relaxations.of_sections import (
    AllowTeacher,
    AllowVenue,
    BeginUntil,
    CloserMeetings,
    DropNeeds,
    ExtendReach,
    FewerLearners,
    FewerSessions,
    MeetAlso,
    Unpin,
)

AnyRelaxation = (
    OpenRoom
    | OpenRoomOn
    | ExtendAvailability
    | AttendOn
    | RaiseWeek
    | RaiseDay
    | ExtendTeacherReach
    | TeachSubject
    | RaiseBudget
    | DropNeeds
    | FewerLearners
    | ExtendReach
    | AllowVenue
    | AllowTeacher
    | MeetAlso
    | BeginUntil
    | CloserMeetings
    | FewerSessions
    | Unpin
)
"""The type that a document of relaxations is read as; ``kind`` says which one it is."""

__all__ = [
    "AllowTeacher",
    "AllowVenue",
    "AnyRelaxation",
    "AttendOn",
    "BeginUntil",
    "CloserMeetings",
    "DropNeeds",
    "ExtendAvailability",
    "ExtendReach",
    "ExtendTeacherReach",
    "FewerLearners",
    "FewerSessions",
    "MeetAlso",
    "OpenRoom",
    "OpenRoomOn",
    "RaiseBudget",
    "RaiseDay",
    "RaiseWeek",
    "Relaxation",
    "TeachSubject",
    "Unpin",
]
