"""What a resident looks for, read from the page's address and always within bounds."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from werkzeug.datastructures import MultiDict

from scheduler.models import Category, TargetGroup

NOON, SIX_IN_THE_EVENING, MIDNIGHT = 12 * 60, 18 * 60, 24 * 60
DISTANCES = (500, 1000, 3000, 5000)


class TimeOfDay(StrEnum):
    """Parts of the day by the start of a meeting."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"

    @property
    def minutes(self) -> tuple[int, int]:
        """From this minute of the day to before that one."""
        return {
            TimeOfDay.MORNING: (0, NOON), TimeOfDay.AFTERNOON: (NOON, SIX_IN_THE_EVENING),
            TimeOfDay.EVENING: (SIX_IN_THE_EVENING, MIDNIGHT),
        }[self]


class ResultOrder(StrEnum):
    """How results are sorted."""

    NEAREST = "nearest"
    SOONEST = "soonest"


@dataclass(frozen=True)
class PortalFilters:
    """Empty values do not filter."""

    search: str = ""
    within: int | None = None
    group: TargetGroup | None = None
    category: Category | None = None
    weekday: int | None = None
    time: TimeOfDay | None = None
    order: ResultOrder | None = None

    @classmethod
    def read(cls, arguments: MultiDict[str, str]) -> "PortalFilters":
        """From query arguments; senseless values count as empty."""
        return cls(
            search=arguments.get("q", "").strip()[:100],
            within=_number(arguments.get("within"), DISTANCES),
            group=arguments.get("for", type=TargetGroup),
            category=arguments.get("category", type=Category),
            weekday=_number(arguments.get("day"), range(7)),
            time=arguments.get("time", type=TimeOfDay),
            order=arguments.get("sort", type=ResultOrder),
        )

    @property
    def any(self) -> bool:
        """Whether something is filtered at all."""
        return any((self.search, self.within, self.group, self.category, self.weekday is not None, self.time))

    @property
    def anywhere(self) -> "PortalFilters":
        """The same without what depends on where the visitor lives and without an order."""
        return replace(self, within=None, order=None)

    def arguments(self, **changes: Any) -> dict[str, Any]:
        """Query arguments of the same search with some values changed; None leaves one out."""
        present = {
            "q": self.search or None, "within": self.within, "for": self.group, "category": self.category,
            "day": self.weekday, "time": self.time, "sort": self.order,
        }
        return {name: value for name, value in {**present, **changes}.items() if value is not None}


def _number(text: str | None, allowed: range | tuple[int, ...]) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 9 and int(text) in allowed else None
