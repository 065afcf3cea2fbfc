"""An event as schema.org data, so that search engines and other portals understand its page."""

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import get_timezone

from scheduler.features.planning.activities.events.programme import Programme, ProgrammeSlot
from scheduler.web.i18n import html_language, in_language
from scheduler.web.incoming.hosts import public_url


def event_data(programme: Programme) -> dict[str, Any]:
    """A schema.org Event whose parts are the dates that stand, as JSON-LD."""
    event = programme.event
    return {
        "@context": "https://schema.org",
        "@type": "EducationEvent",
        "name": in_language(event.title_zh, event.title_en),
        "inLanguage": html_language(),
        "url": public_url("programmes.show", event_id=event.id),
        "startDate": event.first_day.isoformat(),
        "endDate": event.last_day.isoformat(),
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "isAccessibleForFree": True,
        "organizer": {"@type": "Organization", "name": event.unit.name},
        "location": {"@type": "Place", "name": event.unit.name, "address": event.unit.name},
        "subEvent": [_part(slot) for slot in programme.slots if not slot.refused],
    }


def _part(slot: ProgrammeSlot) -> dict[str, Any]:
    venue = slot.placement.room.venue
    return {
        "@type": "EducationEvent",
        "name": in_language(slot.item.title_zh, slot.item.title_en),
        "startDate": _moment(slot.date, slot.start),
        "endDate": _moment(slot.date, slot.end),
        "location": {
            "@type": "Place", "name": venue.name, "address": venue.address or venue.unit.name,
            "geo": {"@type": "GeoCoordinates", "latitude": venue.latitude, "longitude": venue.longitude},
        },
    }


def _moment(day: date, minute: int) -> str:
    midnight = datetime.combine(day, time(), ZoneInfo(str(get_timezone())))
    return (midnight + timedelta(minutes=minute)).isoformat()
