"""Changes of sections and of the learners they share."""

from dataclasses import asdict

from flask_babel import gettext as _

from scheduler.core.errors import DomainError
from scheduler.core.extensions import db
from scheduler.domain.section_opening import free_name
from scheduler.features.planning.sections import checks
from scheduler.features.planning.sections.facts import SectionFacts
from scheduler.models import PinnedMeeting, Section, SectionLearners, SharedLearners, Term


def create_section(term: Term, facts: SectionFacts) -> Section:
    """A section of a term; without a name it is called after its unit, course and number."""
    checks.refuse(term, facts)
    section = Section(term=term, course=facts.course)
    _set(section, facts, facts.name or free_name(term, facts.unit, facts.course))
    db.session.add(section)
    db.session.flush()
    return section


def edit_section(section: Section, facts: SectionFacts) -> Section:
    """Change everything that a form says; what is not pinned there is free."""
    checks.refuse(section.term, facts)
    _set(section, facts, facts.name or section.name)
    section.assumed = False
    db.session.flush()
    return section


def share_learners(section: Section, other: Section, people: int) -> SharedLearners:
    """People who want both sections; one entry for each pair."""
    first, second = sorted((section.id, other.id))
    if db.session.get(SharedLearners, (first, second)) is not None:
        raise DomainError(_("This section is in the list already. Remove it there to enter another number."), "other")
    pair = SharedLearners(first_id=first, second_id=second, people=people)
    db.session.add(pair)
    db.session.flush()
    return pair


def unshare_learners(pair: SharedLearners) -> None:
    """Nobody wants both sections any more."""
    db.session.delete(pair)
    db.session.flush()


def _set(section: Section, facts: SectionFacts, name: str) -> None:
    section.course, section.unit, section.name = facts.course, facts.unit, name
    section.earliest_week, section.latest_week = facts.earliest_week, facts.latest_week
    for column, value in asdict(facts.format).items():
        setattr(section, column, value)
    section.needs = facts.needs
    section.priority, section.reach_metres = facts.priority, facts.reach_metres
    section.allowed_venues, section.allowed_teachers = facts.venues, facts.teachers
    section.pinned_week, section.pinned_room, section.pinned_teacher = facts.pin.week, facts.pin.room, facts.pin.teacher
    _set_learners(section, facts)
    _set_meetings(section, facts)


def _set_learners(section: Section, facts: SectionFacts) -> None:
    """Change rows in place, because a community's row keeps its key."""
    entries = {entry.community: entry for entry in section.learners}
    for community, people in facts.learners.items():
        if community in entries:
            entries[community].people = people
        else:
            section.learners.append(SectionLearners(community=community, people=people))
    for community, entry in entries.items():
        if community not in facts.learners:
            section.learners.remove(entry)


def _set_meetings(section: Section, facts: SectionFacts) -> None:
    meetings = {meeting.weekday: meeting for meeting in section.pinned_meetings}
    starts = dict(facts.pin.meetings)
    for weekday, start in starts.items():
        if weekday in meetings:
            meetings[weekday].start_minute = start
        else:
            section.pinned_meetings.append(PinnedMeeting(weekday=weekday, start_minute=start))
    for weekday, meeting in meetings.items():
        if weekday not in starts:
            section.pinned_meetings.remove(meeting)
