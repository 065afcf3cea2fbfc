"""Changes of events: each item has a course of its own and one section for each of its places.

A section may begin in one week alone, meets once on as many days of that week as there are sessions, and its course
has hours on the open days of the item only: so every plan that keeps the rules holds it on the days of the item.
"""

from datetime import date

from flask_babel import gettext as _

from scheduler.audit.states.registers import COURSES, SECTIONS
from scheduler.core.errors import DomainError
from scheduler.core.extensions import db
from scheduler.domain.series_coverage import below
from scheduler.features.planning.activities.events.checks import MAX_OF_A_COMMUNITY, refuse_event, refuse_item
from scheduler.features.planning.activities.events.facts import ItemFacts, open_days, week_of
from scheduler.features.planning.activities.opening import SectionNames
from scheduler.features.planning.activities.places import People, visitors
from scheduler.features.planning.activities.states import free_title
from scheduler.models import Course, Event, EventItem, EventKind, EventSection, Section, Term, Unit
from scheduler.web.archiving import set_archived

PRIORITY = 5
"""An event has one chance only: when not everything can be placed, it stays."""


def save_event(
    event: Event | None, term: Term, *, title_zh: str, title_en: str, kind: str, unit: Unit, first_day: date,
    last_day: date,
) -> Event:
    """Create or change an event. Raises DomainError for days on which it cannot be held."""
    refuse_event(term, first_day, last_day, event)
    event = event or Event(term=term)
    event.title_zh, event.title_en, event.kind, event.unit = title_zh, title_en, EventKind(kind), unit
    event.first_day, event.last_day = first_day, last_day
    db.session.add(event)
    db.session.flush()
    return event


def save_item(item: EventItem | None, event: Event, facts: ItemFacts) -> EventItem:
    """Create or change an item together with its course and its sections; those of places no longer wanted close."""
    refuse_item(event, facts)
    groups = visitors(facts.people, facts.chosen or below(facts.unit), facts.places)
    if max(max(group.values()) for group in groups) > MAX_OF_A_COMMUNITY:
        message = _("More than %(most)d people of one community. Choose more communities.", most=MAX_OF_A_COMMUNITY)
        raise DomainError(message, "people")
    item = item or EventItem(event=event, course=Course(for_activity=True))
    _set_item(item, facts)
    with db.session.no_autoflush:
        _set_course(item.course, event, facts, groups)
        db.session.add(item)
    db.session.flush()
    for place, people in enumerate(groups, 1):
        _set_section(item, place, people)
    for entry in item.entries:
        set_archived(entry.section, entry.place > facts.places)
    return item


def set_item_archived(item: EventItem, archived: bool) -> None:
    """Take an item off the programme with its sections, or put it back."""
    set_archived(item, archived)
    for entry in item.entries:
        if entry.place <= item.places:
            set_archived(entry.section, archived or item.event.archived)


def set_event_archived(event: Event, archived: bool) -> None:
    """Archive an event with the sections of its items, or bring it back."""
    set_archived(event, archived)
    for item in event.items:
        set_item_archived(item, item.archived)


def outdated(item: EventItem) -> bool:
    """Whether the calendar has changed so that a plan could hold the item on other days."""
    term, course = item.event.term, item.course
    days = open_days(term, item.first_day, item.last_day)
    weekdays = sorted({window.weekday for window in course.windows})
    weeks = {entry.section.earliest_week for entry in item.entries if not entry.section.archived}
    return [day.weekday() for day in days] != weekdays or weeks - {week_of(term, item.first_day)} != set()


def _set_item(item: EventItem, facts: ItemFacts) -> None:
    for name in (
        "title_zh", "title_en", "unit", "first_day", "last_day", "start_minute", "end_minute", "places", "people",
        "reach_metres",
    ):
        setattr(item, name, getattr(facts, name))
    item.chosen, item.teachers = list(facts.chosen), list(facts.teachers)


def _set_course(course: Course, event: Event, facts: ItemFacts, groups: list[People]) -> None:
    sizes = [sum(group.values()) for group in groups]
    course.title_zh = free_title(f"{event.title_zh}·{facts.title_zh}", event.term.name, course)
    course.title_en = f"{event.title_en or event.title_zh}: {facts.title_en}" if facts.title_en else ""
    course.subject, course.target_group, course.needs = facts.subject, facts.target_group, list(facts.needs)
    course.minutes, course.reach_metres = facts.minutes, facts.reach_metres
    course.sessions = course.per_week = facts.sessions
    course.every_weeks = course.day_gap = 1
    course.minimum_size, course.maximum_size = 1, min(1000, max(sizes))
    days = open_days(event.term, facts.first_day, facts.last_day)
    hours = [[day.weekday(), facts.start_minute, facts.end_minute, 0] for day in days]
    COURSES.write(course, {"windows": hours})


def _set_section(item: EventItem, place: int, people: People) -> None:
    entry = next((entry for entry in item.entries if entry.place == place), None)
    section = entry.section if entry is not None else _new_section(item, place)
    section.course, section.unit = item.course, item.unit
    section.take_format(item.course)
    section.earliest_week = section.latest_week = week_of(item.event.term, item.first_day)
    section.pinned_week = None
    section.priority, section.reach_metres = PRIORITY, item.reach_metres
    section.allowed_teachers = list(item.teachers)
    SECTIONS.write(section, {"learners": {str(community.id): count for community, count in people.items()}})
    db.session.flush()


def _new_section(item: EventItem, place: int) -> Section:
    event = item.event
    number = f" {place} 处" if item.places > 1 else ""
    name = SectionNames(event.term).free(f"{event.title_zh}·{item.title_zh}{number}")
    section = Section(term=event.term, course=item.course, unit=item.unit, name=name, assumed=event.assumed)
    section.reach_metres = item.reach_metres
    db.session.add(section)
    item.entries.append(EventSection(section=section, place=place))
    return section
