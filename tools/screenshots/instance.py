"""The installation that is photographed: the demonstration, planned, published and lived in for a while."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import Select, select

from scheduler.app import create_app
from scheduler.core import database
from scheduler.core.config import Settings
from scheduler.core.extensions import db
from scheduler.demonstration import first_plan, operations as demonstration
from scheduler.demonstration.accounts import PASSWORD
from scheduler.models import (
    Booking,
    BookingStatus,
    Community,
    Import,
    Placement,
    Plan,
    PlanStatus,
    Role,
    Room,
    Term,
    User,
)
from tools.screenshots import lived_in

PREPARED = datetime(2027, 2, 22, 1, tzinfo=UTC)
"""When the installation is made, a week before its term."""
SHOWN = datetime(2027, 3, 16, 2, tzinfo=UTC)
"""When the pictures are taken: ten o'clock on a Tuesday of the third week."""
SECONDS = 45
WORKBOOK = """名称,类型,隶属于,地址,纬度,经度
岳林街道乐学空间,图书馆,岳林街道,中山东路 8 号,29.662,121.418
锦屏街道邻里中心,城堡,锦屏街道,,29.655,121.405
江口街道渔家书屋,文化站,江口街道,,29.73,121.40
"""
Places = dict[str, object]


class _Clock(datetime):
    """Stands in for ``datetime`` in scheduler.database: time goes on from ``start``, or stands still there."""

    start, began, stands = SHOWN, datetime.now(UTC), True

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        """The moment that the application takes for the present."""
        passed = timedelta() if cls.stands else datetime.now(UTC) - cls.began
        return (cls.start + passed).astimezone(tz)


@contextmanager
def clock(start: datetime, stands: bool = True) -> Iterator[None]:
    """Meanwhile it is this moment for the application."""
    _Clock.start, _Clock.began, _Clock.stands = start, datetime.now(UTC), stands
    real = database.datetime  # type: ignore[attr-defined]
    database.datetime = _Clock  # type: ignore[attr-defined]
    try:
        yield
    finally:
        database.datetime = real  # type: ignore[attr-defined]


def installed(folder: Path) -> Flask:
    """The application on the database of this folder, which is filled when it is empty."""
    url = f"sqlite:///{folder.resolve() / 'scheduler.sqlite3'}"
    app = create_app(Settings(instance=folder, database_url=url, rate_limits=False))
    with app.app_context():
        upgrade()
        empty = demonstration.is_empty()
        db.session.remove()
    if empty:
        with clock(PREPARED, stands=False):
            _fill(app)
    return app


def _fill(app: Flask) -> None:
    with app.app_context():
        term = demonstration.load()
        db.session.commit()
        plan = first_plan.plan_and_publish(term, SECONDS, print)
        assert plan is not None, "the demonstration could not be planned"
        plan_id, waiting = plan.id, list(db.session.scalars(_waiting()))
        db.session.remove()
    app.config["WTF_CSRF_ENABLED"] = False
    _answer(client_of(app, "library"), waiting)
    coordinator = client_of(app, "coordinator")
    _work(coordinator, plan_id)
    lived_in.survey(app, coordinator)
    lived_in.refuse_and_stay_away(app, client_of(app, "teacher"))
    lived_in.suppose(app, coordinator, plan_id)
    app.config["WTF_CSRF_ENABLED"] = True


def client_of(app: Flask, username: str) -> FlaskClient:
    """A user of the demonstration, signed in."""
    client = app.test_client()
    client.post("/sign-in", data={"username": username, "password": PASSWORD})
    return client


def _waiting() -> Select[int]:
    """Requests that wait for the library."""
    manager = db.session.scalars(select(User).where(User.username == "library")).one()
    venues = [grant.venue_id for grant in manager.grants]
    of_library = select(Booking.id).join(Booking.room).where(Room.venue_id.in_(venues))
    return of_library.where(Booking.status == BookingStatus.REQUESTED).order_by(Booking.id)


def _answer(library: FlaskClient, waiting: list[int]) -> None:
    """The library answers most of its requests; four still wait."""
    declined, countered, *others = waiting
    library.post("/desk/requests/decline", data={"booking": declined, "answer": "decline", "cause": "own_use"})
    offer = {"booking": countered, "answer": "counter", "note": "周三上午更合适。"}
    library.post("/desk/requests/decline", data=offer)
    library.post("/desk/requests/answer", data={"booking": others[:-4]})


def _work(coordinator: FlaskClient, plan_id: int) -> None:
    """The coordinator begins another draft, and brings a workbook that still has to be mended."""
    coordinator.post(f"/desk/plans/{plan_id}/board/copy")
    file = io.BytesIO(WORKBOOK.encode()), "场馆登记表.csv"
    address = coordinator.post("/desk/excel/venues", data={"file": file}).location
    coordinator.post(f"{address}/check")


def places() -> Places:
    """What stands for the arguments of routes and queries, by name or by endpoint and name."""
    term = db.session.scalars(select(Term)).one()
    published = db.session.scalars(select(Plan).where(Plan.status == PlanStatus.PUBLISHED)).one()
    manager = db.session.scalars(select(User).where(User.username == "library")).one()
    confirmed = select(Booking.section_id).join(Booking.room).where(
        Booking.status == BookingStatus.CONFIRMED, Room.venue_id == manager.grants[0].venue_id
    )
    placed = Placement.plan_id == published.id, Placement.section_id.in_(confirmed)
    placement = db.session.scalars(select(Placement).where(*placed).order_by(Placement.section_id)).first()
    community = db.session.scalars(select(Community).order_by(Community.code)).first()
    assert placement is not None
    assert community is not None
    return {
        "term_id": term.id, "section_id": placement.section_id,
        "course_id": placement.section.course_id, "unit_id": placement.section.unit_id, "near": community.code,
        "street": community.unit.code, "community_id": community.id, "venue_id": placement.room.venue_id,
        "room_id": placement.room_id, "teacher_id": placement.teacher_id, "user_id": manager.id,
        "role": Role.TEACHER.value, "import_id": _newest(Import), "name": "venues",
        "booking": db.session.scalars(_waiting()).first(), "courses.edit_subject.code": "calligraphy",
        "venues.edit_feature.code": "wifi", **lived_in.places(),
    }


def _newest(kind: type[Import]) -> int:
    return db.session.scalars(select(kind.id).order_by(kind.id.desc())).first() or 0
