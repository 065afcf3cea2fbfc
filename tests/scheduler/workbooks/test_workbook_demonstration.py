"""The demonstration's whole term goes to Excel and comes back without a difference."""

import pytest
from flask import Flask

from scheduler.core.extensions import db
from scheduler.demonstration import operations as demonstration
from scheduler.demonstration.accounts import PASSWORD
from scheduler.models import RowState
from tests.client import PageClient
from tests.workbooks import counts, downloaded, upload


@pytest.mark.one_database
def test_the_term_of_the_demonstration_comes_back_as_it_went(app: Flask) -> None:
    term = demonstration.load()
    db.session.commit()
    client = PageClient(app.test_client(), "zh-CN")
    client.client.post("/sign-in", data={"username": "coordinator", "password": PASSWORD})
    sheets = downloaded(client, f"/desk/terms/{term.id}/excel/term.xlsx")
    assert list(sheets) == ["场馆", "教室", "教师", "课程", "需求来源", "需求", "班次"]
    page = upload(client, f"/desk/terms/{term.id}/excel/term", sheets)
    rows = sum(len(rows) - 1 for rows in sheets.values())
    assert rows > 2000 and counts() == {RowState.UNCHANGED: rows}
    assert "没有需要导入的改动" in page.text
