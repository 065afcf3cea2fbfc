"""Plans the sections of a term: which hours, room and teacher each gets.

This is the public door; everything else is for the package itself.
"""

from solver.changes import Change, Comparison, compare
from solver.check import Report, check
from solver.decompose import Broken, BrokenError, ClusterError, broken, solve
from solver.decompose.left_out import first_reason, left_out, precheck
from solver.documents import DocumentError, read_plan, read_term, write_plan, write_term
from solver.explain import Explanation, explain
from solver.patience import Patience
from solver.plan import Meeting, Placement, Plan
from solver.progress import Observer, Phase, Progress
from solver.reason import Reason
from solver.repair import repair
from solver.result import Result, Status
from solver.settings import Settings
from solver.term import Section, Term
from solver.violation import Violation
from solver.worth import Gain, Trials, worth

__all__ = [
    "Broken",
    "BrokenError",
    "Change",
    "ClusterError",
    "Comparison",
    "DocumentError",
    "Explanation",
    "Gain",
    "Meeting",
    "Observer",
    "Patience",
    "Phase",
    "Placement",
    "Plan",
    "Progress",
    "Reason",
    "Report",
    "Result",
    "Section",
    "Settings",
    "Status",
    "Term",
    "Trials",
    "Violation",
    "broken",
    "check",
    "compare",
    "explain",
    "first_reason",
    "left_out",
    "precheck",
    "read_plan",
    "read_term",
    "repair",
    "solve",
    "worth",
    "write_plan",
    "write_term",
]
