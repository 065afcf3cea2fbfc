"""The product's own tables, read from ``data/*.csv``; their sources stand in ``data/README.md``."""

import csv
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random

from scheduler.calendar.weekly_hours import minute_of

DATA = Path(__file__).resolve().parent / "data"
SEED = 330213
DAYS = {"workdays": range(5), "weekend": range(5, 7), "tuesday_to_friday": range(1, 5)}


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of ``data/<name>.csv``, in order, as texts by column."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def dice(purpose: str) -> Random:
    """The same random numbers for the same purpose on every machine."""
    return Random(f"{SEED} {purpose}")


def minute(text: str) -> int:
    """Minutes since midnight of a time in a table."""
    minutes = minute_of(text)
    assert minutes is not None, f"{text} is no time of day"
    return minutes


def weekly(row: dict[str, str]) -> Iterator[tuple[int, int, int]]:
    """Weekday, start and end minute of each day that a row with ``days``, ``start`` and ``end`` means."""
    for weekday in DAYS[row["days"]]:
        yield weekday, minute(row["start"]), minute(row["end"])
