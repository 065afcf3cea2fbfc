"""Dates as people write them: every date is understood, or the line is refused; none becomes a note."""

from datetime import date, timedelta

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings, strategies as st

from scheduler.calendar.date_lines import LONGEST_NOTE
from scheduler.calendar.date_text import UnavailableTime, format_dates, parse_dates
from tests.letters import wide

SAME_APP = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
FIRST = "2027-05-01"
THREE = "2027-05-01~2027-05-03"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("2027.5.1", FIRST), ("2027年5月1日", FIRST), ("2027 / 5 / 1", FIRST), ("20270501", FIRST), ("46508", FIRST),
        (wide("2027-05-01"), FIRST), ("May 1, 2027", FIRST), ("1 May 2027", FIRST), ("1st of May, 2027", FIRST),
        ("2027-05-01 00:00:00", FIRST), ("2027-05-01T00:00:00", FIRST),
        ("2027-05-01(周六)", FIRST), ("2027年5月1日（星期六）", FIRST), ("2027-05-01 周六", FIRST),
        ("Saturday, May 1, 2027", FIRST), ("2027-05-01 Sat", FIRST), ("2027-05-01,", FIRST),
        ("2027-5-1 劳动节", "2027-05-01 劳动节"), ("2027年5月1日停电", "2027-05-01 停电"),
        ("2027-05-01 第3次盘点", "2027-05-01 第3次盘点"), ("2027-05-01 3号楼维修", "2027-05-01 3号楼维修"),
        ("2027-05-01 早教活动", "2027-05-01 早教活动"), ("2027-05-01 10周年", "2027-05-01 10周年"),
        ("2027年5月1日-3日", THREE), ("2027-05-01至2027-05-03", THREE), ("2027-05-01~05-03", THREE),
        ("2027.5.1-5.3", THREE), ("2027-05-01 - 2027-05-03", THREE), ("2027-05-01-2027-05-03", THREE),
        ("2027-05-01 to 2027-05-03", THREE), ("May 1, 2027 until May 3, 2027", THREE),
        ("2027-05-01--2027-05-03", THREE),
        ("2027年5月1日（星期六）至5月3日（星期一）停电", f"{THREE} 停电"),
        ("2027-05-01，2027-05-02, 2027-05-03", THREE), ("2027-05-01 2027-05-02 2027-05-03", THREE),
        ("2027-05-01 和 2027-05-02 and 2027-05-03", THREE), ("2027-05-01;2027-05-02；2027-05-03", THREE),
        ("2027-05-01,05-02,05-03", THREE), ("2027/5/1、5/2、5/3", THREE), ("2027年5月1、2、3日", THREE),
        ("2027年5月1日、2日和3日", THREE), ("46508, 46509\n46510", THREE), ("2027-05-01\n5月2日 5月3日", THREE),
        ("2027-05-08，05-15", "2027-05-08\n2027-05-15"),
        ("2027-05-01,2027-05-08 停电", "2027-05-01 停电\n2027-05-08 停电"),
        ("2027-05-01;2027-05-08 停电", "2027-05-01\n2027-05-08 停电"),
        ("2027-05-01 劳动节, 2027-05-08 盘点", "2027-05-01 劳动节\n2027-05-08 盘点"),
        ("2027-05-01 3日游", "2027-05-01 3日游"), ("2027-05-01、3号楼停电", "2027-05-01 3号楼停电"),
        ("2027-05-01 “14:00 盘点”；2027-05-08 停电", "2027-05-01 “14:00 盘点”\n2027-05-08 停电"),
        ("2027-05-01\n2027-05-01 停电", "2027-05-01 停电"),
        ("", ""), (" \n\n", ""),
        ("2027-05-01 09:00-12:00", "2027-05-01 09:00-12:00"),
        ("2027年5月1日 9点至12点停电", "2027-05-01 09:00-12:00 停电"),
        ("2027-05-01（周六）下午2:00-4:00 盘点", "2027-05-01 14:00-16:00 盘点"),
        ("2027-05-01 上午", "2027-05-01 00:00-12:00"), ("2027-05-01 下午 盘点", "2027-05-01 12:00-18:00 盘点"),
        ("2027-05-01 evening", "2027-05-01 18:00-24:00"), ("2027-05-01 全天", FIRST), ("2027-05-01 0:00-24:00", FIRST),
        ("2027-05-01 9-10am, 2pm-3pm", "2027-05-01 09:00-10:00\n2027-05-01 14:00-15:00"),
        ("2027-05-01~05-03 9:00-12:00", f"{THREE} 09:00-12:00"),
        (
            "2027-05-01 9:00-12:00；05-02；2027-05-03 14:00-15:00",
            "2027-05-01 09:00-12:00\n2027-05-02\n2027-05-03 14:00-15:00",
        ),
        ("2027-05-01\n05-08\n05-15", "2027-05-01\n2027-05-08\n2027-05-15"),
        ("2027-05-01\n2027-05-01 9:00-12:00", "2027-05-01\n2027-05-01 09:00-12:00"),
    ],
)
def test_every_date_of_a_text_is_understood(app: Flask, text: str, written: str) -> None:
    with app.test_request_context():
        assert format_dates(parse_dates(text)) == written
        assert format_dates(parse_dates(written)) == written


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("5月1日", "Line 1: “5月1日”: write the year"), ("May 1", "“May 1”: write the year"),
        ("2027-12-31, 01-01", "“01-01”: write the year"), ("2027年5月9日、3日", "“3日”: write the year"),
        ("2027-05-01\n2027-02-29", "Line 2: “2027-02-29” is not a date"), ("2027-13-01", "is not a date"),
        ("2027年5月", "“2027年5月” is not a date"), ("99999", "“99999” is not a date"),
        ("2027-05-01~05", "“2027-05-01~05” is not a date"), ("劳动节", "“劳动节” is not a date"),
        ("2027-05-01(周日)", "2027-05-01 is a Saturday"), ("2027-05-01 Monday", "2027-05-01 is a Saturday"),
        ("2027-05-01 moved to 2027-05-02", "“moved to 2027-05-02” looks like a date"),
        ("2027.5.1 5.3", "“5.3” looks like a date"), ("2027-05-01 5", "“5” looks like a date"),
        ("2027-05-01 停电至5月3日", "looks like a date"), ("2027-05-01 每周六盘点", "looks like a date"),
        ("2027-05-01 training at 14:00", "looks like a date"), ("2027-05-01 上午停电", "write hours like"),
        ("2027-05-01 09:30", "“09:30” is not"), ("2027-05-01 9-12", "“9-12” can be meant in several ways"),
        ("2027-05-01 12:00-9:00", "Line 1: “12:00-9:00” ends before it starts"),
        ("2027-05-01, 2027-05-02 9:00-12:00", "“9:00-12:00”: write the hours of each date in a line of its own"),
        ("2027-05-01 09:00 至 2027-05-03 12:00", "is not"),
        ("2027-05-01 9:00-12:00\n2027-05-01 11:00-13:00", "2027-05-01: its hours overlap"),
        ("2027-05-01 9:00-12:00\n2027-05-01 9:00-13:00", "Line 2: 2027-05-01 stands here twice"),
        ("2027-05-01 9:00-10:00" + ", 9:00-10:00" * 30, "write the hours of each date in a line of its own"),
        ("2027-05-01起", "“起” looks like a date"), ("2027-05-01 onwards", "“onwards” looks like a date"),
        ("2027-05-01 停\n2027-05-01 电", "Line 2: 2027-05-01 stands here twice"),
        ("2027-05-01 " + "长" * (LONGEST_NOTE + 1), f"at most {LONGEST_NOTE} letters"),
    ],
)
def test_what_is_no_whole_date_is_refused_with_its_line(app: Flask, text: str, part: str) -> None:
    english = app.test_request_context(headers={"Accept-Language": "en"})
    with english, pytest.raises(ValueError, match=r"\S") as refused:
        parse_dates(text)
    assert part in str(refused.value)


