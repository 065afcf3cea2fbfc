"""A network comes in as a workbook or by a command, and goes out again without a difference."""

import csv
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from scheduler.core.config import ROOT
from scheduler.core.extensions import db
from scheduler.features.registers.accounts.operations import create_user, grant
from scheduler.models import Community, Level, PlaceSource, Role, Unit
from tests.client import PageClient
from tests.factories import PASSWORD, Town, sign_in_as
from tests.workbooks import apply, downloaded, messages, upload, write

NETWORK = "/desk/excel/network"
UNIT_HEAD = ["No.", "Code", "Name", "Belongs to"]
COMMUNITY_HEAD = ["No.", "Code", "Name", "Street or town", "Population", "Latitude", "Longitude"]
LEVELS = {"city": 2, "county": 4, "street_town": 6}
"""Digits by which the codes of the statistics grow: two for each level, three for streets."""
DIVISION = ROOT.parent / "shared" / "data" / "network" / "division_zhengzhou_410100_2023.csv"
"""The real city of Zhengzhou, where it lies beside the project."""


@pytest.fixture
def administrator(app: Flask) -> PageClient:
    """Somebody who may begin a network in an installation without any."""
    grant(create_user("administrator", "administrator", PASSWORD), Role.ADMINISTRATOR)
    db.session.commit()
    return sign_in_as(app, "administrator")


def real_city() -> dict[str, list[list[Any]]]:
    """The sheets of Zhengzhou, with the place of its first community; the others lie around it."""
    with DIVISION.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    units = [row for row in rows if row["level"] in LEVELS]
    codes = {row["code"] for row in units}
    lines = [["", row["code"], row["name"], _parent(row, codes)] for row in units]
    communities = [row for row in rows if row["level"] not in LEVELS and row["parent_code"] in codes]
    places: list[list[Any]] = [[34.7466, 113.6253]] + [["", ""] for _other in communities[1:]]
    described = [
        ["", row["code"], row["name"], row["parent_code"], "", *place]
        for row, place in zip(communities, places, strict=True)
    ]
    return {"Units": [UNIT_HEAD, *lines], "Communities": [COMMUNITY_HEAD, *described]}


def _parent(row: dict[str, str], codes: set[str]) -> str:
    if row["level"] == "city":
        return ""
    return row["parent_code"] if row["parent_code"] in codes else f"{row['parent_code']}00"


def made_up_city(streets: int = 12, communities: int = 8) -> dict[str, list[list[Any]]]:
    """A city of two counties whose codes have twelve digits, children above their parents among them."""
    units: list[list[Any]] = [["", "990100000000", "新城市", ""]]
    described: list[list[Any]] = []
    for county in (1, 2):
        code = f"99010{county}000000"
        for street in range(1, streets + 1):
            street_code = f"99010{county}{street:03d}000"
            units.append(["", street_code, f"{county}区{street}街道", code])
            for number in range(communities):
                place = [30 + county / 10 + street / 100, 120.5] if number == 0 else ["", ""]
                name, people = f"第{number + 1}社区", 1200 + number
                described.append(["", f"{street_code[:9]}{number + 1:03d}", name, street_code, people, *place])
        units.append(["", code, f"{county}区", "990100000000"])
    return {"Units": [UNIT_HEAD, *units], "Communities": [COMMUNITY_HEAD, *described]}


def facts(sheets: dict[str, list[list[Any]]]) -> tuple[set[tuple[str, ...]], set[tuple[str, ...]]]:
    """Codes and names of units, and codes, names, populations of communities."""
    units, communities = sheets["Units"][1:], sheets["Communities"][1:]
    return (
        {(str(row[1]), str(row[2])) for row in units},
        {(str(row[1]), str(row[2]), str(int(row[4] or 0))) for row in communities},
    )


WITH_DATA = pytest.mark.skipif(not DIVISION.exists(), reason="no data beside the project")


