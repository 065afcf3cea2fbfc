"""Timetables and posters as PDF: what stands in them, on which paper, in which font."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from pypdf import PageObject, PdfReader

from scheduler.app import create_app
from scheduler.core.clock import monday_of, today
from scheduler.core.config import Settings
from scheduler.core.extensions import db
from scheduler.models import Booking, BookingStatus, Meeting, Placement, Plan, PlanStatus, Term
from scheduler.web import pdf
from scheduler.web.pdf import PrintingError
from tests import rows
from tests.client import PageClient, SeparateClient
from tests.factories import Town, build_bookings, build_plan, sign_in_as

A3, A4, A4_ACROSS = (842, 1191), (595, 842), (842, 595)
MARKUP = r"书法 #x $y$ *z* [a] \b _c_ <d> @e `f` ~g // h"


@pytest.fixture
def plan(town: Town) -> Plan:
    """A published plan of a term that begins next week, with its requests."""
    town.term.first_day = monday_of(today()) + timedelta(weeks=1)
    plan = build_plan(town)
    build_bookings(plan)
    db.session.commit()
    return plan


def read(client: PageClient, url: str) -> PdfReader:
    response = client.download(url)
    assert response.mimetype == "application/pdf"
    return PdfReader(io.BytesIO(response.data))


def text_of(reader: PdfReader) -> str:
    """All text, without the ends of lines, which may fall anywhere between Chinese letters."""
    return "".join(page.extract_text() for page in reader.pages).replace("\n", "")


def size_of(page: PageObject) -> tuple[int, int]:
    return round(page.mediabox.width), round(page.mediabox.height)


def fonts_of(reader: PdfReader) -> dict[str, bool]:
    """The fonts by name, and whether each is part of the file."""
    embedded = {}
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            described = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            embedded[described["/FontName"]] = any(key in described for key in ("/FontFile2", "/FontFile3"))
    return embedded


def sheets(town: Town, query: str) -> str:
    return f"/desk/terms/{town.term.id}/timetable/sheets.pdf?{query}"


def test_a_poster_tells_residents_what_is_held_near_them(client: PageClient, plan: Plan, town: Town) -> None:
    reader = read(client, f"/posters/community/{town.communities[0].id}.pdf?lang=zh_CN")
    text = text_of(reader)
    assert [size_of(page) for page in reader.pages] == [A3]
    for word in (
        "东门社区附近的课程",
        "2027 年春季学期",
        "星期二",
        "09:00–10:30",
        "书法入门",
        "奉化区图书馆",
        "步行 3 分钟",
        "待场馆确认",
    ):
        assert word in text
    assert "广场舞" not in text, "it is 8 km away and for others"
    fonts = fonts_of(reader)
    assert len(fonts) == 2 and all("NotoSansSC" in name and embedded for name, embedded in fonts.items())


def test_a_poster_speaks_the_language_of_its_address(client: PageClient, plan: Plan, town: Town) -> None:
    url = f"/posters/community/{town.communities[0].id}.pdf"
    assert "Calligraphy for beginners" in text_of(read(client, f"{url}?lang=en"))
    assert "书法入门" in text_of(read(client, f"{url}?lang=zh_CN"))
    assert "Calligraphy for beginners" in text_of(read(client, url)), "the visitor's own language"


def test_a_poster_of_two_terms_names_that_of_each_course(client: PageClient, plan: Plan, town: Town) -> None:
    first_day = town.term.first_day + timedelta(weeks=2)
    summer = Term(unit=town.district, name="夏季学期", first_day=first_day, weeks=8, weights={})
    section = rows.section_row(summer, town.dance, town.street, "岳林街道·广场舞 夏", {town.communities[0]: 20})
    later = Plan(term=summer, name="2", status=PlanStatus.PUBLISHED, total=0, cost={})
    later.placements = [Placement(
        section=section, week=1, room=town.hall, teacher=town.volunteer, meetings=[Meeting(weekday=4, start_minute=540)]
    )]
    db.session.add(later)
    build_bookings(later)
    db.session.commit()
    text = text_of(read(client, f"/posters/community/{town.communities[0].id}.pdf"))
    assert text.count(summer.title) == 2 and text.count(town.term.title) >= 2
    page = client.get("/").text
    assert summer.title in page and town.term.title in page


def test_people_find_their_own_courses_however_far_they_are(client: PageClient, plan: Plan, town: Town) -> None:
    text = text_of(read(client, f"/posters/community/{town.communities[3].id}.pdf?lang=en"))
    assert "Square dance" in text and "Calligraphy" not in text
    town.sections[0].learners[0].community_id = town.communities[3].id
    db.session.commit()
    text = text_of(read(client, f"/posters/community/{town.communities[3].id}.pdf?lang=en"))
    assert "Calligraphy" in text and "km" in text


def test_posters_of_venues_and_units_show_what_is_theirs(client: PageClient, plan: Plan, town: Town) -> None:
    library = text_of(read(client, f"/posters/venue/{town.library.id}.pdf?lang=zh_CN"))
    assert "奉化区图书馆的课程" in library and "书法入门" in library and "广场舞" not in library
    district = text_of(read(client, f"/posters/unit/{town.district.id}.pdf?lang=zh_CN"))
    assert "书法入门" in district and "广场舞" in district
    city = text_of(read(client, f"/posters/unit/{town.city.id}.pdf?lang=zh_CN"))
    assert "书法入门" not in city, "a city shows its own venues alone"


def test_what_does_not_stand_or_is_over_is_on_no_poster(client: PageClient, plan: Plan, town: Town) -> None:
    url = f"/posters/unit/{town.district.id}.pdf?lang=en"
    for booking in db.session.query(Booking):
        booking.status, booking.reason = BookingStatus.DECLINED, "full"
    db.session.commit()
    assert "Nothing is published here yet" in text_of(read(client, url))
    for path in ("/posters/unit/999.pdf", "/posters/venue/999.pdf", "/posters/community/999.pdf"):
        client.download(path, status=404)


def test_markup_in_names_comes_through_literally(client: PageClient, plan: Plan, town: Town) -> None:
    town.course.title_zh = MARKUP
    town.library.name = "图书馆 #panic() \\ ] ["
    db.session.commit()
    text = text_of(read(client, f"/posters/venue/{town.library.id}.pdf?lang=zh_CN"))
    assert MARKUP.replace(" ", "") in text.replace(" ", "")
    assert "图书馆#panic()\\][" in text.replace(" ", "")


def test_a_long_poster_says_that_it_goes_on(client: PageClient, plan: Plan, town: Town) -> None:
    many_sections(plan, town, 60)
    reader = read(client, f"/posters/venue/{town.library.id}.pdf?lang=zh_CN")
    text = text_of(reader)
    assert len(reader.pages) == 2 and "1/2" in text and "2/2" in text
    assert sum(text.count(f"书法 {number} 号") for number in range(60)) >= 60
    near = read(client, f"/posters/community/{town.communities[0].id}.pdf?lang=zh_CN")
    assert len(near.pages) == 1
    assert "这里是最近的 26 门，附近共有 61 门课程" in text_of(near)


def many_sections(plan: Plan, town: Town, number: int) -> None:
    """As many more sections in the library, on all weekdays, each with a course and a room of its own."""
    for index in range(number):
        course = rows.course_row(f"书法 {index} 号", f"Calligraphy no. {index}", town.course.subject, [])
        section = rows.section_row(town.term, course, town.street, f"书法 {index} 班", {town.communities[0]: 5})
        room = rows.room_row(town.library, f"{index} 室", 40, [])
        meetings = [Meeting(weekday=index % 7, start_minute=510 + 10 * (index // 7))]
        plan.placements.append(Placement(section=section, week=1, room=room, teacher=town.teacher, meetings=meetings))
    db.session.query(Booking).delete()
    db.session.flush()
    build_bookings(plan)
    db.session.commit()


def test_a_poster_is_kept_and_only_made_anew_when_it_changes(client: PageClient, plan: Plan, town: Town) -> None:
    url = f"/posters/venue/{town.library.id}.pdf"
    first = client.download(f"{url}?lang=en")
    assert first.headers["Cache-Control"] == "public, max-age=900"
    unchanged = client.client.get(f"{url}?lang=en", headers={"If-None-Match": first.headers["ETag"]})
    assert unchanged.status_code == 304 and not unchanged.data
    assert "public" not in client.download(url).headers["Cache-Control"], "it depends on the visitor"
    town.library.name = "奉化图书馆"
    db.session.commit()
    assert client.download(f"{url}?lang=en").headers["ETag"] != first.headers["ETag"]


def test_too_many_posters_at_once_are_refused(database_url: str, tmp_path: Path, plan: Plan, town: Town) -> None:
    limited = create_app(Settings(instance=tmp_path, database_url=database_url, secret_key="limits"))
    limited.test_client_class = SeparateClient
    client = limited.test_client()
    answers = [client.get(f"/posters/venue/{town.library.id}.pdf").status_code for _time in range(21)]
    with limited.app_context():
        db.engine.dispose()
    assert answers == [200] * 20 + [429]


@pytest.mark.parametrize(
    ("view", "owner", "size", "words"),
    [
        (
            "room",
            "reading_room",
            A4_ACROSS,
            ("奉化区图书馆 · 阅览室", "Calligraphy for beginners", "锦屏街道·书法 1 班", "Tuesday"),
        ),
        ("teacher", "volunteer", A4_ACROSS, ("岳林街道 · 舞蹈志愿者 1", "Square dance", "排练厅", "Thursday")),
        ("venue", "station", A4, ("岳林街道文化站", "Square dance", "排练厅", "Thu")),
        ("course", "dance", A4, ("Square dance", "岳林街道·广场舞 1 班")),
    ],
)
def test_one_page_for_one_owner(
    coordinator: PageClient,
    plan: Plan,
    town: Town,
    view: str,
    owner: str,
    size: tuple[int, int],
    words: tuple[str, ...],
) -> None:
    reader = read(coordinator, sheets(town, f"view={view}&of={getattr(town, owner).id}"))
    text = text_of(reader).replace(" ", "")
    assert [size_of(page) for page in reader.pages] == [size]
    assert all(word.replace(" ", "") in text for word in words)
    assert "1/" not in text


def test_all_of_a_unit_or_venue_are_one_document(coordinator: PageClient, plan: Plan, town: Town) -> None:
    reader = read(coordinator, sheets(town, f"view=community&within={town.other_street.id}"))
    assert [("大成村" in page.extract_text(), "金钟村" in page.extract_text()) for page in reader.pages] == [
        (True, False), (False, True),
    ]  # fmt: skip
    rooms = read(coordinator, sheets(town, f"view=room&within={town.library.id}"))
    assert len(rooms.pages) == 1 and "阅览室" in text_of(rooms)
    assert len(read(coordinator, sheets(town, "view=teacher")).pages) == 2
    coordinator.download(sheets(town, "view=room&within=99999"), status=404)
    coordinator.download(sheets(town, "view=room&of=99999"), status=404)


def test_a_list_that_is_too_long_goes_on_and_says_so(coordinator: PageClient, plan: Plan, town: Town) -> None:
    many_sections(plan, town, 60)
    reader = read(coordinator, sheets(town, f"view=community&within={town.street.id}"))
    numbers = [page.extract_text().strip().splitlines()[-1][-3:] for page in reader.pages]
    assert numbers[0] == "1/4" and numbers[3] == "4/4" and len(numbers) == 5
    assert "西溪社区" in reader.pages[4].extract_text()


def test_a_dated_week_names_its_days(coordinator: PageClient, plan: Plan, town: Town) -> None:
    text = text_of(read(coordinator, sheets(town, f"view=room&of={town.reading_room.id}&week=1")))
    assert "week 1" in text and "Calligraphy" in text
    text = text_of(read(coordinator, sheets(town, f"view=room&of={town.reading_room.id}&week=16")))
    assert "Nothing is held in this week." in text


def test_a_street_coordinator_prints_what_they_see(app: Flask, plan: Plan, town: Town) -> None:
    street = sign_in_as(app, "street")
    assert "大成村" not in text_of(read(street, sheets(town, "view=community")))
    street.download(sheets(town, f"view=room&of={town.hall.id}"), status=404)


def test_a_missing_font_is_an_error_and_no_page_without_letters(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    document = {"lang": "zh", "title": "t", "footer": "", "mark": "", "grid": False, "columns": [], "sheets": []}
    assert pdf.pdf("timetable.typ", document).startswith(b"%PDF")
    monkeypatch.setattr(pdf, "fonts", list)
    with pytest.raises(PrintingError, match="font"):
        pdf.pdf("timetable.typ", {**document, "title": "another"})


def test_the_buttons_lead_to_the_paper(coordinator: PageClient, client: PageClient, plan: Plan, town: Town) -> None:
    base = f"/desk/terms/{town.term.id}/timetable"
    page = coordinator.get(f"{base}?view=community&of={town.communities[0].id}")
    assert f"{base}/sheets.pdf?plan={plan.id}&view=community&of={town.communities[0].id}" in page.links
    assert f"{base}/sheets.pdf?within={town.street.id}&plan={plan.id}&view=community" in page.links
    assert f"/posters/community/{town.communities[0].id}.pdf?lang=en" in page.links
    assert f"/posters/unit/{town.street.id}.pdf?lang=en" in page.links
    assert (
        f"/posters/venue/{town.library.id}.pdf?lang=en"
        in coordinator.get(f"{base}?view=venue&of={town.library.id}").links
    )
    client.post("/near", {"code": town.communities[0].code})
    assert f"/posters/community/{town.communities[0].id}.pdf?lang=en" in client.get("/near").links
