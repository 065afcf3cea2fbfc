"""How long large workbooks take: export, upload, check, taking over, undo.

``python -m tests.benchmarks.workbooks --rows 5000`` measures on the demonstration term in a database of its own.
"""

import argparse
import re
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from flask_migrate import upgrade

from scheduler.app import create_app
from scheduler.config import Settings
from scheduler.demonstration import operations as demonstration
from scheduler.demonstration.accounts import PASSWORD
from scheduler.extensions import db
from scheduler.models import Community, Course, Term, Unit
from tests.client import PageClient, SeparateClient
from tests.workbooks import apply, counts, line, template, undo, upload, write

T = TypeVar("T")
Lines = list[dict[str, Any]]


def demand(rows: int, communities: list[Community], courses: list[Course], _units: list[Unit]) -> Lines:
    """People who want a course."""
    pairs = [(course, community) for course in courses for community in communities]
    return [
        {"Course": course.title_zh, "Community": community.code, "People": 10 + number % 50}
        for number, (course, community) in enumerate(pairs[:rows])
    ]


def teachers(rows: int, communities: list[Community], courses: list[Course], units: list[Unit]) -> Lines:
    """Volunteers with their hours."""
    return [
        {
            "Name of the role": f"志愿教师 {number}", "Belongs to": units[number % len(units)].code,
            "Serves": "volunteer", "Subjects": courses[number % len(courses)].subject_code,
            "Latitude of her home": 29.65, "Longitude of her home": 121.4,
            "Hours in which she can teach": "周一至周五 08:30-11:30, 14:00-17:00；周六 09:00-12:00",
        }
        for number in range(rows)
    ]


def sections(rows: int, communities: list[Community], courses: list[Course], units: list[Unit]) -> Lines:
    """Sections with learners of two communities."""
    return [
        {
            "Name": f"新班 {number}", "Course": courses[number % len(courses)].title_zh,
            "Unit": units[number % len(units)].code,
            "Learners": f"{communities[number % 300].code} 12；{communities[300 + number % 7].code} 8",
        }
        for number in range(rows)
    ]


def timed(name: str, work: Callable[[], T]) -> T:
    """Do it and print how long it took."""
    start = time.perf_counter()
    result = work()
    print(f"  {name:18} {time.perf_counter() - start:6.1f} s", flush=True)
    return result


def measure(client: PageClient, url: str, lines: Lines) -> None:
    """One workbook all the way, and back again."""
    head = template(client, url)
    content = write({"Sheet": [head, *(line(head, **cells) for cells in lines)]})
    timed("upload and check", lambda: upload(client, url, content))
    print("  ", {state.value: number for state, number in counts().items()})
    page = timed("take over", lambda: apply(client))
    assert "taken over" in page.text, page.text
    timed("undo", lambda: undo(client))


def main() -> None:
    """Measure every register."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=5000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'benchmark.sqlite3'}"
        app = create_app(Settings(instance=Path(folder), database_url=url, secret_key="x", rate_limits=False))
        app.config["WTF_CSRF_ENABLED"], app.test_client_class = False, SeparateClient
        with app.app_context():
            upgrade()
            term = demonstration.load()
            db.session.commit()
            _measure_all(PageClient(app.test_client()), term, rows)


def _measure_all(client: PageClient, term: Term, rows: int) -> None:
    client.client.post("/sign-in", data={"username": "coordinator", "password": PASSWORD})
    base = f"/desk/terms/{term.id}/excel"
    timed("export of the term", lambda: client.download(f"{base}/term.xlsx"))
    communities = list(db.session.scalars(db.select(Community).order_by(Community.code)))
    courses = list(db.session.scalars(db.select(Course).order_by(Course.id)))
    units = list(db.session.scalars(db.select(Unit).where(Unit.path.startswith(term.unit.path)).order_by(Unit.code)))
    places = {demand: f"{base}/demand", teachers: "/desk/excel/teachers", sections: f"{base}/sections"}
    for lines, url in places.items():
        print(f"{re.sub('.*/', '', url)}: {rows} rows")
        measure(client, url, lines(rows, communities, courses, units))


if __name__ == "__main__":
    main()
