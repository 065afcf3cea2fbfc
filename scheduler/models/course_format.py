"""How a course is held: the figures that a course has and that each of its sections keeps as its own."""

from dataclasses import dataclass, fields

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column


@dataclass(frozen=True)
class Format:
    """How often, how long and for how many; the columns of ``CourseFormat`` as values."""

    minutes: int
    sessions: int
    per_week: int
    every_weeks: int
    day_gap: int
    minimum_size: int
    maximum_size: int


FORMAT = tuple(field.name for field in fields(Format))
"""The columns of a format; what the room must have (``needs``) goes with them."""


class CourseFormat:
    """Columns of courses and of sections."""

    minutes: Mapped[int] = mapped_column(doc="length of a session")
    sessions: Mapped[int] = mapped_column(doc="sessions in all")
    per_week: Mapped[int] = mapped_column(default=1, doc="meetings in a week")
    every_weeks: Mapped[int] = mapped_column(default=1, doc="2: it meets every other week")
    day_gap: Mapped[int] = mapped_column(default=1, doc="days between two meetings of a week")
    minimum_size: Mapped[int] = mapped_column(default=10)
    maximum_size: Mapped[int] = mapped_column(default=40)

    @property
    def format(self) -> Format:
        """The columns as values."""
        return Format(**{name: getattr(self, name) for name in FORMAT})


def format_checks() -> tuple[CheckConstraint, ...]:
    """What the database demands of a format."""
    return (
        CheckConstraint("minutes BETWEEN 15 AND 480", name="minutes"),
        CheckConstraint("sessions BETWEEN 1 AND 300", name="sessions"),
        CheckConstraint("per_week BETWEEN 1 AND 7", name="per_week"),
        CheckConstraint("every_weeks BETWEEN 1 AND 26", name="every_weeks"),
        CheckConstraint("day_gap BETWEEN 1 AND 6", name="day_gap"),
        CheckConstraint("1 <= minimum_size AND minimum_size <= maximum_size AND maximum_size <= 1000", name="size"),
    )
