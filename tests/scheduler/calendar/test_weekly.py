"""Weekly windows in words and as bars."""

import pytest
from flask import Flask
from flask_babel import force_locale

from scheduler.calendar.weekly_hours import WeekHours, spans_by_day, summary
from scheduler.models import RoomWindow


def window(weekday: int, start: int, end: int) -> RoomWindow:
    return RoomWindow(weekday=weekday, start_minute=start, end_minute=end)


def test_windows_that_touch_or_overlap_are_one_span_whatever_their_order() -> None:
    windows = [window(0, 720, 780), window(0, 540, 720), window(0, 600, 660), window(0, 800, 900), window(6, 0, 1440)]
    assert spans_by_day(windows) == [[(540, 780), (800, 900)], [], [], [], [], [], [(0, 1440)]]


@pytest.mark.parametrize(
    ("days", "english", "chinese"),
    [
        ([], "", ""),
        ([0], "Mon 09:00–12:00", "周一 09:00–12:00"),
        ([0, 1], "Mon, Tue 09:00–12:00", "周一、周二 09:00–12:00"),
        ([0, 1, 2, 3, 4], "Mon to Fri 09:00–12:00", "周一至周五 09:00–12:00"),
        ([1, 3], "Tue 09:00–12:00; Thu 09:00–12:00", "周二 09:00–12:00；周四 09:00–12:00"),
        (list(range(7)), "daily 09:00–12:00", "每天 09:00–12:00"),
    ],
)
def test_equal_days_in_a_row_are_said_once(app: Flask, days: list[int], english: str, chinese: str) -> None:
    windows = [window(day, 540, 720) for day in days]
    for language, expected in (("en", english), ("zh_CN", chinese)):
        with force_locale(language):
            assert summary(windows) == expected


def test_bars_lie_where_the_hours_are(app: Flask) -> None:
    with force_locale("en"):
        week = WeekHours.of([window(0, 8 * 60, 14 * 60), window(0, 17 * 60, 20 * 60)])
    monday, tuesday = week.days[:2]
    assert [(bar.left, bar.width) for bar in monday.bars] == [(0, 50), (75, 25)]  # the drawn day is 8:00 to 20:00
    assert (monday.name, monday.text, tuesday.text) == ("Monday", "08:00–14:00, 17:00–20:00", "")
    assert week.ticks[0] == (0, "08:00") and week.ticks[-1] == (100, "20:00")


def test_the_drawn_day_grows_with_early_and_late_hours(app: Flask) -> None:
    with force_locale("en"):
        week = WeekHours.of([window(2, 5 * 60 + 30, 6 * 60), window(3, 20 * 60, 24 * 60)])
    assert [time for _share, time in week.ticks][:2] == ["04:00", "06:00"]
    assert week.ticks[-1] == (100, "24:00")
    bars = [bar for day in week.days for bar in day.bars]
    assert [(round(bar.left), round(bar.left + bar.width)) for bar in bars] == [(8, 10), (80, 100)]
