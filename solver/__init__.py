"""Plans the sections of a term: which hours, room and teacher each gets. Knows nothing of the web, of databases or of words.

This is the public door; everything else is for the package itself.
"""

from solver.check import Report, check
from solver.documents import DocumentError, read_plan, read_term, write_plan, write_term
from solver.plan import Meeting, Placement, Plan
from solver.term import Section, Term
from solver.violation import Violation

__all__ = [
    "DocumentError",
    "Meeting",
    "Placement",
    "Plan",
    "Report",
    "Section",
    "Term",
    "Violation",
    "check",
    "read_plan",
    "read_term",
    "write_plan",
    "write_term",
]
