"""Statistics of a plan that spans several counties."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.core.extensions import db
from scheduler.models import CalendarDay, DayKind, Demand, Level, Plan, RoomClosure, TeacherKind, Unit, VenueKind
from tests import rows
from tests.client import PageClient
from tests.factories import Town, sign_in_as
from tests.scheduler.features.planning.test_statistics import CHARTS, address, figures, marks, plan, row_names

__all__ = ["plan"]


@pytest.fixture
def city(town: Town, plan: Plan) -> Unit:
    """The plan becomes one of the whole city, which has a second county with a street, a library and a teacher."""
    town.term.unit = town.city
    county = Unit(code="330212", name="鄞州区", level=Level.COUNTY, path="330200/330212/", parent=town.city)
    street = Unit(code="330212001", name="下应街道", level=Level.STREET, path=f"{county.path}330212001/", parent=county)
    rows.community_row(street, "330212001001", "东兴社区", 29.80, 121.55)
    library = rows.venue_row(street, VenueKind.LIBRARY, "鄞州区图书馆", 29.81, 121.56)
    rows.room_row(library, "报告厅", 80, [])
    rows.teacher_row(street, "合唱教师 1", TeacherKind.FULL_TIME, [town.course.subject], 29.8, 121.55)
    db.session.commit()
    return county


def by_name(table: list[dict[str, str]], column: str) -> dict[str, dict[str, str]]:
    return {row[column]: row for row in table}


def test_a_city_is_shown_county_by_county(app: Flask, plan: Plan, town: Town, city: Unit) -> None:
    administrator = sign_in_as(app, "administrator")
    page = administrator.get(address(plan))
    assert [text.partition(",")[0] for text in marks(page)] == ["鄞州区: nobody asked", "奉化区: 50 of 77 placed"]
    assert row_names(page) == ["鄞州区", "奉化区"]
    for chart in CHARTS:
        page = administrator.get(address(plan, chart))
        assert f"/desk/plans/{plan.id}/pictures{chart}?unit={city.id}" in page.links
        assert "东门社区" not in row_names(page) and "阅览室" not in row_names(page)
    assert "东兴社区" in row_names(administrator.get(address(plan, "", f"unit={city.id}")))


def test_the_counties_of_a_city_add_up_to_its_rows(app: Flask, plan: Plan, town: Town, city: Unit) -> None:
    # two rooms, one with ten sessions of 90 minutes, and its closed Wednesday counts in the county and in the hour
    town.reading_room.closures.append(RoomClosure(date=date(2027, 3, 10)))
    for day in (10, 18):
        town.reading_room.closures.append(RoomClosure(date=date(2027, 3, day), start_minute=480, end_minute=720))
    db.session.commit()
    administrator = sign_in_as(app, "administrator")
    use = by_name(figures(administrator, plan, "rooms-by-county"), "County or district")
    single = figures(administrator, plan, "rooms")
    assert float(use["奉化区"]["Hours open (h)"]) == sum(float(row["Hours open (h)"]) for row in single[1:])
    assert use["奉化区"]["Hours open (h)"] == str(223 * 12.5 - 3.5)
    assert (use["奉化区"]["Rooms"], use["奉化区"]["Sessions in the term"]) == ("2", "20")
    assert (use["鄞州区"]["Hours open (h)"], use["鄞州区"]["Sessions in the term"]) == (str(112 * 12.5), "0")
    hours = {(row["Weekday"], row["Hour"]): row for row in figures(administrator, plan, "hours")}
    assert hours["Wednesday", "09:00"]["Room hours open (h)"] == "47.0"
    loads = by_name(figures(administrator, plan, "teachers-by-county"), "County or district")
    assert (loads["奉化区"]["Teachers"], loads["奉化区"]["no sessions"], loads["奉化区"]["Sessions in the term"]) == (
        "2", "0", "20",
    )  # fmt: skip
    assert (loads["鄞州区"]["Teachers"], loads["鄞州区"]["no sessions"]) == ("1", "1")
    people = by_name(figures(administrator, plan, "communities-by-county"), "County or district")
    assert (people["奉化区"]["Placed"], people["奉化区"]["Communities"], people["鄞州区"]["Placed"]) == ("50", "4", "0")
    spent = by_name(figures(administrator, plan, "budgets-by-county"), "Unit")
    assert [spent[name]["Fees of teachers (yuan)"] for name in ("宁波市", "奉化区", "鄞州区")] == ["2000", "2000", "0"]


def test_what_changes_shows_at_once_in_the_figures_of_counties(app: Flask, plan: Plan, town: Town, city: Unit) -> None:
    administrator = sign_in_as(app, "administrator")

    def used(name: str, column: str) -> str:
        return by_name(figures(administrator, plan, name), "County or district")["奉化区"][column]

    assert used("rooms-by-county", "Sessions in the term") == "20"
    assert used("communities-by-county", "Asked for") == "24"
    plan.placements[0].section.sessions = 5
    plan.term.days.append(CalendarDay(date=date(2027, 3, 4), kind=DayKind.OFF, name="校庆"))
    db.session.scalars(select(Demand)).one().people = 30
    db.session.commit()
    assert used("rooms-by-county", "Sessions in the term") == "15"
    assert used("teachers-by-county", "Sessions in the term") == "15"
    assert used("communities-by-county", "Asked for") == "30"
    assert used("rooms-by-county", "Hours open (h)") == str(222 * 12.5)
    db.session.delete(plan.placements[0])
    plan.version += 1
    db.session.commit()
    assert used("rooms-by-county", "Sessions in the term") == "10"
    assert used("communities-by-county", "Placed") == "30"


def test_who_has_one_county_of_a_city_sees_what_is_in_it(coordinator: PageClient, plan: Plan, city: Unit) -> None:
    page = coordinator.get(address(plan, "/rooms"))
    assert "阅览室" in row_names(page) and "报告厅" not in page.text
    coordinator.download(address(plan, "/rooms-by-county.csv"), status=404)
