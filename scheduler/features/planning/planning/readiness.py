"""Is a term ready to be planned? Every check is a function; all are listed in CHECKS, in the order of the page."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from flask import url_for
from flask_babel import LazyString, format_number, gettext as _, lazy_gettext as _l, ngettext

from scheduler.calendar.occurrences import days_off
from scheduler.domain.series_coverage import series_of, without_section
from scheduler.engine.analysis.hopeless import hopeless_sections
from scheduler.engine.documents.rows import TermRows, rows_of
from scheduler.engine.words.sentences import reason_sentence
from scheduler.features.planning.planning.findings import DOUBTFUL, FINE, MISSING, Example, Finding, Readiness
from scheduler.models import ActivitySeries, Community, Course, PlaceSource, Room, Section, Teacher, Term, Unit
from scheduler.web.i18n import in_language

SHOWN_EXAMPLES = 8


@dataclass(frozen=True)
class Facts:
    """A term and the rows that its plan depends on; of the county of ``unit`` alone where one is given."""

    term: Term
    rows: TermRows
    unit: Unit | None


Check = Callable[[Facts], Iterator[Finding]]


def readiness_of(term: Term, unit: Unit | None = None) -> Readiness:
    """Run all checks, for the county of a unit alone where one is given."""
    facts = Facts(term, rows_of(term, unit), unit)
    order = [MISSING, DOUBTFUL, FINE]
    findings = [finding for check in CHECKS for finding in check(facts)]
    return Readiness(sorted(findings, key=lambda finding: order.index(finding.tone)))


def _sections_exist(facts: Facts) -> Iterator[Finding]:
    count, url = len(facts.rows.sections), url_for("sections.index", term_id=facts.term.id)
    if count:
        learners = sum(section.size for section in facts.rows.sections)
        text = ngettext(
            "%(sections)s section for %(people)s learners.",
            "%(sections)s sections for %(people)s learners.",
            count,
            sections=format_number(count),
            people=format_number(learners),
        )
        yield Finding(FINE, text, url, _l("See the sections"))
    else:
        yield Finding(MISSING, _("There are no sections yet, so there is nothing to plan."), url, _l("Open sections"))


def _learners(facts: Facts) -> Iterator[Finding]:
    empty = [section for section in facts.rows.sections if section.size == 0]
    if empty:
        text = ngettext("%(num)s section has no learners.", "%(num)s sections have no learners.", len(empty))
        yield _about_sections(facts, MISSING, text, empty)


def _course_hours(facts: Facts) -> Iterator[Finding]:
    courses = {section.course for section in facts.rows.sections if not section.course.windows}
    if courses:
        text = ngettext(
            "%(num)s course has no hours that suit it.", "%(num)s courses have no hours that suit them.", len(courses)
        )
        yield _finding(
            MISSING,
            text,
            url_for("courses.index"),
            _l("See the courses"),
            map(_course, sorted(courses, key=lambda c: c.id)),
        )


def _series_fit(facts: Facts) -> Iterator[Finding]:
    """Sections that cannot hold all sessions even when they begin in their earliest week and no day were off."""
    late = [section for section in facts.rows.sections if _last_week(section) > facts.term.weeks]
    if late:
        text = ngettext(
            "%(num)s section cannot end within the term: it begins too late or has too many sessions.",
            "%(num)s sections cannot end within the term: they begin too late or have too many sessions.",
            len(late),
        )
        yield _about_sections(facts, MISSING, text, late)


def _pins(facts: Facts) -> Iterator[Finding]:
    broken = [section for section in facts.rows.sections if _pin_is_broken(section)]
    if broken:
        text = ngettext(
            "%(num)s section is pinned to something that is archived, or to the wrong number of hours.",
            "%(num)s sections are pinned to something that is archived, or to the wrong number of hours.",
            len(broken),
        )
        yield _about_sections(facts, MISSING, text, broken)


def _prospects(facts: Facts) -> Iterator[Finding]:
    """Sections that no plan can place, with the reason of each."""
    reasons = hopeless_sections(facts.term, facts.unit)
    if not facts.rows.sections:
        return
    if not reasons:
        text = _("Every section has a room, a teacher and hours that would do.")
        yield Finding(FINE, text, url_for("sections.index", term_id=facts.term.id), _l("See the sections"))
        return
    hopeless = [section for section in facts.rows.sections if str(section.id) in reasons]
    text = ngettext(
        "%(num)s section cannot be placed by any plan.", "%(num)s sections cannot be placed by any plan.", len(hopeless)
    )
    yield _about_sections(facts, MISSING, text, hopeless, lambda section: reason_sentence(reasons[str(section.id)]))


def _rooms_have_hours(facts: Facts) -> Iterator[Finding]:
    rooms, closed = facts.rows.rooms, [room for room in facts.rows.rooms if not room.windows]
    if not rooms:
        yield Finding(MISSING, _("No venue in reach has a room."), url_for("venues.index"), _l("Add rooms"))
    if closed:
        text = ngettext(
            "%(num)s room has no opening hours, so nothing can be held there.",
            "%(num)s rooms have no opening hours, so nothing can be held there.",
            len(closed),
        )
        yield _finding(DOUBTFUL, text, url_for("venues.index"), _l("See the venues"), map(_room, closed))


def _teachers_can_teach(facts: Facts) -> Iterator[Finding]:
    teachers, url = facts.rows.teachers, url_for("teachers.index")
    if not teachers:
        yield Finding(MISSING, _("No teacher is in reach."), url, _l("Add teachers"))
    if away := [teacher for teacher in teachers if not teacher.windows]:
        text = ngettext("%(num)s teacher has no hours.", "%(num)s teachers have no hours.", len(away))
        yield _finding(DOUBTFUL, text, url, _l("See the teachers"), map(_teacher, away))
    if unlearned := [teacher for teacher in teachers if not teacher.subjects]:
        text = ngettext("%(num)s teacher has no subject.", "%(num)s teachers have no subject.", len(unlearned))
        yield _finding(DOUBTFUL, text, url, _l("See the teachers"), map(_teacher, unlearned))


def _calendar(facts: Facts) -> Iterator[Finding]:
    url, last = url_for("terms.calendar", term_id=facts.term.id), _last_day(facts.term)
    inside = [day for day in days_off(facts.term) if facts.term.first_day <= day <= last]
    if inside:
        yield Finding(
            FINE,
            ngettext("%(num)s day off is known.", "%(num)s days off are known.", len(inside)),
            url,
            _l("See the calendar"),
        )
    else:
        yield Finding(
            DOUBTFUL, _("No day off lies in the term. Is the calendar complete?"), url, _l("Look at the calendar")
        )


def _budgets(facts: Facts) -> Iterator[Finding]:
    url, count = url_for("terms.budgets", term_id=facts.term.id), len(facts.term.budgets)
    if count:
        yield Finding(
            FINE,
            ngettext("%(num)s unit has a budget.", "%(num)s units have a budget.", count),
            url,
            _l("See the budgets"),
        )
    else:
        yield Finding(DOUBTFUL, _("No unit has a budget, so fees are not limited."), url, _l("Set budgets"))


def _places(facts: Facts) -> Iterator[Finding]:
    assumed = [venue for venue in facts.rows.venues if venue.place_source is PlaceSource.ASSUMED]
    if assumed:
        text = ngettext(
            "The place of %(num)s venue is assumed, so ways to it are only roughly right.",
            "The places of %(num)s venues are assumed, so ways to them are only roughly right.",
            len(assumed),
        )
        examples = (Example(venue.name, url_for("venues.show", venue_id=venue.id)) for venue in assumed)
        yield _finding(DOUBTFUL, text, url_for("venues.index"), _l("See the venues"), examples)


def _series_reach_everybody(facts: Facts) -> Iterator[Finding]:
    """Series that some of their communities have no section of."""
    left_out = {series: without_section(series) for series in series_of(facts.term)}
    if count := sum(map(len, left_out.values())):
        text = ngettext(
            "%(num)s community has no section of a series that is to come to it.",
            "%(num)s communities have no section of a series that is to come to them.",
            count,
        )
        examples = (_series(series, communities) for series, communities in left_out.items() if communities)
        url = url_for("activities.index", term_id=facts.term.id)
        yield _finding(DOUBTFUL, text, url, _l("See the activities"), examples)


CHECKS: tuple[Check, ...] = (
    _sections_exist,
    _series_reach_everybody,
    _learners,
    _course_hours,
    _series_fit,
    _pins,
    _prospects,
    _rooms_have_hours,
    _teachers_can_teach,
    _calendar,
    _budgets,
    _places,
)


def _finding(tone: str, text: str, url: str, action: str | LazyString, examples: Iterable[Example]) -> Finding:
    listed = list(examples)
    return Finding(tone, text, url, action, listed[:SHOWN_EXAMPLES], max(0, len(listed) - SHOWN_EXAMPLES))


def _about_sections(
    facts: Facts, tone: str, text: str, sections: Iterable[Section], why: Callable[[Section], str] = lambda section: ""
) -> Finding:
    url = url_for("sections.index", term_id=facts.term.id)
    examples = [
        Example(section.name, url_for("sections.show", term_id=section.term_id, section_id=section.id), why(section))
        for section in sections
    ]
    return _finding(tone, text, url, _l("See the sections"), examples)


def _course(course: Course) -> Example:
    return Example(course.title_zh, url_for("courses.edit", course_id=course.id))


def _series(series: ActivitySeries, communities: Sequence[Community]) -> Example:
    url = url_for("activities.show_series", term_id=series.term_id, series_id=series.id)
    names = [community.name for community in communities[:SHOWN_EXAMPLES]] + ["…"] * (len(communities) > SHOWN_EXAMPLES)
    return Example(in_language(series.title_zh, series.title_en), url, _(", ").join(names))


def _room(room: Room) -> Example:
    return Example(f"{room.venue.name} {room.name}", url_for("venues.hours", room_id=room.id))


def _teacher(teacher: Teacher) -> Example:
    return Example(teacher.name, url_for("teachers.edit", teacher_id=teacher.id))


def _last_day(term: Term) -> date:
    return term.first_day + timedelta(weeks=term.weeks, days=-1)


def _last_week(section: Section) -> int:
    """The week of the last session of a section that begins as early as it may, when no day is off."""
    weeks = -(-section.sessions // section.per_week)
    return section.earliest_week + (weeks - 1) * section.every_weeks


def _pin_is_broken(section: Section) -> bool:
    room, teacher = section.pinned_room, section.pinned_teacher
    archived = (room is not None and (room.archived or room.venue.archived)) or (
        teacher is not None and teacher.archived
    )
    return archived or len(section.pinned_meetings) not in (0, section.per_week)