@pytest.mark.parametrize("city", [made_up_city, pytest.param(real_city, marks=WITH_DATA)])
def test_a_whole_city_comes_in_as_a_workbook_and_goes_out_without_a_difference(
    administrator: PageClient, city: Any
) -> None:
    sheets = city()
    upload(administrator, NETWORK, sheets)
    assert messages() == []
    apply(administrator)
    out = downloaded(administrator, "/desk/excel/network.xlsx")
    assert facts(out) == facts(sheets)
    again = upload(administrator, NETWORK, out)
    assert "nothing to take over" in again.text.lower()


def test_a_city_comes_in_by_command(app: Flask, administrator: PageClient, tmp_path: Path) -> None:
    sheets, file = made_up_city(), tmp_path / "network.xlsx"
    file.write_bytes(write(sheets))
    arguments = ["import-workbook", "network", str(file), "--user", "administrator"]
    result = app.test_cli_runner().invoke(args=arguments)
    assert result.exit_code == 0, result.output
    rows = len(sheets["Units"]) + len(sheets["Communities"]) - 2
    assert f"{rows} new, 0 changed." in result.output
    assert facts(downloaded(administrator, "/desk/excel/network.xlsx")) == facts(sheets)
    assert db.session.scalar(select(func.count(Unit.id)).where(Unit.level == Level.COUNTY)) == 2
    assumed = select(func.count(Community.id)).where(Community.place_source == PlaceSource.ASSUMED)
    assert db.session.scalar(assumed) == 24 * 7


def test_a_command_that_is_refused_changes_nothing(app: Flask, administrator: PageClient, tmp_path: Path) -> None:
    sheets, file = made_up_city(), tmp_path / "network.xlsx"
    sheets["Communities"][5][3] = "880000000000"
    file.write_bytes(write(sheets))
    result = app.test_cli_runner().invoke(args=["import-workbook", "network", str(file), "--user", "administrator"])
    assert result.exit_code == 1 and "Communities 6: There is no unit “880000000000” here." in result.output
    assert db.session.scalar(select(func.count(Unit.id))) == 0
    result = app.test_cli_runner().invoke(args=["import-workbook", "network", str(file), "--user", "nobody"])
    assert result.exit_code == 1 and "There is no user nobody." in result.output


def test_what_a_network_keeps_is_not_changed_by_a_workbook(coordinator: PageClient, town: Town) -> None:
    out = downloaded(coordinator, "/desk/excel/network.xlsx")
    units, communities = out["Units"], out["Communities"]
    (street,) = [row for row in units if row[2] == town.street.name]
    (community,) = [row for row in communities if row[2] == town.communities[0].name]
    street[3], community[1] = "", "330213009999"
    page = upload(coordinator, NETWORK, {"Units": [units[0], street], "Communities": [communities[0], community]})
    assert "A unit keeps its code and its place in the network." in page.text
    assert "A community keeps its code." in page.text
    new = ["", "990100", "另一市", ""]
    assert "Only an administrator begins a network." in upload(coordinator, NETWORK, {"Units": [units[0], new]}).text


def test_a_place_that_nobody_knows_is_assumed_and_said(coordinator: PageClient, town: Town) -> None:
    row = ["", "330213002900", "新社区", town.street.code, "", "", ""]
    page = upload(coordinator, NETWORK, {"Communities": [COMMUNITY_HEAD, row]})
    assert f"it is assumed in the middle of {town.street.name}" in page.text
    half = ["", "330213002901", "半社区", town.street.code, "", 29.6, ""]
    page = upload(coordinator, NETWORK, {"Communities": [COMMUNITY_HEAD, half]})
    assert "Write both degrees of a place, or none." in page.text


def test_an_empty_network_needs_one_place(administrator: PageClient) -> None:
    sheets = made_up_city(1, 1)
    for row in sheets["Communities"][1:]:
        row[5:] = ["", ""]
    assert "Write its place: no community of" in upload(administrator, NETWORK, sheets).text
