"""Activities that ordinary sections stand for: series that come to every community, and events of a few days."""

from datetime import date
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, Column, ForeignKey, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduler.core.database import Archivable, Base, Code, Name, choice
from scheduler.models.courses import Course
from scheduler.models.network import Community, Unit
from scheduler.models.sections import Section
from scheduler.models.teachers import Teacher
from scheduler.models.terms import Term

series_communities = Table(
    "series_communities",
    Base.metadata,
    Column("series_id", ForeignKey("activity_series.id", ondelete="CASCADE"), primary_key=True),
    Column("community_id", ForeignKey("communities.id"), primary_key=True),
)
event_item_communities = Table(
    "event_item_communities",
    Base.metadata,
    Column("item_id", ForeignKey("event_items.id", ondelete="CASCADE"), primary_key=True),
    Column("community_id", ForeignKey("communities.id"), primary_key=True),
)
event_item_teachers = Table(
    "event_item_teachers",
    Base.metadata,
    Column("item_id", ForeignKey("event_items.id", ondelete="CASCADE"), primary_key=True),
    Column("teacher_id", ForeignKey("teachers.id"), primary_key=True),
)


class ActivitySeries(Archivable, Base):
    """An activity that is to come to each of its communities at least once in every ``at_least_every`` weeks.

    It covers ``chosen`` communities, or all below ``unit`` where none is chosen. ``content`` is the course of the
    catalogue that is held; ``course`` is its copy with the number of sessions that the term needs, made with the
    first section. In each community ``people`` are expected, or ``per_thousand`` of its inhabitants within bounds.
    """

    __tablename__ = "activity_series"
    __table_args__ = (
        UniqueConstraint("term_id", "title_zh"),
        UniqueConstraint("course_id"),
        CheckConstraint("at_least_every BETWEEN 1 AND 26", name="at_least_every"),
        CheckConstraint("people BETWEEN 1 AND 1000", name="people"),
        CheckConstraint("per_thousand BETWEEN 1 AND 1000", name="per_thousand"),
        CheckConstraint("1 <= fewest AND fewest <= most AND most <= 1000", name="bounds"),
        CheckConstraint("sharing_metres BETWEEN 100 AND 20000", name="sharing"),
        CheckConstraint("reach_metres BETWEEN 100 AND 200000", name="reach"),
        CheckConstraint("priority BETWEEN 1 AND 5", name="priority"),
    )
    __audited__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    term_id: Mapped[int] = mapped_column(ForeignKey("terms.id", ondelete="CASCADE"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    title_zh: Mapped[str] = mapped_column(Name)
    title_en: Mapped[str] = mapped_column(Name)
    content_id: Mapped[int] = mapped_column(ForeignKey("courses.id"), index=True)
    course_id: Mapped[int | None] = mapped_column(ForeignKey("courses.id"), default=None)
    at_least_every: Mapped[int] = mapped_column(doc="weeks")
    people: Mapped[int] = mapped_column(doc="expected in each community")
    per_thousand: Mapped[int | None] = mapped_column(default=None, doc="of the inhabitants, instead of people")
    fewest: Mapped[int] = mapped_column(default=10, doc="bounds of a share of the inhabitants")
    most: Mapped[int] = mapped_column(default=40)
    sharing_metres: Mapped[int | None] = mapped_column(default=None, doc="neighbours this near share an activity")
    venue_kinds: Mapped[list[str]] = mapped_column(JSON, default=list, doc="empty: any venue in reach")
    reach_metres: Mapped[int]
    priority: Mapped[int] = mapped_column(default=4)
    assumed: Mapped[bool] = mapped_column(default=False, doc="made up for the demonstration")

    term: Mapped[Term] = relationship()
    unit: Mapped[Unit] = relationship()
    content: Mapped[Course] = relationship(foreign_keys=content_id)
    course: Mapped[Course | None] = relationship(foreign_keys=course_id)
    chosen: Mapped[list[Community]] = relationship(secondary=series_communities, order_by=Community.code)
    entries: Mapped[list["SeriesSection"]] = relationship(
        cascade="all, delete-orphan", order_by="SeriesSection.group_code", back_populates="series"
    )


class SeriesSection(Base):
    """The section that brings a series to a group of neighbouring communities, named by the code of its first."""

    __tablename__ = "series_sections"
    __table_args__ = (UniqueConstraint("series_id", "group_code"),)
    __audited__ = True

    section_id: Mapped[int] = mapped_column(ForeignKey("sections.id", ondelete="CASCADE"), primary_key=True)
    series_id: Mapped[int] = mapped_column(ForeignKey("activity_series.id", ondelete="CASCADE"))
    group_code: Mapped[str] = mapped_column(Code)

    section: Mapped[Section] = relationship()
    series: Mapped[ActivitySeries] = relationship(back_populates="entries")


class EventKind(StrEnum):
    """What kind of event it is."""

    ACTIVITY_WEEK = "activity_week"
    LECTURE = "lecture"
    COUNTRYSIDE = "countryside"
    OTHER = "other_event"


class Event(Archivable, Base):
    """An event on some days of a term; what happens there are its items."""

    __tablename__ = "events"
    __table_args__ = (
        UniqueConstraint("term_id", "title_zh"),
        CheckConstraint("first_day <= last_day", name="days"),
    )
    __audited__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    term_id: Mapped[int] = mapped_column(ForeignKey("terms.id", ondelete="CASCADE"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    title_zh: Mapped[str] = mapped_column(Name)
    title_en: Mapped[str] = mapped_column(Name)
    kind: Mapped[EventKind] = mapped_column(choice(EventKind))
    first_day: Mapped[date]
    last_day: Mapped[date]
    assumed: Mapped[bool] = mapped_column(default=False, doc="made up for the demonstration")

    term: Mapped[Term] = relationship()
    unit: Mapped[Unit] = relationship()
    items: Mapped[list["EventItem"]] = relationship(
        cascade="all, delete-orphan", order_by="(EventItem.first_day, EventItem.id)", back_populates="event"
    )


class EventItem(Archivable, Base):
    """One thing on the programme of an event, held in ``places`` places on days of one week of the term.

    ``people`` are expected in all. Its course, made for it alone, says how long and how often it is held in each
    place; the hours are those between ``start_minute`` and ``end_minute``.
    """

    __tablename__ = "event_items"
    __table_args__ = (
        UniqueConstraint("event_id", "title_zh"),
        UniqueConstraint("course_id"),
        CheckConstraint("first_day <= last_day", name="days"),
        CheckConstraint("0 <= start_minute AND start_minute < end_minute AND end_minute <= 1440", name="span"),
        CheckConstraint("places BETWEEN 1 AND 50", name="places"),
        CheckConstraint("people BETWEEN 1 AND 20000", name="people"),
        CheckConstraint("reach_metres BETWEEN 100 AND 200000", name="reach"),
    )
    __audited__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    title_zh: Mapped[str] = mapped_column(Name)
    title_en: Mapped[str] = mapped_column(Name)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    first_day: Mapped[date]
    last_day: Mapped[date]
    start_minute: Mapped[int]
    end_minute: Mapped[int]
    places: Mapped[int] = mapped_column(default=1)
    people: Mapped[int]
    reach_metres: Mapped[int]

    event: Mapped[Event] = relationship(back_populates="items")
    course: Mapped[Course] = relationship()
    unit: Mapped[Unit] = relationship()
    chosen: Mapped[list[Community]] = relationship(secondary=event_item_communities, order_by=Community.code)
    teachers: Mapped[list[Teacher]] = relationship(secondary=event_item_teachers)
    entries: Mapped[list["EventSection"]] = relationship(
        cascade="all, delete-orphan", order_by="EventSection.place", back_populates="item"
    )


class EventSection(Base):
    """The section that holds an item in one of its places; these count from 1."""

    __tablename__ = "event_sections"
    __table_args__ = (UniqueConstraint("item_id", "place"), CheckConstraint("place >= 1", name="place"))
    __audited__ = True

    section_id: Mapped[int] = mapped_column(ForeignKey("sections.id", ondelete="CASCADE"), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("event_items.id", ondelete="CASCADE"))
    place: Mapped[int]

    section: Mapped[Section] = relationship()
    item: Mapped[EventItem] = relationship(back_populates="entries")
