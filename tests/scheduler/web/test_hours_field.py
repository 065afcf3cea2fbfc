"""Weekly hours and dates as text: what is written is read back, and nothing else passes."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

import pytest
from flask import Flask
from hypothesis import given, strategies as st
from werkzeug.datastructures import MultiDict

from scheduler.app import create_app
from scheduler.calendar.date_text import UnavailableTime, format_dates, parse_dates, runs
from scheduler.calendar.dates_field import DatesField
from scheduler.calendar.day_hours import MIDNIGHT
from scheduler.calendar.week_hours_field import WeekHoursField
from scheduler.calendar.weekly_hours import Hours, minute_of, parse_hours
from scheduler.core.clock import clock
from scheduler.core.config import Settings
from scheduler.web.forms import BaseForm
from tests.client import PageClient

minutes = st.integers(0, 24 * 60)
Span = tuple[int, int]


class WeekForm(BaseForm):
    """A form with weekly hours and dates."""

    class Meta:
        """Without a token, as nothing is submitted from a browser."""

        csrf = False

    hours = WeekHoursField("Hours")
    dates = DatesField("Dates")


@pytest.fixture(scope="module", autouse=True)
def app_context(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Messages need a language, and forms a request."""
    folder = tmp_path_factory.mktemp("hours")
    app = create_app(Settings(instance=folder, database_url="sqlite://", secret_key="only for tests"))
    with app.test_request_context(headers={"Accept-Language": "en"}):
        yield app


@st.composite
def open_spans(draw: st.DrawFn) -> list[Span]:
    """The open spans of a day: in order, none empty, with at least a minute between them."""
    cuts = sorted(draw(st.sets(minutes, max_size=8)))
    return list(zip(cuts[::2], cuts[1::2], strict=False))


@st.composite
def written(draw: st.DrawFn, of: list[Span]) -> str:
    """The spans as somebody might type them: in any order, with the signs of either language."""
    def typed(minute: int) -> str:
        colon = draw(st.sampled_from([":", "：", "."]))
        text = clock(minute).replace(":", colon)
        return text.removeprefix("0") if draw(st.booleans()) else text

    dash = st.sampled_from(["-", " - ", "–", "~", "～", "至", "到"])
    parts = [f"{typed(start)}{draw(dash)}{typed(end)}" for start, end in of]
    return draw(st.sampled_from([", ", "，", "、", ";", "； "])).join(draw(st.permutations(parts)))


def pairs(windows: list[Hours]) -> list[Span]:
    return [(window.start, window.end) for window in windows]


@given(st.data(), open_spans(), st.integers(0, 6))
def test_hours_are_read_however_they_are_typed(data: st.DataObject, spans: list[Span], weekday: int) -> None:
    windows = parse_hours(weekday, data.draw(written(spans)))
    assert pairs(windows) == spans
    assert {window.weekday for window in windows} <= {weekday}


@given(st.lists(open_spans(), min_size=7, max_size=7))
def test_a_week_that_is_shown_and_sent_back_is_the_same_week(days: list[list[Span]]) -> None:
    week = [Hours(weekday, start, end) for weekday, spans in enumerate(days) for start, end in spans]
    shown = WeekForm(formdata=None, data={"hours": week})
    sent = WeekForm(formdata=MultiDict({row.name: row.value for row in shown.hours.rows}))
    assert sent.validate(), sent.errors
    assert sent.hours.data == week
    assert [row.value for row in sent.hours.rows] == [row.value for row in shown.hours.rows]


@given(minutes, minutes, minutes, minutes)
def test_two_spans_join_when_they_touch_and_are_refused_when_they_overlap(a: int, b: int, c: int, d: int) -> None:
    text = f"{clock(a)}-{clock(b)}, {clock(c)}-{clock(d)}"
    b, d = b or (MIDNIGHT if a else 0), d or (MIDNIGHT if c else 0)  # 22:00-0:00 lasts until midnight
    if a >= b or c >= d:
        with pytest.raises(ValueError, match="ends before it starts"):
            parse_hours(0, text)
    elif max(a, c) < min(b, d):
        with pytest.raises(ValueError, match="overlap"):
            parse_hours(0, text)
    elif b == c or d == a:
        assert pairs(parse_hours(0, text)) == [(min(a, c), max(b, d))]
    else:
        assert pairs(parse_hours(0, text)) == sorted([(a, b), (c, d)])


NEARLY = r"(([012]?\d[:.][0-6]\d) ?[-至] ?([012]?\d[:.][0-6]\d)[,;、] ?){1,3}"


