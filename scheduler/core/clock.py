"""The present date, and dates and times of day as addresses and texts carry them."""

from datetime import date, timedelta

from flask_babel import to_user_timezone

from scheduler.core.database import now


def clock(minute: int) -> str:
    """Minutes since midnight as 24-hour time: 570 is 09:30."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def today() -> date:
    """The present date at the installation's place."""
    return to_user_timezone(now()).date()


def monday_of(day: date) -> date:
    """The Monday of the week in which a date lies."""
    return day - timedelta(days=day.weekday())


def parse_day(text: str) -> date:
    """A date as an address carries it; ValueError unless it is one of this age, so that weeks around it exist."""
    day = date.fromisoformat(text)
    if not 1900 < day.year < 2200:
        raise ValueError(text)
    return day
