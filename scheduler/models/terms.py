"""Terms with their calendar, budgets and the weights of the plan's cost."""

from datetime import date
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduler.core.database import Archivable, Base, Name, choice
from scheduler.models.network import Unit


class DayKind(StrEnum):
    """Days that differ from the ordinary week."""

    OFF = "off"
    MAKE_UP = "make_up"


class Term(Archivable, Base):
    """A term of a unit and all below it; ``first_day`` is a Monday, weeks count from 1."""

    __tablename__ = "terms"
    __table_args__ = (
        UniqueConstraint("unit_id", "name"),
        CheckConstraint("weeks BETWEEN 1 AND 53", name="weeks"),
        CheckConstraint("grid_minutes IN (5, 10, 15, 20, 30, 60)", name="grid_minutes"),
        CheckConstraint("metres_per_minute BETWEEN 10 AND 2000", name="metres_per_minute"),
        CheckConstraint("overhead_minutes BETWEEN 0 AND 240", name="overhead_minutes"),
    )
    __audited__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    name: Mapped[str] = mapped_column(Name)
    first_day: Mapped[date]
    weeks: Mapped[int]
    grid_minutes: Mapped[int] = mapped_column(default=30)
    metres_per_minute: Mapped[int] = mapped_column(default=250, doc="how fast teachers travel")
    overhead_minutes: Mapped[int] = mapped_column(default=5, doc="added to every journey between venues")
    weights: Mapped[dict[str, int]] = mapped_column(JSON, doc="weight of each part of the cost")

    unit: Mapped[Unit] = relationship()
    days: Mapped[list["CalendarDay"]] = relationship(cascade="all, delete-orphan", order_by="CalendarDay.date")
    budgets: Mapped[list["Budget"]] = relationship(cascade="all, delete-orphan")

    @property
    def title(self) -> str:
        """Its name, with the year in which it begins where the name does not say it."""
        year = str(self.first_day.year)
        return self.name if year in self.name else f"{self.name} ({year})"


class CalendarDay(Base):
    """A day off, when nothing is held, or a make-up workday (shown to people, no rule of the plan)."""

    __tablename__ = "calendar_days"
    __table_args__ = (UniqueConstraint("term_id", "date"),)
    __audited__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    term_id: Mapped[int] = mapped_column(ForeignKey("terms.id", ondelete="CASCADE"), index=True)
    date: Mapped[date]
    kind: Mapped[DayKind] = mapped_column(choice(DayKind))
    name: Mapped[str] = mapped_column(Name, default="")


class Budget(Base):
    """What a unit and all below it may spend on fees in a term, in yuan."""

    __tablename__ = "budgets"
    __table_args__ = (
        UniqueConstraint("term_id", "unit_id"),
        CheckConstraint("yuan BETWEEN 0 AND 1000000000", name="yuan"),
    )
    __audited__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    term_id: Mapped[int] = mapped_column(ForeignKey("terms.id", ondelete="CASCADE"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    yuan: Mapped[int]

    unit: Mapped[Unit] = relationship()
