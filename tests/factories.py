"""A small but complete town for tests, built in the database."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask import Flask

from scheduler.core.database import Base
from scheduler.core.extensions import db
from scheduler.domain.cost_weights import DEFAULT_WEIGHTS
from scheduler.features.registers.accounts import operations as accounts
from scheduler.models import (
    BookedSession,
    Booking,
    Budget,
    Category,
    Community,
    Confirmation,
    Course,
    Feature,
    Meeting,
    Placement,
    Plan,
    PlanStatus,
    Role,
    Room,
    Section,
    Teacher,
    TeacherKind,
    Term,
    Unit,
    User,
    Venue,
    VenueKind,
)
from tests import rows
from tests.client import PageClient

PASSWORD = "a password for tests"


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

    def rows(self) -> list[Base]:
        """All of them, in one list."""
        single = [value for value in vars(self).values() if isinstance(value, Base)]
        return [*single, *self.communities, *self.sections, *self.users.values()]


def build_town() -> Town:
    """City, district, two streets, four communities, two venues, three sections and a user of each role."""
    city, district, street, other_street = rows.unit_rows()
    communities = [
        rows.community_row(street, "330213001001", "东门社区", 29.655, 121.405),
        rows.community_row(street, "330213001002", "西溪社区", 29.660, 121.400),
        rows.community_row(other_street, "330213002001", "大成村", 29.700, 121.450),
        rows.community_row(other_street, "330213002002", "金钟村", 29.702, 121.455),
    ]
    wifi = Feature(code="wifi", name_zh="无线网络", name_en="Wi-Fi")
    mirror = Feature(code="mirror", name_zh="镜面墙", name_en="mirror wall")
    db.session.add_all([wifi, mirror])
    library = rows.venue_row(street, VenueKind.LIBRARY, "奉化区图书馆", 29.656, 121.404)
    station = rows.venue_row(other_street, VenueKind.CULTURE_STATION, "岳林街道文化站", 29.701, 121.452)
    station.confirmation = Confirmation.AUTOMATIC
    reading_room = rows.room_row(library, "阅览室", 40, [wifi])
    hall = rows.room_row(station, "排练厅", 50, [mirror, wifi])
    writing = rows.subject_row("calligraphy", "书法", "Calligraphy", Category.ARTS)
    dancing = rows.subject_row("dance", "舞蹈", "Dance", Category.DANCE)
    teacher = rows.teacher_row(street, "书法教师 1", TeacherKind.PART_TIME, [writing], 29.654, 121.406)
    volunteer = rows.teacher_row(
        other_street, "舞蹈志愿者 1", TeacherKind.VOLUNTEER, [dancing, writing], 29.700, 121.450
    )
    course = rows.course_row("书法入门", "Calligraphy for beginners", writing, [])
    dance = rows.course_row("广场舞", "Square dance", dancing, [mirror])
    term = _term(district, street)
    sections = [
        rows.section_row(term, course, street, "锦屏街道·书法 1 班", {communities[0]: 12, communities[1]: 8}),
        rows.section_row(term, course, other_street, "岳林街道·书法 1 班", {communities[2]: 15}),
        rows.section_row(term, dance, other_street, "岳林街道·广场舞 1 班", {communities[2]: 10, communities[3]: 20}),
    ]
    db.session.flush()
    users = _users(district, street, library, teacher)
    return Town(
        city, district, street, other_street, communities, library, station, reading_room, hall, teacher, volunteer,
        course, dance, term, sections, users,
    )


def _term(district: Unit, street: Unit) -> Term:
    term = Term(
        unit=district, name="2027 年春季学期", first_day=date(2027, 3, 1), weeks=16, weights=dict(DEFAULT_WEIGHTS)
    )
    term.budgets.append(Budget(unit=street, yuan=50_000))
    db.session.add(term)
    return term


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
        reasons={str(town.sections[1].id): {"code": "no teacher", "parameters": ["subject", "3"]}},
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
        end = meeting.start_minute + placement.section.minutes
        booking.sessions = [
            BookedSession(
                room_id=placement.room.id,
                date=first + timedelta(weeks=week),
                start_minute=meeting.start_minute,
                end_minute=end,
                free_minute=end + placement.room.turnaround_minutes,
            )
            for week in range(placement.section.sessions)
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
