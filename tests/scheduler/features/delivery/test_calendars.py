"""Calendar feeds, read by a real parser."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar, Event
from sqlalchemy import update
from werkzeug.test import TestResponse

from scheduler.core.clock import today
from scheduler.core.extensions import db
from scheduler.domain.publishing import calendar_feed
from scheduler.models import Booking, BookingStatus, FeedEvent, Plan, PlanStatus
from tests.client import PageClient
from tests.factories import Town, build_bookings, build_plan

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def bookings(town: Town) -> list[Booking]:
    """The published plan's booking requests, told to subscribers."""
    plan = build_plan(town)
    made = build_bookings(plan)
    calendar_feed.record_publication(plan)
    db.session.commit()
    return made


def moment(event: Event, name: str) -> datetime:
    """The date and time of one of an event's properties."""
    value = event.decoded(name)
    assert isinstance(value, datetime)
    return value


def events(response: TestResponse) -> list[Event]:
    calendar = Calendar.from_ical(response.data)
    assert calendar["VERSION"] == "2.0" and calendar["PRODID"]
    assert calendar.decoded("REFRESH-INTERVAL") == timedelta(hours=6)
    events = [part for part in calendar.walk("VEVENT") if isinstance(part, Event)]
    for event in events:
        assert {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "STATUS", "SEQUENCE"} <= set(event)
    return events


def republish(town: Town, former: Plan, start_minute: int) -> Plan:
    """A new published plan in which calligraphy meets at another hour and dance not at all."""
    former.status = PlanStatus.SUPERSEDED
    for booking in db.session.query(Booking):
        booking.status = BookingStatus.CANCELLED
        for session in booking.sessions:
            session.holds = False
    db.session.flush()
    plan = build_plan(town)
    plan.placements = plan.placements[:1]
    plan.placements[0].meetings[0].start_minute = start_minute
    build_bookings(plan)
    calendar_feed.record_publication(plan)
    db.session.commit()
    return plan


def test_a_course_feed_tells_every_session_at_its_local_hour(
    client: PageClient, bookings: list[Booking], town: Town
) -> None:
    response = client.download(f"/calendar/course/{town.sections[0].id}.ics")
    assert response.mimetype == "text/calendar"
    told = events(response)
    assert len(told) == 10
    assert moment(told[0], "DTSTART") == datetime(2027, 3, 2, 9, 0, tzinfo=SHANGHAI)
    assert moment(told[0], "DTEND") - moment(told[0], "DTSTART") == timedelta(minutes=90)
    assert {event["STATUS"] for event in told} == {"TENTATIVE"}
    assert "奉化区图书馆 阅览室" in str(told[0]["LOCATION"])


def test_feeds_speak_the_language_of_their_address(client: PageClient, bookings: list[Booking], town: Town) -> None:
    for language, title in (("en", "Calligraphy for beginners"), ("zh_CN", "书法入门")):
        response = client.download(f"/calendar/course/{town.sections[0].id}.ics?lang={language}")
        assert {event["SUMMARY"] for event in events(response)} == {title}


def test_community_venue_and_room_feeds_tell_what_concerns_them(
    client: PageClient, bookings: list[Booking], town: Town
) -> None:
    for address, number in (
        ("community/330213001001", 10),
        ("community/330213002001", 10),
        (f"venue/{town.library.id}", 10),
        (f"room/{town.hall.id}", 10),
    ):
        assert len(events(client.download(f"/calendar/{address}.ics"))) == number


def test_uids_stay_and_sequences_grow_when_a_plan_is_published_again(
    client: PageClient, bookings: list[Booking], town: Town
) -> None:
    address = f"/calendar/venue/{town.library.id}.ics"
    before = {event["UID"]: event for event in events(client.download(address))}
    dance_before = {event["UID"] for event in events(client.download(f"/calendar/room/{town.hall.id}.ics"))}
    republish(town, bookings[0].plan, 600)
    after = {event["UID"]: event for event in events(client.download(address))}
    assert after.keys() == before.keys()
    assert {event["SEQUENCE"] for event in after.values()} == {1}
    assert {moment(event, "DTSTART").hour for event in after.values()} == {10}
    dance = events(client.download(f"/calendar/room/{town.hall.id}.ics"))
    assert {event["UID"] for event in dance} == dance_before
    assert {(event["STATUS"], event["SEQUENCE"]) for event in dance} == {("CANCELLED", 1)}


def test_publishing_the_same_again_changes_nothing(client: PageClient, bookings: list[Booking], town: Town) -> None:
    address = f"/calendar/room/{town.reading_room.id}.ics"
    before = client.download(address).data
    republish(town, bookings[0].plan, 540)
    assert client.download(address).data == before


def test_answers_of_the_venue_reach_subscribers(client: PageClient, bookings: list[Booking], town: Town) -> None:
    bookings[0].status = BookingStatus.CONFIRMED
    bookings[1].status, bookings[1].reason = BookingStatus.DECLINED, "works"
    calendar_feed.record_answers(bookings)
    db.session.commit()
    states = {
        room.name: {
            (event["STATUS"], event["SEQUENCE"]) for event in events(client.download(f"/calendar/room/{room.id}.ics"))
        }
        for room in (town.reading_room, town.hall)
    }
    assert states == {"阅览室": {("CONFIRMED", 1)}, "排练厅": {("CANCELLED", 1)}}


def test_a_subscriber_who_knows_it_all_gets_nothing_twice(
    client: PageClient, bookings: list[Booking], town: Town
) -> None:
    address = f"/calendar/course/{town.sections[0].id}.ics"
    etag = client.download(address).headers["ETag"]
    unchanged = client.client.get(address, headers={**client.headers, "If-None-Match": etag})
    assert unchanged.status_code == 304 and not unchanged.data
    bookings[0].status = BookingStatus.CONFIRMED
    calendar_feed.record_answers(bookings[:1])
    db.session.commit()
    assert client.client.get(address, headers={**client.headers, "If-None-Match": etag}).status_code == 200


def test_unknown_feeds_are_not_found(client: PageClient, town: Town) -> None:
    for address in ("course/999", f"course/{town.sections[1].id}", "community/1", "venue/999", "room/999"):
        client.get(f"/calendar/{address}.ics", status=404)


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        (lambda town: setattr(town.reading_room, "name", "三楼 302 室"), "三楼 302 室"),
        (lambda town: setattr(town.library, "address", "南山路 1 号"), "南山路 1 号"),
        (lambda town: setattr(town.course, "title_zh", "楷书入门"), "楷书入门"),
        (lambda town: setattr(town.sections[0], "name", "图书馆·书法 1 班"), "图书馆·书法 1 班"),
    ],
)
def test_subscribers_hear_of_new_names(
    client: PageClient, bookings: list[Booking], town: Town, change: Callable[[Town], None], shown: str
) -> None:
    url = f"/calendar/course/{bookings[0].section_id}.ics?lang=zh_CN"
    db.session.execute(update(FeedEvent).values(date=today() + timedelta(days=7)))
    db.session.commit()
    before = client.download(url)
    change(town)
    db.session.commit()
    after = client.client.get(url, headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200 and after.headers["ETag"] != before.headers["ETag"]
    (old, *_), (new, *_) = events(before), events(after)
    assert shown in str(new["location"]) + str(new["summary"]) + str(new["description"])
    assert new.decoded("sequence") == old.decoded("sequence") + 1
    assert moment(new, "last-modified") >= moment(old, "last-modified")
