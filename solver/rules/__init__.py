"""All hard rules, in the order in which a check reports them. A new rule is a new file and one line here."""

from typing import Any

from solver.rule import Rule
from solver.rules.budget import Budget
from solver.rules.capacity import Capacity
from solver.rules.day_gap import DayGap
from solver.rules.features import Features
from solver.rules.first_week import FirstWeek
from solver.rules.learner_reach import LearnerReach
from solver.rules.meetings_per_week import MeetingsPerWeek
from solver.rules.pin import PinHolds
from solver.rules.pinned_placed import PinnedPlaced
from solver.rules.room_closed import RoomClosed
from solver.rules.room_open import RoomOpen
from solver.rules.room_overlap import RoomOverlap
from solver.rules.section_window import SectionWindow
from solver.rules.subject import SubjectTaught
from solver.rules.teacher_absent import TeacherAbsent
from solver.rules.teacher_allowed import TeacherAllowed
from solver.rules.teacher_available import TeacherAvailable
from solver.rules.teacher_day_load import TeacherDayLoad
from solver.rules.teacher_overlap import TeacherOverlap
from solver.rules.teacher_reach import TeacherReach
from solver.rules.teacher_week_load import TeacherWeekLoad
from solver.rules.term_end import TermEnd
from solver.rules.time_grid import TimeGrid
from solver.rules.venue_allowed import VenueAllowed

OF_ONE_SECTION: tuple[Rule[Any], ...] = (
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
    TeacherAbsent(),
)
BETWEEN_SECTIONS: tuple[Rule[Any], ...] = (
    PinnedPlaced(),
    RoomOverlap(),
    TeacherOverlap(),
    TeacherDayLoad(),
    TeacherWeekLoad(),
    Budget(),
)

RULES: tuple[Rule[Any], ...] = (*OF_ONE_SECTION, *BETWEEN_SECTIONS)
