"""The figures behind the statistics of a plan, on cases small enough to be worked out by hand."""

from datetime import date

import pytest
from hypothesis import given, strategies as st

from scheduler.calendar.occurrences import Occurrence
from scheduler.features.planning.statistics.budgets import Fees, Node, spendings
from scheduler.features.planning.statistics.coverage import Coverage, by_unit
from scheduler.features.planning.statistics.evenness import evenness
from scheduler.features.planning.statistics.fairness import MAX_BINS, edges_for, gini, quantile, spread
from scheduler.features.planning.statistics.loads import Person, Taught, load_of
from scheduler.features.planning.statistics.map_drawing import Show, grade_of
from scheduler.features.planning.statistics.room_use import OpenRoom, room_use, shade, step_of, teaching_days
from scheduler.features.planning.statistics.tables import ColumnKind, Table, TableColumn, TableRow
from scheduler.maps.frame import MapFrame
from scheduler.maps.geography import Point
from scheduler.models import TeacherKind, VenueKind

MONDAY = date(2027, 3, 1)


def coverage(
    number: int, wanted: int, placed: int, metres: float = 0, population: int = 1000, unit: int = 1
) -> Coverage:
    return Coverage(
        number,
        f"c{number}",
        unit,
        f"u{unit}",
        Point(30 + number / 100, 120),
        population,
        wanted,
        wanted,
        placed,
        wanted,
        metres * placed,
    )


def test_a_community_is_covered_by_the_share_of_its_people_placed() -> None:
    community = coverage(1, wanted=20, placed=12, metres=850, population=600)
    assert (community.share, community.mean_metres, community.per_thousand) == (0.6, 850, 20)
    nobody = coverage(2, wanted=0, placed=0, population=0)
    assert (nobody.share, nobody.mean_metres, nobody.per_thousand) == (None, None, None)


def test_streets_weigh_their_communities_by_learners() -> None:
    # u1: 10 learners walk 100 m and 30 walk 500 m, that is 16,000 m for 40 learners
    streets = by_unit([coverage(1, 20, 10, 100), coverage(2, 40, 30, 500), coverage(3, 5, 0, unit=2)])
    assert [(row.name, row.communities, row.places_wanted, row.placed, row.mean_metres) for row in streets] == [
        ("u1", 2, 60, 40, 400), ("u2", 1, 5, 0, None),
    ]  # fmt: skip
    assert streets[0].place.latitude == pytest.approx(30.015)


@pytest.mark.parametrize(
    ("wanted", "placed", "metres", "covered", "near"),
    [
        (0, 0, 0, 0, 0),
        (20, 0, 0, 1, 0),
        (20, 9, 3001, 2, 1),
        (20, 10, 3000, 3, 2),
        (20, 16, 1000, 4, 4),
        (20, 20, 500, 5, 5),
    ],
)
def test_the_marks_of_the_map_have_clear_borders(
    wanted: int, placed: int, metres: int, covered: int, near: int
) -> None:
    community = coverage(1, wanted, placed, metres)
    assert (grade_of(community, Show.COVERAGE), grade_of(community, Show.DISTANCE)) == (covered, near)


def test_rooms_are_used_by_the_share_of_their_open_minutes() -> None:
    # Two weeks; the second Monday is off, so the room is open on one Monday from 9:30 to 11:00 and never on that date
    # in the second week. A session of 60 minutes from 9:30 takes 30 minutes of the hour from 9 and 30 of that from 10.
    room = OpenRoom(1, "r", 1, "v", VenueKind.LIBRARY, ((0, 570, 660), (1, 540, 600)), frozenset({date(2027, 3, 2)}))
    days = teaching_days(MONDAY, 2, frozenset({date(2027, 3, 8)}))
    assert len(days) == 13
    use = room_use([room], days, [(1, (0, 570, 630), 1), (9, (0, 570, 630), 1)])
    assert {cell: (minutes.open, minutes.used) for cell, minutes in use.cells.items()} == {
        (0, 9): (30, 30), (0, 10): (60, 30), (1, 9): (60, 0),
    }  # fmt: skip
    assert (use.total.open, use.total.used, use.total.sessions, use.rooms[1].share) == (150, 60, 1, 0.4)
    assert list(use.hours) == [9, 10]


def test_five_shades_reach_to_the_busiest_hour() -> None:
    assert [shade(share, 20) for share in (None, 0, 0.01, 0.2, 0.5, 0.79, 0.8, 1)] == [0, 0, 1, 2, 3, 4, 5, 5]
    for used, step in ((0, 1), (3, 1), (15, 5), (27, 10), (60, 20)):
        room = OpenRoom(1, "r", 1, "v", VenueKind.LIBRARY, ((0, 540, 600),))
        assert step_of(room_use([room], [MONDAY], [(1, (0, 540, 540 + used), 1)] if used else [])) == step


