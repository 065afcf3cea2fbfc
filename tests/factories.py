"""A small but complete town for tests, built in the database."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask import Flask

from scheduler.accounts import operations as accounts
from scheduler.extensions import db
from scheduler.models import (
    BookedSession,
    Booking,
    Budget,
    Category,
    Community,
    Confirmation,
    Course,
    CourseWindow,
    Feature,
    Level,
    Meeting,
    Placement,
    PlaceSource,
    Plan,
    PlanStatus,
    Role,
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
    User,
    Venue,
    VenueKind,
)
from tests.client import PageClient

PASSWORD = "a password for tests"
WEIGHTS = {
    "unplaced": 30,
    "lost": 20,
    "distance": 1,
    "teacher_distance": 1,
    "money": 1,
    "time": 1,
    "clash": 20,
    "uncovered": 150,
    "overwork": 4,
    "moved_time": 6,
    "moved_room": 2,
    "moved_teacher": 3,
}


@dataclass
class Town:
    """What build_town made, by name."""

    city: Unit
    district: Unit
    street: Unit
    other_street: Unit
    communities: list[Community]
    library: Venue
    station: Venue
    reading_room: Room
    hall: Room
    teacher: Teacher
    volunteer: Teacher
    course: Course
    dance: Course
    term: Term
    sections: list[Section]
    users: dict[str, User]


def build_town() -> Town:
    """City, district, two streets, four communities, two venues, three sections and a user of each role."""
    city, district, street, other_street = _units()
    communities = [
        _community(street, "330213001001", "东门社区", 29.655, 121.405),
        _community(street, "330213001002", "西溪社区", 29.660, 121.400),
        _community(other_street, "330213002001", "大成村", 29.700, 121.450),
        _community(other_street, "330213002002", "金钟村", 29.702, 121.455),
    ]
    wifi, mirror = (
        Feature(code="wifi", name_zh="无线网络", name_en="Wi-Fi"),
        Feature(code="mirror", name_zh="镜面墙", name_en="mirror wall"),
    )
    db.session.add_all([wifi, mirror])
    library = _venue(street, VenueKind.LIBRARY, "奉化区图书馆", 29.656, 121.404)
    station = _venue(other_street, VenueKind.CULTURE_STATION, "岳林街道文化站", 29.701, 121.452)
    station.confirmation = Confirmation.AUTOMATIC
    reading_room, hall = _room(library, "阅览室", 40, [wifi]), _room(station, "排练厅", 50, [mirror, wifi])
    calligraphy, dancing = (
        _subject("calligraphy", "书法", "Calligraphy", Category.ARTS),
        _subject("dance", "舞蹈", "Dance", Category.DANCE),
    )
    teacher = _teacher(street, "书法教师 1", TeacherKind.PART_TIME, [calligraphy], 29.654, 121.406)
    volunteer = _teacher(other_street, "舞蹈志愿者 1", TeacherKind.VOLUNTEER, [dancing, calligraphy], 29.700, 121.450)
    course, dance = (
        _course("书法入门", "Calligraphy for beginners", calligraphy, []),
        _course("广场舞", "Square dance", dancing, [mirror]),
    )
    term = Term(unit=district, name="2027 年春季学期", first_day=date(2027, 3, 1), weeks=16, weights=WEIGHTS)
    term.budgets.append(Budget(unit=street, yuan=50_000))
    db.session.add(term)
    sections = [
        _section(term, course, street, "锦屏街道·书法 1 班", {communities[0]: 12, communities[1]: 8}),
        _section(term, course, other_street, "岳林街道·书法 1 班", {communities[2]: 15}),
        _section(term, dance, other_street, "岳林街道·广场舞 1 班", {communities[2]: 10, communities[3]: 20}),
    ]
    db.session.flush()
    users = _users(district, street, library, teacher)
    return Town(
        city,
        district,
        street,
        other_street,
        communities,
        library,
        station,
        reading_room,
        hall,
        teacher,
        volunteer,
        course,
        dance,
        term,
        sections,
        users,
    )


def _units() -> tuple[Unit, Unit, Unit, Unit]:
    city = Unit(code="330200", name="宁波市", level=Level.CITY, path="330200/")
    district = Unit(code="330213", name="奉化区", level=Level.COUNTY, path="330200/330213/", parent=city)
    streets = [
        Unit(code=code, name=name, level=Level.STREET, path=f"330200/330213/{code}/", parent=district)
        for code, name in (("330213001", "锦屏街道"), ("330213002", "岳林街道"))
    ]
    db.session.add_all([city, district, *streets])
    return city, district, streets[0], streets[1]


def _community(unit: Unit, code: str, name: str, latitude: float, longitude: float) -> Community:
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


def _venue(unit: Unit, kind: VenueKind, name: str, latitude: float, longitude: float) -> Venue:
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


def _room(venue: Venue, name: str, capacity: int, features: list[Feature]) -> Room:
    room = Room(venue=venue, name=name, capacity=capacity, turnaround_minutes=10, features=features)
    room.windows = [RoomWindow(weekday=day, start_minute=510, end_minute=1260) for day in range(7)]
    db.session.add(room)
    return room


def _subject(code: str, chinese: str, english: str, category: Category) -> Subject:
    subject = Subject(code=code, name_zh=chinese, name_en=english, category=category)
    db.session.add(subject)
    return subject


def _teacher(
    unit: Unit, name: str, kind: TeacherKind, subjects: list[Subject], latitude: float, longitude: float
) -> Teacher:
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


def _course(chinese: str, english: str, subject: Subject, needs: list[Feature]) -> Course:
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


def _section(term: Term, course: Course, unit: Unit, name: str, learners: dict[Community, int]) -> Section:
    section = Section(term=term, course=course, unit=unit, name=name, reach_metres=course.reach_metres)
    section.learners = [SectionLearners(community=community, people=people) for community, people in learners.items()]
    db.session.add(section)
    return section


def _users(district: Unit, street: Unit, library: Venue, teacher: Teacher) -> dict[str, User]:
    names = ("administrator", "coordinator", "street", "library", "teacher", "resident")
    users = {name: accounts.create_user(name, name.capitalize(), PASSWORD) for name in names}
    accounts.grant(users["administrator"], Role.ADMINISTRATOR)
    accounts.grant(users["coordinator"], Role.COORDINATOR, unit_id=district.id)
    accounts.grant(users["street"], Role.COORDINATOR, unit_id=street.id)
    accounts.grant(users["library"], Role.VENUE_MANAGER, venue_id=library.id)
    accounts.grant(users["teacher"], Role.TEACHER, teacher_id=teacher.id)
    accounts.grant(users["resident"], Role.RESIDENT)
    return users


def build_plan(town: Town, status: PlanStatus = PlanStatus.PUBLISHED) -> Plan:
    """A plan of two sections, the third unplaced.

    Calligraphy meets in the reading room on Tuesdays at 9:00 from week 1, dance in the hall on Thursdays at 14:00 from
    week 2.
    """
    plan = Plan(
        term=town.term,
        name="方案 1",
        status=status,
        total=1200,
        bound=900,
        cost={"unplaced": 1100, "distance": 100},
        reasons={str(town.sections[1].id): {"code": "no_teacher_in_reach", "parameters": []}},
    )
    plan.placements = [
        Placement(
            section=town.sections[0],
            week=1,
            room=town.reading_room,
            teacher=town.teacher,
            meetings=[Meeting(weekday=1, start_minute=540)],
        ),
        Placement(
            section=town.sections[2],
            week=2,
            room=town.hall,
            teacher=town.volunteer,
            meetings=[Meeting(weekday=3, start_minute=840)],
        ),
    ]
    db.session.add(plan)
    db.session.flush()
    return plan


def build_bookings(plan: Plan) -> list[Booking]:
    """A requested booking for each placement, in their order; ten weekly sessions, as the term has no days off."""
    bookings = []
    for placement in plan.placements:
        booking = Booking(plan=plan, section=placement.section, room=placement.room)
        meeting = placement.meetings[0]
        first = plan.term.first_day + timedelta(weeks=placement.week - 1, days=meeting.weekday)
        end = meeting.start_minute + placement.section.course.minutes
        booking.sessions = [
            BookedSession(
                room_id=placement.room.id,
                date=first + timedelta(weeks=week),
                start_minute=meeting.start_minute,
                end_minute=end,
                free_minute=end + placement.room.turnaround_minutes,
            )
            for week in range(placement.section.course.sessions)
        ]
        bookings.append(booking)
    db.session.add_all(bookings)
    db.session.flush()
    return bookings


def sign_in_as(app: Flask, username: str, language: str = "en") -> PageClient:
    """A client signed in through the sign-in page."""
    client = PageClient(app.test_client(), language)
    response = client.client.post("/sign-in", data={"username": username, "password": PASSWORD})
    assert response.status_code == 303, response.text[:500]
    return client
