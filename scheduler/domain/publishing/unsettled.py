"""What a published plan holds otherwise than the registers now say: both stay apart until somebody settles it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload, selectinload

from scheduler.calendar.occurrences import Occurrence, TermCalendar, occurrences, plan_calendar, term_calendar
from scheduler.core.clock import today
from scheduler.core.extensions import db
from scheduler.models import Placement, Plan, Room, Section, Teacher, Venue


@dataclass(frozen=True)
class UnsettledSection:
    """A published section with its sessions as published and as term and section now say.

    ``published`` are all its sessions; ``now`` is shorter than the section's number where the term ends first.
    ``gone`` says that its room, its venue or its teacher is archived.
    """

    placement: Placement
    published: list[Occurrence]
    now: list[Occurrence]
    gone: bool = False

    @property
    def lost(self) -> list[Occurrence]:
        """Published sessions that would not be held so."""
        kept = set(_moments(self.now))
        return [session for session in self.published if _moment(session) not in kept]

    @property
    def added(self) -> list[Occurrence]:
        """Sessions that would be held instead."""
        kept = set(_moments(self.published))
        return [session for session in self.now if _moment(session) not in kept]

    @property
    def complete(self) -> bool:
        """Whether the term has room for all sessions."""
        return len(self.now) == self.placement.section.sessions

    @property
    def dates_alone(self) -> bool:
        """Whether only single dates fall away, for which others follow at the end: it may be held without them."""
        last = self.published[-1].date if self.published else today()
        return self.same_format and len(self.lost) < len(self.published) and all(s.date > last for s in self.added)

    @property
    def same_format(self) -> bool:
        """Whether the section itself says what was published."""
        placement, section = self.placement, self.placement.section
        return (placement.minutes, placement.sessions, placement.every_weeks) == (
            section.minutes, section.sessions, section.every_weeks,
        )


def unsettled_sections(plan: Plan) -> list[UnsettledSection]:
    """The sections of a published plan with sessions to come that the registers now say otherwise, by name."""
    if plan.calendar is None:
        return []
    published, now = plan_calendar(plan), term_calendar(plan.term)
    compared = [_compared(placement, published, now) for placement in _placements(plan, published == now)]
    return [
        section for section in compared
        if section.gone or any(session.date >= today() for session in (*section.lost, *section.added))
    ]


def _compared(placement: Placement, published: TermCalendar, now: TermCalendar) -> UnsettledSection:
    gone = any(row.archived for row in (placement.room, placement.room.venue, placement.teacher))
    section, before = placement.section, occurrences(placement, published)
    after = occurrences(placement, now, section.format)
    return UnsettledSection(placement, before, after, gone and any(session.date >= today() for session in before))


def _placements(plan: Plan, same_calendar: bool) -> Sequence[Placement]:
    """All placements, or while the calendar is the same those whose section, room or teacher has changed."""
    statement = (
        select(Placement)
        .join(Placement.section).join(Placement.room).join(Room.venue).join(Placement.teacher)
        .where(Placement.plan_id == plan.id)
        .order_by(Section.name)
        .options(
            selectinload(Placement.meetings), joinedload(Placement.section).joinedload(Section.course),
            joinedload(Placement.room).joinedload(Room.venue), joinedload(Placement.teacher),
        )
    )
    if same_calendar:
        statement = statement.where(or_(
            Placement.fixed_minutes != Section.minutes,
            Placement.fixed_sessions != Section.sessions,
            Placement.fixed_every_weeks != Section.every_weeks,
            Room.archived_at.is_not(None), Venue.archived_at.is_not(None), Teacher.archived_at.is_not(None),
        ))
    return db.session.scalars(statement).all()


def _moment(session: Occurrence) -> tuple[object, ...]:
    return session.date, session.start, session.end


def _moments(sessions: list[Occurrence]) -> list[tuple[object, ...]]:
    return [_moment(session) for session in sessions]
