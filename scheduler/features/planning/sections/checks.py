"""What a section must keep to, checked before it is saved, and what its coordinator should know."""

from collections.abc import Callable, Iterator
from itertools import pairwise

from flask_babel import gettext as _, ngettext

from scheduler.core.clock import clock
from scheduler.core.errors import DomainError
from scheduler.domain.section_opening import last_start, too_long
from scheduler.features.planning.sections.facts import SectionFacts
from scheduler.models import MINUTES_PER_DAY, Section, Term
from scheduler.web.labels import weekday_name

Check = Callable[[Term, SectionFacts], Iterator[DomainError]]


def refuse(term: Term, facts: SectionFacts) -> None:
    """Raise the first problem, if there is one."""
    for check in CHECKS:
        for problem in check(term, facts):
            raise problem


def warnings(section: Section) -> list[str]:
    """What is allowed but probably not meant."""
    texts = []
    if section.size > section.maximum_size:
        texts.append(
            _(
                "%(size)d learners are more than the class size of %(most)d. Only a large room will do.",
                size=section.size,
                most=section.maximum_size,
            )
        )
    if section.size < section.minimum_size:
        texts.append(
            _(
                "%(size)d learners are fewer than the %(least)d that the course needs.",
                size=section.size,
                least=section.minimum_size,
            )
        )
    last = last_start(section.term, section.format)
    if last is not None and last < section.latest_week:
        texts.append(
            _(
                "It may begin up to week %(latest)d, but only up to week %(last)d can it end within the term.",
                latest=section.latest_week,
                last=last,
            )
        )
    return texts


def _weeks(term: Term, facts: SectionFacts) -> Iterator[DomainError]:
    if facts.latest_week > term.weeks:
        yield DomainError(_("The term has %(weeks)d weeks. Choose a week up to that.", weeks=term.weeks), "latest_week")
    if facts.earliest_week > facts.latest_week:
        yield DomainError(_("The last week in which it may begin lies before the first. Exchange them."), "latest_week")
    last = last_start(term, facts.format)
    if last is None:
        yield too_long(term, facts.format)
    elif facts.earliest_week > last:
        yield DomainError(
            _(
                "%(sessions)d sessions fit into the term only when they begin by week %(week)d. Choose an earlier one.",
                sessions=facts.format.sessions,
                week=last,
            ),
            "earliest_week",
        )


def _pinned_week(term: Term, facts: SectionFacts) -> Iterator[DomainError]:
    week = facts.pin.week
    if week is None:
        return
    if not facts.earliest_week <= week <= facts.latest_week:
        yield DomainError(
            _(
                "The pinned week must lie between week %(first)d and week %(last)d, as said above.",
                first=facts.earliest_week,
                last=facts.latest_week,
            ),
            "pinned_week",
        )
    if week > (last_start(term, facts.format) or 0):
        yield DomainError(
            _("From this week on the series cannot end within the term. Choose an earlier week."), "pinned_week"
        )


def _pinned_meetings(term: Term, facts: SectionFacts) -> Iterator[DomainError]:
    meetings, held = facts.pin.meetings, facts.format
    if not meetings:
        return
    if len(meetings) != held.per_week:
        yield DomainError(
            ngettext(
                "The course meets %(num)s time a week. Pin that many times, or none.",
                "The course meets %(num)s times a week. Pin that many times, or none.",
                held.per_week,
            ),
            "pinned_meetings",
        )
    for weekday, start in meetings:
        yield from _pinned_meeting(term, facts, weekday, start)
    for (earlier, _start), (later, _other) in pairwise(meetings):
        if later - earlier < held.day_gap:
            yield DomainError(
                _(
                    "%(first)s and %(second)s are too close: the course wants %(days)d days between its meetings.",
                    first=weekday_name(earlier),
                    second=weekday_name(later),
                    days=held.day_gap,
                ),
                "pinned_meetings",
            )


def _pinned_meeting(term: Term, facts: SectionFacts, weekday: int, start: int) -> Iterator[DomainError]:
    end = start + facts.format.minutes
    when = f"{weekday_name(weekday)} {clock(start)}"
    if start % term.grid_minutes:
        yield DomainError(
            _("%(when)s: sessions of this term begin every %(number)d minutes.", when=when, number=term.grid_minutes),
            "pinned_meetings",
        )
    windows = [window for window in facts.course.windows if window.weekday == weekday]
    if end > MINUTES_PER_DAY or not any(
        window.start_minute <= start and end <= window.end_minute for window in windows
    ):
        hours = ", ".join(f"{clock(window.start_minute)}–{clock(window.end_minute)}" for window in windows)
        yield DomainError(
            _(
                "%(when)s: %(minutes)d minutes lie outside the hours of the course, which are %(hours)s.",
                when=when,
                minutes=facts.format.minutes,
                hours=hours or _("closed on that day"),
            ),
            "pinned_meetings",
        )


def _pinned_room(_term: Term, facts: SectionFacts) -> Iterator[DomainError]:
    room = facts.pin.room
    if room is None:
        return
    if room.capacity < facts.size:
        yield DomainError(
            _(
                "%(room)s seats %(seats)d, but the section has %(size)d learners. Choose a larger room.",
                room=room.name,
                seats=room.capacity,
                size=facts.size,
            ),
            "pinned_room",
        )
    lacking = [feature.name_zh for feature in facts.needs if feature not in room.features]
    if lacking:
        yield DomainError(
            _("%(room)s lacks what the course needs: %(features)s.", room=room.name, features="、".join(lacking)),
            "pinned_room",
        )
    if facts.venues and room.venue not in facts.venues:
        yield DomainError(
            _("%(venue)s is not among the venues allowed for this section.", venue=room.venue.name), "pinned_room"
        )


def _pinned_teacher(_term: Term, facts: SectionFacts) -> Iterator[DomainError]:
    teacher, subject = facts.pin.teacher, facts.course.subject
    if teacher is None:
        return
    if subject not in teacher.subjects:
        yield DomainError(
            _(
                "%(teacher)s does not teach %(subject)s. Choose somebody who does, or add the subject to the teacher.",
                teacher=teacher.name,
                subject=subject.name_zh,
            ),
            "pinned_teacher",
        )
    if facts.teachers and teacher not in facts.teachers:
        yield DomainError(
            _("%(teacher)s is not among the teachers allowed for this section.", teacher=teacher.name), "pinned_teacher"
        )


def _allowed_teachers(_term: Term, facts: SectionFacts) -> Iterator[DomainError]:
    subject = facts.course.subject
    if facts.teachers and not any(subject in teacher.subjects for teacher in facts.teachers):
        yield DomainError(_("None of these teachers teaches %(subject)s.", subject=subject.name_zh), "teachers")


CHECKS: tuple[Check, ...] = (_weeks, _allowed_teachers, _pinned_week, _pinned_meetings, _pinned_room, _pinned_teacher)
