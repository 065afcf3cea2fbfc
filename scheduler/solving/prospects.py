"""Which sections of a term can be placed at all, before anything is planned."""

from scheduler.models import Term
from scheduler.solving.outcome import Reasons, reasons_by_section
from scheduler.solving.snapshot import term_document
from solver.precheck import precheck


def hopeless_sections(term: Term) -> Reasons:
    """By section id the code and parameters of the reason why no plan can place it."""
    return reasons_by_section(precheck(term_document(term)))
