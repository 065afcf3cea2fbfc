"""Weekly hours and times as people write them: a spelling has one meaning, or is refused by the part that has none."""

from collections.abc import Iterable

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings, strategies as st

from scheduler.calendar.day_hours import ASSUMED_DAY, ASSUMED_HOURS
from scheduler.calendar.hour_tokens import DayPart
from scheduler.calendar.weekly_hours import parse_hours
from scheduler.calendar.weekly_text import LONGEST_TEXT, read_hours, read_times, write_days
from scheduler.core.clock import clock
from tests.letters import wide

SAME_APP = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
WEEK, WORK, WEEKEND = range(7), range(5), (5, 6)


def on(days: Iterable[int], hours: str) -> dict[int, str]:
    return dict.fromkeys(sorted(days), hours)


HOURS: list[tuple[str, dict[int, str]]] = [
    ("周一 08:30-11:30；周三 14:00-17:00", {0: "08:30-11:30", 2: "14:00-17:00"}),
    ("Mon 8:30-11:30; Wednesday 14.00–17.00", {0: "08:30-11:30", 2: "14:00-17:00"}),
    ("周一至周三 9:00-10:00、11:00-12:00", on(range(3), "09:00-10:00, 11:00-12:00")),
    ("星期六、礼拜天：9：00～12：00", on(WEEKEND, "09:00-12:00")),
    ("daily 10:00-11:00", on(WEEK, "10:00-11:00")),
    ("Mon, Tue and Thu 10:00-11:00\nMon 11:00-12:00", {0: "10:00-12:00", 1: "10:00-11:00", 3: "10:00-11:00"}),
    ("", {}),
    ("24小时开放", on(WEEK, "00:00-24:00")),
    ("09:00-19:30", on(WEEK, "09:00-19:30")),
    ("周二至周日 08:30-17:00, 周一 13:00-17:00", {0: "13:00-17:00", **on(range(1, 7), "08:30-17:00")}),
    ("10:00-21:00 (周一闭馆)", on(range(1, 7), "10:00-21:00")),
    ("每天 9:00-17:00，周三休息", on({0, 1, 3, 4, 5, 6}, "09:00-17:00")),
    ("周一至周日 9:00-17:00；周一、周二 closed", on(range(2, 7), "09:00-17:00")),
    ("周二至周五 9:00-19:00；周六日 9:00-17:00", {**on(range(1, 5), "09:00-19:00"), **on(WEEKEND, "09:00-17:00")}),
    ("周一至周五 8:30--17:30", on(WORK, "08:30-17:30")),
    ("周一至周五 9:00–21:00、周六日 9:00–18:00", {**on(WORK, "09:00-21:00"), **on(WEEKEND, "09:00-18:00")}),
    ("星期一至五 10:00 – 18:00", on(WORK, "10:00-18:00")),
    ("周1-5 9:00-11:00", on(WORK, "09:00-11:00")),
    ("每周二、四上午", on({1, 3}, "08:30-11:30")),
    ("每周一、三、五 19:00-20:30", on({0, 2, 4}, "19:00-20:30")),
    ("周一三五 9:00-11:00", on({0, 2, 4}, "09:00-11:00")),
    ("周六/日 上午9:00-11:00", on(WEEKEND, "09:00-11:00")),
    ("周六、日 9:00-11:00", on(WEEKEND, "09:00-11:00")),
    ("工作日 9:00-17:00", on(WORK, "09:00-17:00")),
    ("working days 9:00-17:00", on(WORK, "09:00-17:00")),
    ("周末 9:00-17:00", on(WEEKEND, "09:00-17:00")),
    ("周二上午9:00-11:00", {1: "09:00-11:00"}),
    ("周二 下午2:00-4:00", {1: "14:00-16:00"}),
    ("周二晚7点-9点半", {1: "19:00-21:30"}),
    ("周二 中午12:00-1:30", {1: "12:00-13:30"}),
    ("周二 晚上10:00-12:00", {1: "22:00-24:00"}),
    ("周二 上午10点一刻至12点", {1: "10:15-12:00"}),
    (wide("星期二\u300014:00-16:00"), {1: "14:00-16:00"}),
    ("周二 9点-11点", {1: "09:00-11:00"}),
    ("周二九点至十一点三十分", {1: "09:00-11:30"}),
    ("周二十点至十二点", {1: "10:00-12:00"}),
    ("Tue 9-11am", {1: "09:00-11:00"}),
    ("Tue 11-1pm", {1: "11:00-13:00"}),
    ("Tue 2 p.m. to 4 p.m.", {1: "14:00-16:00"}),
    ("Tue/Thu 9:00-11:00", on({1, 3}, "09:00-11:00")),
    ("MWF 9:00-10:00", on({0, 2, 4}, "09:00-10:00")),
    ("TuTh 9:00-10:00", on({1, 3}, "09:00-10:00")),
    ("Monday 9:00 - 12:00 and 14:00 - 17:00", {0: "09:00-12:00, 14:00-17:00"}),
    ("Mondays and Wednesdays, from 2pm until 4pm", on({0, 2}, "14:00-16:00")),
    (
        "周一至周五：上午9:00 - 下午6:00\n周六：上午10:00 - 下午4:00\n周日：休息",
        {**on(WORK, "09:00-18:00"), 5: "10:00-16:00"},
    ),
    ("周一至周五 9:00-17:00；周日 休息", on(WORK, "09:00-17:00")),
    ("周二 22:00-0:00", {1: "22:00-24:00"}),
    ("周二 00:00-24:00", {1: "00:00-24:00"}),
    ("周天 9:00-11:00", {6: "09:00-11:00"}),
    ("週二 9點至11點", {1: "09:00-11:00"}),
    ("周二 9:00-11:00。", {1: "09:00-11:00"}),
    ("周二，9:00-11:00", {1: "09:00-11:00"}),
    ("周二(9:00-11:00)", {1: "09:00-11:00"}),
    ("周日至周四 9:00-11:00", on({6, 0, 1, 2, 3}, "09:00-11:00")),
    ("周五至周一 09:00-10:00", on({4, 5, 6, 0}, "09:00-10:00")),
    ("周二 全天", {1: "08:30-17:00"}),
    ("周二 下午、晚上", {1: "14:00-17:00, 18:30-20:30"}),
    ("周二 9:00-11:00 和 14:00-16:00", {1: "09:00-11:00, 14:00-16:00"}),
    ("周二9:00-11:00 14:00-16:00", {1: "09:00-11:00, 14:00-16:00"}),
    ("周二 9:00-11:00；14:00-16:00", {1: "09:00-11:00, 14:00-16:00"}),
    ("周二 9-11", {1: "09:00-11:00"}),
    ("周二 9:00:00-11:00:00", {1: "09:00-11:00"}),
]


