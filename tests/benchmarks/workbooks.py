"""How long large workbooks take: preview, taking over and undo, for each register and each kind of row.

``python -m tests.benchmarks.workbooks --rows 5000`` prints a table, in seconds of the processor, measured on the
demonstration term in a SQLite database of its own. For each register a workbook of new rows is taken over; then the
same rows come once more, unchanged; then with one cell of each row changed; at last both are undone.
"""

import argparse
import resource
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from flask_migrate import upgrade

from scheduler.app import create_app
from scheduler.core.config import Settings
from scheduler.core.extensions import db
from scheduler.demonstration import operations as demonstration
from scheduler.demonstration.accounts import PASSWORD
from scheduler.models import Community, Course, Demand, DemandSource, RowState, Term, Unit, Venue
from tests.client import PageClient, SeparateClient
from tests.workbooks import apply, counts, messages, newest, undo, upload, write

Cells = dict[str, Any]
PLACE = {"Latitude": 29.65, "Longitude": 121.4}
HOME = {"Latitude of their home": 29.65, "Longitude of their home": 121.4}
HOURS = "周一至周五 08:30-11:30, 14:00-17:00；周六 09:00-12:00"


@dataclass(frozen=True)
class District:
    """What rows may refer to."""

    term: Term
    communities: list[Community]
    courses: list[Course]
    units: list[Unit]
    venues: list[Venue]

    def wishes(self, kind: type[Demand] | type[DemandSource]) -> Iterator[Cells]:
        """Courses and communities that have no such entry yet."""
        known = {tuple(pair) for pair in db.session.execute(db.select(kind.course_id, kind.community_id))}
        for course, community in product(self.courses, self.communities):
            if (course.id, community.id) not in known:
                yield {"Course": course.title_zh, "Community": community.code, "People": 20}


def venues(district: District, number: int) -> Cells:
    """A library."""
    unit = district.units[number % len(district.units)]
    return {"Name": f"新馆 {number}", "Kind": "library", "Belongs to": unit.code, **PLACE}


def rooms(district: District, number: int) -> Cells:
    """A room with its hours."""
    venue = district.venues[number % len(district.venues)]
    return {"Venue": f"#{venue.id}", "Name": f"新教室 {number}", "Seats": 30, "Opening hours": HOURS}


def teachers(district: District, number: int) -> Cells:
    """A volunteer with her hours."""
    return {
        "Name": f"志愿教师 {number}", "Belongs to": district.units[number % len(district.units)].code,
        "Serves": "volunteer", "Subjects": district.courses[number % len(district.courses)].subject_code, **HOME,
        "Hours in which they can teach": HOURS,
    }


def courses(district: District, number: int) -> Cells:
    """A course for everyone."""
    return {
        "Title in Chinese": f"新课程 {number}", "Title in English": f"New course {number}",
        "Subject": district.courses[number % len(district.courses)].subject_code, "For whom": "everyone",
        "Best hours": HOURS,
    }


def sections(district: District, number: int) -> Cells:
    """A section with learners of two communities."""
    known = district.communities
    return {
        "Name": f"新班 {number}", "Course": district.courses[number % len(district.courses)].title_zh,
        "Unit": district.units[number % len(district.units)].code,
        "Learners": f"{known[number % 300].code} 12；{known[300 + number % 7].code} 8",
    }


def numbered(make: Callable[[District, int], Cells]) -> Callable[[District, int], list[Cells]]:
    """As many rows as are wanted."""
    return lambda district, rows: [make(district, number) for number in range(rows)]


