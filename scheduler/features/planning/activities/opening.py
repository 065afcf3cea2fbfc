"""Carries out what a series proposes, and takes it back."""

from collections.abc import Iterable
from itertools import chain, count

from flask_babel import gettext as _
from sqlalchemy import select

from scheduler.core.errors import DomainError
from scheduler.core.extensions import db
from scheduler.features.planning.activities.groups import Group
from scheduler.features.planning.activities.proposals import SeriesProposal, SeriesProposalLine, propose
from scheduler.features.planning.activities.states import State, course_state, set_course, set_state, state_of
from scheduler.models import ActivitySeries, Course, Section, SeriesSection, SeriesUpdate, Term
from scheduler.web.archiving import set_archived

LONGEST_NAME = 180


def carry_out(series: ActivitySeries, shown: str) -> SeriesUpdate:
    """Open, change and close the sections that were shown, whose fingerprint is ``shown``.

    Raises DomainError when something else would be done today.
    """
    proposal = propose(series)
    if proposal.fingerprint != shown:
        raise DomainError(_("Something has changed since this page was shown. Look through it once more."))
    update = SeriesUpdate(series=series, before={"course": None, "sections": {}}, after={})
    _set_course(series, proposal, update)
    names = SectionNames(series.term)
    with db.session.no_autoflush:
        touched = [_take(series, line, names) for line in proposal.steps]
    db.session.flush()
    update.before["sections"] = {str(section.id): before for section, before in touched}
    return _finish(update, series, [section for section, _before in touched])


def _take(series: ActivitySeries, line: SeriesProposalLine, names: "SectionNames") -> tuple[Section, State | None]:
    """Let the section of a line stand as it should, a new one where there is none; with its state before."""
    section = line.entry.section if line.entry is not None else None
    before = None if section is None else state_of(section)
    section = section or _new_section(series, line, names)
    section.course = series.course or section.course
    set_state(section, line.state or {})
    return section, before


def close_all(series: ActivitySeries) -> SeriesUpdate:
    """Archive a series together with its sections."""
    update = SeriesUpdate(series=series, before={"archived": False, "course": None, "sections": {}}, after={})
    touched = [entry.section for entry in series.entries if not entry.section.archived]
    for section in touched:
        update.before["sections"][str(section.id)] = state_of(section)
        set_state(section, state_of(section) | {"archived": True})
    set_archived(series, archived=True)
    return _finish(update, series, touched)


def take_back(update: SeriesUpdate) -> int:
    """Put everything back that nobody has changed since; how many sections had to stay as they are.

    Raises DomainError unless it was the last thing that the series did.
    """
    last = latest_update(update.series)
    if last is None or last.id != update.id:
        raise DomainError(_("Something was done later; only the last step can be taken back."))
    with db.session.no_autoflush:
        kept = sum(not _put_back(update, key, before) for key, before in update.before["sections"].items())
        _restore_course(update)
    if "archived" in update.before:
        set_archived(update.series, archived=False)
    update.undone = True
    db.session.flush()
    return kept


def _put_back(update: SeriesUpdate, key: str, before: State | None) -> bool:
    """Let a section stand as before, unless somebody has changed it since."""
    section = db.session.get_one(Section, int(key))
    now = state_of(section)
    if now != update.after["sections"][key]:
        return False
    set_state(section, before or now | {"archived": True})
    return True


def latest_update(series: ActivitySeries) -> SeriesUpdate | None:
    """What the series did last and nobody has taken back."""
    statement = select(SeriesUpdate).where(SeriesUpdate.series_id == series.id, SeriesUpdate.undone.is_(False))
    return db.session.scalar(statement.order_by(SeriesUpdate.id.desc()).limit(1))


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


def _set_course(series: ActivitySeries, proposal: SeriesProposal, update: SeriesUpdate) -> None:
    if proposal.course is None:
        return
    if series.course is None:
        series.course = Course(for_activity=True)
        db.session.add(series.course)
    else:
        update.before["course"] = course_state(series.course)
    set_course(series.course, proposal.course)
    db.session.flush()


def _restore_course(update: SeriesUpdate) -> None:
    before, course = update.before["course"], update.series.course
    if before is not None and course is not None and course_state(course) == update.after["course"]:
        set_course(course, before)


def _finish(update: SeriesUpdate, series: ActivitySeries, touched: Iterable[Section]) -> SeriesUpdate:
    states: dict[str, State] = {str(section.id): state_of(section) for section in touched}
    course = None if series.course is None else course_state(series.course)
    update.after = {"course": course, "sections": states}
    db.session.add(update)
    db.session.flush()
    return update