@pytest.mark.parametrize(("text", "hours"), HOURS)
def test_hours_are_understood_as_people_write_them(app: Flask, text: str, hours: dict[int, str]) -> None:
    with app.test_request_context():
        assert read_hours(text) == hours


SIGNS = "-", "--", "–", "—", "\u2212", "\u2015", "~", "～", "\u301c", "至", "到", " to ", "－"


@pytest.mark.parametrize("sign", SIGNS)
def test_every_dash_leads_from_one_time_to_the_next(app: Flask, sign: str) -> None:
    with app.test_request_context():
        assert read_hours(f"周二{sign}周四 9:00{sign}11:00") == on(range(1, 4), "09:00-11:00")


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("09:00-21:00 (阅览), 09:00-17:00 (借阅)", "“阅览”"),
        ("1-5 9:00-11:00", "“1-5” can be meant in several ways"),
        ("9-11", "“9-11” can be meant in several ways"),
        ("周二 1-5 9:00-11:00", "“1-5”"),
        ("周二 9:0-11:0", "“9:0”"),
        ("周二 2-4", "2 o'clock may be in the morning or in the afternoon. Write 02:00 or 14:00"),
        ("周二 9-5", "5 o'clock may be"),
        ("周二 下午2:00-4:00, 7:00-9:00", "7 o'clock may be"),
        ("周二 上午9:00-11:00, 2:00-4:00", "2 o'clock may be"),
        ("周二 上午、14:00-16:00", "“上午” stands without hours"),
        ("周二 9:00-11:00 闭馆", "“闭馆” stands beside hours"),
        ("周一 9:00-17:00；周一 闭馆", "Monday is both open and closed"),
        ("周二 9:00-11:00, 10:00-12:00", "overlap"),
        ("周二 上午14:00-16:00", "is not a time of day"),
        ("周二 00:00-0:00", "ends before it starts"),
        ("周二 22:00-2:00", "ends before it starts"),
        ("每月第一个周二 9:00-11:00", "“每月第"),
        ("隔周二 9:00-11:00", "“隔”"),
        ("周一至周五 9:00-11:00，法定节假日除外", "“法定节假"),
        ("Moonday 9:00-10:00", "“Moonday” is no weekday"),
        ("Mon-Tue-Wed 9:00-10:00", "is no span of weekdays"),
        ("周二", "does not begin with a weekday and hours"),
        ("周六 10:00-12:00；周日", "“周日” does not begin"),
        ("10:00-12:00；周日 9:00-11:00", "does not begin with a weekday and hours"),
        ("周一 25:00-26:00", "is not a time of day"),
        ("周二 9:00", "“9:00” is not"),
        ("二 9:00-10:00", "“二” is no weekday"),
        ("周二 9:00-11:00" + " " * LONGEST_TEXT, "longer than"),
    ],
)
def test_what_can_be_meant_in_two_ways_or_none_is_refused_by_its_part(app: Flask, text: str, part: str) -> None:
    with app.test_request_context(headers={"Accept-Language": "en"}), pytest.raises(ValueError, match=r"\S") as refused:
        read_hours(text)
    assert part in str(refused.value)


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("周二 9:00", {1: "09:00"}),
        ("周二 上午9:00", {1: "09:00"}),
        ("周二 9点", {1: "09:00"}),
        ("周二 下午2点半", {1: "14:30"}),
        ("周二 14:30；周四 14:30", {1: "14:30", 3: "14:30"}),
        ("周二、四 14:30", {1: "14:30", 3: "14:30"}),
        ("周二14:30周四15:30", {1: "14:30", 3: "15:30"}),
        ("Tue 2pm, Thu 3:15 pm", {1: "14:00", 3: "15:15"}),
        (wide("星期二 14:00"), {1: "14:00"}),
        ("周二：14:00。", {1: "14:00"}),
    ],
)
def test_times_are_understood_as_people_write_them(app: Flask, text: str, times: dict[int, str]) -> None:
    with app.test_request_context():
        assert read_times(text) == times


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("周二 09:00-10:30", "“09:00-10:30” is no time"),
        ("二 9:00", "“二” is no weekday"),
        ("9:00", "does not begin with a weekday"),
        ("周二", "“周二” is no time"),
        ("周二 9", "“9” is no time"),
        ("周二 3点", "“3点” is no time"),
        ("周二 24:00", "“24:00” is no time"),
        ("周二 上午", "“上午” is not"),
        ("周二 9:00 阅览室", "“9:00 阅览室” is no time"),
        ("周二 9:00、周二 10:00", "Tuesday stands here twice"),
    ],
)
def test_times_that_nobody_understands_are_refused_by_their_part(app: Flask, text: str, part: str) -> None:
    with app.test_request_context(headers={"Accept-Language": "en"}), pytest.raises(ValueError, match=r"\S") as refused:
        read_times(text)
    assert part in str(refused.value)


