"""Plans the sections of a term: which hours, room and teacher each gets.

This is the public door; everything else is for the package itself. It gives what is written and read (terms, plans,
their parts and what differs between two), what is allowed and what it costs (`check`, rules), planning (`solve`,
`repair`, settings and progress), questions about a plan (`explain`, `marginal_values`, where a section may move), and
where sections should open (`propose_sections`).
"""

from solver.analysis.explain import Alternative, Cause, Explanation, Offer, explain
from solver.analysis.explain.causes import CAUSE_ORDER
from solver.analysis.hopeless import hopeless_sections
from solver.analysis.marginal_value import MarginalGain, Trials, marginal_values
from solver.analysis.move_targets import (
    Obstacles,
    PatternCache,
    PlacementPrices,
    TargetRow,
    Track,
    cost_rise,
    move_targets,
)
from solver.analysis.plan_index import PlanIndex
from solver.analysis.relaxations import AnyRelaxation, ExtendAvailability, OpenRoom, RaiseBudget, TeachSubject
from solver.analysis.relaxations.base import with_changed
from solver.decomposition import Broken, BrokenError, broken, solve
from solver.decomposition.minimal_repair import repair
from solver.decomposition.unplaced_reasons import first_reason, left_out, precheck
from solver.location import (
    HEAVIEST,
    GatheringPlace,
    LocationProblem,
    LocationProposal,
    LocationWeights,
    OpeningLimits,
    WaitingCommunity,
    Why,
    propose_sections,
)
from solver.model.check import Report, check
from solver.model.costs import COST
from solver.model.costs.uncovered import uncovered_communities
from solver.model.rules import RULES
from solver.model.rules.pinned_placed import PinnedPlaced
from solver.model.rules.teacher_allowed import TeacherAllowed
from solver.model.rules.teacher_reach import TeacherReach
from solver.model.timetable import Placed, Timetable
from solver.problem.busy import BusyRoomHours, BusyTeacherHours, Place
from solver.problem.hours import merged_hours
from solver.problem.json_documents import DocumentError, read_plan, read_term, write_plan, write_term
from solver.problem.plan import Id, Meeting, Placement, Plan
from solver.problem.plan_diff import Change, Comparison, compare
from solver.problem.reason import Reason
from solver.problem.series import sessions_by_week
from solver.problem.term import (
    Calendar,
    Community,
    Hours,
    Pin,
    Room,
    Section,
    Shared,
    Teacher,
    Term,
    Travel,
    Unit,
    Venue,
    Weights,
    Window,
    distance,
)
from solver.problem.violation import Violation, breaks
from solver.processes.base import ClusterError
from solver.processes.parent_guard import end_with_parent
from solver.processes.stop_token import StopToken
from solver.progress import Observer, Phase, Progress
from solver.result import Result, Status
from solver.settings import Settings
from solver.stopping import StoppingCriterion

__all__ = [
    "CAUSE_ORDER",
    "COST",
    "HEAVIEST",
    "RULES",
    "Alternative",
    "AnyRelaxation",
    "Broken",
    "BrokenError",
    "BusyRoomHours",
    "BusyTeacherHours",
    "Calendar",
    "Cause",
    "Change",
    "ClusterError",
    "Community",
    "Comparison",
    "DocumentError",
    "Explanation",
    "ExtendAvailability",
    "GatheringPlace",
    "Hours",
    "Id",
    "LocationProblem",
    "LocationProposal",
    "LocationWeights",
    "MarginalGain",
    "Meeting",
    "Observer",
    "Obstacles",
    "Offer",
    "OpenRoom",
    "OpeningLimits",
    "PatternCache",
    "Phase",
    "Pin",
    "PinnedPlaced",
    "Place",
    "Placed",
    "Placement",
    "PlacementPrices",
    "Plan",
    "PlanIndex",
    "Progress",
    "RaiseBudget",
    "Reason",
    "Report",
    "Result",
    "Room",
    "Section",
    "Settings",
    "Shared",
    "Status",
    "StopToken",
    "StoppingCriterion",
    "TargetRow",
    "TeachSubject",
    "Teacher",
    "TeacherAllowed",
    "TeacherReach",
    "Term",
    "Timetable",
    "Track",
    "Travel",
    "Trials",
    "Unit",
    "Venue",
    "Violation",
    "WaitingCommunity",
    "Weights",
    "Why",
    "Window",
    "breaks",
    "broken",
    "check",
    "compare",
    "cost_rise",
    "distance",
    "end_with_parent",
    "explain",
    "first_reason",
    "hopeless_sections",
    "left_out",
    "marginal_values",
    "merged_hours",
    "move_targets",
    "precheck",
    "propose_sections",
    "read_plan",
    "read_term",
    "repair",
    "sessions_by_week",
    "solve",
    "uncovered_communities",
    "with_changed",
    "write_plan",
    "write_term",
]
