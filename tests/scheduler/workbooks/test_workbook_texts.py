"""Weekly hours, times, learners and dates as texts: what is written is read back the same, in either language."""

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings, strategies as st

from scheduler.calendar.weekly_text import read_hours, read_times, write_days
from scheduler.workbooks.kinds import ChoiceKind, Dates, Degrees, HoursKind, Times, Value, Whole
from scheduler.workbooks.registers import REGISTERS

SAME_APP = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)


def clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


@st.composite
def spans(draw: st.DrawFn) -> str:
    """One to three windows of a day, apart from each other."""
    ends = sorted(draw(st.lists(st.integers(0, 1440), min_size=2, max_size=6, unique=True)))
    windows = zip(ends[::2], ends[1::2], strict=False)
    return ", ".join(f"{clock(start)}-{clock(end)}" for start, end in windows)


WEEKS = st.dictionaries(st.integers(0, 6), spans(), max_size=7)
TIMES = st.dictionaries(st.integers(0, 6), st.integers(0, 1439).map(clock), max_size=7)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@given(week=WEEKS, times=TIMES)
@SAME_APP
def test_what_is_written_is_read_back_the_same(
    app: Flask, language: str, week: dict[int, str], times: dict[int, str]
) -> None:
    with app.test_request_context(headers={"Accept-Language": language}):
        assert read_hours(write_days(week)) == dict(sorted(week.items()))
        assert read_times(write_days(times)) == dict(sorted(times.items()))


class NoNames:
    """These columns name no other rows."""

    def show(self, kind: str, key: str) -> str:
        raise AssertionError(kind, key)

    def find(self, kind: str, text: str, keep: frozenset[str] = frozenset()) -> str:
        raise AssertionError(kind, text, keep)

    def all(self, kind: str) -> list[str]:
        raise AssertionError(kind)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (Whole(), "1,200", "1200"),
        (Whole(), "12.0", "12"),
        (Degrees(), "29.650", "29.65"),
        (HoursKind(), "周二 09:00-10:00", {"1": "09:00-10:00"}),
        (Times(), "Tue 9:05; Thu 10:00", {"1": "09:05", "3": "10:00"}),
        (Dates(), "2027/5/1 Labour Day；2027年5月2日", "2027-05-01 Labour Day\n2027-05-02"),
        (Dates(), "2027-05-01~2027-05-03 五一", "2027-05-01~2027-05-03 五一"),
        (Dates(), "2027-05-08，05-15，05-22", "2027-05-08\n2027-05-15\n2027-05-22"),
        (Dates(), "46508", "2027-05-01"),
    ],
)
def test_cells_are_read_as_people_write_them(app: Flask, kind: Whole, text: str, value: Value) -> None:
    with app.test_request_context():
        assert kind.read(text, NoNames(), kind.empty) == value
        assert kind.same(value, kind.read(str(kind.write(value, NoNames())), NoNames(), kind.empty))


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_choice_is_read_in_either_language(app: Flask, language: str) -> None:
    columns = [column for register in REGISTERS.values() for column in register.columns]
    choices = [column.kind for column in columns if isinstance(column.kind, ChoiceKind)]
    with app.test_request_context(headers={"Accept-Language": language}):
        written = [(kind, code, str(kind.write(code, NoNames()))) for kind in choices for code in kind.words]
    with app.test_request_context(headers={"Accept-Language": "zh-CN"}):
        assert len(written) > 20
        assert all(kind.read(text, NoNames(), "") == code for kind, code, text in written)
