"""A saved county as rows of a database, with a plan made in a few seconds."""

from collections.abc import Iterable
from math import cos, radians

import solver
from scheduler.core.extensions import db
from scheduler.engine.documents.drafts import save_draft
from scheduler.engine.documents.snapshot import term_document
from scheduler.features.registers.accounts import operations as accounts
from scheduler.maps.geography import METRES_PER_DEGREE_OF_LATITUDE, METRES_PER_DEGREE_OF_LONGITUDE
from scheduler.models import (
    Budget,
    CalendarDay,
    Category,
    Community,
    Course,
    CourseWindow,
    DayKind,
    Feature,
    Level,
    PlaceSource,
    Plan,
    Role,
    Room,
    RoomClosure,
    RoomWindow,
    Section,
    SectionLearners,
    SharedLearners,
    Subject,
    TargetGroup,
    Teacher,
    TeacherAbsence,
    TeacherKind,
    TeacherWindow,
    Term,
    Unit,
    Venue,
    VenueKind,
)
from solver.problem import term as document
from tests.factories import PASSWORD
from tests.rows import community_row, subject_row, venue_row

MIDDLE = 30.0, 108.0
KINDS = {kind.value.replace("_", "-"): kind for kind in TeacherKind}
SEARCH = solver.Settings(seconds=8, workers=1)


def degrees(place: document.Community | document.Venue | document.Teacher) -> tuple[float, float]:
    """Latitude and longitude of a place on a plane."""
    east = METRES_PER_DEGREE_OF_LONGITUDE * cos(radians(MIDDLE[0]))
    return MIDDLE[0] + place.y / METRES_PER_DEGREE_OF_LATITUDE, MIDDLE[1] + place.x / east


def build_county(county: solver.Term) -> Plan:
    """All rows of a term, a coordinator named ``coordinator``, and a draft that places nearly everything."""
    units = _units(county.units)
    district = next(unit for unit in units.values() if unit.level is Level.COUNTY)
    term = Term(
        unit=district, name="2027", first_day=county.calendar.first_day, weeks=county.calendar.weeks,
        weights={name: getattr(county.weights, name) for name in county.weights.__struct_fields__},
    )
    term.days = [CalendarDay(date=day, kind=DayKind.OFF, name="off") for day in county.calendar.closed]
    term.budgets = [Budget(unit=units[u.id], yuan=u.budget) for u in county.units if u.budget is not None]
    features = {name: Feature(code=name, name_zh=name, name_en=name) for room in county.rooms for name in room.features}
    subjects = {name: subject_row(name, name, name, Category.ARTS) for name in {s.subject for s in county.sections}
                | {name for teacher in county.teachers for name in teacher.subjects}}
    communities = {
        one.id: community_row(units[one.unit or ""], one.id, one.name or one.id, *degrees(one))
        for one in county.communities
    }
    db.session.add_all([term, *features.values()])
    _rooms(county, units, features)
    _teachers(county, units, subjects, district)
    _sections(county, term, units, features, communities)
    user = accounts.create_user("coordinator", "Coordinator", PASSWORD)
    accounts.grant(user, Role.COORDINATOR, unit_id=district.id)
    db.session.commit()
    read = term_document(term)
    found = solver.solve(read, SEARCH).plan
    assert found is not None
    return save_draft(term, read, found, unplaced={})


def _units(units: Iterable[document.Unit]) -> dict[str, Unit]:
    found: dict[str, Unit] = {}
    for unit in units:
        parent = found.get(unit.parent or "")
        path = f"{parent.path if parent else ''}{unit.id}/"
        found[unit.id] = Unit(code=unit.id, name=unit.name, level=Level(unit.level), path=path, parent=parent)
    db.session.add_all(found.values())
    db.session.flush()
    return found


def _rooms(county: solver.Term, units: dict[str, Unit], features: dict[str, Feature]) -> dict[str, Venue]:
    venues = {
        one.id: venue_row(units[one.unit or ""], VenueKind.OTHER, f"venue {one.id}", *degrees(one))
        for one in county.venues
    }
    for room in county.rooms:
        row = Room(
            venue=venues[room.venue], name=f"room {room.id}", capacity=room.capacity, fee=room.fee,
            turnaround_minutes=room.turnaround, features=[features[name] for name in room.features],
        )
        row.windows = [RoomWindow(weekday=day, start_minute=start, end_minute=end) for day, start, end in room.open]
        row.closures = [RoomClosure(date=day) for day in sorted(set(room.closed))]
        db.session.add(row)
    return venues


def _teachers(county: solver.Term, units: dict[str, Unit], subjects: dict[str, Subject], district: Unit) -> None:
    homes = {(one.x, one.y): units[one.unit or ""] for one in county.communities}
    for one in county.teachers:
        latitude, longitude = degrees(one)
        nearest = min(homes, key=lambda home: abs(home[0] - one.x) + abs(home[1] - one.y))
        row = Teacher(
            unit=homes[nearest], name=f"teacher {one.id}", kind=KINDS.get(one.kind, TeacherKind.PART_TIME),
            subjects=[subjects[name] for name in one.subjects], latitude=latitude, longitude=longitude,
            max_day=one.max_day, max_week=one.max_week, wanted_week=one.wanted_week, fee=one.fee,
            reach_metres=one.max_metres, place_source=PlaceSource.ASSUMED,
        )
        row.windows = [TeacherWindow(weekday=day, start_minute=at, end_minute=end) for day, at, end in one.available]
        row.absences = [TeacherAbsence(date=day) for day in sorted(set(one.absent))]
        db.session.add(row)


def _sections(
    county: solver.Term, term: Term, units: dict[str, Unit], features: dict[str, Feature],
    communities: dict[str, Community],
) -> None:
    courses: dict[object, Course] = {}
    rows: dict[str, Section] = {}
    for one in county.sections:
        kind = one.subject, one.minutes, one.sessions, one.per_week, one.day_gap, one.windows, one.needs, one.every
        if kind not in courses:
            courses[kind] = _course(one, len(courses), features)
        rows[one.id] = Section(
            term=term, course=courses[kind], unit=units[one.unit], name=f"section {one.id}", priority=one.priority,
            earliest_week=one.first_weeks[0], latest_week=one.first_weeks[1], reach_metres=one.max_metres,
            learners=[SectionLearners(community=communities[c], people=people) for c, people in one.learners.items()],
        )
    db.session.add_all(rows.values())
    db.session.flush()
    for first, second, people in county.shared:
        ids = sorted((rows[first].id, rows[second].id))
        db.session.add(SharedLearners(first_id=ids[0], second_id=ids[1], people=people))


def _course(one: document.Section, number: int, features: dict[str, Feature]) -> Course:
    course = Course(
        title_zh=f"{one.subject} {number}", title_en=f"{one.subject} {number}", subject_code=one.subject,
        target_group=TargetGroup.EVERYONE, minutes=one.minutes, sessions=one.sessions, per_week=one.per_week,
        every_weeks=one.every, day_gap=one.day_gap, reach_metres=one.max_metres,
        needs=[features[name] for name in one.needs],
    )
    course.windows = [
        CourseWindow(weekday=day, start_minute=at, end_minute=end, cost=cost) for day, at, end, cost in one.windows
    ]
    return course
