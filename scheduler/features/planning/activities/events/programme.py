"""The programme of an event: what a plan holds on its days, where and by whom."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from scheduler.calendar.occurrences import occurrences
from scheduler.core.extensions import db
from scheduler.domain.plans import published_plan
from scheduler.features.planning.activities import queries
from scheduler.models import (
    HOLDING_STATUSES,
    Booking,
    BookingStatus,
    Event,
    EventItem,
    EventSection,
    Placement,
    Plan,
    PlanStatus,
    Section,
    Term,
)
from scheduler.web.i18n import in_language


@dataclass(frozen=True)
class ProgrammeSlot:
    """One date of an item in one of its places; ``answer`` is the venue's, None where it was not asked."""

    item: EventItem
    placement: Placement
    date: date
    start: int
    end: int
    answer: BookingStatus | None

    @property
    def refused(self) -> bool:
        """Whether the venue could not take it, so that it is being rearranged."""
        return self.answer is not None and self.answer not in HOLDING_STATUSES

    @property
    def outside(self) -> bool:
        """Whether the plan is older than the days that the item has now."""
        return not self.item.first_day <= self.date <= self.item.last_day


@dataclass(frozen=True)
class Programme:
    """What is held day by day, and the sections that have no place in the plan."""

    event: Event
    days: list[tuple[date, list[ProgrammeSlot]]]
    unplaced: list[tuple[EventItem, Section]]

    @property
    def slots(self) -> list[ProgrammeSlot]:
        """All dates in their order."""
        return [slot for _day, slots in self.days for slot in slots]

    @property
    def to_be_announced(self) -> list[str]:
        """The titles of items that have no place yet, each once."""
        return list(dict.fromkeys(in_language(item.title_zh, item.title_en) for item, _section in self.unplaced))


def programme_of(event: Event, plan: Plan | None) -> Programme:
    """The programme as a plan has it, None: before there is a plan."""
    item_sections = [
        (item, entry.section) for item in active_items(event) for entry in item.entries if not entry.section.archived
    ]
    placed = queries.placements(plan, [section for _item, section in item_sections]) if plan is not None else {}
    answers = _answers(plan, placed)
    slots = [
        ProgrammeSlot(
            item, placed[section.id], occurrence.date, occurrence.start, occurrence.end, answers.get(section.id)
        )
        for item, section in item_sections
        if section.id in placed
        for occurrence in occurrences(placed[section.id])
    ]
    ordered = sorted(slots, key=lambda slot: (slot.date, slot.start, slot.item.id, slot.placement.section_id))
    days = [(day, list(some)) for day, some in groupby(ordered, key=lambda slot: slot.date)]
    return Programme(event, days, [(item, section) for item, section in item_sections if section.id not in placed])


def active_items(event: Event) -> list[EventItem]:
    """The items that are on the programme."""
    return [item for item in event.items if not item.archived]


def _answers(plan: Plan | None, section_ids: Iterable[int]) -> dict[int, BookingStatus]:
    """By section what its venue has answered; of several requests the newest counts."""
    if plan is None:
        return {}
    condition = Booking.plan_id == plan.id, Booking.section_id.in_(list(section_ids))
    statement = select(Booking.section_id, Booking.status).where(*condition).order_by(Booking.id)
    return dict(db.session.execute(statement).all())


def public_events(from_day: date) -> Sequence[Event]:
    """The events that are not over yet and whose programme is published, by date."""
    statement = select(Event).where(Event.id.in_(_published()), Event.last_day >= from_day)
    return db.session.scalars(statement.order_by(Event.first_day, Event.id).options(joinedload(Event.unit))).all()


def public_event(event_id: int) -> tuple[Event, Plan] | None:
    """An event with the published plan that holds some of it, None where residents see none."""
    whole = selectinload(Event.items).selectinload(EventItem.entries).joinedload(EventSection.section)
    event = db.session.scalar(select(Event).where(Event.id == event_id, Event.id.in_(_published())).options(whole))
    if event is None:
        return None
    plan = published_plan(event.term)
    return None if plan is None else (event, plan)


def _published() -> Select[int]:
    return (
        select(EventItem.event_id)
        .join(EventItem.event)
        .join(Event.term)
        .join(EventItem.entries)
        .join(Placement, Placement.section_id == EventSection.section_id)
        .join(Placement.plan)
        .where(
            Plan.status == PlanStatus.PUBLISHED, Event.archived_at.is_(None), EventItem.archived_at.is_(None),
            Term.archived_at.is_(None),
        )
    )
