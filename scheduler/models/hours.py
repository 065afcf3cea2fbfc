"""Columns shared by all weekly windows, a weekday and a span of minutes within it, and by the dates without any."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from scheduler.core.database import Name

MINUTES_PER_DAY = 24 * 60
Day = date
"""A name of its own, as classes below have a column called date."""


class WeeklyWindow:
    """Mixin: ``weekday`` 0 (Monday) to 6, ``start_minute`` and ``end_minute`` since midnight."""

    def __init__(self, **columns: Any) -> None:
        super().__init__(**columns)

    id: Mapped[int] = mapped_column(primary_key=True)
    weekday: Mapped[int]
    start_minute: Mapped[int]
    end_minute: Mapped[int]

    @declared_attr.directive
    def __table_args__(cls) -> tuple[CheckConstraint, ...]:
        """The span lies within one day and is not empty."""
        return (
            CheckConstraint("weekday BETWEEN 0 AND 6", name="weekday"),
            CheckConstraint("0 <= start_minute AND start_minute < end_minute AND end_minute <= 1440", name="span"),
        )


class UnavailableDate:
    """Mixin: a date on which the room or the teacher cannot be had, and why.

    With ``start_minute`` and ``end_minute`` only between these; without them all day.
    """

    def __init__(self, **columns: Any) -> None:
        super().__init__(**columns)

    id: Mapped[int] = mapped_column(primary_key=True)
    date: Mapped[date]
    start_minute: Mapped[int | None] = mapped_column(default=None)
    end_minute: Mapped[int | None] = mapped_column(default=None)
    reason: Mapped[str] = mapped_column(Name, default="")

    @property
    def whole_day(self) -> bool:
        """Whether no minute of the date is left."""
        return self.start_minute is None

    @property
    def span(self) -> tuple[int, int]:
        """First and last minute."""
        start, end = self.start_minute, self.end_minute
        return (0, MINUTES_PER_DAY) if start is None or end is None else (start, end)

    def touches(self, day: Day, start: int, end: int) -> bool:
        """Whether any of these minutes cannot be had."""
        return self.date == day and self.span[0] < end and start < self.span[1]


def unavailable_once(table: str, owner: str) -> tuple[UniqueConstraint, Index, CheckConstraint]:
    """What holds for the dates of a room or teacher: no two begin at the same minute, and hours lie within the day."""
    whole_day = text("start_minute IS NULL")
    return (
        UniqueConstraint(owner, "date", "start_minute"),
        Index(f"uq_{table}_whole_day", owner, "date", unique=True, sqlite_where=whole_day, postgresql_where=whole_day),
        CheckConstraint(
            "(start_minute IS NULL) = (end_minute IS NULL) AND (start_minute IS NULL"
            " OR (0 <= start_minute AND start_minute < end_minute AND end_minute <= 1440))",
            name="hours",
        ),
    )
