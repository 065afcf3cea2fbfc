"""How long every page takes with a city of 20,000 sections in the database: ``python -m tests.benchmarks.pages``.

Fetches each page that a role may open, several times in one process, and prints 95th percentile, median, processor time
and the time of its SQL statements, the worst page first: a table for docs/benchmarks-pages.md and what is over the
limit. SQLite in a temporary file, or the empty database that DATABASE_URL names. ``--keep FILE`` keeps the SQLite file,
and uses it when it is there already. Where others share the machine, ``--by processor`` puts processor time first.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from flask import Flask, url_for
from flask.testing import FlaskClient
from flask_migrate import upgrade
from sqlalchemy import event, func, select, text

from scheduler.app import create_app
from scheduler.core.config import Settings
from scheduler.core.extensions import db
from scheduler.demonstration.accounts import PASSWORD
from scheduler.models import (
    Booking,
    BookingStatus,
    Community,
    Grant,
    Placement,
    Plan,
    PlanStatus,
    Role,
    Room,
    Section,
    Term,
    Unit,
    User,
)
from scheduler.server.gunicorn_config import settle
from tests.benchmarks import under_way
from tests.benchmarks.city import fill
from tests.benchmarks.visits import ORDERS, Visit, summary, table
from tests.guards.routes import audience, methods, rules

LEAST_TIMES, LONGEST = 2, 8.0
"""A page is fetched at least so often, not again once so many seconds are spent on it, and once if it takes more."""
ROLES = {
    "public": "", "signed in": "resident", "teacher": "teacher", "venue_manager": "library",
    "coordinator": "coordinator", "administrator": "administrator",
}
VARIANTS: dict[str, tuple[str, ...]] = {
    "portal.home": (
        "near={near}", "near={near}&q=书法", "day=1&time=morning", "near={near}&within=3000&page=3", "page=200",
    ),
    "portal.choose": ("q=社区", "street={street}"),
    "network.index": ("q=街道", "archived=1"),
    "network.unit": ("q=村&page=3",),
    "venues.index": ("q=学校", "kind=school&page=20", "unit={unit_id}"),
    "venues.rooms": ("q=教室&seats=40", "page=100"),
    "teachers.index": ("q=书法", "page=100", "unit={unit_id}"),
    "courses.index": ("q=书法",),
    "sections.index": ("q=书法", "unit={unit_id}", "course={course_id}&page=5", "pinned=1", "page=300"),
    "demand.index": ("q=社区", "unit={unit_id}", "course={course_id}", "page=300"),
    "planning.readiness": ("unit={county}", "unit={county}&look=1"),
    "planning.publish_page": ("look=1",),
    "planning.again": ("scope=unplaced", "scope=unplaced&look=1"),
    "planning.compare": ("look=1",),
    "scenarios.index": ("look=1",),
    "scenario_changes.add": ("unit={town}",),
    "statistics.show_map": ("unit={county}", "show=distance"),
    "statistics.rooms": ("unit={county}", "kind=school"),
    "statistics.teachers": ("unit={county}", "kind=volunteer"),
    "statistics.fairness": ("unit={county}",),
    "statistics.budgets": ("unit={county}",),
    "demand_sources.create": ("unit={town}",),
    "activities.create_series": ("unit={town}",),
    "sections.create": ("unit={town}",),
    "demand.create": ("unit={town}",),
    "terms.budgets": ("unit={county}",),
    "board.show": ("rows=teacher", "rows=community", "q=图书馆", "section={section_id}"),
    "timetable.show": (
        "view=venue", "view=teacher", "view=community", "view=course", "week=3", "as=list", "as=list&page=300",
        "as=list&q=书法",
    ),
    "timetable.sheets": ("view=teacher",),
    "bookings.inbox": ("week=2027-03-08",),
    "bookings.history": ("q=书法",),
    "bookings.requests": ("status=confirmed", "q=书法", "page=300"),
    "accounts.trail": ("table=sections", "q=coordinator", "page=5000"),
    "accounts.index": ("q=o",),
}
Places = dict[str, Any]
QUERIES = {"bookings.decline": "booking={booking}"}


def places(term: Term) -> Places:
    """What the routes' arguments are: rows with much to show."""
    managed = Room.venue_id.in_(select(Grant.venue_id).join(Grant.user).where(User.username == "library"))
    published = select(Placement.section_id).join(Plan).where(Plan.status == PlanStatus.PUBLISHED)
    section = _most(published.join(Placement.room).where(managed))
    placement = db.session.scalars(select(Placement).where(Placement.section_id == section)).first()
    community = db.session.scalars(select(Community).order_by(Community.population.desc())).first()
    assert placement is not None and community is not None
    draft = db.session.scalars(select(Plan.id).where(Plan.status == PlanStatus.DRAFT)).one()
    unit = placement.section.unit
    booked = select(Booking.id).join(Booking.room).where(Booking.status == BookingStatus.REQUESTED)
    return {
        "term_id": term.id, "plan_id": draft, "section_id": section, "course_id": placement.section.course_id,
        "unit_id": term.unit_id, "community_id": community.id, "teacher_id": placement.teacher_id,
        "room_id": placement.room_id, "venue_id": placement.room.venue_id, "role": Role.TEACHER, "name": "sections",
        "user_id": db.session.scalars(select(User.id).where(User.username == "library")).one(),
        "near": community.code, "street": unit.code, "town": unit.id, "county": unit.parent_id,
        "booking": _most(booked.where(managed)),
        "/calendar/community/<code>.ics": community.code, "/desk/courses/subjects/<code>/edit": "calligraphy",
        "/desk/venues/features/<code>": "wifi", **under_way.places(),
    }


