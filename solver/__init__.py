"""Plans the sections of a term: which hours, room and teacher each gets.

This is the public door; everything else is for the package itself.
"""

from solver.analysis.explain import Explanation, explain
from solver.analysis.marginal_value import MarginalGain, Trials, marginal_values
from solver.decomposition import Broken, BrokenError, ClusterError, broken, solve
from solver.decomposition.minimal_repair import repair
from solver.decomposition.unplaced_reasons import first_reason, left_out, precheck
from solver.model.check import Report, check
from solver.problem.json_documents import DocumentError, read_plan, read_term, write_plan, write_term
from solver.problem.plan import Meeting, Placement, Plan
from solver.problem.plan_diff import Change, Comparison, compare
from solver.problem.reason import Reason
from solver.problem.term import Section, Term
from solver.problem.violation import Violation
from solver.progress import Observer, Phase, Progress
from solver.result import Result, Status
from solver.settings import Settings
from solver.stopping import StoppingCriterion

__all__ = [
    "Broken",
    "BrokenError",
    "Change",
    "ClusterError",
    "Comparison",
    "DocumentError",
    "Explanation",
    "MarginalGain",
    "Meeting",
    "Observer",
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
    "StoppingCriterion",
    "Term",
    "Trials",
    "Violation",
    "broken",
    "check",
    "compare",
    "explain",
    "first_reason",
    "left_out",
    "marginal_values",
    "precheck",
    "read_plan",
    "read_term",
    "repair",
    "solve",
    "write_plan",
    "write_term",
]
