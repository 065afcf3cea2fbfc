"""Series, events and plans as the tests of activities make them."""

from datetime import date, timedelta
from typing import Any

import solver
from scheduler.core.extensions import db
from scheduler.engine.documents.drafts import save_draft
from scheduler.engine.documents.snapshot import term_document
from scheduler.features.planning.activities import operations
from scheduler.features.planning.activities.events import operations as event_operations
from scheduler.features.planning.activities.events.facts import ItemFacts
from scheduler.models import ActivitySeries, Course, Event, EventKind, Plan, TargetGroup
from tests.client import Page
from tests.factories import Town

ROUNDS = 20
WEEK_5 = date(2027, 3, 29)


def build_series(town: Town) -> ActivitySeries:
    """A calligraphy corner for every community of the district, every four weeks; no section is open yet."""
    return operations.save_series(
        None, town.term, content=town.course, unit=town.district, chosen=[], title_zh="家庭教育指导站",
        title_en="Family education station", at_least_every=4, people=15, per_thousand=None, fewest=10, most=40,
        sharing_metres=None, venue_kinds=[], reach_metres=9000, priority=4,
    )


def build_event(town: Town, **item: Any) -> Event:
    """An activity week in week 5 with an opening on its Monday; ``item`` says more of the opening."""
    event = event_operations.save_event(
        None, town.term, title_zh="全民终身学习活动周", title_en="Lifelong Learning Activity Week", unit=town.district,
        kind=EventKind.ACTIVITY_WEEK, first_day=WEEK_5, last_day=WEEK_5 + timedelta(days=6),
    )
    facts = ItemFacts(
        title_zh="开幕式", title_en="Opening", subject=town.course.subject, target_group=TargetGroup.EVERYONE,
        unit=town.district, first_day=WEEK_5, last_day=WEEK_5, start_minute=540, end_minute=720, minutes=90, sessions=1,
        places=1, people=30, reach_metres=20_000, **item,
    )
    event_operations.save_item(None, event, facts)
    return event


def address(town: Town, rest: str = "") -> str:
    return f"/desk/terms/{town.term.id}/activities{rest}"


def series_form(town: Town, **changes: Any) -> dict[str, Any]:
    """A calligraphy corner for every community of the district, at least every four weeks."""
    return {
        "title_zh": "家庭教育指导站", "title_en": "Family education station", "content": town.course.id,
        "at_least_every": 4, "unit": town.district.id, "people": 15, "fewest": 10, "most": 40, "priority": 4, **changes,
    }


def day(number: int) -> str:
    """A day of the event: 0 is the Monday of week 5."""
    return (WEEK_5 + timedelta(days=number)).isoformat()


def item_form(town: Town, **changes: Any) -> dict[str, Any]:
    """An opening on the first day of the event, for everybody in the district."""
    return {
        "title_zh": "开幕式", "title_en": "Opening", "first_day": day(0), "last_day": day(0), "start": "09:00",
        "end": "12:00", "minutes": 90, "sessions": 1, "places": 1, "unit": town.district.id, "people": 30,
        "reach_metres": 20_000, "subject": "calligraphy", "target_group": "everyone", **changes,
    }


def hours_of(course: Course) -> set[tuple[int, int, int]]:
    """Weekday, beginning and end of the hours that suit a course."""
    return {(window.weekday, window.start_minute, window.end_minute) for window in course.windows}


def hidden(page: Page, name: str) -> str:
    """The value of a hidden input that only one form of the page has."""
    return next(str(entry.get("value")) for entry in page.elements("input") if entry.get("name") == name)


def undo_address(page: Page) -> str:
    """Where the button “Undo” of a message posts to."""
    forms = [form for form in page.elements("form") if "Undo" in "".join(form.itertext())]
    return str(forms[0].get("action"))


def planned(town: Town) -> Plan:
    """A draft that the planner makes of the term as it is, the same on every machine."""
    db.session.expire_all()
    document = term_document(town.term)
    result = solver.solve(document, solver.Settings(seconds=600, workers=1, seed=1, max_rounds=ROUNDS, bound_share=0))
    assert result.plan is not None
    draft = save_draft(town.term, document, result.plan)
    db.session.commit()
    return draft
