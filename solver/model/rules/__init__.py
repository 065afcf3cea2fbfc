"""All hard rules, in the order in which a check reports them. A new rule is a new file and one line here."""

from typing import Any

from solver.model.base import Rule
from solver.model.rules.budget import Budget
from solver.model.rules.capacity import Capacity
from solver.model.rules.day_gap import DayGap
from solver.model.rules.features import Features
from solver.model.rules.first_week import FirstWeek
from solver.model.rules.learner_reach import LearnerReach
from solver.model.rules.meetings_per_week import MeetingsPerWeek
from solver.model.rules.pin import PinHolds
from solver.model.rules.pinned_placed import PinnedPlaced
from solver.model.rules.room_busy import RoomBusy
from solver.model.rules.room_closed import RoomClosed
from solver.model.rules.room_open import RoomOpen
from solver.model.rules.room_overlap import RoomOverlap
from solver.model.rules.section_window import SectionWindow
from solver.model.rules.subject import SubjectTaught
from solver.model.rules.teacher_absent import TeacherAbsent
from solver.model.rules.teacher_allowed import TeacherAllowed
from solver.model.rules.teacher_available import TeacherAvailable
from solver.model.rules.teacher_busy import TeacherBusy
from solver.model.rules.teacher_day_load import TeacherDayLoad
from solver.model.rules.teacher_overlap import TeacherOverlap
from solver.model.rules.teacher_reach import TeacherReach
from solver.model.rules.teacher_week_load import TeacherWeekLoad
from solver.model.rules.term_end import TermEnd
from solver.model.rules.time_grid import TimeGrid
from solver.model.rules.venue_allowed import VenueAllowed

RULES_OF_ONE_SECTION: tuple[Rule[Any], ...] = (
    # a section by itself
    PinHolds(),
    MeetingsPerWeek(),
    DayGap(),
    FirstWeek(),
    # each weekly meeting
    TimeGrid(),
    SectionWindow(),
    RoomOpen(),
    TeacherAvailable(),
    # room, teacher and learners of a section
    Capacity(),
    Features(),
    VenueAllowed(),
    TeacherAllowed(),
    SubjectTaught(),
    TeacherReach(),
    LearnerReach(),
    TermEnd(),
    # each dated session
    RoomClosed(),
    RoomBusy(),
    TeacherAbsent(),
    TeacherBusy(),
)
BETWEEN_SECTIONS: tuple[Rule[Any], ...] = (
    PinnedPlaced(),
    RoomOverlap(),
    TeacherOverlap(),
    TeacherDayLoad(),
    TeacherWeekLoad(),
    Budget(),
)

RULES: tuple[Rule[Any], ...] = (*RULES_OF_ONE_SECTION, *BETWEEN_SECTIONS)
