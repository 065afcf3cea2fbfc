"""Carries out what a series proposes, and takes it back."""

from itertools import chain, count

from flask_babel import gettext as _
from sqlalchemy import select

from scheduler.audit.changesets import ChangeLog, latest, undo
from scheduler.audit.states.registers import COURSES, SECTIONS
from scheduler.core.errors import DomainError
from scheduler.core.extensions import db
from scheduler.features.planning.activities.groups import Group
from scheduler.features.planning.activities.proposals import SeriesProposal, SeriesProposalLine, propose
from scheduler.features.planning.activities.states import COURSE_PARTS, SECTION_PARTS
from scheduler.models import ActivitySeries, ChangeSet, ChangeSetKind, Course, Section, SeriesSection, Term
from scheduler.web.archiving import set_archived

LONGEST_NAME = 180


def carry_out(series: ActivitySeries, shown: str) -> ChangeSet:
    """Open, change and close the sections that were shown, whose fingerprint is ``shown``.

    Raises DomainError when something else would be done today.
    """
    proposal = propose(series)
    if proposal.fingerprint != shown:
        raise DomainError(_("Something has changed since this page was shown. Look through it once more."))
    log = ChangeLog(ChangeSetKind.SERIES_UPDATED, series, series.term_id)
    course_changes = bool(proposal.course_differences)
    _set_course(series, proposal, log)
    names = SectionNames(series.term)
    with db.session.no_autoflush:
        for line in proposal.steps:
            _take(series, line, names, log)
        if course_changes:
            _follow_course(series, log)
    return log.close()


def _follow_course(series: ActivitySeries, log: ChangeLog) -> None:
    """Hold all open sections as the course of the series now says."""
    assert series.course is not None
    for section in [entry.section for entry in series.entries if not entry.section.archived]:
        log.changing(section, SECTION_PARTS, section.name)
        section.take_format(series.course)


def _take(series: ActivitySeries, line: SeriesProposalLine, names: "SectionNames", log: ChangeLog) -> None:
    """Let the section of a line stand as it should; where there is none a new one, which taking back archives."""
    if line.entry is not None:
        section = line.entry.section
        log.changing(section, SECTION_PARTS, section.name)
    else:
        section = _new_section(series, line, names)
        log.changing(section, SECTION_PARTS, section.name, before={"archived": True})
    section.course = series.course or section.course
    SECTIONS.write(section, line.state or {})


def close_all(series: ActivitySeries) -> ChangeSet:
    """Archive a series together with its sections."""
    log = ChangeLog(ChangeSetKind.SERIES_ARCHIVED, series, series.term_id)
    log.changing(series, title=series.title_zh)
    for entry in series.entries:
        if not entry.section.archived:
            log.changing(entry.section, SECTION_PARTS, entry.section.name)
            SECTIONS.write(entry.section, {"archived": True})
    set_archived(series, archived=True)
    return log.close()


def take_back(update: ChangeSet, series: ActivitySeries) -> int:
    """Put everything back that nobody has changed since; how many sections had to stay as they are.

    Raises DomainError unless it was the last thing that the series did.
    """
    if latest(series) is not update:
        raise DomainError(_("Something was done later; only the last step can be taken back."))
    return sum(blocked.entry.register == SECTIONS.name for blocked in undo(update, whole=False).blocked)


class SectionNames:
    """The names of a term's sections, each of which is free once only."""

    def __init__(self, term: Term) -> None:
        self.used = set(db.session.scalars(select(Section.name).where(Section.term_id == term.id)))

    def free(self, wish: str) -> str:
        """The wished name, numbered where the term has it already."""
        wish = wish[:LONGEST_NAME]
        numbered = (f"{wish} {number}" for number in count(2))
        name = next(name for name in chain([wish], numbered) if name not in self.used)
        self.used.add(name)
        return name


def _new_section(series: ActivitySeries, line: SeriesProposalLine, names: SectionNames) -> Section:
    assert line.group is not None
    group = line.group
    name = names.free(f"{group.unit.name}·{_places(group)}·{series.title_zh}")
    section = Section(
        term=series.term, course=series.course, unit=group.unit, name=name, assumed=series.assumed,
        reach_metres=series.reach_metres,
    )
    db.session.add(section)
    series.entries.append(SeriesSection(section=section, group_code=group.code))
    return section


def _places(group: Group) -> str:
    others = len(group.people) - 1
    return group.first.name + (f"等 {others + 1} 处" if others else "")


def _set_course(series: ActivitySeries, proposal: SeriesProposal, log: ChangeLog) -> None:
    if proposal.course is None:
        return
    if series.course is None:
        series.course = Course(for_activity=True)
    else:
        log.changing(series.course, COURSE_PARTS)
    COURSES.write(series.course, proposal.course)
    db.session.add(series.course)
    db.session.flush()
