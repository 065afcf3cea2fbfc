"""Requests to venues for the use of a room, and the dated sessions they hold."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduler.database import Base, Code, UtcDateTime, choice, now
from scheduler.models.accounts import User
from scheduler.models.planning import Plan
from scheduler.models.sections import Section
from scheduler.models.venues import Room


class BookingStatus(StrEnum):
    """Requested and confirmed bookings hold the room; the others hold nothing."""

    REQUESTED = "requested"
    CONFIRMED = "confirmed"
    COUNTERED = "countered"
    DECLINED = "declined"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


HOLDING = (BookingStatus.REQUESTED, BookingStatus.CONFIRMED)


class Booking(Base):
    """One request for one section of a published plan and its room."""

    __tablename__ = "bookings"
    __table_args__ = (
        Index(
            "uq_bookings_live", "plan_id", "section_id", unique=True,
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

    plan: Mapped[Plan] = relationship()
    section: Mapped[Section] = relationship()
    room: Mapped[Room] = relationship()
    decided_by: Mapped[User | None] = relationship()
    sessions: Mapped[list["BookedSession"]] = relationship(
        cascade="all, delete-orphan", order_by="(BookedSession.date, BookedSession.start_minute)", back_populates="booking"
    )


class BookedSession(Base):
    """One dated use of a room; while ``holds`` is true the database refuses another use of the same minutes.

    ``free_minute`` is the end of the session plus the room's turnaround. The rule is an exclusion
    constraint on PostgreSQL and a pair of triggers on SQLite (see the first migration).
    """

    __tablename__ = "booked_sessions"
    __table_args__ = (
        CheckConstraint(
            "0 <= start_minute AND start_minute < end_minute AND end_minute <= free_minute", name="span"
        ),
        Index("ix_booked_sessions_room_date", "room_id", "date"),
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


class FeedEvent(Base):
    """What subscribers of calendar feeds have been told of a dated session: its UID stays, its sequence grows."""

    __tablename__ = "feed_events"

    uid: Mapped[str] = mapped_column(Code, primary_key=True)
    sequence: Mapped[int] = mapped_column(default=0)
    fingerprint: Mapped[str] = mapped_column(String(64), doc="hash of what was last told")
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
