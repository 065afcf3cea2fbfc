"""Subjects and the catalogue of courses."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, Column, ColumnElement, ForeignKey, Table, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduler.core.database import Archivable, Base, Code, Name, choice
from scheduler.core.spelling import Spelled
from scheduler.models.course_format import CourseFormat, format_checks
from scheduler.models.hours import WeeklyWindow
from scheduler.models.venues import Feature


class Category(StrEnum):
    """Fields of learning; each has its hue and icon on every page."""

    ARTS = "arts"
    MUSIC = "music"
    DANCE = "dance"
    HEALTH = "health"
    DIGITAL = "digital"
    LANGUAGE = "language"
    CRAFT = "craft"
    SKILLS = "skills"
    FAMILY = "family"
    YOUTH = "youth"
    CIVIC = "civic"
    FARMING = "farming"


class TargetGroup(StrEnum):
    """Whom a course is for."""

    ELDERLY = "elderly"
    YOUTH = "youth"
    FAMILY = "family"
    WORKER = "worker"
    FARMER = "farmer"
    MIGRANT = "migrant"
    EVERYONE = "everyone"


class Subject(Archivable, Spelled, Base):
    """What is taught; a teacher is qualified for subjects, a course has one."""

    __tablename__ = "subjects"
    __audited__ = True
    SPELLED_FROM = "name_zh"

    code: Mapped[str] = mapped_column(Code, primary_key=True)
    name_zh: Mapped[str] = mapped_column(Name)
    name_en: Mapped[str] = mapped_column(Name)
    category: Mapped[Category] = mapped_column(choice(Category))


course_features = Table(
    "course_features",
    Base.metadata,
    Column("course_id", ForeignKey("courses.id", ondelete="CASCADE"), primary_key=True),
    Column("feature_code", ForeignKey("features.code"), primary_key=True),
)


class Course(CourseFormat, Archivable, Spelled, Base):
    """A course of the catalogue; sections of it are held. ``reach_metres`` is how far its learners go."""

    __tablename__ = "courses"
    __table_args__ = (
        UniqueConstraint("title_zh"),
        *format_checks(),
        CheckConstraint("reach_metres BETWEEN 100 AND 200000", name="reach"),
    )
    __audited__ = True
    SPELLED_FROM = "title_zh"

    id: Mapped[int] = mapped_column(primary_key=True)
    title_zh: Mapped[str] = mapped_column(Name)
    title_en: Mapped[str] = mapped_column(Name)
    subject_code: Mapped[str] = mapped_column(ForeignKey("subjects.code"), index=True)
    target_group: Mapped[TargetGroup] = mapped_column(choice(TargetGroup))
    reach_metres: Mapped[int] = mapped_column(default=3000)
    for_activity: Mapped[bool] = mapped_column(
        default=False, server_default=false(), doc="made for a series or an event: the catalogue does not show it"
    )

    subject: Mapped[Subject] = relationship()
    needs: Mapped[list[Feature]] = relationship(secondary=course_features, order_by=Feature.code)
    windows: Mapped[list["CourseWindow"]] = relationship(
        cascade="all, delete-orphan", order_by="(CourseWindow.weekday, CourseWindow.start_minute)"
    )

    @classmethod
    def in_catalogue(cls) -> ColumnElement[bool]:
        """The courses that people choose from: neither archived nor made for a series or an event."""
        return cls.archived_at.is_(None) & cls.for_activity.is_(False)


class CourseWindow(WeeklyWindow, Base):
    """Hours that suit the learners; ``cost`` 0 is best, each point counts once per learner and meeting."""

    __tablename__ = "course_windows"
    __audited__ = True

    course_id: Mapped[int] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"), index=True)
    cost: Mapped[int] = mapped_column(CheckConstraint("cost BETWEEN 0 AND 100", name="cost"), default=0)
