"""Timetables that cities really publish come in through the Excel page; only where the folder TIMETABLES holds them."""

import io
import os
from datetime import date
from pathlib import Path

import pytest
from flask import Flask

import solver
from scheduler.core.extensions import db
from scheduler.domain.cost_weights import DEFAULT_WEIGHTS
from scheduler.engine.documents.snapshot import term_document
from scheduler.models import Category, Room, RowState, Section, Subject, Term, Venue
from tests.client import PageClient
from tests.factories import Town
from tests.workbooks import apply, counts, line, messages, rows, template, upload
from tools.timetables import Context, Source, berlin, gangnam, sheets, write

FOLDER = Path(os.environ.get("TIMETABLES", "no such folder"))
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="TIMETABLES names no folder of published timetables")


def bring_in(client: PageClient, town: Town, source: Source, first_day: date) -> tuple[Term, int]:
    """Upload all of it; the term, and how many rows have rooms that are taken."""
    term = Term(
        unit=town.district, name="公开课表", first_day=first_day, weeks=40, grid_minutes=5, weights=DEFAULT_WEIGHTS
    )
    db.session.add_all([term, Subject(code="any", name_zh="综合", name_en="Any", category=Category.CIVIC)])
    db.session.commit()
    context = Context("330213001", "330213001001", "any", (29.65, 121.4), first_day, 40)
    content = io.BytesIO()
    write(sheets(source, context), content)
    upload(client, f"/desk/terms/{term.id}/excel/term", content.getvalue())
    assert set(counts()) <= {RowState.NEW, RowState.UNCHANGED}, messages()[:5]
    return term, sum(row.clashing for row in rows())


def test_the_courses_of_gangnam_come_in_and_planning_resolves_the_label_of_many_rooms(
    app: Flask, coordinator: PageClient, town: Town
) -> None:
    term, clashing = bring_in(coordinator, town, gangnam(FOLDER / "gangnam_lifelong_2026.csv"), date(2026, 1, 5))
    assert clashing > 20
    assert any("일원평생학습센터 · 강의실 is taken twice" in row.warnings[0] for row in rows() if row.clashing)
    apply(coordinator, release="y")
    sections = db.session.scalars(db.select(Section).where(Section.term_id == term.id)).all()
    assert len(sections) == 182 and clashing >= sum(section.pinned_room_id is None for section in sections) > 20
    head = template(coordinator, "/desk/excel/rooms")
    rooms = [
        line(head, Venue=venue.name, Name=f"강의실 {number}", Seats=60, Opening_hours="daily 06:00-23:00")
        for venue in db.session.scalars(db.select(Venue).where(Venue.name.contains("평생학습")))
        for number in range(2, 14)
    ]
    upload(coordinator, "/desk/excel/rooms", {"Rooms": [head, *rooms]})
    apply(coordinator)
    document = term_document(term)
    result = solver.solve(document, solver.Settings(seconds=20, workers=1, seed=1))
    assert result.plan is not None and not solver.check(document, result.plan).violations
    freed = {f"s{section.id}" for section in sections if section.pinned_room_id is None}
    assert len(freed & set(result.plan.placed)) >= 0.9 * len(freed)


def test_the_courses_of_berlin_come_in(app: Flask, coordinator: PageClient, town: Town) -> None:
    term, clashing = bring_in(coordinator, town, berlin(FOLDER), date(2025, 3, 24))
    assert clashing > 0
    apply(coordinator, release="y")
    held = db.session.scalars(db.select(Section).where(Section.term_id == term.id)).all()
    assert len(held) == 1121, "as many as have sessions"
    assert len(db.session.scalars(db.select(Room)).all()) > 200