REGISTERS: dict[str, tuple[Callable[[District, int], list[Cells]], Cells]] = {
    "venues": (numbered(venues), {"Telephone": "0574-1"}),
    "rooms": (numbered(rooms), {"Seats": 31}),
    "teachers": (numbered(teachers), {"Sessions a week at most": 5}),
    "courses": (numbered(courses), {"Sessions in all": 10}),
    "demand_sources": (
        lambda district, rows: [{"Source": "survey", **wish} for wish, _ in zip(
            district.wishes(DemandSource), range(rows), strict=False)],
        {"People": 21},
    ),
    "demand": (
        lambda district, rows: [wish for wish, _ in zip(district.wishes(Demand), range(rows), strict=False)],
        {"People": 21},
    ),
    "sections": (numbered(sections), {"May begin up to week": 3}),
}
"""The rows of each register, and the cell that is changed in each of them."""


def processor() -> float:
    """Seconds of the processor that this process and those it started have used."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def timed(work: Callable[[], object]) -> float:
    """Seconds of the processor that it takes."""
    start = processor()
    work()
    return processor() - start


def take_over(client: PageClient) -> None:
    """Take the newest workbook over."""
    page = apply(client)
    assert "taken over." in page.text, page.text


def measure(client: PageClient, name: str, district: District, rows: int) -> None:
    """New rows, the same unchanged, the same changed, and back again."""
    belongs = name in {"demand", "demand_sources", "sections"}
    url = f"/desk/terms/{district.term.id}/excel/{name}" if belongs else f"/desk/excel/{name}"
    make, change = REGISTERS[name]
    lines = make(district, rows)

    def preview(state: RowState, changed: Cells | None = None) -> float:
        cells = [{**known, **(changed or {})} for known in lines]
        content = write({"Sheet": [list(cells[0]), *(list(row.values()) for row in cells)]})
        seconds = timed(lambda: upload(client, url, content))
        assert counts() == {state: rows}, (counts(), messages()[:2])
        return seconds

    seen, taken = preview(RowState.NEW), timed(lambda: take_over(client))
    new = newest().id
    say(name, "unchanged", rows, preview(RowState.UNCHANGED))
    say(name, "changed", rows, preview(RowState.CHANGED, change), timed(lambda: take_over(client)),
        timed(lambda: undo(client)))
    say(name, "new", rows, seen, taken, timed(lambda: client.post(f"/desk/imports/{new}/undo")))


def say(*cells: object) -> None:
    """A row of the table."""
    texts = (f"{cell:.1f}" if isinstance(cell, float) else f"{cell}" for cell in cells)
    print(f"| {' | '.join(texts)} |", flush=True)


def main() -> None:
    """Measure every register, or those named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("registers", nargs="*", default=[], help="all when none is named")
    parser.add_argument("--rows", type=int, default=5000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'benchmark.sqlite3'}"
        app = create_app(Settings(instance=Path(folder), database_url=url, secret_key="x", rate_limits=False))
        app.config["WTF_CSRF_ENABLED"], app.test_client_class = False, SeparateClient
        with app.app_context():
            upgrade()
            term = demonstration.load()
            db.session.commit()
            client = PageClient(app.test_client())
            client.client.post("/sign-in", data={"username": "coordinator", "password": PASSWORD})
            _measure_all(client, term, options.rows, options.registers or list(REGISTERS))


def _measure_all(client: PageClient, term: Term, rows: int, registers: list[str]) -> None:
    of_term = Unit.path.startswith(term.unit.path)
    district = District(
        term,
        list(db.session.scalars(db.select(Community).order_by(Community.code))),
        list(db.session.scalars(db.select(Course).where(~Course.for_activity).order_by(Course.id))),
        list(db.session.scalars(db.select(Unit).where(of_term).order_by(Unit.code))),
        list(db.session.scalars(db.select(Venue).join(Venue.unit).where(of_term).order_by(Venue.id))),
    )
    export = timed(lambda: client.download(f"/desk/terms/{term.id}/excel/term.xlsx"))
    print(f"Export of the term: {export:.1f} s\n")
    say("register", "rows are", "rows", "preview", "taking over", "undo")
    say("---", "---", "---:", "---:", "---:", "---:")
    for name in registers:
        measure(client, name, district, rows)


if __name__ == "__main__":
    main()
