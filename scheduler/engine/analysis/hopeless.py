"""Which sections of a term can never be placed, told before anybody plans."""

import solver
from scheduler.engine.documents.drafts import Reasons, reasons_by_section
from scheduler.engine.documents.snapshot import term_document
from scheduler.models import Term, Unit


def hopeless_sections(term: Term, unit: Unit | None = None) -> Reasons:
    """By section id the code and parameters of the reason why no plan can place it.

    With ``unit`` the sections of its county, with the rooms and teachers that are there.
    """
    return reasons_by_section(solver.hopeless_sections(term_document(term, unit=unit)))
