"""Which sections of a term cannot be placed at all, seen without a search."""

from solver.model.domain import SectionDomain
from solver.model.rules import RULES_OF_ONE_SECTION
from solver.problem.plan import Id
from solver.problem.reason import Reason
from solver.problem.series import held_sessions, holding
from solver.problem.term import Section, Term
from solver.search.infeasibility import reason_without_pairs


def hopeless_sections(term: Term) -> dict[Id, Reason]:
    """The sections that no plan can place, each with the reason why.

    Looks at rooms, teachers and single weekly hours, which takes a fraction of the time of ``precheck``; a section that
    only closed dates keep from being placed is not noticed.
    """
    hopeless = (section for section in term.sections if not _has_prospects(term, section))
    return {section.id: reason_without_pairs(term, section) for section in hopeless}


def _has_prospects(term: Term, section: Section) -> bool:
    domain = SectionDomain(term, section)
    for rule in RULES_OF_ONE_SECTION:
        rule.narrow(domain)
    return _ends_in_term(domain) and _has_common_hour(domain)


def _ends_in_term(domain: SectionDomain) -> bool:
    """Whether some weekly meetings from some week on hold all sessions inside the term."""
    return any(
        held_sessions(domain.term.calendar, domain.section, week, meetings) is not None
        for week in domain.weeks
        for meetings in domain.meeting_sets()
    )


def _has_common_hour(domain: SectionDomain) -> bool:
    """Whether a room and a teacher who may come together are both free at some weekly hour that suits."""
    minutes, meetings = domain.section.minutes, domain.only_meetings or domain.weekly_meetings()
    return any(
        holding(domain.room_hours(room), meeting, minutes)
        and holding(domain.teacher_hours(teacher), meeting, minutes)
        for room, teacher in domain.pairs()
        for meeting in meetings
    )
