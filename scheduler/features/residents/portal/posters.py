"""Posters for notice boards: what is held near a community, in a venue or in a unit, weekday by weekday."""

from collections.abc import Iterable
from datetime import date
from itertools import accumulate
from typing import Any

import segno
from flask import url_for
from flask_babel import format_date, gettext as _, ngettext
from sqlalchemy import ColumnElement, and_, func, or_, select

from scheduler.core.clock import clock
from scheduler.core.extensions import db
from scheduler.features.residents.portal import offers
from scheduler.features.residents.portal.offers import PortalOffer
from scheduler.maps.geography import METRES_PER_DEGREE_OF_LATITUDE, METRES_PER_DEGREE_OF_LONGITUDE, Plane, Point
from scheduler.models import Community, Level, Meeting, Room, Section, SectionLearners, TargetGroup, Unit, Venue
from scheduler.web.i18n import date_short, distance, html_language, in_language, walking
from scheduler.web.labels import label, weekday_name

NEAR_METRES = 3000
MAX_MEETINGS = 26
"""What fits on one sheet that is read from a few steps away."""
WEEKDAYS = range(7)
Poster = dict[str, Any]
"""What templates/printed/poster.typ shows."""


def near_community(community: Community, today: date) -> Poster:
    """What is held within 3 km along streets, or for the people of the community wherever it is."""
    ahead = offers.ahead(or_(_around(community), _for_people_of(community)), community, today)
    own = set(db.session.scalars(select(SectionLearners.section_id).filter_by(community_id=community.id)))
    offered = [offer for offer in ahead if (offer.metres or 0) <= NEAR_METRES or offer.section.id in own]
    shown = _nearest(offered)
    title = _("Courses near %(place)s", place=f"{community.unit.name} {community.name}")
    poster = _poster(title, shown, today, url_for("portal.home", near=community.code, _external=True))
    if len(shown) < len(offered):
        poster["more"] = _(
            "These are the %(shown)d nearest of %(all)d courses; scan the code to see all.",
            shown=len(shown),
            all=len(offered),
        )
    return poster


def at_venue(venue: Venue, today: date) -> Poster:
    """What is held in the rooms of a venue."""
    ahead = offers.ahead(Room.venue_id == venue.id, None, today)
    address = url_for("portal.home", q=venue.name, _external=True)
    contact = _(", ").join(filter(None, (venue.address, venue.contact, venue.phone)))
    return _poster(_("Courses at %(venue)s", venue=venue.name), ahead, today, address, [contact] if contact else [])


def in_unit(unit: Unit, today: date) -> Poster:
    """What is held in the venues of a unit and of the units below it; of a city in its own venues alone.

    A city has thousands of courses, and its counties have posters of their own.
    """
    own = unit.level is Level.CITY
    within = Venue.unit_id == unit.id if own else Venue.unit.has(Unit.path.startswith(unit.path, autoescape=True))
    address = url_for("portal.home", _external=True)
    return _poster(_("Courses in %(unit)s", unit=unit.name), offers.ahead(within, None, today), today, address)


def _nearest(ahead: list[PortalOffer]) -> list[PortalOffer]:
    """As many of the nearest offers as have room for their weekly meetings."""
    nearest = sorted(ahead, key=lambda offer: (offer.metres or 0, offer.section.id))
    meetings = accumulate(len(offer.placement.meetings) for offer in nearest)
    return [offer for offer, so_far in zip(nearest, meetings, strict=True) if so_far <= MAX_MEETINGS]


def _around(community: Community) -> ColumnElement[bool]:
    """A box of streets around the community; whoever is in it may still be farther along the streets."""
    narrowing = Plane(Point(community.latitude, community.longitude)).narrowing
    return and_(
        func.abs(Venue.latitude - community.latitude) * METRES_PER_DEGREE_OF_LATITUDE <= NEAR_METRES,
        func.abs(Venue.longitude - community.longitude) * METRES_PER_DEGREE_OF_LONGITUDE * narrowing <= NEAR_METRES,
    )


def _for_people_of(community: Community) -> ColumnElement[bool]:
    return Section.learners.any(community_id=community.id)


def _poster(title: str, ahead: list[PortalOffer], today: date, address: str, contacts: Iterable[str] = ()) -> Poster:
    terms = sorted({offer.placement.plan.term.title for offer in ahead})
    return {
        "lang": "en" if html_language() == "en" else "zh",
        "title": title,
        "subtitle": _(", ").join(terms),
        "days": [day for day in (_day(ahead, weekday, len(terms) > 1) for weekday in WEEKDAYS) if day["courses"]],
        "more": "",
        "empty": _("Nothing is published here yet. Scan the code to see what comes."),
        "code": segno.make(address, error="m").svg_inline(scale=4, border=2),
        "address": url_for("portal.home", _external=True),
        "invitation": _("Scan to see every date and every change"),
        "contacts": [_("To sign up, ask at the venue or in your community."), *contacts],
        "made": _("As of %(date)s.", date=format_date(today, "long")),
    }


def _day(ahead: Iterable[PortalOffer], weekday: int, several: bool) -> dict[str, Any]:
    meetings = [
        (meeting, offer) for offer in ahead for meeting in offer.placement.meetings if meeting.weekday == weekday
    ]
    meetings.sort(key=lambda pair: (pair[0].start_minute, pair[1].metres or 0, pair[1].section.id))
    return {"name": weekday_name(weekday), "courses": [_course(meeting, offer, several) for meeting, offer in meetings]}


def _course(meeting: Meeting, offer: PortalOffer, several: bool) -> dict[str, Any]:
    """A line of the poster; where it shows several terms, with that of the course."""
    course, room = offer.section.course, offer.placement.room
    sessions = ngettext("%(num)s session", "%(num)s sessions", offer.placement.sessions)
    term = offer.placement.plan.term.title if several else ""
    begins = _("from %(date)s", date=date_short(offer.first)) if offer.first else ""
    return {
        "time": f"{clock(meeting.start_minute)}–{clock(meeting.start_minute + offer.placement.minutes)}",
        "title": in_language(course.title_zh, course.title_en),
        "group": "" if course.target_group is TargetGroup.EVERYONE else label(course.target_group),
        "place": f"{room.venue.name} · {room.name}",
        "when": " · ".join(filter(None, (term, _way(offer.metres), begins, sessions))),
        "note": "" if offer.confirmed else _("awaiting the venue"),
    }


def _way(metres: int | None) -> str:
    if metres is None:
        return ""
    return walking(metres) if metres <= NEAR_METRES else distance(metres)
