"""Requests to venues for the use of a room, and the dated sessions they hold."""

from datetime import date, datetime
from enum import StrEnum
from uuid import uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduler.core.database import Base, UtcDateTime, choice, now
from scheduler.models.accounts import User
from scheduler.models.planning import Plan
from scheduler.models.sections import Section
from scheduler.models.teachers import Teacher
from scheduler.models.venues import Room


class BookingStatus(StrEnum):
    """Requested and confirmed bookings hold the room; the others hold nothing."""

    REQUESTED = "requested"
    CONFIRMED = "confirmed"
    COUNTERED = "countered"
    DECLINED = "declined"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


HOLDING_STATUSES = (BookingStatus.REQUESTED, BookingStatus.CONFIRMED)


class Booking(Base):
    """One request for one section of a published plan and its room."""

    __tablename__ = "bookings"
    __table_args__ = (
        Index(
            "uq_bookings_live",
            "plan_id",
            "section_id",
            unique=True,
            sqlite_where=text("status IN ('requested', 'confirmed')"),
            postgresql_where=text("status IN ('requested', 'confirmed')"),
        ),
        CheckConstraint("status <> 'declined' OR reason <> ''", name="declined_with_reason"),
    )
    __audited__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plans.id"), index=True)
    section_id: Mapped[int] = mapped_column(ForeignKey("sections.id"), index=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("rooms.id"), index=True)
    status: Mapped[BookingStatus] = mapped_column(choice(BookingStatus), default=BookingStatus.REQUESTED, index=True)
    reason: Mapped[str] = mapped_column(String(500), default="")
    requested_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime, default=None)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    offered_room_id: Mapped[int | None] = mapped_column(
        ForeignKey("rooms.id", name="fk_bookings_offered_room_id_rooms"), doc="another room that a venue offers instead"
    )

    plan: Mapped[Plan] = relationship()
    section: Mapped[Section] = relationship()
    room: Mapped[Room] = relationship(foreign_keys=room_id)
    offered_room: Mapped[Room | None] = relationship(foreign_keys=offered_room_id)
    decided_by: Mapped[User | None] = relationship()
    sessions: Mapped[list["BookedSession"]] = relationship(
        cascade="all, delete-orphan",
        order_by="(BookedSession.date, BookedSession.start_minute)",
        back_populates="booking",
    )


class BookedSession(Base):
    """One dated use of a room; while ``holds`` is true the database refuses another use of the same minutes.

    ``free_minute`` is the end of the session plus the room's turnaround. The rule is an exclusion
    constraint on PostgreSQL and a pair of triggers on SQLite (see the first migration).
    """

    __tablename__ = "booked_sessions"
    __table_args__ = (
        CheckConstraint("0 <= start_minute AND start_minute < end_minute AND end_minute <= free_minute", name="span"),
        Index("ix_booked_sessions_room_date", "room_id", "date"),
        Index("ix_booked_sessions_date", "date"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    booking_id: Mapped[int] = mapped_column(ForeignKey("bookings.id", ondelete="CASCADE"), index=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("rooms.id"))
    date: Mapped[date]
    start_minute: Mapped[int]
    end_minute: Mapped[int]
    free_minute: Mapped[int]
    holds: Mapped[bool] = mapped_column(default=True)

    booking: Mapped[Booking] = relationship(back_populates="sessions")


class FeedStatus(StrEnum):
    """Status of an event as iCalendar (RFC 5545, 3.8.1.11) names it, in small letters."""

    TENTATIVE = "tentative"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"


class FeedEvent(Base):
    """What subscribers of calendar feeds have been told of the n-th session of a section.

    The UID stays for good; the sequence grows with every change (RFC 5545, 3.8.7.4), and a session that is no longer
    held stays as cancelled, so that every subscriber hears of it.
    """

    __tablename__ = "feed_events"
    __table_args__ = (CheckConstraint("number >= 1", name="number"), CheckConstraint("sequence >= 0", name="sequence"))

    section_id: Mapped[int] = mapped_column(ForeignKey("sections.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, doc="1 for the first session of the section")
    uid: Mapped[str] = mapped_column(String(36), unique=True, default=lambda: str(uuid4()))
    sequence: Mapped[int] = mapped_column(default=0)
    status: Mapped[FeedStatus] = mapped_column(choice(FeedStatus))
    room_id: Mapped[int] = mapped_column(ForeignKey("rooms.id"), index=True)
    date: Mapped[date]
    start_minute: Mapped[int]
    end_minute: Mapped[int]
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    substitute_id: Mapped[int | None] = mapped_column(
        ForeignKey("teachers.id", name="fk_feed_events_substitute_id_teachers"),
        default=None,
        doc="who gives this session in the place of the section's teacher",
    )

    section: Mapped[Section] = relationship()
    room: Mapped[Room] = relationship()
    substitute: Mapped[Teacher | None] = relationship()