def test_a_day_by_itself_takes_the_same_hours_but_no_weekday(app: Flask) -> None:
    with app.test_request_context():
        assert [(hours.start, hours.end) for hours in parse_hours(0, "上午")] == [ASSUMED_HOURS[DayPart.MORNING]]
        assert [(hours.start, hours.end) for hours in parse_hours(0, "all day")] == [ASSUMED_DAY]
        assert parse_hours(6, "休息") == []
        with pytest.raises(ValueError, match="周六"):
            parse_hours(5, "周六 9:00-11:00")


CHINESE = [f"{start}{sign}" for start in ("周", "星期", "礼拜", "每周") for sign in "一二三四五六日"]


@given(
    st.lists(st.sampled_from(CHINESE), min_size=1, max_size=4, unique_by=lambda name: name[-1]),
    st.integers(0, 1438), st.integers(1, 1440), st.sampled_from("、,和/ "), st.sampled_from(["至", "-", "～"]),
)
@SAME_APP
def test_days_and_minutes_mean_the_same_in_any_spelling(
    app: Flask, names: list[str], start: int, length: int, between: str, dash: str
) -> None:
    end = min(start + length, 1440)
    days = {"一二三四五六日".index(name[-1]) for name in names}
    with app.test_request_context():
        assert read_hours(f"{between.join(names)} {clock(start)}{dash}{clock(end)}") == on(
            days, f"{clock(start)}-{clock(end)}"
        )


@given(st.text(alphabet="周一二三日至、,;上下午晚点半0129:.- 休息MonTuapmto每天", max_size=24))
@SAME_APP
def test_whatever_passes_is_written_so_that_it_is_read_the_same(app: Flask, text: str) -> None:
    with app.test_request_context():
        try:
            hours = read_hours(text)
        except ValueError:
            return
        assert read_hours(write_days(hours)) == hours
