"""The Chinese catalogue holds exactly today's texts, all of them translated."""

from tools.translations import faults, stored


def test_the_chinese_catalogue_is_complete_and_fresh() -> None:
    assert len(stored()) > 200
    assert not list(faults())
