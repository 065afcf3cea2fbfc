"""All tables, one file per cluster; they live together because features share them."""

from scheduler.models.accounts import Grant, Role, User
from scheduler.models.activities import ActivitySeries, Event, EventItem, EventKind, EventSection, SeriesSection
from scheduler.models.assignments import ACTIVE_STATUSES, Assignment, AssignmentStatus, RefusalCause
from scheduler.models.audit import Action, AuditEntry
from scheduler.models.bookings import HOLDING_STATUSES, BookedSession, Booking, BookingStatus, FeedEvent, FeedStatus
from scheduler.models.changes import ChangeEntry, ChangeSet, ChangeSetKind
from scheduler.models.course_format import FORMAT, CourseFormat, Format
from scheduler.models.courses import Category, Course, CourseWindow, Subject, TargetGroup
from scheduler.models.covers import ENGAGED_STATUSES, AbsenceCause, Cover, CoverStatus, Substitution, SubstitutionStatus
from scheduler.models.demand import DemandSource, SourceKind
from scheduler.models.hours import MINUTES_PER_DAY, UnavailableDate, WeeklyWindow
from scheduler.models.imports import HeadingChoice, Import, ImportFile, ImportRow, ImportStatus, RowState
from scheduler.models.installation import Installation
from scheduler.models.jobs import (
    Job,
    JobStatus,
    PlanningJob,
    PlanningScope,
    PlanSearchJob,
    RecommendationJob,
    ScenarioJob,
    SearchJob,
    SearchPoint,
    planning_job_sections,
)
from scheduler.models.network import Census, Community, Level, Placed, PlaceSource, Unit
from scheduler.models.planning import Meeting, Placement, Plan, PlanStatus
from scheduler.models.proposals import Proposal, ProposalRun, ProposalState, ProposedCourse, ProposedLearners
from scheduler.models.scenarios import Scenario
from scheduler.models.sections import Demand, PinnedMeeting, Section, SectionLearners, SharedLearners
from scheduler.models.teachers import Teacher, TeacherAbsence, TeacherKind, TeacherWindow
from scheduler.models.terms import Budget, CalendarDay, DayKind, Term
from scheduler.models.venues import Confirmation, Feature, Room, RoomClosure, RoomWindow, Venue, VenueKind

__all__ = [
    "ACTIVE_STATUSES",
    "ENGAGED_STATUSES",
    "FORMAT",
    "HOLDING_STATUSES",
    "MINUTES_PER_DAY",
    "AbsenceCause",
    "Action",
    "ActivitySeries",
    "Assignment",
    "AssignmentStatus",
    "AuditEntry",
    "BookedSession",
    "Booking",
    "BookingStatus",
    "Budget",
    "CalendarDay",
    "Category",
    "Census",
    "ChangeEntry",
    "ChangeSet",
    "ChangeSetKind",
    "Community",
    "Confirmation",
    "Course",
    "CourseFormat",
    "CourseWindow",
    "Cover",
    "CoverStatus",
    "DayKind",
    "Demand",
    "DemandSource",
    "Event",
    "EventItem",
    "EventKind",
    "EventSection",
    "Feature",
    "FeedEvent",
    "FeedStatus",
    "Format",
    "Grant",
    "HeadingChoice",
    "Import",
    "ImportFile",
    "ImportRow",
    "ImportStatus",
    "Installation",
    "Job",
    "JobStatus",
    "Level",
    "Meeting",
    "PinnedMeeting",
    "PlaceSource",
    "Placed",
    "Placement",
    "Plan",
    "PlanSearchJob",
    "PlanStatus",
    "PlanningJob",
    "PlanningScope",
    "Proposal",
    "ProposalRun",
    "ProposalState",
    "ProposedCourse",
    "ProposedLearners",
    "RecommendationJob",
    "RefusalCause",
    "Role",
    "Room",
    "RoomClosure",
    "RoomWindow",
    "RowState",
    "Scenario",
    "ScenarioJob",
    "SearchJob",
    "SearchPoint",
    "Section",
    "SectionLearners",
    "SeriesSection",
    "SharedLearners",
    "SourceKind",
    "Subject",
    "Substitution",
    "SubstitutionStatus",
    "TargetGroup",
    "Teacher",
    "TeacherAbsence",
    "TeacherKind",
    "TeacherWindow",
    "Term",
    "UnavailableDate",
    "Unit",
    "User",
    "Venue",
    "VenueKind",
    "WeeklyWindow",
    "planning_job_sections",
]