def test_a_load_counts_weeks_and_the_ways_between_venues_of_one_day() -> None:
    # Week 1: Monday at a, b and b again, Tuesday at a; week 2: once. One way of 0.01 degrees of latitude, 1105 m.
    a, b = Point(30.0, 120.0), Point(30.01, 120.0)
    sessions = [
        Taught([Occurrence(1, MONDAY, 600, 660)], [1], 2, b),
        Taught([Occurrence(1, MONDAY, 540, 600)], [1], 1, a),
        Taught([Occurrence(1, MONDAY, 700, 760)], [1], 2, b),
        Taught([Occurrence(1, date(2027, 3, 2), 540, 600)], [1], 1, a),
        Taught([Occurrence(2, date(2027, 3, 8), 540, 600)], [2], 1, a),
    ]
    load = load_of(Person(1, "t", "u", TeacherKind.PART_TIME, wanted_week=3, most=5), sessions)
    assert (load.sessions, load.busiest, load.weeks_above, load.journeys, load.state) == (5, 4, 1, 1, "above")
    assert load.journey_metres == pytest.approx(1105, abs=1)
    assert load_of(load.person, []).state == "unused"
    assert load_of(load.person, sessions[:1]).state == "within"


def test_the_gini_coefficient_of_small_cases() -> None:
    # 1, 2, 3: the mean difference of two of them, over all nine pairs, is 8/9; half of it over the mean of 2 is 2/9
    assert gini([1, 2, 3]) == pytest.approx(2 / 9)
    assert gini([0, 1]) == pytest.approx(1 / 2)
    assert gini([5, 5, 5]) == pytest.approx(0)
    assert gini([0, 0]) == 0


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=30), st.floats(0.1, 10))
def test_the_gini_coefficient_does_not_know_units_or_order(values: list[float], scale: float) -> None:
    assert -1e-9 <= gini(values) < 1
    assert gini([scale * value for value in reversed(values)]) == pytest.approx(gini(values), abs=1e-6)


@given(st.lists(st.floats(0, 50_000), min_size=1, max_size=40))
def test_every_value_stands_in_one_of_few_bins(values: list[float]) -> None:
    edges = edges_for(max(values))
    figures = spread(values, edges)
    assert edges[0] == 0 and len(edges) <= MAX_BINS
    assert sum(interval.count for interval in figures.bins) == figures.count == len(values)
    assert figures.lower <= figures.median <= figures.upper


def test_quarters_are_values_that_occur() -> None:
    assert [quantile([10, 20, 30, 40], share) for share in (0.25, 0.5, 0.75, 1)] == [10, 20, 30, 40]
    assert quantile([7], 0.25) == 7
    assert [(interval.low, interval.count) for interval in spread([0, 499, 500, 1100], [0, 500, 1000]).bins] == [
        (0, 2), (500, 1), (1000, 1),
    ]  # fmt: skip


def test_who_fares_worst_is_named() -> None:
    communities = [
        coverage(1, 20, 10, 400),
        coverage(2, 30, 0),
        coverage(3, 0, 0),
        coverage(4, 40, 0),
        coverage(5, 9, 9, 900, 0),
    ]
    worst = evenness(communities)
    assert [community.id for community in worst.farthest] == [5, 1]
    assert [community.id for community in worst.fewest] == [4, 2, 1]
    assert worst.uncounted == 1 and worst.places is not None and worst.places.count == 4
    assert evenness([]).ways is None


def test_a_unit_spends_what_all_units_below_it_spend() -> None:
    nodes = [Node(2, "street", "1/12/"), Node(1, "district", "1/"), Node(3, "other", "1/120/")]
    fees = {1: Fees(100, 0, 1), 2: Fees(200, 50, 2), 9: Fees(999, 0, 1)}
    top, street, other = spendings(nodes, fees, {1: 400, 2: 200})
    assert (top.depth, top.own, top.used, top.left, top.share) == (0, Fees(100, 0, 1), Fees(300, 50, 3), 50, 0.875)
    assert (street.depth, street.used.total, street.left) == (1, 250, -50)
    assert (other.used.total, other.limit, other.left, other.share) == (0, None, None, None)


def test_a_table_is_sorted_with_what_is_missing_last() -> None:
    columns = [TableColumn("name", "Name"), TableColumn("figure", "Figure", ColumnKind.NUMBER)]
    table = Table("t", "T", columns, [TableRow("a", ("a", 2)), TableRow("b", ("b", None)), TableRow("c", ("c", 3))])
    assert [row.key for row in table.sorted_by("figure").rows] == ["a", "c", "b"]
    assert [row.key for row in table.sorted_by("-figure").rows] == ["c", "a", "b"]
    assert table.sorted_by("nothing") == table == table.sorted_by("")
    assert [table.next_sort(column) for column in columns] == ["name", "-figure"]
    down = table.sorted_by("-figure")
    assert down.next_sort(columns[1]) == "figure" and down.direction(columns[1]) == "descending"
    assert [row.values for row in table.without("name").rows] == [(2,), (None,), (3,)]


@given(st.lists(st.tuples(st.floats(29, 31), st.floats(120, 122)), min_size=1, max_size=20))
def test_every_place_lies_within_the_margins_of_its_map(places: list[tuple[float, float]]) -> None:
    points = [Point(*place) for place in places]
    frame = MapFrame.around(points, 1000, (400, 900), 50)
    assert 400 <= frame.height <= 900
    assert frame.ruler <= frame.width
    for x, y in map(frame.point, points):
        assert 49 <= x <= 951 and 49 <= y <= frame.height - 49
