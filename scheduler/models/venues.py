"""Venues that open their doors, their rooms, and when those may be used."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, Column, ForeignKey, String, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduler.core.database import Archivable, Base, Code, Name, choice
from scheduler.core.spelling import Spelled
from scheduler.models.hours import UnavailableDate, WeeklyWindow, unavailable_once
from scheduler.models.network import Placed, Unit


class VenueKind(StrEnum):
    """What the building is when no course is held there."""

    LIBRARY = "library"
    CULTURE_HALL = "culture_hall"
    CULTURE_STATION = "culture_station"
    MUSEUM = "museum"
    COMMUNITY_COLLEGE = "community_college"
    COMMUNITY_SCHOOL = "community_school"
    LEARNING_POINT = "learning_point"
    SCHOOL = "school"
    YOUTH_PALACE = "youth_palace"
    CARE_HOME = "care_home"
    COMPANY_SITE = "company_site"
    OTHER = "other"


class Confirmation(StrEnum):
    """How a venue answers a booking request."""

    MANAGER = "manager"
    AUTOMATIC = "automatic"


class Venue(Archivable, Placed, Spelled, Base):
    """A building with rooms; its manager confirms or declines each use."""

    __tablename__ = "venues"
    __table_args__ = (UniqueConstraint("unit_id", "name"),)
    __audited__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    kind: Mapped[VenueKind] = mapped_column(choice(VenueKind))
    name: Mapped[str] = mapped_column(Name)
    address: Mapped[str] = mapped_column(String(300), default="")
    contact: Mapped[str] = mapped_column(Name, default="", doc="the role to ask for, never a private person")
    phone: Mapped[str] = mapped_column(Code, default="")
    confirmation: Mapped[Confirmation] = mapped_column(choice(Confirmation), default=Confirmation.MANAGER)
    step_free: Mapped[bool | None] = mapped_column(default=None, doc="None: not known")
    assumed: Mapped[bool] = mapped_column(default=False, doc="made up for the demonstration")

    unit: Mapped[Unit] = relationship()
    rooms: Mapped[list["Room"]] = relationship(back_populates="venue", order_by="Room.name")


class Feature(Base):
    """Something a room has and a course may need, such as a piano."""

    __tablename__ = "features"
    __audited__ = True

    code: Mapped[str] = mapped_column(Code, primary_key=True)
    name_zh: Mapped[str] = mapped_column(Name)
    name_en: Mapped[str] = mapped_column(Name)


room_features = Table(
    "room_features",
    Base.metadata,
    Column("room_id", ForeignKey("rooms.id", ondelete="CASCADE"), primary_key=True),
    Column("feature_code", ForeignKey("features.code"), primary_key=True),
)


class Room(Archivable, Spelled, Base):
    """A room that can be booked; ``fee`` is yuan per session, ``turnaround_minutes`` lie between two uses."""

    __tablename__ = "rooms"
    __table_args__ = (
        UniqueConstraint("venue_id", "name"),
        CheckConstraint("capacity BETWEEN 1 AND 5000", name="capacity"),
        CheckConstraint("turnaround_minutes BETWEEN 0 AND 240", name="turnaround"),
        CheckConstraint("fee BETWEEN 0 AND 100000", name="fee"),
    )
    __audited__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    venue_id: Mapped[int] = mapped_column(ForeignKey("venues.id"), index=True)
    name: Mapped[str] = mapped_column(Name)
    capacity: Mapped[int]
    turnaround_minutes: Mapped[int] = mapped_column(default=0)
    fee: Mapped[int] = mapped_column(default=0)
    assumed: Mapped[bool] = mapped_column(default=False, doc="made up for the demonstration")

    venue: Mapped[Venue] = relationship(back_populates="rooms")
    features: Mapped[list[Feature]] = relationship(secondary=room_features, order_by=Feature.code)
    windows: Mapped[list["RoomWindow"]] = relationship(
        cascade="all, delete-orphan", order_by="(RoomWindow.weekday, RoomWindow.start_minute)"
    )
    closures: Mapped[list["RoomClosure"]] = relationship(
        cascade="all, delete-orphan", order_by="(RoomClosure.date, RoomClosure.start_minute)"
    )


class RoomWindow(WeeklyWindow, Base):
    """An opening window: the room may be used for education then."""

    __tablename__ = "room_windows"
    __audited__ = True

    room_id: Mapped[int] = mapped_column(ForeignKey("rooms.id", ondelete="CASCADE"), index=True)


class RoomClosure(UnavailableDate, Base):
    """A date on which the room may not be used, or some hours of it."""

    __tablename__ = "room_closures"
    __table_args__ = unavailable_once("room_closures", "room_id")
    __audited__ = True

    room_id: Mapped[int] = mapped_column(ForeignKey("rooms.id", ondelete="CASCADE"), index=True)
