"""Teachers and volunteers: what they teach, when, how much and how far from home."""

from enum import StrEnum

from sqlalchemy import CheckConstraint, Column, ForeignKey, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduler.core.database import Archivable, Base, Code, Name, choice
from scheduler.core.spelling import Spelled
from scheduler.models.courses import Subject
from scheduler.models.hours import UnavailableDate, WeeklyWindow, unavailable_once
from scheduler.models.network import Placed, Unit


class TeacherKind(StrEnum):
    """How a teacher serves."""

    FULL_TIME = "full_time"
    PART_TIME = "part_time"
    VOLUNTEER = "volunteer"


teacher_subjects = Table(
    "teacher_subjects",
    Base.metadata,
    Column("teacher_id", ForeignKey("teachers.id", ondelete="CASCADE"), primary_key=True),
    Column("subject_code", ForeignKey("subjects.code"), primary_key=True),
)


class Teacher(Archivable, Placed, Spelled, Base):
    """Their place is their home; loads are sessions, ``fee`` is yuan per session, ``reach_metres`` from home."""

    __tablename__ = "teachers"
    __table_args__ = (
        UniqueConstraint("unit_id", "name"),
        CheckConstraint("max_day BETWEEN 1 AND 12", name="max_day"),
        CheckConstraint("max_week BETWEEN 1 AND 60", name="max_week"),
        CheckConstraint("wanted_week BETWEEN 0 AND max_week", name="wanted_week"),
        CheckConstraint("fee BETWEEN 0 AND 100000", name="fee"),
        CheckConstraint("reach_metres BETWEEN 0 AND 500000", name="reach"),
    )
    __audited__ = True
    NAMES_PERSON = True

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    name: Mapped[str] = mapped_column(Name)
    kind: Mapped[TeacherKind] = mapped_column(choice(TeacherKind))
    phone: Mapped[str] = mapped_column(Code, default="", server_default="", doc="seen by coordinators alone")
    email: Mapped[str] = mapped_column(Name, default="", server_default="", doc="for messages")
    max_day: Mapped[int]
    max_week: Mapped[int]
    wanted_week: Mapped[int]
    fee: Mapped[int] = mapped_column(default=0)
    reach_metres: Mapped[int]
    assumed: Mapped[bool] = mapped_column(default=False, doc="made up for the demonstration")

    unit: Mapped[Unit] = relationship()
    subjects: Mapped[list[Subject]] = relationship(secondary=teacher_subjects, order_by=Subject.code)
    windows: Mapped[list["TeacherWindow"]] = relationship(
        cascade="all, delete-orphan", order_by="(TeacherWindow.weekday, TeacherWindow.start_minute)"
    )
    absences: Mapped[list["TeacherAbsence"]] = relationship(
        cascade="all, delete-orphan", order_by="(TeacherAbsence.date, TeacherAbsence.start_minute)"
    )


class TeacherWindow(WeeklyWindow, Base):
    """Weekly hours in which the teacher can teach."""

    __tablename__ = "teacher_windows"
    __audited__ = True

    teacher_id: Mapped[int] = mapped_column(ForeignKey("teachers.id", ondelete="CASCADE"), index=True)


class TeacherAbsence(UnavailableDate, Base):
    """A date on which the teacher cannot teach, or some hours of it."""

    __tablename__ = "teacher_absences"
    __table_args__ = unavailable_once("teacher_absences", "teacher_id")
    __audited__ = True

    teacher_id: Mapped[int] = mapped_column(ForeignKey("teachers.id", ondelete="CASCADE"), index=True)
