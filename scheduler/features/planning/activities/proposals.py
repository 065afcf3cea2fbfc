"""What has to be opened, changed and closed so that a series reaches its communities as often as it should."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from flask_babel import gettext as _

from scheduler.audit.states.codec import State
from scheduler.calendar.occurrences import days_off
from scheduler.features.planning.activities.groups import Group, groups_of
from scheduler.features.planning.activities.rhythm import Calendar, Rhythm, rhythm_for
from scheduler.features.planning.activities.states import course_state, state_of, wanted_course, wanted_state
from scheduler.models import ActivitySeries, Course, SeriesSection, Term


class SeriesStep(StrEnum):
    """What is to be done for a group of communities."""

    OPEN = "open"
    CHANGE = "change"
    CLOSE = "close"
    KEEP = "keep"
    IMPOSSIBLE = "impossible"


@dataclass(frozen=True)
class SeriesProposalLine:
    """A step for one group. ``group`` is None where a section is closed, ``entry`` where there was none yet.

    ``differences`` are the parts of the state that change; ``state`` is how the section is to stand.
    """

    step: SeriesStep
    group: Group | None
    entry: SeriesSection | None
    state: State | None = None
    differences: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The communities, or what the section to be closed is called."""
        if self.group is not None:
            return _(", ").join(community.name for community in self.group.people)
        return self.entry.section.name if self.entry is not None else ""


@dataclass(frozen=True)
class SeriesProposal:
    """All steps for a series, in the order of the network; ``rhythm`` is None where no date of the term will do."""

    series: ActivitySeries
    rhythm: Rhythm | None
    lines: list[SeriesProposalLine]
    course: State | None

    def of(self, step: SeriesStep) -> list[SeriesProposalLine]:
        """The groups for which the same is to be done."""
        return [line for line in self.lines if line.step is step]

    @property
    def steps(self) -> list[SeriesProposalLine]:
        """What carrying it out would do."""
        return [line for line in self.lines if line.step in (SeriesStep.OPEN, SeriesStep.CHANGE, SeriesStep.CLOSE)]

    @property
    def course_differences(self) -> list[str]:
        """The parts of the course that change for all sections that are open."""
        course = self.series.course
        if course is None or self.course is None:
            return []
        now = course_state(course)
        return [name for name, value in self.course.items() if now[name] != value]

    @property
    def empty(self) -> bool:
        """Whether everything stands as it should."""
        return not self.steps and not self.course_differences

    @property
    def sessions(self) -> int:
        """Sessions of all sections that will then be open."""
        steps = (SeriesStep.OPEN, SeriesStep.CHANGE, SeriesStep.KEEP)
        return sum(line.step in steps for line in self.lines) * (self.rhythm.sessions if self.rhythm else 0)

    @property
    def fingerprint(self) -> str:
        """Differs when something else would be done than what was shown."""
        steps = [(line.step, line.name, line.entry and line.entry.section_id, line.state) for line in self.steps]
        text = json.dumps([steps, self.course, self.course_differences], sort_keys=True, default=str)
        return sha256(text.encode()).hexdigest()[:16]


def calendar_of(term: Term) -> Calendar:
    """The weeks of a term and its days off."""
    return Calendar(term.weeks, frozenset((day - term.first_day).days for day in days_off(term)))


def weekdays_of(course: Course) -> list[int]:
    """The weekdays on which a course has hours that are long enough."""
    return sorted({w.weekday for w in course.windows if w.end_minute - w.start_minute >= course.minutes})


def rhythm_of(series: ActivitySeries) -> Rhythm | None:
    """The sessions that the series needs in its term."""
    return rhythm_for(calendar_of(series.term), weekdays_of(series.content), series.at_least_every)


def propose(series: ActivitySeries) -> SeriesProposal:
    """What is to be done today."""
    rhythm = rhythm_of(series)
    if rhythm is None:
        return SeriesProposal(series, None, [], None)
    entries = {entry.group_code: entry for entry in series.entries}
    open_groups = {
        code: {learners.community_id for learners in entry.section.learners}
        for code, entry in entries.items()
        if not entry.section.archived
    }
    groups = groups_of(series, open_groups)
    lines = [_line(series, group, rhythm, entries.get(group.code)) for group in groups]
    lines += _closed(entries, {group.code for group in groups})
    return SeriesProposal(series, rhythm, lines, wanted_course(series, rhythm, [g.size for g in groups if g.venues]))


def _line(series: ActivitySeries, group: Group, rhythm: Rhythm, entry: SeriesSection | None) -> SeriesProposalLine:
    section = entry.section if entry is not None else None
    if not group.venues:
        return SeriesProposalLine(SeriesStep.IMPOSSIBLE, group, entry)
    state = wanted_state(series, group, rhythm, section)
    if section is None or section.archived:
        return SeriesProposalLine(SeriesStep.OPEN, group, entry, state)
    now = state_of(section)
    differences = tuple(name for name, value in state.items() if now[name] != value)
    if section.course_id != series.course_id:
        differences = ("course", *differences)
    return SeriesProposalLine(SeriesStep.CHANGE if differences else SeriesStep.KEEP, group, entry, state, differences)


def _closed(entries: dict[str, SeriesSection], open_codes: set[str]) -> Iterator[SeriesProposalLine]:
    for code, entry in entries.items():
        if code not in open_codes and not entry.section.archived:
            yield SeriesProposalLine(SeriesStep.CLOSE, None, entry, state_of(entry.section) | {"archived": True})
