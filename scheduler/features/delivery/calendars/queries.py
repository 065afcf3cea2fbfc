"""Reads what feeds tell."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import selectinload

from scheduler.core.extensions import db
from scheduler.models import Community, FeedEvent, FeedStatus, Room, Section, SectionLearners, Venue

MAX_EVENTS = 5000


def events(condition: ColumnElement[bool]) -> Sequence[FeedEvent]:
    """Events that fulfil the condition, by date, with all that a calendar shows of them."""
    statement = (
        select(FeedEvent).where(condition)
        .options(
            selectinload(FeedEvent.section).selectinload(Section.course),
            selectinload(FeedEvent.room).selectinload(Room.venue),
            selectinload(FeedEvent.substitute),
        )
        .order_by(FeedEvent.date, FeedEvent.start_minute, FeedEvent.section_id).limit(MAX_EVENTS)
    )
    return db.session.scalars(statement).all()


def sessions_told(events: Sequence[FeedEvent]) -> dict[int, int]:
    """The number of the last session that is held of each section of these events."""
    sections = {event.section_id for event in events}
    counted = select(FeedEvent.section_id, func.max(FeedEvent.number)).where(
        FeedEvent.section_id.in_(sections), FeedEvent.status != FeedStatus.CANCELLED
    )
    return dict(db.session.execute(counted.group_by(FeedEvent.section_id)).all())


def of_section(section: Section) -> ColumnElement[bool]:
    """Events of one course section."""
    return FeedEvent.section_id == section.id


def of_community(community: Community) -> ColumnElement[bool]:
    """Events of the sections that learners of the community attend.

    The sections are read before: told only how to find them, databases look through the events of all.
    """
    section_ids = select(SectionLearners.section_id).where(SectionLearners.community_id == community.id)
    return FeedEvent.section_id.in_(db.session.scalars(section_ids).all())


def of_venue(venue: Venue) -> ColumnElement[bool]:
    """Events in any room of the venue."""
    return FeedEvent.room_id.in_(db.session.scalars(select(Room.id).where(Room.venue_id == venue.id)).all())


def of_room(room: Room) -> ColumnElement[bool]:
    """Events in the room."""
    return FeedEvent.room_id == room.id