@given(st.from_regex(NEARLY, fullmatch=True) | st.text(alphabet="0123456789:.-,; 至：", max_size=24))
def test_whatever_passes_lies_within_the_day_and_in_order(text: str) -> None:
    try:
        spans = pairs(parse_hours(3, text))
    except ValueError:
        return
    assert all(0 <= start < end <= 24 * 60 for start, end in spans)
    assert all(earlier[1] < later[0] for earlier, later in pairwise(spans))
    assert pairs(parse_hours(3, ", ".join(f"{clock(s)}-{clock(e)}" for s, e in spans))) == spans


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("09:00", "Write hours like"), ("by appointment", "“by” is not"), ("9:0-12:0", "“9:0” is not"),
        ("09:00-12:00 (阅览)", "“阅览” is not"), ("周一 09:00-12:00", "“周一” is not"),
        ("09:00-12:60", "not a time of day"),
        ("09:00-24:01", "not a time of day"), ("12:00-09:00", "ends before"), ("09:00-09:00", "ends before"),
        ("08:00-12:00, 11:59-13:00", "overlap"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_a_reason(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        parse_hours(0, text)


def test_more_than_a_day_can_hold_is_refused_instead_of_cut() -> None:
    form = WeekForm(formdata=MultiDict({"hours-0": "09:00-12:00, " + 300 * " " + "14:00-15:00"}))
    assert not form.validate() and "longer than 300 letters" in form.hours.rows[0].errors[0]


def test_only_the_wrong_day_is_marked_and_all_days_keep_what_was_typed() -> None:
    form = WeekForm(formdata=MultiDict({"hours-0": "09:00-12:00", "hours-2": "9 or 12"}))
    assert not form.validate()
    assert [row.value for row in form.hours.rows] == ["09:00-12:00", "", "9 or 12", "", "", "", ""]
    assert [bool(row.errors) for row in form.hours.rows] == [False, False, True, False, False, False, False]
    assert "Wednesday" in str(form.errors["hours"])


def test_rows_tell_the_minutes_of_what_they_show_and_nothing_of_what_is_wrong() -> None:
    sent = WeekForm(formdata=MultiDict({"hours-0": "14:00－17:30，9.00至12.00", "hours-2": "9 or 12", "hours-4": " "}))
    assert [row.spans for row in sent.hours.rows] == [[(540, 720), (840, 1050)], [], None, [], [], [], []]
    shown = WeekForm(formdata=None, data={"hours": [Hours(1, 840, 1050), Hours(1, 540, 720)]})
    assert shown.hours.rows[1].spans == [(540, 720), (840, 1050)]


@pytest.mark.parametrize(
    ("text", "spans"),
    [("14:00-17:30、9.00到12.00", [[540, 720], [840, 1050]]), ("", []), ("9 or 12", None), ("12:00-09:00", None)],
)
def test_the_grid_is_told_what_forms_read(coordinator: PageClient, text: str, spans: list[list[int]] | None) -> None:
    assert coordinator.client.get("/desk/hours.json", query_string={"text": text}).json == {"spans": spans}


@pytest.mark.parametrize(
    ("text", "minute"),
    [
        ("09:30", 570), ("9:30", 570), (" 9.30 ", 570), ("9：30", 570), ("00:00", 0), ("24:00", 1440), ("24:01", None),
        ("9:60", None),
        ("9:3", None), ("下午2点半", 870), ("2pm", 840), ("9点", 540), ("2点", None), ("9", None),
        ("930", None), ("09:30-10:00", None), ("", None), ("-1:00", None),
    ],
)
def test_a_time_of_day_is_read_in_the_signs_of_either_language(text: str, minute: int | None) -> None:
    assert minute_of(text) == minute


days = st.dates(date(2020, 1, 1), date(2040, 12, 31))
notes = st.text(alphabet="暑假修缮abc 5-", max_size=8).map(lambda text: " ".join(text.split()).lstrip("- "))


@given(st.dictionaries(days, notes, max_size=20), st.lists(st.tuples(days, st.integers(1, 9), notes), max_size=3))
def test_dates_shown_and_sent_back_are_the_same(single: dict[date, str], rows: list[tuple[date, int, str]]) -> None:
    dates = {**single, **{first + timedelta(n): note for first, length, note in rows for n in range(length)}}
    times = [UnavailableTime(day, note=note) for day, note in dates.items()]
    assert parse_dates(format_dates(times)) == sorted(times)
    assert len(format_dates(times).splitlines()) == len(runs(times))


@pytest.mark.parametrize(
    "line",
    [
        "2027-05-01 劳动节", "2027/5/1 劳动节", "2027.5.1，劳动节", "2027年5月1日 劳动节", " 2027-05-01\t 劳动节 ",
        "2027-05-01~2027-05-01 劳动节",
    ],
)
def test_one_date_can_be_written_in_many_ways(line: str) -> None:
    assert parse_dates(line) == [UnavailableTime(date(2027, 5, 1), note="劳动节")]


@pytest.mark.parametrize("sign", ["~", "～", "–", "至", "到", " - ", " 至 "])
def test_a_span_of_dates_is_spelt_out(sign: str) -> None:
    dates = parse_dates(f"2027-06-29{sign}2027-07-02 修缮")
    assert [time.date.isoformat() for time in dates] == ["2027-06-29", "2027-06-30", "2027-07-01", "2027-07-02"]
    assert {time.note for time in dates} == {"修缮"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2027-05-01\n2027-02-29", "Line 2: “2027-02-29” is not a date"), ("Labour Day", "Line 1"),
        ("2027-05-012", "Line 1"), ("2027-05-03~2027-05-01", "the last date lies before the first"),
        ("2027-01-01~2028-12-31", "At most 400 dates"),
        ("2027-05-01\n5月8日\n05-15", "Line 3: “05-15”: write the year"),
    ],
)
def test_wrong_dates_are_refused_with_their_line(text: str, message: str) -> None:
    form = WeekForm(formdata=MultiDict({"dates": text}))
    assert not form.validate()
    assert message in str(form.errors["dates"])
    assert form.dates._value() == text, "what was typed stays to be mended"
