"""Workbooks that earlier versions wrote are read as those of today."""

from scheduler.models import RowState
from tests.client import PageClient
from tests.factories import Town
from tests.workbooks import counts, downloaded, messages, upload


def test_a_workbook_with_headings_of_an_earlier_version_is_still_read(coordinator: PageClient, town: Town) -> None:
    sheets = downloaded(coordinator, "/desk/excel/teachers.xlsx")
    rows = next(iter(sheets.values()))
    earlier = {
        "Latitude of their home *": "Latitude of her home *", "Longitude of their home *": "Longitude of her home *",
        "Hours in which they can teach": "Hours in which she can teach",
        "Sessions a week they want": "Sessions a week she wants",
        "How far they travel from home, in metres": "How far she travels from home, in metres",
    }
    assert earlier.keys() <= set(rows[0])
    rows[0] = [earlier.get(heading, heading) for heading in rows[0]]
    wish = rows[0].index("Sessions a week she wants")
    rows[1][wish] = int(rows[1][wish]) + 1
    upload(coordinator, "/desk/excel/teachers", sheets)
    assert counts()[RowState.CHANGED] == 1, messages()
    assert RowState.WRONG not in counts()
