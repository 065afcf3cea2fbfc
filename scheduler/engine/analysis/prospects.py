"""Which sections of a term can be placed at all, seen without a search."""

import solver
from scheduler.engine.documents.drafts import Reasons, reasons_by_section
from scheduler.engine.documents.snapshot import term_document
from scheduler.models import Term, Unit
from solver import RULES_OF_ONE_SECTION, SectionDomain, held_sessions, holding, reason_without_pairs


def hopeless_sections(term: Term, unit: Unit | None = None) -> Reasons:
    """By section id the code and parameters of the reason why no plan can place it.

    With ``unit`` the sections of its county, with the rooms and teachers that are there.

    Looks at rooms, teachers and single weekly hours, which takes a fraction of the time that the planner's own precheck
    takes; a section that only closed dates keep from being placed is not found.
    """
    document = term_document(term, unit=unit)
    hopeless = [section for section in document.sections if not _has_prospects(document, section)]
    return reasons_by_section({section.id: reason_without_pairs(document, section) for section in hopeless})


def _has_prospects(document: solver.Term, section: solver.Section) -> bool:
    choices = SectionDomain(document, section)
    for rule in RULES_OF_ONE_SECTION:
        rule.narrow(choices)
    return _ends_in_term(choices) and _has_common_hour(choices)


def _ends_in_term(choices: SectionDomain) -> bool:
    """Whether some weekly meetings from some week on hold all sessions inside the term."""
    calendar, section = choices.term.calendar, choices.section
    return any(
        held_sessions(calendar, section, week, meetings) is not None
        for week in choices.weeks
        for meetings in choices.meeting_sets()
    )


def _has_common_hour(choices: SectionDomain) -> bool:
    """Whether a room and a teacher who may come together are both free at some weekly hour that suits."""
    minutes, meetings = choices.section.minutes, choices.only_meetings or choices.weekly_meetings()
    return any(
        holding(choices.room_hours(room), meeting, minutes)
        and holding(choices.teacher_hours(teacher), meeting, minutes)
        for room, teacher in choices.pairs()
        for meeting in meetings
    )
