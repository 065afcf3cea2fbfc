"""Degrees of Chinese map services become those of GPS."""

import pytest
from hypothesis import given, strategies as st

from scheduler.maps.datums import Datum, to_bd09, to_gcj02, to_wgs84
from scheduler.maps.geography import Point, street_metres

inside = st.tuples(st.floats(18.5, 53), st.floats(74, 134))


def metres(first: tuple[float, float], second: tuple[float, float]) -> float:
    return street_metres(Point(*first), Point(*second))


def test_a_place_whose_shift_is_known() -> None:
    """The pair of places that users of these formulas publish as a test, in Shanghai."""
    shifted = to_gcj02((31.1774276, 121.5272106))
    assert shifted == pytest.approx((31.17530398364597, 121.531541859215), abs=1e-9)


@given(inside)
def test_what_was_shifted_comes_back(place: tuple[float, float]) -> None:
    assert to_wgs84(to_gcj02(place), Datum.GCJ02) == pytest.approx(place, abs=1e-7)
    assert metres(to_wgs84(to_bd09(place), Datum.BD09), place) <= 1
    assert to_wgs84(place, Datum.WGS84) == place


@given(inside)
def test_services_lie_some_hundred_metres_off(place: tuple[float, float]) -> None:
    assert 20 < metres(to_gcj02(place), place) < 1500
    assert 200 < metres(to_bd09(place), place) < 3000


@given(st.tuples(st.floats(-60, 0.5), st.floats(-170, 60)))
def test_nothing_is_shifted_elsewhere(place: tuple[float, float]) -> None:
    assert to_gcj02(place) == place