def _most(statement: object) -> int:
    found = db.session.scalars(statement.limit(1)).first()  # type: ignore[attr-defined]
    assert found is not None
    return int(found)


def visits(app: Flask, found: Places) -> Iterator[Visit]:
    """Every page with every way to ask for it, by the role that has least."""
    for rule in rules(app):
        if "GET" not in methods(rule):
            continue
        values = {
            name: found.get(f"{rule.endpoint}.{name}", found.get(name, found.get(rule.rule))) for name in rule.arguments
        }
        if None in values.values():
            print(f"left out, as nothing in this database fits: {rule.rule}")
            continue
        roles = audience(app, rule).split(",")
        username = next(name for role, name in ROLES.items() if role in [*roles[1:], *roles[:1]] or role in roles)
        address = url_for(rule.endpoint, **values)
        yield from (
            Visit(username, rule.endpoint, f"{address}{'?' * bool(query)}{query.format(**found)}")
            for query in [QUERIES.get(rule.endpoint, ""), *VARIANTS.get(rule.endpoint, ())]
        )


@contextmanager
def counted() -> Iterator[list[float]]:
    """The seconds that each SQL statement sent meanwhile takes until its first row."""
    begun: list[float] = []
    taken: list[float] = []

    def begin(*_facts: object) -> None:
        begun.append(time.perf_counter())

    def end(*_facts: object) -> None:
        taken.append(time.perf_counter() - begun.pop())

    listeners = {"before_cursor_execute": begin, "after_cursor_execute": end}
    for name, listener in listeners.items():
        event.listen(db.engine, name, listener)
    try:
        yield taken
    finally:
        for name, listener in listeners.items():
            event.remove(db.engine, name, listener)


def fetch(client: FlaskClient, visit: Visit) -> tuple[float, float]:
    """Open the page; seconds by the clock, and seconds of the processor for this process alone."""
    begin, busy = time.perf_counter(), time.process_time()
    with client.get(visit.address, headers={"Accept-Language": "zh-CN"}) as response:
        visit.status = response.status_code
        response.get_data()
    return time.perf_counter() - begin, time.process_time() - busy


