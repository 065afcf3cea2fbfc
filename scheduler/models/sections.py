"""Demand for courses and the sections opened to meet it."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Table, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduler.core.database import Archivable, Base, Name
from scheduler.models.course_format import FORMAT, CourseFormat, format_checks
from scheduler.models.courses import Course
from scheduler.models.network import Community, Unit
from scheduler.models.teachers import Teacher
from scheduler.models.terms import Term
from scheduler.models.venues import Feature, Room, Venue


class Demand(Base):
    """People of a community who want a course in a term."""

    __tablename__ = "demand"
    __table_args__ = (
        UniqueConstraint("term_id", "course_id", "community_id"),
        CheckConstraint("people BETWEEN 1 AND 100000", name="people"),
    )
    __audited__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    term_id: Mapped[int] = mapped_column(ForeignKey("terms.id", ondelete="CASCADE"), index=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"), index=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id"), index=True)
    people: Mapped[int]
    assumed: Mapped[bool] = mapped_column(default=False, doc="made up for the demonstration")
    worked_out: Mapped[bool] = mapped_column(
        default=False, server_default=text("false"), doc="combined from the sources, not typed"
    )

    term: Mapped[Term] = relationship()
    course: Mapped[Course] = relationship()
    community: Mapped[Community] = relationship()

    @property
    def typed(self) -> bool:
        """Whether a person wrote the number."""
        return not self.worked_out and not self.assumed


section_features = Table(
    "section_features",
    Base.metadata,
    Column("section_id", ForeignKey("sections.id", ondelete="CASCADE"), primary_key=True),
    Column("feature_code", ForeignKey("features.code"), primary_key=True),
)
section_venues = Table(
    "section_venues",
    Base.metadata,
    Column("section_id", ForeignKey("sections.id", ondelete="CASCADE"), primary_key=True),
    Column("venue_id", ForeignKey("venues.id"), primary_key=True),
)
section_teachers = Table(
    "section_teachers",
    Base.metadata,
    Column("section_id", ForeignKey("sections.id", ondelete="CASCADE"), primary_key=True),
    Column("teacher_id", ForeignKey("teachers.id"), primary_key=True),
)


class Section(CourseFormat, Archivable, Base):
    """A course to be held once for the learners of some communities; ``unit`` pays its fees.

    Its format and needs are the course's at the time it was opened; a course that changes later leaves them alone.
    """

    __tablename__ = "sections"
    __table_args__ = (
        UniqueConstraint("term_id", "name"),
        CheckConstraint("1 <= earliest_week AND earliest_week <= latest_week AND latest_week <= 53", name="weeks"),
        *format_checks(),
        CheckConstraint("priority BETWEEN 1 AND 5", name="priority"),
        CheckConstraint("reach_metres BETWEEN 100 AND 200000", name="reach"),
        CheckConstraint("pinned_week BETWEEN earliest_week AND latest_week", name="pinned_week"),
    )
    __audited__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    term_id: Mapped[int] = mapped_column(ForeignKey("terms.id", ondelete="CASCADE"), index=True)
    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    name: Mapped[str] = mapped_column(Name, doc="unique in the term, such as 岳林街道·书法 2 班")
    earliest_week: Mapped[int] = mapped_column(default=1, doc="first week in which it may begin")
    latest_week: Mapped[int] = mapped_column(default=2, doc="last week in which it may begin")
    priority: Mapped[int] = mapped_column(default=3)
    reach_metres: Mapped[int] = mapped_column(doc="how far its learners go")
    pinned_week: Mapped[int | None] = mapped_column(default=None)
    pinned_room_id: Mapped[int | None] = mapped_column(ForeignKey("rooms.id"), default=None)
    pinned_teacher_id: Mapped[int | None] = mapped_column(ForeignKey("teachers.id"), default=None)
    assumed: Mapped[bool] = mapped_column(default=False, doc="made up for the demonstration")

    term: Mapped[Term] = relationship()
    course: Mapped[Course] = relationship()
    unit: Mapped[Unit] = relationship()
    needs: Mapped[list[Feature]] = relationship(secondary=section_features, order_by=Feature.code)
    learners: Mapped[list["SectionLearners"]] = relationship(cascade="all, delete-orphan", back_populates="section")
    allowed_venues: Mapped[list[Venue]] = relationship(secondary=section_venues)
    allowed_teachers: Mapped[list[Teacher]] = relationship(secondary=section_teachers)
    pinned_meetings: Mapped[list["PinnedMeeting"]] = relationship(cascade="all, delete-orphan")
    pinned_room: Mapped[Room | None] = relationship()
    pinned_teacher: Mapped[Teacher | None] = relationship()

    def __init__(self, **values: object) -> None:
        super().__init__(**values)
        if self.course is not None:
            self.take_format(self.course, *values)

    def take_format(self, course: Course, *own: str) -> None:
        """Be held as the course is at present, but for the columns named as the section's own."""
        for name in FORMAT:
            value = getattr(course, name)
            if name not in own and value is not None:
                setattr(self, name, value)
        if "needs" not in own:
            self.needs = list(course.needs)

    @property
    def follows_course(self) -> bool:
        """Whether it is held as its course is at present."""
        return self.format == self.course.format and self.needs == self.course.needs

    @property
    def size(self) -> int:
        """Learners of all communities."""
        return sum(entry.people for entry in self.learners)

    @property
    def pinned(self) -> bool:
        """Whether anything is fixed before planning."""
        parts = (self.pinned_week, self.pinned_room_id, self.pinned_teacher_id)
        return bool(self.pinned_meetings) or any(part is not None for part in parts)


class SectionLearners(Base):
    """People of one community who are to learn in a section."""

    __tablename__ = "section_learners"
    __table_args__ = (CheckConstraint("people BETWEEN 1 AND 1000", name="people"),)
    __audited__ = True

    section_id: Mapped[int] = mapped_column(ForeignKey("sections.id", ondelete="CASCADE"), primary_key=True)
    community_id: Mapped[int] = mapped_column(ForeignKey("communities.id"), primary_key=True, index=True)
    people: Mapped[int]

    section: Mapped[Section] = relationship(back_populates="learners")
    community: Mapped[Community] = relationship()


class PinnedMeeting(Base):
    """A weekly meeting that the coordinator has fixed."""

    __tablename__ = "pinned_meetings"
    __table_args__ = (
        CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
        CheckConstraint("start_minute BETWEEN 0 AND 1439", name="start"),
    )
    __audited__ = True

    section_id: Mapped[int] = mapped_column(ForeignKey("sections.id", ondelete="CASCADE"), primary_key=True)
    weekday: Mapped[int] = mapped_column(primary_key=True)
    start_minute: Mapped[int]


class SharedLearners(Base):
    """People who want both sections; their hours should not overlap."""

    __tablename__ = "shared_learners"
    __table_args__ = (
        CheckConstraint("first_id < second_id", name="order"),
        CheckConstraint("people BETWEEN 1 AND 1000", name="people"),
    )
    __audited__ = True

    first_id: Mapped[int] = mapped_column(ForeignKey("sections.id", ondelete="CASCADE"), primary_key=True)
    second_id: Mapped[int] = mapped_column(ForeignKey("sections.id", ondelete="CASCADE"), primary_key=True, index=True)
    people: Mapped[int]
