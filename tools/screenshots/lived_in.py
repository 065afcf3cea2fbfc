"""What people do in the installation before it is photographed, each through the pages that she uses."""

from datetime import date

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from scheduler.core.extensions import db
from scheduler.core.processes import StopToken
from scheduler.engine.documents.keys import VENUE, key
from scheduler.models import (
    ActivitySeries,
    Assignment,
    BookedSession,
    Booking,
    Cover,
    Demand,
    Event,
    EventItem,
    Plan,
    PlanStatus,
    Proposal,
    ProposedCourse,
    Scenario,
    User,
    Venue,
    VenueKind,
)
from scheduler.server.worker import run_worker

SURVEYED = 24
"""Communities in which a survey found more people than those who had asked before."""
ABSENT_FROM = date(2027, 3, 18)
SECONDS = 30
Places = dict[str, object]


def survey(app: Flask, coordinator: FlaskClient) -> None:
    """A survey finds many more people for some courses; sections are proposed for them."""
    with app.app_context():
        demand = select(Demand.course_id, Demand.community_id, Demand.people, Demand.term_id)
        entries = db.session.execute(demand.order_by(Demand.course_id, Demand.community_id).limit(SURVEYED)).all()
    for course_id, community_id, people, term_id in entries:
        found = {"course": course_id, "community": community_id, "kind": "survey", "percent": 60}
        address = f"/desk/terms/{term_id}/demand"
        coordinator.post(f"{address}/sources/new", data={**found, "people": 3 * people + 20})
    coordinator.post(f"{address}/sources/work-out", data={"all_typed": "y"})
    coordinator.post(f"/desk/terms/{term_id}/proposals/start", data={})
    while not _solved(app):
        coordinator.post(f"/desk/terms/{term_id}/proposals/go-on")


def _solved(app: Flask) -> bool:
    with app.app_context():
        return not db.session.scalar(select(ProposedCourse.id).where(~ProposedCourse.solved).limit(1))


def refuse_and_stay_away(app: Flask, teacher: FlaskClient) -> None:
    """A teacher refuses one section and cannot come to a session of another."""
    with app.app_context():
        refused, *others = _assignments()
        session = _session(others[0].section_id if others else refused.section_id)
        absence = f"/desk/absences/sessions/{session.booking.section_id}/{session.date}/{session.start_minute}"
        refusal = f"/desk/assignments/{refused.id}/refuse"
    teacher.post(refusal, data={"cause": "too_much", "note": "本学期已有两个班。"})
    teacher.post(absence, data={"cause": "training"})


def suppose(app: Flask, coordinator: FlaskClient, plan_id: int) -> None:
    """The coordinator supposes that the library opens in the evening, and asks what would help most."""
    with app.app_context():
        library = db.session.scalars(select(Venue.id).where(Venue.kind == VenueKind.LIBRARY).order_by(Venue.id)).first()
        term_id = db.session.get_one(Plan, plan_id).term_id
    made = coordinator.post(f"/desk/terms/{term_id}/scenarios/new", data={"name": "图书馆周日晚间也开放"}).location
    opened = {"place": key(VENUE, library or 0), "hours-6": "17:00-21:00", "hours-0": "17:00-21:00"}
    coordinator.post(f"{made}/changes/open", data=opened)
    coordinator.post(f"{made}/plan", data={"seconds": SECONDS})
    coordinator.post(f"/desk/plans/{plan_id}/help", data={"seconds": SECONDS})
    with app.app_context():
        for _run in range(2):
            run_worker(StopToken(), once=True)


def places() -> Places:
    """What stands for the arguments of these pages."""
    refused, *others = _assignments()
    session = _session((others[0] if others else refused).section_id, skip=1)
    theirs = {"section_id": session.booking.section_id, "day": session.date.isoformat(), "start": session.start_minute}
    draft = db.session.scalars(select(Plan.id).where(Plan.status == PlanStatus.DRAFT).order_by(Plan.id)).first()
    proposal = db.session.scalars(select(Proposal).order_by(Proposal.id)).first()
    assert proposal is not None
    published = db.session.scalars(select(Plan.id).where(Plan.status == PlanStatus.PUBLISHED)).one()
    return {
        "assignment_id": refused.id, "cover_id": db.session.scalars(select(Cover.id)).first(), "kind": "open",
        "series_id": db.session.scalars(select(ActivitySeries.id)).first(),
        "event_id": db.session.scalars(select(Event.id)).first(),
        "item_id": db.session.scalars(select(EventItem.id)).first(),
        "scenario_id": db.session.scalars(select(Scenario.id)).first(),
        "proposal_id": proposal.id, "proposals.course.course_id": proposal.asked.course_id, "draft": draft,
        "published": published, "plan_id": draft,
        **{f"{page}.{name}": value for page in ("absences.session", "substitutes.report")
           for name, value in theirs.items()},
        **{f"{page}.plan_id": published for page in PUBLISHED},
    }


PUBLISHED = (
    "statistics.show_map",
    "statistics.rooms",
    "statistics.teachers",
    "statistics.fairness",
    "statistics.budgets",
    "recommendations.show",
)
"""Pages that are shown of the published plan."""


def _assignments() -> list[Assignment]:
    """What the demonstration's teacher was asked to teach."""
    user = db.session.scalars(select(User).where(User.username == "teacher")).one()
    hers = Assignment.teacher_id.in_([grant.teacher_id for grant in user.grants])
    return list(db.session.scalars(select(Assignment).where(hers).order_by(Assignment.id)))


def _session(section_id: int, skip: int = 0) -> BookedSession:
    """A session of a section that is still to come."""
    ahead = Booking.section_id == section_id, BookedSession.date >= ABSENT_FROM
    statement = select(BookedSession).join(BookedSession.booking).where(*ahead).order_by(BookedSession.date)
    return list(db.session.scalars(statement))[skip]
