"""Hours that usually suit a group of learners; a coordinator may take them over and change them."""

from collections.abc import Iterable
from dataclasses import dataclass

from scheduler.calendar.weekly_hours import Hours, parse_hours
from scheduler.models import TargetGroup

WEEKDAYS, WEEKEND = range(5), (5, 6)


@dataclass(frozen=True)
class Preset:
    """``best`` hours cost nothing, ``possible`` ones cost ``cost`` points per learner and meeting."""

    best: tuple[Hours, ...]
    possible: tuple[Hours, ...]
    cost: int


def _hours(days: Iterable[int], spans: str) -> tuple[Hours, ...]:
    return tuple(hours for day in days for hours in parse_hours(day, spans))


MORNING_AND_AFTERNOON = "08:30-11:30, 14:00-17:00"
DAYTIME = "09:00-17:00"
PRESETS = {
    TargetGroup.ELDERLY: Preset(_hours(WEEKDAYS, MORNING_AND_AFTERNOON), _hours(WEEKEND, "08:30-11:30"), 3),
    TargetGroup.YOUTH: Preset(_hours(WEEKEND, DAYTIME), _hours(WEEKDAYS, "16:30-19:00"), 1),
    TargetGroup.FAMILY: Preset(_hours(WEEKEND, DAYTIME), _hours(WEEKDAYS, "18:30-20:30"), 1),
    TargetGroup.WORKER: Preset(_hours(WEEKDAYS, "18:30-21:00"), _hours(WEEKEND, "09:00-18:00"), 1),
    TargetGroup.FARMER: Preset(
        _hours(WEEKDAYS, "18:30-20:30"), (*_hours(WEEKDAYS, "14:00-17:00"), *_hours(WEEKEND, DAYTIME)), 1
    ),
    TargetGroup.MIGRANT: Preset(_hours(WEEKDAYS, "18:30-21:00"), _hours(WEEKEND, "09:00-18:00"), 1),
    TargetGroup.EVERYONE: Preset(_hours(WEEKEND, DAYTIME), _hours(WEEKDAYS, "08:30-20:30"), 1),
}
