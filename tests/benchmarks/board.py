"""How long the board of a county takes to answer: ``python -m tests.benchmarks.board``.

Whole requests inside one process, on SQLite, with signing in, database and page: a section picked up, put down, taken
back, for different sections one after the other.
"""

import random
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from flask.testing import FlaskClient
from flask_migrate import upgrade
from werkzeug.test import TestResponse

import solver
from scheduler.app import create_app
from scheduler.core.config import Settings
from scheduler.core.extensions import db
from scheduler.models import Plan
from scheduler.server.gunicorn_config import settle
from tests.benchmarks.county import build_county
from tests.client import Page
from tests.factories import PASSWORD
from tests.solver.instances import instance

SECTIONS = 60
ROWS = ("room", "venue", "teacher", "community")
PART = {"X-Board": "1"}
REFUSED = 400


def timed(times: list[float], ask: Callable[..., TestResponse], *arguments: object, **options: object) -> None:
    """Add the milliseconds of a question that is answered."""
    start = perf_counter()
    answer = ask(*arguments, **options)
    times.append(1000 * (perf_counter() - start))
    assert answer.status_code < REFUSED, answer.text[:1000]


def report(what: str, times: list[float]) -> None:
    """One line: median, 95th percentile and the longest."""
    ordered = sorted(times)
    at = [ordered[int(share * (len(ordered) - 1))] for share in (0.5, 0.95, 1)]
    print(f"{what:28} median {at[0]:6.0f} ms, 95 % below {at[1]:6.0f} ms, at most {at[2]:6.0f} ms ({len(times)} times)")


def version_of(page: Page) -> str | None:
    """The version of the plan that a page was drawn from."""
    return next(one.get("value") for one in page.elements("input") if one.get("name") == "version")


def measure(client: FlaskClient, plan_id: int, sections: list[int]) -> None:
    """Ask for boards as coordinators do."""
    url = f"/desk/plans/{plan_id}/board"
    settle()  # as the server does
    cold: list[float] = []
    timed(cold, client.get, url + "/ready.json")
    report("first answer of a process", cold)
    opened: list[float] = []
    for _time in range(10):
        timed(opened, client.get, url)
    report("page opened", opened)
    moved: list[float] = []
    for rows in ROWS:
        picked: list[float] = []
        for section_id in sections:
            timed(picked, client.get, f"{url}?rows={rows}&section={section_id}", headers=PART)
        report(f"picked up, rows {rows}", picked)
    pinned: list[float] = []
    for section_id, other_id in zip(sections[20:40], sections[40:], strict=True):
        page = Page(client.get(f"{url}?section={section_id}"))
        sent = {"section": section_id, "version": version_of(page), "part": "hours", "pinned": "y"}
        assert client.post(f"{url}/pin", data=sent, headers=PART).status_code < REFUSED
        timed(pinned, client.get, f"{url}?section={other_id}", headers=PART)
    report("picked up after a pin", pinned)
    for section_id in sections[:20]:
        page = Page(client.get(f"{url}?section={section_id}"))
        fits = [one.get("value") for one in page.elements("button") if one.get("class") == "slot fits"]
        if fits:
            sent = {"section": section_id, "version": version_of(page), "place": random.choice(fits)}
            timed(moved, client.post, f"{url}/move", data=sent, headers=PART)
    report("put down", moved)


def main() -> None:
    """Load the saved county of 1,074 sections and measure."""
    folder = Path(tempfile.mkdtemp())
    url = f"sqlite:///{folder / 'county.sqlite3'}"
    settings = Settings(instance=folder, database_url=url, secret_key="a benchmark", rate_limits=False)
    app = create_app(settings)
    app.config["WTF_CSRF_ENABLED"] = False
    with app.app_context():
        upgrade()
        plan: Plan = build_county(solver.read_term(instance(sys.argv[1] if len(sys.argv) > 1 else "wanzhou")))
        db.session.commit()
        ids = [placement.section_id for placement in plan.placements]
        plan_id = plan.id
        print(f"{len(ids)} sections placed")
    client = app.test_client()
    client.post("/sign-in", data={"username": "coordinator", "password": PASSWORD})
    measure(client, plan_id, random.Random(1).sample(ids, SECTIONS))


if __name__ == "__main__":
    main()
