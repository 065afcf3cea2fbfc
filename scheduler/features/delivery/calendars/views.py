"""Feeds that anybody may subscribe to; ``?lang=en`` or ``?lang=zh_CN`` chooses their language."""

from hashlib import sha256

from flask import Blueprint, Response, abort, request
from flask_babel import get_locale, gettext as _
from sqlalchemy import ColumnElement, select

from scheduler.core.extensions import db
from scheduler.features.delivery.calendars import queries, rendering
from scheduler.models import Community, Room, Section, Venue
from scheduler.web.access import public
from scheduler.web.i18n import in_asked_language, in_language
from scheduler.web.incoming.hosts import public_url

blueprint = Blueprint("calendars", __name__, url_prefix="/calendar")
MAXIMUM_AGE_SECONDS = 900


def _feed(name: str, page: str, condition: ColumnElement[bool]) -> Response:
    """The feed, or 304 when the subscriber has it already."""
    events = queries.events(condition)
    state = [(event.uid, event.sequence, event.changed_at.isoformat()) for event in events]
    response = Response(mimetype="text/calendar")
    response.headers["Content-Disposition"] = "inline; filename=calendar.ics"
    response.headers["Cache-Control"] = f"public, max-age={MAXIMUM_AGE_SECONDS}"
    response.set_etag(sha256(repr((name, str(get_locale()), state)).encode()).hexdigest()[:32])
    if events:
        response.last_modified = max(event.changed_at for event in events)
    if request.if_none_match.contains(response.get_etag()[0] or ""):
        response.status_code = 304
        return response
    response.data = rendering.calendar(name, page, events, queries.sessions_told(events))
    return response


@blueprint.get("/course/<int:section_id>.ics")
@public
@in_asked_language
def course(section_id: int) -> Response:
    """The sessions of one course section."""
    section = db.get_or_404(Section, section_id)
    if not queries.events(queries.of_section(section)):
        abort(404)
    name = in_language(section.course.title_zh, section.course.title_en)
    return _feed(name, public_url("portal.section", section_id=section.id), queries.of_section(section))


@blueprint.get("/community/<code>.ics")
@public
@in_asked_language
def community(code: str) -> Response:
    """Everything that learners of a community attend."""
    row = db.one_or_404(select(Community).where(Community.code == code))
    name = _("Courses for %(name)s", name=row.name)
    return _feed(name, public_url("portal.home"), queries.of_community(row))


@blueprint.get("/venue/<int:venue_id>.ics")
@public
@in_asked_language
def venue(venue_id: int) -> Response:
    """Everything held in a venue."""
    row = db.get_or_404(Venue, venue_id)
    return _feed(row.name, public_url("portal.home"), queries.of_venue(row))


@blueprint.get("/room/<int:room_id>.ics")
@public
@in_asked_language
def room(room_id: int) -> Response:
    """Everything held in a room."""
    row = db.get_or_404(Room, room_id)
    name = f"{row.venue.name} {row.name}"
    return _feed(name, public_url("portal.home"), queries.of_room(row))
