"""Events: what is on their programme becomes sections on their days, and residents read when and where."""

import json
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import given, strategies as st
from sqlalchemy import select

import solver
from scheduler.calendar.occurrences import occurrences
from scheduler.core.extensions import db
from scheduler.domain.publishing.publication import publish
from scheduler.engine.documents.snapshot import term_document
from scheduler.features.planning.activities.places import visitors
from scheduler.models import (
    Booking,
    BookingStatus,
    CalendarDay,
    Community,
    Course,
    DayKind,
    Event,
    EventItem,
    EventKind,
    EventSection,
    Section,
)
from tests.activities import WEEK_5, address, day, item_form, planned, undo_address
from tests.client import PageClient
from tests.factories import Town, sign_in_as


def event_form(town: Town, **changes: Any) -> dict[str, Any]:
    return {
        "title_zh": "全民终身学习活动周", "title_en": "Lifelong Learning Activity Week",
        "kind": EventKind.ACTIVITY_WEEK.value, "unit": town.district.id, "first_day": day(0), "last_day": day(6),
        **changes,
    }


def the_event() -> Event:
    db.session.expire_all()
    return db.session.scalars(select(Event)).one()


def open_sections() -> list[Section]:
    db.session.expire_all()
    places = select(EventSection.section_id)
    statement = select(Section).where(Section.id.in_(places), Section.archived_at.is_(None)).order_by(Section.id)
    return list(db.session.scalars(statement))


def make_event(client: PageClient, town: Town, **changes: Any) -> str:
    """An event; the address of its page."""
    client.post(address(town, "/events/new"), event_form(town, **changes))
    return address(town, f"/events/{the_event().id}")


def add(client: PageClient, town: Town, **changes: Any) -> Any:
    return client.post(address(town, f"/events/{the_event().id}/items/new"), item_form(town, **changes))


def test_an_activity_week_gets_its_sections_item_by_item(coordinator: PageClient, town: Town) -> None:
    page = coordinator.get(make_event(coordinator, town))
    assert "learning activity week · March 29, 2027 – April 4, 2027" in page.text
    assert "Nothing on the programme yet" in page.text
    page = add(coordinator, town)
    assert "It is on the programme." in page.text and "No plan yet" in page.text
    add(coordinator, town, title_zh="书法体验", title_en="Try calligraphy", first_day=day(1), last_day=day(4), places=2,
        sessions=2, people=41)
    opening, first, second = open_sections()
    assert (opening.name, opening.earliest_week, opening.latest_week) == ("全民终身学习活动周·开幕式", 5, 5)
    assert opening.size == 30 and len(opening.learners) == 4
    assert [(w.weekday, w.start_minute, w.end_minute) for w in opening.course.windows] == [(0, 540, 720)]
    assert (first.course.sessions, first.course.per_week) == (2, 2) and first.course is second.course
    assert sorted(w.weekday for w in first.course.windows) == [1, 2, 3, 4]
    assert first.size + second.size == 41
    # Neighbours go to the same place: the two of one street to one, those of the other to the other.
    assert [{learners.community.unit.name for learners in section.learners} for section in (first, second)] in (
        [{"锦屏街道"}, {"岳林街道"}], [{"岳林街道"}, {"锦屏街道"}],
    )
    assert "Opening" not in coordinator.get("/desk/courses").text


def test_a_plan_holds_every_item_on_its_days_and_residents_read_the_programme(
    client: PageClient, coordinator: PageClient, town: Town
) -> None:
    page = make_event(coordinator, town)
    add(coordinator, town)
    add(coordinator, town, title_zh="书法体验", title_en="Try calligraphy", first_day=day(1), last_day=day(4), places=2,
        sessions=2, people=41)
    assert "No event is announced" in client.get("/events").text
    client.get(f"/events/{the_event().id}", status=404)
    plan = planned(town)
    for section in open_sections():
        placement = next(placement for placement in plan.placements if placement.section_id == section.id)
        dates = [occurrence.date for occurrence in occurrences(placement)]
        item = db.session.scalars(select(EventItem).where(EventItem.course_id == section.course_id)).one()
        assert len(dates) == section.sessions and all(item.first_day <= day <= item.last_day for day in dates)
    shown = coordinator.get(page).text
    assert shown.count("Opening") >= 2 and "Mon, Mar 29" in shown and "not asked yet" in shown
    client.get(f"/events/{the_event().id}", status=404)
    publish(plan)
    db.session.commit()
    assert "Page for residents" in coordinator.get(page).text
    assert "Lifelong Learning Activity Week" in client.get("/events").text
    programme = client.get(f"/events/{the_event().id}")
    assert "Monday, March 29, 2027" in programme.text and "奉化区图书馆" in programme.text
    data = json.loads(next(e.text for e in programme.elements("script") if e.get("type") == "application/ld+json"))
    assert data["startDate"] == "2027-03-29" and len(data["subEvent"]) == 1 + 2 * 2
    assert any(link.startswith("/courses/") for link in programme.links)


