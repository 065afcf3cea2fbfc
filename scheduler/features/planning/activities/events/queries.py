"""Reads events and their items within a scope."""

from collections.abc import Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.sql.base import ExecutableOption

from scheduler.core.extensions import db
from scheduler.models import Community, Event, EventItem, EventSection, Level, SectionLearners, Term, Unit
from scheduler.web.access import Scope


def listed_events(scope: Scope, term: Term) -> Sequence[Event]:
    """The term's events in the scope by date, those that were archived last."""
    statement = (
        select(Event)
        .join(Event.unit)
        .where(Event.term_id == term.id, scope.units())
        .order_by(Event.archived_at.is_not(None), Event.first_day, Event.id)
        .options(joinedload(Event.unit), selectinload(Event.items).selectinload(EventItem.entries))
    )
    return db.session.scalars(statement).all()


def event_in(scope: Scope, term: Term, event_id: int) -> Event:
    """An event of the term, or 404 when it is unknown or its unit lies outside the scope."""
    statement = select(Event).join(Event.unit).where(Event.id == event_id, Event.term_id == term.id, scope.units())
    return db.one_or_404(statement.options(_whole()))


def item_of(event: Event, item_id: int) -> EventItem:
    """An item of the event, or 404."""
    return db.one_or_404(select(EventItem).where(EventItem.id == item_id, EventItem.event_id == event.id))


def unit_of(item: EventItem) -> Unit | None:
    """The unit in whose county an item is at home: its own or its event's, or where those who come first live.

    None only where all of them are the city itself.
    """
    named = [unit for unit in (item.unit, item.event.unit) if unit.level is not Level.CITY]
    return named[0] if named else db.session.scalar(_homes(item).limit(1))


def _homes(item: EventItem) -> Select[Unit]:
    """Units below the city whose people come to an item, in the order of the network."""
    return (
        select(Unit)
        .join(Unit.communities)
        .join(SectionLearners, SectionLearners.community_id == Community.id)
        .join(EventSection, EventSection.section_id == SectionLearners.section_id)
        .where(EventSection.item_id == item.id, Unit.level != Level.CITY)
        .order_by(Unit.path)
    )


def _whole() -> ExecutableOption:
    return selectinload(Event.items).selectinload(EventItem.entries).joinedload(EventSection.section)
