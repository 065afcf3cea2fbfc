"""Columns shared by all weekly windows, a weekday and a span of minutes within it, and by the dates without any."""

from datetime import date
from typing import Any

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from scheduler.core.database import Name

MINUTES_PER_DAY = 24 * 60


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
    """Mixin: a date on which the room or the teacher cannot be had, and why."""

    def __init__(self, **columns: Any) -> None:
        super().__init__(**columns)

    id: Mapped[int] = mapped_column(primary_key=True)
    date: Mapped[date]
    reason: Mapped[str] = mapped_column(Name, default="")
