"""What residents see, without an account."""

import json

import pytest

from scheduler.core.extensions import db
from scheduler.domain.publishing import calendar_feed
from scheduler.models import Booking, BookingStatus, CalendarDay, DayKind, PlanStatus, TargetGroup
from tests.client import Page, PageClient
from tests.factories import Town, build_bookings, build_plan


@pytest.fixture
def bookings(town: Town) -> list[Booking]:
    """The published plan's booking requests: calligraphy on Tuesdays at 9:00, dance on Thursdays at 14:00."""
    plan = build_plan(town)
    made = build_bookings(plan)
    calendar_feed.record_publication(plan)
    db.session.commit()
    return made


def courses(page: Page) -> list[str]:
    """Titles on the cards of all courses, in their order."""
    cards = page.elements("ul")
    last = [card for card in cards if card.get("class") == "session-cards"]
    if not last:
        return []
    return ["".join(heading.itertext()).strip() for heading in last[-1].iter("h3")]


def near(client: PageClient, code: str) -> None:
    client.post("/near", {"code": code})


def test_an_empty_portal_says_that_the_timetable_is_to_come(client: PageClient, town: Town) -> None:
    assert "No timetable yet" in client.get("/").text


def test_drafts_are_not_shown(client: PageClient, town: Town) -> None:
    build_plan(town, PlanStatus.DRAFT)
    db.session.commit()
    assert courses(client.get("/")) == []
    client.get(f"/courses/{town.sections[0].id}", status=404)


def test_the_first_sessions_come_first_when_none_is_held_this_week(client: PageClient, bookings: list[Booking]) -> None:
    text = client.get("/").text
    assert "Soon" in text and "Tue, Mar 2" in text and "Thu, Mar 11" not in text


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=dance", ["Square dance"]),
        ("q=广场", ["Square dance"]),
        ("q=图书馆", ["Calligraphy for beginners"]),
        ("for=elderly", ["Calligraphy for beginners", "Square dance"]),
        ("for=youth", []),
        ("category=arts", ["Calligraphy for beginners"]),
        ("day=3", ["Square dance"]),
        ("time=morning", ["Calligraphy for beginners"]),
        ("time=evening", []),
        ("day=1&time=afternoon", []),
        ("q=%25", []),
        ("day=9&for=aliens&within=-1&sort=x&page=0", ["Calligraphy for beginners", "Square dance"]),
    ],
)
def test_filters_find_what_fits(client: PageClient, bookings: list[Booking], query: str, expected: list[str]) -> None:
    page = client.get(f"/?{query}")
    assert courses(page) == expected
    assert ("Nothing fits all of this" in page.text) == (not expected)


def test_the_nearest_come_first_and_a_distance_can_be_set(client: PageClient, bookings: list[Booking]) -> None:
    near(client, "330213002001")
    page = client.get("/")
    assert courses(page) == ["Square dance", "Calligraphy for beginners"]
    assert "near 岳林街道 大成村" in page.text
    assert courses(client.get("/?sort=soonest")) == ["Calligraphy for beginners", "Square dance"]
    assert courses(client.get("/?within=1000")) == ["Square dance"]
    near(client, "")
    assert "Say where you live" in client.get("/").text


def test_a_place_is_found_by_name_by_street_and_by_position(client: PageClient, town: Town) -> None:
    assert "大成村" in client.get("/near?q=大成").text
    assert "金钟村" in client.get(f"/near?street={town.other_street.code}").text
    assert "No place found" in client.get("/near?q=nowhere").text
    page = client.post("/near/position", {"latitude": 29.7021, "longitude": 121.4551})
    assert "金钟村" in page.text
    for latitude, longitude in (("91", "0"), ("nan", "1"), ("x", "y"), ("-33.9", "151.2")):
        assert (
            "Choose one from the list"
            in client.post("/near/position", {"latitude": latitude, "longitude": longitude}).text
        )
    client.post("/near", {"code": "999"}, status=404)


def test_a_course_page_answers_when_where_who_and_for_whom(
    client: PageClient, bookings: list[Booking], town: Town
) -> None:
    near(client, "330213001001")
    page = client.get(f"/courses/{town.sections[0].id}")
    headings = ["".join(heading.itertext()).strip() for heading in page.elements("h2")]
    assert headings[:5] == ["When", "Where", "Who teaches", "For whom", "Keep it in my calendar"]
    for fact in (
        "Tuesday 09:00–10:30",
        "March 2, 2027 to May 4, 2027",
        "10 sessions",
        "奉化区图书馆",
        "书法教师 1",
        "part-time",
        "20 people of 东门社区, 西溪社区",
        "awaiting the venue",
        "min on foot",
        "Places are assumed.",
    ):
        assert fact in page.text, fact
    data = json.loads(next(e.text for e in page.elements("script") if e.get("type") == "application/ld+json"))
    assert data["@type"] == "Course"
    assert data["hasCourseInstance"][0]["subEvent"][0]["startDate"] == "2027-03-02T09:00:00+08:00"


def test_answers_of_the_venue_show_in_words(client: PageClient, bookings: list[Booking], town: Town) -> None:
    bookings[0].status = BookingStatus.CONFIRMED
    bookings[1].status, bookings[1].reason = BookingStatus.DECLINED, "building works"
    for session in bookings[1].sessions:
        session.holds = False
    db.session.commit()
    text = client.get("/").text
    assert "venue confirmed" in text and "being rearranged" in text and "hours not certain" in text
    page = client.get(f"/courses/{town.sections[2].id}")
    assert "14:00" not in page.text and "being rearranged" in page.text and "building works" not in page.text


def test_what_was_shown_before_is_forgotten_when_something_changes(
    client: PageClient, bookings: list[Booking], town: Town
) -> None:
    assert "Tue, Mar 2" in client.get("/").text
    assert courses(client.get("/?for=elderly")) == ["Calligraphy for beginners", "Square dance"]
    bookings[0].status, bookings[0].reason = BookingStatus.DECLINED, "building works"
    for session in bookings[0].sessions:
        session.holds = False
    db.session.commit()
    text = client.get("/").text
    assert "Tue, Mar 2" not in text and "Thu, Mar 11" in text
    assert courses(client.get("/?for=elderly")) == ["Square dance", "Calligraphy for beginners"], "what stands is first"
    town.sections[2].course.target_group = TargetGroup.YOUTH
    db.session.commit()
    assert courses(client.get("/?for=elderly")) == ["Calligraphy for beginners"]
    bookings[0].plan.status = PlanStatus.SUPERSEDED
    db.session.commit()
    assert courses(client.get("/?for=elderly")) == courses(client.get("/")) == []


def test_days_off_are_explained(client: PageClient, bookings: list[Booking], town: Town) -> None:
    town.term.days.append(
        CalendarDay(date=town.term.first_day.replace(month=5, day=1), kind=DayKind.OFF, name="劳动节")
    )
    db.session.commit()
    assert "Nothing is held on days off: May 1 Labour Day" in client.get(f"/courses/{town.sections[0].id}").text


def test_structured_data_cannot_close_its_script(client: PageClient, bookings: list[Booking], town: Town) -> None:
    town.library.name = "</script><b>图书馆"
    db.session.commit()
    response = client.download(f"/courses/{town.sections[0].id}")
    assert "</script><b>" not in response.text


def test_the_portal_speaks_chinese_by_default(app: object, bookings: list[Booking]) -> None:
    page = PageClient(app.test_client(), "fr").get("/")  # type: ignore[attr-defined]
    assert page.elements("html")[0].get("lang") == "zh-CN"
    assert courses(page) == ["书法入门", "广场舞"]
