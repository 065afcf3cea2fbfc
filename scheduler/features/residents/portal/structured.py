"""The course as schema.org data, so that search engines and other portals understand the page."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import get_timezone

from scheduler.domain.covers import Moment
from scheduler.features.residents.portal.offers import PortalOffer
from scheduler.models import BookedSession, Cover, CoverStatus
from scheduler.web.i18n import html_language, in_language
from scheduler.web.incoming.hosts import public_url


def course_data(offer: PortalOffer, covers: Mapping[Moment, Cover]) -> dict[str, Any]:
    """A schema.org Course with one CourseInstance, as JSON-LD."""
    section, placement, venue = offer.section, offer.placement, offer.placement.room.venue
    course, page = section.course, public_url("portal.section", section_id=section.id)
    place = {
        "@type": "Place", "name": venue.name, "address": venue.address or section.unit.name,
        "geo": {"@type": "GeoCoordinates", "latitude": venue.latitude, "longitude": venue.longitude},
    }
    sessions = offer.booking.sessions if offer.booking is not None and offer.holds else []
    instance = {
        "@type": "CourseInstance", "courseMode": "onsite", "name": section.name, "location": place,
        "maximumAttendeeCapacity": placement.room.capacity,
        "courseSchedule": {
            "@type": "Schedule", "repeatCount": placement.sessions, "duration": f"PT{placement.minutes}M",
        },
        "subEvent": [_event(session, place, covers) for session in sessions],
    }
    return {
        "@context": "https://schema.org", "@type": "Course", "name": in_language(course.title_zh, course.title_en),
        "inLanguage": html_language(), "url": page, "isAccessibleForFree": True,
        "provider": {"@type": "EducationalOrganization", "name": section.unit.name}, "hasCourseInstance": [instance],
    }


def _event(session: BookedSession, place: dict[str, Any], covers: Mapping[Moment, Cover]) -> dict[str, Any]:
    midnight = datetime.combine(session.date, time(), ZoneInfo(str(get_timezone())))
    cover = covers.get((session.date, session.start_minute))
    cancelled = cover is not None and cover.status is CoverStatus.CANCELLED
    return {
        "@type": "EducationEvent",
        "eventStatus": f"https://schema.org/Event{'Cancelled' if cancelled else 'Scheduled'}",
        "startDate": (midnight + timedelta(minutes=session.start_minute)).isoformat(),
        "endDate": (midnight + timedelta(minutes=session.end_minute)).isoformat(), "location": place,
    }
