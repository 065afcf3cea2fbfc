"""Rows with the facts that tests seldom care about filled in."""

from scheduler.core.extensions import db
from scheduler.models import (
    Category,
    Community,
    Confirmation,
    Course,
    CourseWindow,
    Feature,
    Level,
    PlaceSource,
    Room,
    RoomWindow,
    Section,
    SectionLearners,
    Subject,
    TargetGroup,
    Teacher,
    TeacherKind,
    TeacherWindow,
    Term,
    Unit,
    Venue,
    VenueKind,
)


def unit_rows() -> tuple[Unit, Unit, Unit, Unit]:
    """A city, its district and two streets."""
    city = Unit(code="330200", name="宁波市", level=Level.CITY, path="330200/")
    district = Unit(code="330213", name="奉化区", level=Level.COUNTY, path="330200/330213/", parent=city)
    streets = [
        Unit(code=code, name=name, level=Level.STREET, path=f"330200/330213/{code}/", parent=district)
        for code, name in (("330213001", "锦屏街道"), ("330213002", "岳林街道"))
    ]
    db.session.add_all([city, district, *streets])
    return city, district, streets[0], streets[1]


def community_row(unit: Unit, code: str, name: str, latitude: float, longitude: float) -> Community:
    """A community of 2,000 people at an assumed place."""
    community = Community(
        unit=unit,
        code=code,
        name=name,
        population=2000,
        latitude=latitude,
        longitude=longitude,
        place_source=PlaceSource.ASSUMED,
    )
    db.session.add(community)
    return community


def venue_row(unit: Unit, kind: VenueKind, name: str, latitude: float, longitude: float) -> Venue:
    """A venue at an assumed place whose manager answers."""
    venue = Venue(
        unit=unit,
        kind=kind,
        name=name,
        latitude=latitude,
        longitude=longitude,
        place_source=PlaceSource.ASSUMED,
        confirmation=Confirmation.MANAGER,
        assumed=True,
    )
    db.session.add(venue)
    return venue


def room_row(venue: Venue, name: str, capacity: int, features: list[Feature]) -> Room:
    """A room that is open from 8:30 to 21:00 every day."""
    room = Room(venue=venue, name=name, capacity=capacity, turnaround_minutes=10, features=features)
    room.windows = [RoomWindow(weekday=day, start_minute=510, end_minute=1260) for day in range(7)]
    db.session.add(room)
    return room


def subject_row(code: str, chinese: str, english: str, category: Category) -> Subject:
    """A subject."""
    subject = Subject(code=code, name_zh=chinese, name_en=english, category=category)
    db.session.add(subject)
    return subject


def teacher_row(
    unit: Unit, name: str, kind: TeacherKind, subjects: list[Subject], latitude: float, longitude: float
) -> Teacher:
    """A teacher who can teach from 8:30 to 21:00 every day."""
    teacher = Teacher(
        unit=unit,
        name=name,
        kind=kind,
        subjects=subjects,
        latitude=latitude,
        longitude=longitude,
        max_day=3,
        max_week=6,
        wanted_week=4,
        fee=100,
        reach_metres=20_000,
        place_source=PlaceSource.ASSUMED,
    )
    teacher.windows = [TeacherWindow(weekday=day, start_minute=510, end_minute=1260) for day in range(7)]
    db.session.add(teacher)
    return teacher


def course_row(chinese: str, english: str, subject: Subject, needs: list[Feature]) -> Course:
    """A course of ten sessions of 90 minutes for the elderly, on weekday mornings and afternoons."""
    course = Course(
        title_zh=chinese,
        title_en=english,
        subject=subject,
        target_group=TargetGroup.ELDERLY,
        minutes=90,
        sessions=10,
        needs=needs,
        reach_metres=9000,
    )
    course.windows = [
        CourseWindow(weekday=day, start_minute=start, end_minute=end, cost=0)
        for day in range(5)
        for start, end in ((510, 690), (840, 1020))
    ]
    db.session.add(course)
    return course


def section_row(term: Term, course: Course, unit: Unit, name: str, learners: dict[Community, int]) -> Section:
    """A section for learners of some communities."""
    section = Section(term=term, course=course, unit=unit, name=name, reach_metres=course.reach_metres)
    section.learners = [SectionLearners(community=community, people=people) for community, people in learners.items()]
    db.session.add(section)
    return section
