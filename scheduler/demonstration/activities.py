"""A family education station for every community of one street, and an activity week of the district. All assumed."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select

from scheduler.calendar.weekly_hours import parse_hours
from scheduler.core.extensions import db
from scheduler.demonstration.demand import MEAN_FEES
from scheduler.demonstration.network import Network, Town
from scheduler.features.planning.activities import opening, operations
from scheduler.features.planning.activities.events import operations as event_operations
from scheduler.features.planning.activities.events.facts import ItemFacts
from scheduler.features.planning.activities.proposals import propose
from scheduler.models import (
    ActivitySeries,
    Course,
    EventKind,
    PlaceSource,
    Subject,
    TargetGroup,
    Teacher,
    TeacherKind,
    TeacherWindow,
    Term,
)

STREET = "330213006"
CONTENT = "家庭教育讲座"
REACH_METRES = 3000
ADVISERS = 2
SATURDAY, SUNDAY = 5, 6
WEEK = 11
"""The week of the activity week: in the middle of May, when no day is off."""



@dataclass(frozen=True)
class ProgrammeItem:
    """One thing on the programme: days of the activity week from 0 (Monday), hours, places and people in all."""

    title_zh: str
    title_en: str
    subject: str
    target_group: TargetGroup
    first_day: int
    last_day: int
    hours: str
    places: int
    people: int


ITEMS = (
    ProgrammeItem(
        "开幕讲座：健康生活", "Opening talk on health", "health", TargetGroup.ELDERLY, 0, 0, "09:00-11:30", 1, 40
    ),
    ProgrammeItem(
        "智能手机现场教学", "Smartphone lessons", "smartphone", TargetGroup.ELDERLY, 1, 4, "08:30-17:00", 3, 90
    ),
    ProgrammeItem(
        "防诈知识进社区", "Fraud prevention near home", "safety", TargetGroup.EVERYONE, 1, 4, "09:00-20:30", 2, 60
    ),
    ProgrammeItem("亲子家风故事会", "Stories of the family", "family", TargetGroup.FAMILY, 5, 6, "09:00-17:00", 2, 60),
)


def build_activities(network: Network, term: Term) -> None:
    """Make a series and an event as a coordinator would, for rows that are in the database already."""
    town = next(town for town in network.towns if town.unit.code == STREET)
    _hire(town)
    series = _station(town, term)
    _pay(term, town, len(opening.carry_out(series, propose(series).fingerprint).entries), series)
    _activity_week(network, term)


def _station(town: Town, term: Term) -> ActivitySeries:
    series = operations.save_series(
        None, term, content=db.session.scalars(select(Course).where(Course.title_zh == CONTENT)).one(), unit=town.unit,
        chosen=[], title_zh="家庭教育指导站", title_en="Family education station", at_least_every=4, people=20,
        per_thousand=None, fewest=10, most=30, sharing_metres=None, venue_kinds=[], reach_metres=REACH_METRES,
        priority=4,
    )
    series.assumed = True
    return series


def _hire(town: Town) -> None:
    """Part-time advisers who are free at weekends: the station comes on top of what the town's teachers give."""
    subject = db.session.get_one(Subject, "family")
    for number in range(1, ADVISERS + 1):
        hours = [span for day in (SATURDAY, SUNDAY) for span in parse_hours(day, "08:30-17:30")]
        windows = [TeacherWindow(weekday=w.weekday, start_minute=w.start, end_minute=w.end) for w in hours]
        db.session.add(
            Teacher(
                unit=town.unit, name=f"家庭教育指导师 {number}（兼职）", kind=TeacherKind.PART_TIME, subjects=[subject],
                max_day=4, max_week=8, wanted_week=4, fee=80, reach_metres=20_000, latitude=town.place.latitude,
                longitude=town.place.longitude, place_source=PlaceSource.ASSUMED, assumed=True, windows=windows,
            )
        )
    db.session.flush()


def _pay(term: Term, town: Town, sections: int, series: ActivitySeries) -> None:
    """The street gets the usual fees of the sessions of the new sections on top of its budget."""
    assert series.course is not None
    budget = next(budget for budget in term.budgets if budget.unit is town.unit)
    budget.yuan += sections * series.course.sessions * 2 * MEAN_FEES


def _activity_week(network: Network, term: Term) -> None:
    monday = term.first_day + timedelta(weeks=WEEK - 1)
    event = event_operations.save_event(
        None, term, title_zh="全民终身学习活动周", title_en="Lifelong Learning Activity Week", unit=network.district,
        kind=EventKind.ACTIVITY_WEEK, first_day=monday, last_day=monday + timedelta(days=6),
    )
    event.assumed = True
    for item in ITEMS:
        event_operations.save_item(None, event, _facts(network, monday, item))


def _facts(network: Network, monday: date, item: ProgrammeItem) -> ItemFacts:
    """For the communities of the town with most people."""
    hours = parse_hours(item.first_day, item.hours)[0]
    return ItemFacts(
        title_zh=item.title_zh, title_en=item.title_en, subject=db.session.get_one(Subject, item.subject),
        target_group=item.target_group, unit=network.heart.unit, first_day=monday + timedelta(days=item.first_day),
        last_day=monday + timedelta(days=item.last_day), start_minute=hours.start, end_minute=hours.end, minutes=90,
        sessions=1, places=item.places, people=item.people, reach_metres=10_000,
    )