LETTERS = st.text(alphabet="停电abc 05-1:，,、;周六上午年月日~至 May", max_size=12)
NOTES = LETTERS.map(lambda note: " ".join(note.split()))
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


HOURS = st.sampled_from([(0, 1440), (540, 720), (0, 1), (1380, 1440)])


@given(st.dictionaries(DAYS, st.tuples(HOURS, NOTES), max_size=6))
@SAME_APP
def test_whatever_is_stored_comes_back_as_it_was(app: Flask, dates: dict[date, tuple[tuple[int, int], str]]) -> None:
    times = [UnavailableTime(day, *hours, note) for day, (hours, note) in dates.items()]
    with app.test_request_context():
        assert parse_dates(format_dates(times)) == sorted(times)


SEPARATORS = [", ", "，", "、", " ", "和", " and ", ";", "\n", " & "]
FORMS = ["%Y-%m-%d", "%Y.%m.%d", "%Y/%m/%d", "%Y年%m月%d日", "%Y%m%d"]


@given(st.lists(DAYS, min_size=1, max_size=6, unique=True), st.sampled_from(SEPARATORS), st.sampled_from(FORMS))
@SAME_APP
def test_a_list_is_all_of_its_dates_whatever_stands_between_them(
    app: Flask, days: list[date], separator: str, form: str
) -> None:
    with app.test_request_context():
        dates = parse_dates(separator.join(day.strftime(form) for day in days))
    assert dates == [UnavailableTime(day) for day in sorted(days)]


@given(DAYS, st.integers(1, 40))
@SAME_APP
def test_the_number_of_excel_is_the_date_that_it_stands_for(app: Flask, first: date, length: int) -> None:
    with app.test_request_context():
        serials = f"{(first - date(1899, 12, 30)).days}-{(first - date(1899, 12, 30)).days + length}"
        assert [time.date for time in parse_dates(serials)] == [first + timedelta(step) for step in range(length + 1)]
