"""Numbers and degrees as people write them: one meaning, or a refusal."""

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings, strategies as st

from scheduler.core.typed_numbers import (
    METRES,
    MINUTES,
    NO_UNITS,
    PEOPLE,
    PERCENT,
    WEEKS,
    YUAN,
    Units,
    degrees,
    spoken_number,
    whole_number,
)
from tests.letters import wide

SAME_APP = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)


@pytest.mark.parametrize(
    ("text", "units", "number"),
    [
        ("40", NO_UNITS, 40), (wide("40"), NO_UNITS, 40), ("40.0", NO_UNITS, 40), ("\xa040 ", NO_UNITS, 40),
        ("1,200", NO_UNITS, 1200), ("1，200", NO_UNITS, 1200), ("1 200", NO_UNITS, 1200),
        ("12,345,678", NO_UNITS, 12345678),
        ("-5", NO_UNITS, -5), ("+5", NO_UNITS, 5), ("0", NO_UNITS, 0), ("4.0E1", NO_UNITS, 40),
        ("1.25e+2", NO_UNITS, 125),
        ("四十", NO_UNITS, 40), ("四十人", PEOPLE, 40), ("10人", PEOPLE, 10), ("30 座", PEOPLE, 30),
        ("￥30", YUAN, 30), ("30元", YUAN, 30), ("¥ 1,200 元/次", YUAN, 1200), ("RMB 30", YUAN, 30),
        ("90分钟", MINUTES, 90), ("1.5小时", MINUTES, 90), ("1.5 km", METRES, 1500), ("800米", METRES, 800),
        ("第3周", WEEKS, 3), ("60%", PERCENT, 60), (wide("60%"), PERCENT, 60),
    ],
)
def test_a_number_is_read_with_what_it_counts(text: str, units: Units, number: int) -> None:
    assert whole_number(text, units) == number


@pytest.mark.parametrize("text", ["免费", "免", "不收费", "Free", " free of charge "])
def test_what_costs_nothing_is_free_where_a_fee_is_asked(app: Flask, text: str) -> None:
    assert whole_number(text, YUAN, free=True) == 0
    with app.test_request_context(), pytest.raises(ValueError, match=r"\S"):
        whole_number(text, PEOPLE)


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("约40", PEOPLE), ("40左右", PEOPLE), ("40+", PEOPLE), ("40/45", PEOPLE), ("30-40", PEOPLE), ("40~50", PEOPLE),
        ("1,2", NO_UNITS), ("1,20", NO_UNITS), ("1,2000", NO_UNITS), ("40.5", NO_UNITS), ("1.55公里半", METRES),
        ("1.2E5", NO_UNITS), ("5.74889E+10", NO_UNITS), ("40分钟", PEOPLE), ("一百二", NO_UNITS), ("二三", NO_UNITS),
        ("一万二", NO_UNITS), ("十十", NO_UNITS), ("", NO_UNITS), ("--5", NO_UNITS), ("0x10", NO_UNITS),
        ("1e400", NO_UNITS),
        ("9" * 16, NO_UNITS), ("9" * 9_999, NO_UNITS), ("nan", NO_UNITS),
    ],
)
def test_what_is_not_one_whole_number_is_refused(app: Flask, text: str, units: Units) -> None:
    english = app.test_request_context(headers={"Accept-Language": "en"})
    with english, pytest.raises(ValueError, match="Write a whole number"):
        whole_number(text, units)


def spoken(number: int) -> str:
    """A number below a hundred thousand in Chinese numerals, as it is taught in school."""
    if number >= 10_000:
        low = number % 10_000
        return spoken(number // 10_000) + "万" + ("" if not low else ("零" if low < 1000 else "") + spoken(low))
    text, zero = "", False
    for power, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            text += ("零" if zero and text else "") + "零一二三四五六七八九"[digit] + sign
        zero = not digit
    return text or "零"


@given(st.integers(0, 99_999))
@SAME_APP
def test_chinese_numerals_are_the_number_that_they_say(number: int) -> None:
    assert spoken_number(spoken(number)) == number


@pytest.mark.parametrize(("word", "number"), [("十", 10), ("十二", 12), ("两百", 200), ("一万两千", 12_000),
("\u3007", 0)])
def test_numerals_that_people_shorten_are_understood(word: str, number: int) -> None:
    assert spoken_number(word) == number


@given(st.integers(-(10**14), 10**14), st.sampled_from(["{}", "{:,}", "{}.0", " {} "]), st.booleans())
def test_any_number_comes_back_as_it_was_written(number: int, form: str, full_width: bool) -> None:
    text = form.format(number)
    assert whole_number(wide(text) if full_width else text) == number


@pytest.mark.parametrize(
    ("text", "axis", "value"),
    [
        ("29.6555", "latitude", 29.6555), ("N29.6555", "latitude", 29.6555), ("29.6555°N", "latitude", 29.6555),
        ("北纬29.6555", "latitude", 29.6555), ("29.6555 S", "latitude", -29.6555), ("-29.6555", "latitude", -29.6555),
        (wide("29.6"), "latitude", 29.6), ("29°39'20\"", "latitude", 29.6555556),
        ("29°39\u203220\u2033N", "latitude", 29.6555556),
        ("29度39分20秒", "latitude", 29.6555556), ("29°39.5'", "latitude", 29.6583333),
        ("29 ° 39 '", "latitude", 29.65),
        ("E121.4069", "longitude", 121.4069), ("东经121°24\u203225\u2033", "longitude", 121.4069444),
        ("121.4W", "longitude", -121.4),
    ],
)
def test_degrees_are_read_in_every_usual_form(text: str, axis: str, value: float) -> None:
    assert degrees(text, axis) == pytest.approx(value, abs=1e-7)


@pytest.mark.parametrize(
    ("text", "axis", "message"),
    [
        ("29.6555,121.4", "latitude", "Write 29.6555 as the latitude and 121.4 as the longitude"),
        ("121.4069，29.6555", "latitude", "Write 29.6555 as the latitude and 121.4069 as the longitude"),
        ("29.6555 121.4", "longitude", "Write 29.6555 as the latitude"),
        ("E121.4", "latitude", "“E121.4” is a longitude"), ("北纬29.6", "longitude", "“北纬29.6” is a latitude"),
        ("29,6555", "latitude", "Write degrees"), ("north", "latitude", "Write degrees"),
        ("nan", "latitude", "Write degrees"),
        ("29°60'", "latitude", "Write degrees"), ("29.5°30'", "latitude", "Write degrees"),
        ("-29.6S", "latitude", "Write"),
        ("1e2", "longitude", "Write degrees"), ("", "latitude", "Write degrees"),
    ],
)
def test_what_is_no_such_degree_is_refused_with_what_to_do(app: Flask, text: str, axis: str, message: str) -> None:
    with app.test_request_context(headers={"Accept-Language": "en"}), pytest.raises(ValueError, match=r"\S") as refused:
        degrees(text, axis)
    assert message in str(refused.value)