def test_what_a_venue_declines_is_being_rearranged(client: PageClient, coordinator: PageClient, town: Town) -> None:
    make_event(coordinator, town)
    add(coordinator, town)
    publish(planned(town))
    booking = db.session.scalars(select(Booking).where(Booking.section_id == open_sections()[0].id)).one()
    booking.status, booking.reason = BookingStatus.DECLINED, "维修"
    db.session.commit()
    assert "being rearranged" in client.get(f"/events/{the_event().id}").text


def test_days_outside_the_term_and_days_off_are_refused_with_words(coordinator: PageClient, town: Town) -> None:
    town.term.days = [CalendarDay(date=WEEK_5 + timedelta(days=2), kind=DayKind.OFF, name="清明节")]
    db.session.commit()
    for changes, words in (
        ({"first_day": "2027-02-01"}, "First day: The term lasts from March 1, 2027 to June 20, 2027."),
        ({"last_day": "2027-07-01"}, "Last day: The term lasts from March 1, 2027 to June 20, 2027."),
        ({"last_day": "2027-03-20"}, "The last day lies before the first."),
        ({"first_day": day(2), "last_day": day(2)}, "Nothing can be held then: these are days off."),
        ({"first_day": ""}, "Choose a date."),
    ):
        assert words in coordinator.post(address(town, "/events/new"), event_form(town, **changes)).text
    assert db.session.scalars(select(Event)).all() == []
    make_event(coordinator, town, last_day=day(8))
    refused: tuple[tuple[dict[str, Any], str], ...] = (
        ({"first_day": day(2), "last_day": day(3)}, "March 31, 2027 is a day off (清明节). Choose another day."),
        ({"first_day": day(9), "last_day": day(9)}, "The event lasts from March 29, 2027 to April 6, 2027."),
        ({"first_day": day(5), "last_day": day(7)}, "An item lies within one week, Monday to Sunday."),
        ({"last_day": day(3), "sessions": 4}, "Something can be held on 3 days then, once a day."),
        ({"start": "10:40"}, "90 minutes do not fit between these times"),
        ({"end": "08:00"}, "The end lies before the beginning."),
        ({"teachers": [town.volunteer.id], "subject": "dance"}, "It is on the programme."),
        ({"title_zh": "另", "teachers": [town.teacher.id], "subject": "dance"}, "None of these teachers teaches 舞蹈."),
        ({"title_zh": "另一场", "places": 5}, "People of 4 communities cannot be shared out"),
        ({"title_zh": "另一场", "people": 9000}, "More than 1000 people of one community."),
        ({"title_zh": "另一场", "people": 1, "places": 2}, "That would leave a place without anybody."),
        ({}, "This name is already taken here."),
    )
    for wrong, words in refused:
        assert words in add(coordinator, town, **wrong).text, words
    assert len(open_sections()) == 1


def test_an_item_is_changed_removed_and_brought_back_with_its_sections(coordinator: PageClient, town: Town) -> None:
    page = make_event(coordinator, town)
    add(coordinator, town, places=2, people=40)
    ids = [section.id for section in open_sections()]
    item = f"{page}/items/{the_event().items[0].id}"
    form = coordinator.get(f"{item}/edit")
    assert {e.get("value") for e in form.elements("input") if e.get("name") == "start"} == {"09:00"}
    coordinator.post(f"{item}/edit", item_form(town, places=1, people=40, first_day=day(1), last_day=day(1)))
    assert [section.id for section in open_sections()] == ids[:1] and open_sections()[0].size == 40
    assert [window.weekday for window in open_sections()[0].course.windows] == [1]
    coordinator.post(f"{item}/edit", item_form(town, places=2, people=40))
    assert [section.id for section in open_sections()] == ids
    removed = coordinator.post(f"{item}/archive")
    assert open_sections() == [] and "1 removed item" in removed.text
    coordinator.post(undo_address(removed))
    assert [section.id for section in open_sections()] == ids
    archived = coordinator.post(f"{page}/archive")
    assert open_sections() == [] and the_event().archived
    coordinator.post(undo_address(archived))
    assert [section.id for section in open_sections()] == ids and not the_event().archived


