"""What is under way in a city while its pages are measured, each done through the page on which people do it."""

import io
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from scheduler.core.clock import today
from scheduler.core.extensions import db
from scheduler.engine.documents.keys import VENUE, key
from scheduler.models import (
    ActivitySeries,
    Assignment,
    BookedSession,
    Booking,
    Community,
    Course,
    Cover,
    Demand,
    Event,
    EventItem,
    Grant,
    Import,
    PlanningJob,
    Proposal,
    Scenario,
    Substitution,
    User,
)
from tests.client import Page

PEOPLE = 60
"""Whom a survey finds in one community, so that a section can be proposed."""
WORKBOOK = """名称,类型,隶属于,地址,纬度,经度
乐学空间,图书馆,岳林街道,,29.662,121.418
邻里中心,城堡,锦屏街道,,29.655,121.405
"""
Places = dict[str, Any]


def begin(app: Flask, term_id: int, coordinator: FlaskClient, teacher: FlaskClient) -> None:
    """A workbook is read, a survey's demand has sections proposed, a scenario is tried, a teacher stays away."""
    desk = f"/desk/terms/{term_id}"
    with app.app_context():
        refused, *others = _asked()
        session = _session(others[0].section_id)
        venue = session.booking.room.venue_id
        rare = select(Demand.course_id, func.min(Demand.community_id)).join(Demand.course).where(Course.in_catalogue())
        rarest = rare.group_by(Demand.course_id).order_by(func.count(), Demand.course_id).limit(1)
        course, community = db.session.execute(rarest).one()
        unit = db.session.get_one(Community, community).unit_id
    file = io.BytesIO(WORKBOOK.encode()), "场馆登记表.csv"
    _did(coordinator.post(_did(coordinator.post("/desk/excel/venues", data={"file": file})).location + "/check"))
    survey = {"course": course, "community": community, "kind": "survey", "people": PEOPLE, "percent": 100}
    _did(coordinator.post(f"{desk}/demand/sources/new?unit={unit}", data=survey))
    _did(coordinator.post(f"{desk}/demand/sources/work-out", data={"all_typed": "y"}))
    _did(coordinator.post(f"{desk}/proposals/start", data={"course": course}))
    made = _did(coordinator.post(f"{desk}/scenarios/new", data={"name": "图书馆周日晚间也开放"})).location
    opened = {"place": key(VENUE, venue), "hours-6": "17:00-21:00"}
    _did(coordinator.post(f"{made}/changes/open?unit={unit}", data=opened))
    _did(teacher.post(f"/desk/assignments/{refused.id}/refuse", data={"cause": "too_much"}))
    absence = f"/desk/absences/sessions/{session.booking.section_id}/{session.date}/{session.start_minute}"
    _did(teacher.post(absence, data={"cause": "training"}))
    _ask_somebody(app, coordinator, desk)


def _ask_somebody(app: Flask, coordinator: FlaskClient, desk: str) -> None:
    """The first of those who could stand in is asked."""
    with app.app_context():
        cover = db.session.scalars(select(Cover.id)).one()
    page = Page(coordinator.get(f"{desk}/covers/{cover}"))
    fields = *page.elements("input"), *page.elements("button")
    first = next(one.get("value") for one in fields if one.get("name") == "teacher")
    _did(coordinator.post(f"{desk}/covers/{cover}", data={"teacher": first}))


def _did(answer: Any) -> Any:
    assert answer.status_code == 303, answer.text[:2000]
    return answer


def places() -> Places:
    """What stands for the arguments of pages of what is under way."""
    refused, *others = _asked()
    session = _session(others[0].section_id, skip=1)
    proposal = db.session.scalars(select(Proposal).order_by(Proposal.id)).first()
    assert proposal is not None
    keys = {
        "series_id": ActivitySeries.id, "event_id": Event.id, "item_id": EventItem.id, "job_id": PlanningJob.id,
        "import_id": Import.id, "scenario_id": Scenario.id, "cover_id": Cover.id,
        "substitutes.refused.substitution_id": Substitution.id,
    }
    first = {name: db.session.scalar(select(func.min(key))) for name, key in keys.items()}
    theirs = {"section_id": session.booking.section_id, "day": session.date.isoformat(), "start": session.start_minute}
    return {
        **first, "assignment_id": refused.id, "proposal_id": proposal.id, "kind": "open",
        "proposals.course.course_id": proposal.asked.course_id,
        **{f"{page}.{name}": value for page in ("absences.session", "substitutes.report")
           for name, value in theirs.items()},
    }


def _asked() -> list[Assignment]:
    """What the demonstration's teacher was asked to teach."""
    hers = select(Grant.teacher_id).join(Grant.user).where(User.username == "teacher")
    return list(db.session.scalars(select(Assignment).where(Assignment.teacher_id.in_(hers)).order_by(Assignment.id)))


def _session(section_id: int, skip: int = 0) -> BookedSession:
    """A session of a section that is still to come."""
    ahead = Booking.section_id == section_id, BookedSession.date >= today()
    statement = select(BookedSession).join(BookedSession.booking).where(*ahead).order_by(BookedSession.date)
    return list(db.session.scalars(statement))[skip]
