"""Weekly hours, times, learners and dates as texts: what is written is read back the same, in either language."""

from typing import ClassVar

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings, strategies as st

from scheduler.calendar.weekly_text import read_hours, read_times, write_days
from scheduler.workbooks.kinds import ChoiceKind, Dates, Degrees, HoursKind, Times, Value, Whole
from scheduler.workbooks.references import Learners
from scheduler.workbooks.registers import REGISTERS
from tests.letters import wide

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
        (Degrees("latitude"), "29.650", "29.65"),
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


class Communities(NoNames):
    """Three communities, one of which is called as another with a number behind it."""

    known: ClassVar[dict[str, str]] = {"东门社区": "1", "西溪社区": "2", "东门社区1": "3", "幸福2": "4"}

    def find(self, kind: str, text: str, keep: frozenset[str] = frozenset()) -> str:
        if text not in self.known:
            raise ValueError(f"no community {text}")
        return self.known[text]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("东门社区 12；西溪社区 8", {"1": "12", "2": "8"}), ("西溪社区12", {"2": "12"}),
        ("西溪社区（12人）", {"2": "12"}), ("西溪社区：12 人", {"2": "12"}), (wide("西溪社区(12)"), {"2": "12"}),
        ("东门社区 12人、西溪社区 8人", {"1": "12", "2": "8"}), ("西溪社区 8, 东门社区 12", {"1": "12", "2": "8"}),
        ("东门社区\t12\n西溪社区8人", {"1": "12", "2": "8"}), ("幸福2 12", {"4": "12"}), ("幸福212", {"4": "12"}),
    ],
)
def test_learners_are_read_with_whatever_stands_between(app: Flask, text: str, people: dict[str, str]) -> None:
    with app.test_request_context():
        assert Learners().read(text, Communities(), {}) == people


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("东门社区12", "“东门社区12”: write a community, a blank and its people"),
        ("幸福2", "“幸福2”: write a community, a blank and its people"),
        ("东门社区", "“东门社区”: write a community"), ("12", "“12”: write a community"),
        ("东门社区 12、西溪社区", "“西溪社区”: write a community"), ("南山社区12", "no community 南山社区"),
        ("东门社区 12;东门社区 3", "东门社区 stands here twice"), ("西溪社区 10-12", "no community 西溪社区 10-"),
        ("西溪社区 约12", "no community"),
    ],
)
def test_learners_that_can_be_meant_in_two_ways_are_refused(app: Flask, text: str, message: str) -> None:
    english = app.test_request_context(headers={"Accept-Language": "en"})
    with english, pytest.raises(ValueError, match=r"\S") as refused:
        Learners().read(text, Communities(), {})
    assert message in str(refused.value)