def test_an_event_keeps_its_items_inside_its_days(coordinator: PageClient, town: Town) -> None:
    page = make_event(coordinator, town)
    add(coordinator, town)
    refused = coordinator.post(f"{page}/edit", event_form(town, first_day=day(1)))
    assert "“开幕式” would then lie outside. Give it other days first." in refused.text
    coordinator.post(f"{page}/edit", event_form(town, title_en="Week of learning"))
    assert the_event().title_en == "Week of learning"


def test_a_calendar_that_changes_afterwards_is_noticed(coordinator: PageClient, town: Town) -> None:
    page = make_event(coordinator, town)
    add(coordinator, town, last_day=day(1))
    assert "the calendar has changed" not in coordinator.get(page).text
    town.term.days.append(CalendarDay(date=WEEK_5, kind=DayKind.OFF, name="校庆"))
    db.session.commit()
    assert "the calendar has changed: open it and save" in coordinator.get(page).text


def test_the_same_title_next_year_is_no_trouble(coordinator: PageClient, town: Town) -> None:
    make_event(coordinator, town)
    add(coordinator, town)
    db.session.add(Course(**{name: getattr(town.course, name) for name in (
        "title_en", "subject_code", "target_group", "minutes", "sessions", "reach_metres")},
        title_zh="全民终身学习活动周·书法体验"))
    db.session.commit()
    add(coordinator, town, title_zh="书法体验", title_en="Try calligraphy")
    assert open_sections()[1].course.title_zh == "全民终身学习活动周·书法体验（2027 年春季学期）"


def test_every_place_the_rules_allow_lies_on_the_days_of_the_item(coordinator: PageClient, town: Town) -> None:
    town.term.days = [CalendarDay(date=WEEK_5 + timedelta(days=2), kind=DayKind.OFF, name="清明节")]
    make_event(coordinator, town)
    add(coordinator, town, first_day=day(1), last_day=day(3))
    document, section = term_document(town.term), open_sections()[0]
    name = next(section.id for section in document.sections if section.every == 1 and section.priority == 5)
    allowed = [
        (week, weekday)
        for week in range(1, 17)
        for weekday in range(7)
        if not solver.check(document, _only(document, name, week, weekday)).violations
    ]
    assert section.earliest_week == 5 and allowed == [(5, 1), (5, 3)]


def _only(document: solver.Term, name: str, week: int, weekday: int) -> solver.Plan:
    placement = solver.Placement(week, (solver.Meeting(weekday, 540),), document.rooms[0].id, document.teachers[0].id)
    return solver.Plan({name: placement}, tuple(section.id for section in document.sections if section.id != name))


def test_a_street_coordinator_makes_events_of_their_street_only(app: Flask, town: Town) -> None:
    street = sign_in_as(app, "street")
    street.post(address(town, "/events/new"), event_form(town))
    assert db.session.scalars(select(Event)).all() == []
    page = make_event(street, town, unit=town.street.id)
    street.get(page)
    the_event().unit = town.other_street
    db.session.commit()
    for rest in ("", "/edit", "/items/new"):
        street.get(page + rest, status=404)
    street.post(f"{page}/archive", status=404)


@pytest.mark.parametrize("rest", ["/events/new", "/series/new", ""])
def test_pages_say_it_in_chinese_too(app: Flask, town: Town, rest: str) -> None:
    page = sign_in_as(app, "coordinator", "zh").get(address(town, rest))
    assert any(word in page.text for word in ("活动系列", "活动"))


def _community(code: int, inhabitants: int, latitude: float, longitude: float) -> Community:
    return Community(code=str(code), name=str(code), population=inhabitants, latitude=latitude, longitude=longitude)


@given(
    st.lists(st.tuples(st.integers(0, 9000), st.floats(29, 30), st.floats(121, 122)), min_size=1, max_size=20),
    st.integers(1, 20),
    st.integers(0, 2000),
)
def test_everybody_expected_goes_to_exactly_one_place(
    drawn: list[tuple[int, float, float]], places: int, more: int
) -> None:
    communities = [_community(number, *facts) for number, facts in enumerate(drawn)]
    places = min(places, len(communities))
    people = places + more
    groups = visitors(people, communities, places)
    assert len(groups) == places and all(groups)
    assert sum(sum(group.values()) for group in groups) == people
    assert all(count > 0 for group in groups for count in group.values())
    named = [community.code for group in groups for community in group]
    assert len(named) == len(set(named))
