"""The Chinese catalogue holds exactly today's texts, all of them translated."""

from tools.translations import extracted, faults


def test_the_chinese_catalogue_is_complete_and_fresh() -> None:
    assert len(extracted()) > 200
    assert not list(faults())
