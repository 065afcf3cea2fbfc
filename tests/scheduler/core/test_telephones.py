"""Telephone numbers as people write them, and landlines that have lost their zero."""

import pytest
from flask import Flask

from scheduler.core.telephones import telephone, with_lost_zero
from tests.letters import wide


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("0574-8858 0000", "0574-8858 0000"), ("(0574) 88580000", "(0574) 88580000"),
        ("+86 574 8858 0000", "+86 574 8858 0000"),
        ("0574-88881234转801", "0574-88881234转801"), ("0574-88881234 转 801", "0574-88881234转801"),
        ("0574-88881234分机801", "0574-88881234转801"), ("0574-88881234 ext. 801", "0574-88881234 ext. 801"),
        ("0574-88881234x801", "0574-88881234 ext. 801"), (wide("0574-88881234"), "0574-88881234"),
        ("0574—88881234", "0574-88881234"), ("0574\u221288881234", "0574-88881234"), ("114", "114"), ("1", "1"),
        ("0574-88881234、13812345678", "0574-88881234, 13812345678"),
        ("0574-88881234/0574-88881235", "0574-88881234, 0574-88881235"),
        ("88881234 或 88881235", "88881234, 88881235"), ("88881234\n88881235", "88881234, 88881235"),
        ("—", ""), ("-", ""), ("无", ""), ("None", ""), ("", ""), ("  ", ""),
    ],
)
def test_usual_numbers_are_kept_in_one_form(text: str, written: str) -> None:
    assert telephone(text) == written
    assert telephone(written) == written


@pytest.mark.parametrize(
    "text",
    ["call me", "0574-88881234/5", "5.74889E+10", "0574-88881234转", "转801", ",".join(["88881234"] * 5), "1" * 41],
)
def test_what_is_no_number_is_refused(app: Flask, text: str) -> None:
    english = app.test_request_context(headers={"Accept-Language": "en"})
    with english, pytest.raises(ValueError, match="Use digits, blanks and dashes"):
        telephone(text)


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("57488881234", "0574-88881234"), ("5748888123", "0574-8888123"), ("1088881234", "010-88881234"),
        ("2188881234", "021-88881234"), ("57488881234, 13812345678", "0574-88881234, 13812345678"),
        ("13812345678", ""), ("4008001234", ""), ("8008001234", ""), ("88881234", ""), ("0574-88881234", ""),
        ("114", ""), ("", ""),
    ],
)
def test_only_landlines_miss_a_zero(written: str, mended: str) -> None:
    assert with_lost_zero(written) == mended