def measure(client: FlaskClient, visit: Visit, times: int) -> None:
    """Open the page once as the first visitor, then again and again."""
    visit.cold, busy = fetch(client, visit)
    if visit.cold > LONGEST:
        visit.seconds, visit.busy = [visit.cold], [busy]
        return
    while len(visit.seconds) < LEAST_TIMES or (len(visit.seconds) < times and sum(visit.seconds) < LONGEST):
        seconds, busy = fetch(client, visit)
        visit.seconds.append(seconds)
        visit.busy.append(busy)


def _signed_in(app: Flask, username: str) -> FlaskClient:
    client = app.test_client()
    if username:
        answer = client.post("/sign-in", data={"username": username, "password": PASSWORD})
        assert answer.status_code == 303, answer.text[:300]
    return client


def _facts() -> str:
    kinds = {"sections": Section, "placements": Placement, "bookings": Booking, "rooms": Room, "communities": Community,
             "units": Unit}
    return ", ".join(f"{db.session.scalar(select(func.count()).select_from(kind)):,} {n}" for n, kind in kinds.items())


@contextmanager
def _database(keep: Path | None) -> Iterator[tuple[str, Path]]:
    """The database's address, and a folder for what the application keeps beside it."""
    with tempfile.TemporaryDirectory() as folder:
        file = keep.resolve() if keep else Path(folder) / "city.sqlite3"
        url = os.environ.get("DATABASE_URL", f"sqlite:///{file}").replace("postgresql://", "postgresql+psycopg://")
        yield url, Path(folder)


def _prepare(app: Flask, sections: int, seconds: int) -> None:
    """Make the city where there is none."""
    with app.app_context():
        upgrade()
        if db.session.scalars(select(Term.id)).first() is not None:
            return
        begin = time.perf_counter()
        term_id = fill(sections, seconds).id
    under_way.begin(app, term_id, _signed_in(app, "coordinator"), _signed_in(app, "teacher"))
    with app.app_context():
        if db.engine.dialect.name == "postgresql":
            db.session.execute(text("ANALYZE"))
            db.session.commit()
    print(f"The city was made in {time.perf_counter() - begin:.0f} s.", flush=True)


def _measure_all(app: Flask, wanted: Callable[[Visit], bool], times: int, found: Places) -> list[Visit]:
    with app.test_request_context():
        pages = [visit for visit in visits(app, found) if wanted(visit)]
    clients = {username: _signed_in(app, username) for username in ROLES.values()}
    for number, visit in enumerate(pages, 1):
        measure(clients[visit.username], visit, times)
        with app.app_context(), counted() as taken:
            clients[visit.username].get(visit.address)
        visit.statements, visit.in_database = len(taken), sum(taken)
        figures = f"{1000 * visit.p95:9,.0f} ms {1000 * median(visit.busy):9,.0f} ms"
        print(f"{number:4}/{len(pages)} {figures}  {visit.address}", flush=True)
    return pages


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sections", type=int, default=20_000)
    parser.add_argument("--seconds", type=int, default=20, help="time to plan the district that the city is made of")
    parser.add_argument("--times", type=int, default=20)
    parser.add_argument("--only", default="", help="pages whose address contains this")
    parser.add_argument("--short", action="store_true", help="leave out what is known to be long")
    parser.add_argument("--by", choices=list(ORDERS), default="time", help="what the table is sorted by")
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    with _database(options.keep) as (url, folder):
        app = create_app(Settings(instance=folder, database_url=url, secret_key="x", rate_limits=False))
        app.config["WTF_CSRF_ENABLED"] = False
        _prepare(app, options.sections, options.seconds)
        with app.app_context():
            found = places(db.session.scalars(select(Term).order_by(Term.id)).one())
            facts = _facts()
        settle()  # as the server does
        pages = _measure_all(
            app, lambda one: options.only in one.address and not (options.short and one.long), options.times, found
        )
    print(f"\n{facts}.\n\n{table(pages, options.by)}\n\n{summary(pages)}")


if __name__ == "__main__":
    main()
