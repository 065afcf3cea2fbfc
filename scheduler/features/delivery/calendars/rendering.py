"""Writes events as an iCalendar object (RFC 5545, with the properties of RFC 7986)."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask_babel import get_timezone, gettext as _
from icalendar import Calendar, Event, Timezone, vDuration, vGeo, vUri

from scheduler.models import FeedEvent, FeedStatus
from scheduler.web.i18n import in_language
from scheduler.web.incoming.hosts import public_url

REFRESH = timedelta(hours=6)
PRODUCT = "-//Learning City Scheduler//EN"


def calendar(name: str, url: str, events: Iterable[FeedEvent], sessions: Mapping[int, int]) -> bytes:
    """The feed of these events under a name; ``url`` is the page that people would open instead.

    ``sessions`` are the numbers of the last sessions by section.
    """
    events = list(events)
    feed = Calendar()
    feed.add("prodid", PRODUCT)
    feed.add("version", "2.0")
    feed.add("calscale", "GREGORIAN")
    feed.add("method", "PUBLISH")
    feed.add("name", name)
    feed.add("x-wr-calname", name)
    feed.add("x-wr-timezone", str(get_timezone()))
    feed["refresh-interval"] = vDuration(REFRESH, params={"value": "DURATION"})
    feed.add("x-published-ttl", vDuration(REFRESH))
    feed["url"] = vUri(url)
    if events:
        feed.add_component(_timezone(events))
    for event in events:
        feed.add_component(_event(event, sessions.get(event.section_id, event.number)))
    return feed.to_ical()


def _timezone(events: list[FeedEvent]) -> Timezone:
    zone = ZoneInfo(str(get_timezone()))
    return Timezone.from_tzinfo(zone, first_date=events[0].date, last_date=events[-1].date + timedelta(days=366))


def _moment(event: FeedEvent, minute: int) -> datetime:
    """A minute of the event's date at the installation's place; 24:00 is the next midnight."""
    midnight = datetime.combine(event.date, time(), ZoneInfo(str(get_timezone())))
    return midnight + timedelta(minutes=minute)


def _event(told: FeedEvent, sessions: int) -> Event:
    course, venue = told.section.course, told.room.venue
    event = Event()
    event.add("uid", told.uid)
    event.add("sequence", told.sequence)
    event.add("status", told.status.upper())
    event.add("dtstamp", told.changed_at)
    event.add("last-modified", told.changed_at)
    event.add("dtstart", _moment(told, told.start_minute))
    event.add("dtend", _moment(told, told.end_minute))
    event.add("summary", in_language(course.title_zh, course.title_en))
    event.add("location", f"{venue.name} {told.room.name}" + (f", {venue.address}" if venue.address else ""))
    event["geo"] = vGeo((venue.latitude, venue.longitude))
    event.add("description", _description(told, sessions))
    event["url"] = vUri(public_url("portal.section", section_id=told.section_id))
    event.add("transp", "TRANSPARENT" if told.status is FeedStatus.CANCELLED else "OPAQUE")
    return event


def _description(told: FeedEvent, sessions: int) -> str:
    words = {
        FeedStatus.TENTATIVE: _("The venue has not confirmed yet."),
        FeedStatus.CONFIRMED: _("The venue has confirmed."),
        FeedStatus.CANCELLED: _("This session is not held."),
    }
    number = _("Session %(number)d of %(sessions)d.", number=told.number, sessions=max(sessions, told.number))
    substitute = _("Taught by %(name)s this time.", name=told.substitute.name) if told.substitute else ""
    return " ".join(filter(None, (f"{told.section.name}.", number, substitute, words[told.status])))
