"""Statistics of a plan through the coordinator's pages."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from flask import Flask

from scheduler.core.extensions import db
from scheduler.models import CalendarDay, DayKind, Demand, Plan, PlanStatus, RoomClosure
from tests import rows
from tests.client import Page, PageClient
from tests.factories import Town, build_plan, sign_in_as
from tests.scheduler.statements import sent_statements

CHARTS = ("", "/rooms", "/teachers", "/fairness", "/budgets")
TABLES = ("communities", "rooms", "hours", "teachers", "budgets")


@pytest.fixture
def plan(town: Town) -> Plan:
    """A published plan: 20 people learn calligraphy in the library, 30 dance in the station, 15 are left out."""
    plan = build_plan(town)
    db.session.add(Demand(term=town.term, course=town.course, community=town.communities[0], people=24))
    db.session.commit()
    return plan


def address(plan: Plan, chart: str = "", query: str = "") -> str:
    return f"/desk/plans/{plan.id}/pictures{chart}?{query}"


def figures(client: PageClient, plan: Plan, table: str, query: str = "") -> list[dict[str, str]]:
    """A table as its file gives it."""
    text = client.download(address(plan, f"/{table}.csv", query)).text
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def row_names(page: Page) -> list[str]:
    return ["".join(cell.itertext()).strip() for cell in page.elements("th") if cell.get("scope") == "row"]


def drawn_links(page: Page) -> list[Any]:
    """The links within drawings."""
    return page.elements("{http://www.w3.org/2000/svg}a")


def marks(page: Page) -> dict[str, str]:
    """Shape by what a mark says."""
    return {link.get("aria-label"): link.get("class").split()[1] for link in drawn_links(page)}


def test_the_map_says_how_well_each_community_is_served(coordinator: PageClient, plan: Plan, town: Town) -> None:
    # 12 of the 24 who asked in the first; 8 of 8; 10 of 25 (15 are in the section that is left out); 20 of 20
    page = coordinator.get(address(plan))
    said = marks(page)
    assert [text.partition(",")[0] for text in said] == [
        "东门社区: 12 of 24 placed", "西溪社区: 8 of 8 placed", "大成村: 10 of 25 placed", "金钟村: 20 of 20 placed",
    ]  # fmt: skip
    assert list(said.values()) == ["grade-3", "grade-5", "grade-2", "grade-5"]
    assert "奉化区图书馆: 1 section" in page.text
    assert drawn_links(page)[0].get("href") == f"#place-{town.communities[0].id}"
    assert (
        f"/desk/terms/{town.term.id}/timetable?plan={plan.id}&view=community&of={town.communities[0].id}" in page.links
    )
    near = marks(coordinator.get(address(plan, query="show=distance")))
    assert [text for text in near if "m to class on average" in text] == list(said)
    assert next(iter(near.values())) == "grade-5"


def test_distances_are_those_along_streets(coordinator: PageClient, plan: Plan) -> None:
    # 0.001 degrees of latitude are 110.5 m, of longitude at 29.68 degrees 111.32 * cos(29.68°) = 96.7 m
    rows = {row["Community"]: row for row in figures(coordinator, plan, "communities")}
    assert float(rows["东门社区"]["Mean distance (m)"]) == pytest.approx(207.2, abs=0.5)
    assert float(rows["西溪社区"]["Mean distance (m)"]) == pytest.approx(442.2 + 386.9, abs=1)
    assert (rows["东门社区"]["Coverage"], rows["东门社区"]["Asked for"], rows["大成村"]["In sections"]) == (
        "0.5",
        "24",
        "25",
    )
    assert rows["东门社区"]["Places per 1,000 residents"] == "6.0"


def test_the_use_of_rooms_counts_real_dates(coordinator: PageClient, plan: Plan, town: Town) -> None:
    # Open 8:30 to 21:00 on 112 dates. The second Tuesday is off, so calligraphy (Tuesdays, 9:00 to 10:30) runs ten
    # sessions over eleven weeks; the library is closed on one Wednesday besides.
    town.term.days.append(CalendarDay(date=date(2027, 3, 9), kind=DayKind.OFF, name="校庆"))
    town.reading_room.closures.append(RoomClosure(date=date(2027, 3, 10)))
    for day, end in ((10, 720), (18, 720)):  # on the Wednesday it is closed anyway
        town.reading_room.closures.append(RoomClosure(date=date(2027, 3, day), start_minute=480, end_minute=end))
    db.session.commit()
    rows = {row["Room"]: row for row in figures(coordinator, plan, "rooms")}
    assert (rows["阅览室"]["Sessions in the term"], rows["阅览室"]["Hours used (h)"]) == ("10", "15.0")
    assert rows["阅览室"]["Hours open (h)"] == str(110 * 12.5 - 3.5)
    assert rows["排练厅"]["Hours open (h)"] == str(111 * 12.5)
    hours = {(row["Weekday"], row["Hour"]): row for row in figures(coordinator, plan, "hours")}
    assert (hours["Tuesday", "09:00"]["Room hours open (h)"], hours["Tuesday", "09:00"]["Room hours used (h)"]) == (
        "30.0",
        "10.0",
    )
    assert (hours["Tuesday", "10:00"]["Room hours used (h)"], hours["Monday", "09:00"]["Room hours used (h)"]) == (
        "5.0",
        "0.0",
    )
    assert "33%" in coordinator.get(address(plan, "/rooms")).text


def test_rooms_are_narrowed_by_venue_kind_and_unit(coordinator: PageClient, plan: Plan, town: Town) -> None:
    for query in (f"venue={town.library.id}", "kind=library", f"unit={town.street.id}"):
        assert [row["Room"] for row in figures(coordinator, plan, "rooms", query)] == ["阅览室"]
        assert "阅览室" in row_names(coordinator.get(address(plan, "/rooms", query)))
    assert "No room is open here" in coordinator.get(address(plan, "/rooms", "kind=museum")).text


def test_teachers_loads_are_measured_against_what_they_want(coordinator: PageClient, plan: Plan, town: Town) -> None:
    teacher = town.teacher
    teacher.wanted_week = 0
    db.session.commit()
    rows = {row["Teacher"]: row for row in figures(coordinator, plan, "teachers")}
    busy = rows["书法教师 1"]
    assert (busy["Sessions in the busiest week"], busy["Weeks above what is wanted"], busy["State"]) == (
        "1",
        "10",
        "above what is wanted",
    )
    assert rows["舞蹈志愿者 1"]["State"] == "within what is wanted"
    page = coordinator.get(address(plan, "/teachers", "kind=volunteer"))
    assert "舞蹈志愿者 1" in page.text and "书法教师 1" not in page.text


def test_fairness_names_those_who_fare_worst(coordinator: PageClient, plan: Plan) -> None:
    page = coordinator.get(address(plan, "/fairness"))
    assert "Gini coefficient" in page.text and "The longest ways" in page.text
    worst = [
        "".join(item.itertext()) for item in page.elements("li") if item.find("span[@class='worst-figure']") is not None
    ]
    assert worst[0].startswith("西溪社区") and "830 m" in worst[0]
    assert worst[4].startswith("西溪社区") and "8 of 8 placed" in worst[4]


def test_budgets_add_up_along_the_tree(coordinator: PageClient, plan: Plan, town: Town) -> None:
    # Both teachers take 100 yuan for each of ten sessions; the library's room costs 30 more each time.
    town.reading_room.fee = 30
    db.session.commit()
    rows = {row["Unit"]: row for row in figures(coordinator, plan, "budgets")}
    district, street = rows["奉化区"], rows["锦屏街道"]
    assert (district["Fees of teachers (yuan)"], district["Fees of rooms (yuan)"], district["Limit (yuan)"]) == (
        "2000",
        "300",
        "",
    )
    assert (street["Spent altogether (yuan)"], street["Left (yuan)"], street["Used"]) == ("1300", "48700", "0.026")
    text = coordinator.get(address(plan, "/budgets")).text
    assert "¥1,300 of ¥50,000" in text and "¥2,300, no limit" in text


def test_a_limit_that_is_exceeded_is_said(coordinator: PageClient, plan: Plan, town: Town) -> None:
    town.term.budgets[0].yuan = 900
    db.session.commit()
    assert "¥100 too much" in coordinator.get(address(plan, "/budgets")).text


def test_tables_are_sorted_as_the_address_says(coordinator: PageClient, plan: Plan) -> None:
    names = row_names(coordinator.get(address(plan, query="sort=-metres")))
    assert names[0] == "西溪社区" and len(names) == 4
    assert row_names(coordinator.get(address(plan, query="sort=metres")))[-1] == "西溪社区"
    assert [row["Community"] for row in figures(coordinator, plan, "communities", "sort=-metres")] == names
    coordinator.get(address(plan, query="sort=nonsense&unit=x&show=y&kind=z&venue=-1"))


def test_a_file_gives_no_formula_to_a_spreadsheet(coordinator: PageClient, plan: Plan, town: Town) -> None:
    town.communities[0].name = "=1+1"
    db.session.commit()
    assert "'=1+1" in [row["Community"] for row in figures(coordinator, plan, "communities")]


def test_a_street_coordinator_sees_their_part_of_the_published_plan(app: Flask, plan: Plan, town: Town) -> None:
    street = sign_in_as(app, "street")
    assert [text.partition(":")[0] for text in marks(street.get(address(plan)))] == ["东门社区", "西溪社区"]
    assert [row["Room"] for row in figures(street, plan, "rooms")] == ["阅览室"]
    assert [row["Teacher"] for row in figures(street, plan, "teachers")] == ["书法教师 1"]
    assert [row["Unit"] for row in figures(street, plan, "budgets")] == ["锦屏街道"]
    for chart in CHARTS:
        assert "大成村" not in street.get(address(plan, chart)).text
    street.get(address(plan, query=f"unit={town.other_street.id}"), status=404)
    plan.status = PlanStatus.DRAFT
    db.session.commit()
    street.get(address(plan), status=404)
    street.download(address(plan, "/rooms.csv"), status=404)


def test_what_there_is_not_is_not_found(coordinator: PageClient, plan: Plan) -> None:
    coordinator.download(address(plan, "/secrets.csv"), status=404)
    coordinator.get("/desk/plans/99999/pictures", status=404)
    plan.status = PlanStatus.DISCARDED
    db.session.commit()
    coordinator.get(address(plan), status=404)


@pytest.mark.parametrize("chart", CHARTS)
def test_an_empty_plan_has_statistics_that_say_so(coordinator: PageClient, plan: Plan, town: Town, chart: str) -> None:
    plan.placements.clear()
    db.session.commit()
    coordinator.get(address(plan, chart))
    for community in town.communities:
        community.archived_at = plan.created_at
        community.population = 0
    for row in (town.reading_room, town.hall, town.teacher, town.volunteer):
        row.archived_at = plan.created_at
    db.session.commit()
    text = coordinator.get(address(plan, chart)).text
    empty = {
        "": "No communities here",
        "/rooms": "No room is open",
        "/teachers": "No teachers here",
        "/fairness": "Nobody is placed here",
    }
    assert empty.get(chart, "¥0") in text


def statements_of(coordinator: PageClient, url: str) -> int:
    """How often the database is asked for a page."""
    with sent_statements() as sent:
        coordinator.get(url)
    return len(sent)


@pytest.mark.parametrize("chart", CHARTS)
def test_a_larger_town_is_not_asked_about_more_often(
    coordinator: PageClient, plan: Plan, town: Town, chart: str
) -> None:
    before = statements_of(coordinator, address(plan, chart))
    for number in range(30):
        rows.community_row(town.street, f"33021300109{number}", f"新村 {number}", 29.66 + number / 1000, 121.4)
        rows.room_row(town.library, f"教室 {number}", 40, [])
        rows.venue_row(town.street, town.library.kind, f"书屋 {number}", 29.66, 121.4)
    db.session.commit()
    assert statements_of(coordinator, address(plan, chart)) == before


def test_many_communities_are_drawn_street_by_street(coordinator: PageClient, plan: Plan, town: Town) -> None:
    for number in range(500):
        rows.community_row(town.street, f"c{number}", f"新村 {number}", 29.6 + number / 5000, 121.4)
    db.session.commit()
    page = coordinator.get(address(plan))
    assert [text.partition(":")[0] for text in marks(page)] == ["锦屏街道", "岳林街道"]
    assert drawn_links(page)[1].get("href") == f"/desk/plans/{plan.id}/pictures?unit={town.other_street.id}"
    assert row_names(page) == ["锦屏街道", "岳林街道"]
    assert len(figures(coordinator, plan, "communities")) == 504
    assert len(marks(coordinator.get(address(plan, query=f"unit={town.other_street.id}")))) == 2


def test_the_way_to_the_statistics(coordinator: PageClient, plan: Plan, town: Town) -> None:
    where = f"/desk/plans/{plan.id}/pictures"
    assert where in coordinator.get(f"/desk/plans/{plan.id}").links
    assert where in coordinator.get(f"/desk/terms/{town.term.id}/timetable").links
    page = coordinator.get(where)
    assert all(f"{where}{chart}" in page.links for chart in CHARTS)
