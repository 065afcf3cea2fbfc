"""Where a series can be held: within reach, in a room that has what the content needs and seats all who come."""

from scheduler.core.extensions import db
from scheduler.models import ActivitySeries, VenueKind
from tests import rows
from tests.activities import address, build_series
from tests.client import PageClient
from tests.factories import Town


def venues_in_reach(client: PageClient, town: Town, series: ActivitySeries) -> list[str]:
    """What stands in the column of that name, community by community."""
    db.session.commit()
    page = client.get(address(town, f"/series/{series.id}"))
    cells = [cell for cell in page.elements("td") if cell.get("data-label") == "Venues in reach"]
    return ["".join(cell.itertext()).strip() for cell in cells]


def test_one_room_must_have_what_is_needed_and_seat_all(coordinator: PageClient, town: Town) -> None:
    series = build_series(town)
    series.content, series.reach_metres = town.dance, 12_000
    assert venues_in_reach(coordinator, town, series) == ["1"] * 4, "no room of the library has a mirror wall"
    town.hall.features = []
    small = rows.room_row(town.station, "小教室", 14, list(town.dance.needs))
    assert venues_in_reach(coordinator, town, series) == ["0"] * 4, "the room with a mirror wall seats 14 of 15"
    small.capacity = 15
    assert venues_in_reach(coordinator, town, series) == ["1"] * 4


def test_venues_are_found_on_all_sides_as_far_as_people_go(coordinator: PageClient, town: Town) -> None:
    """About 1,930 m to each side of a community whose people go 2,000 m; the last venue lies 2,130 m away."""
    series, here = build_series(town), town.communities[0]
    series.chosen, series.venue_kinds, series.reach_metres = [here], [VenueKind.MUSEUM], 2000
    for number, (north, east) in enumerate([(0, 0.02), (0, -0.02), (-0.0175, 0), (0.0175, 0), (0.0193, 0)]):
        latitude, longitude = here.latitude + north, here.longitude + east
        venue = rows.venue_row(town.street, VenueKind.MUSEUM, f"展览馆 {number}", latitude, longitude)
        rows.room_row(venue, "展厅", 40, [])
    assert venues_in_reach(coordinator, town, series) == ["4"]
