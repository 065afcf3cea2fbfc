"""Timetables through the pages of coordinators, teachers and venue managers."""

from datetime import date, timedelta

import pytest
from flask import Flask

from scheduler.calendar.week_grid import GridEntry, lay_out
from scheduler.core.clock import monday_of, today
from scheduler.core.extensions import db
from scheduler.models import CalendarDay, DayKind, Meeting, Placement, Plan, PlanStatus, Section
from tests.client import Page, PageClient
from tests.factories import Town, build_bookings, build_plan, sign_in_as


@pytest.fixture
def plan(town: Town) -> Plan:
    """A published plan of a term that begins next week, with a day off on its second Tuesday."""
    town.term.first_day = monday_of(today()) + timedelta(weeks=1)
    town.term.days.append(CalendarDay(date=tuesday(town, 2), kind=DayKind.OFF, name="劳动节"))
    town.term.days.append(CalendarDay(date=tuesday(town, 2) + timedelta(days=4), kind=DayKind.MAKE_UP, name="劳动节"))
    plan = build_plan(town)
    db.session.commit()
    return plan


def tuesday(town: Town, week: int) -> date:
    return town.term.first_day + timedelta(weeks=week - 1, days=1)


def address(town: Town, query: str = "") -> str:
    return f"/desk/terms/{town.term.id}/timetable?{query}"


def events(page: Page) -> list[str]:
    elements = [element for element in page.root.iter() if "week-event" in (element.get("class") or "").split()]
    return [" ".join("".join(element.itertext()).split()) for element in elements]


def test_a_room_is_shown_with_what_its_reader_does_not_know(coordinator: PageClient, plan: Plan, town: Town) -> None:
    page = coordinator.get(address(town, f"view=room&of={town.reading_room.id}"))
    (event,) = events(page)
    assert event.startswith("09:00–10:30 Calligraphy for beginners") and "书法教师 1" in event and "weeks 1–11" in event
    assert "奉化区图书馆 · 阅览室" in page.text


@pytest.mark.parametrize(
    ("view", "owner", "shown"),
    [
        ("room", "hall", "Square dance"),
        ("venue", "station", "Square dance"),
        ("teacher", "volunteer", "Square dance"),
        ("course", "course", "书法 1 班"),
    ],
)
def test_every_view_shows_what_is_its_own(
    coordinator: PageClient, plan: Plan, town: Town, view: str, owner: str, shown: str
) -> None:
    (event,) = events(coordinator.get(address(town, f"view={view}&of={getattr(town, owner).id}")))
    assert shown in event


def test_a_community_sees_the_sections_its_people_learn_in(coordinator: PageClient, plan: Plan, town: Town) -> None:
    assert "Calligraphy" in events(coordinator.get(address(town, f"view=community&of={town.communities[1].id}")))[0]
    (event,) = events(coordinator.get(address(town, f"view=community&of={town.communities[3].id}")))
    assert "Square dance" in event


def test_a_dated_week_leaves_out_its_days_off_and_names_them(coordinator: PageClient, plan: Plan, town: Town) -> None:
    room = f"of={town.reading_room.id}"
    assert len(events(coordinator.get(address(town, f"{room}&week=1")))) == 1
    page = coordinator.get(address(town, f"{room}&week=2"))
    assert events(page) == []
    assert "day off: Labour Day" in page.text and "make-up workday" in page.text
    assert len(events(coordinator.get(address(town, f"{room}&week=11")))) == 1
    assert events(coordinator.get(address(town, f"{room}&week=12"))) == []


def test_unplaced_sections_stand_in_the_tray_with_a_reason(coordinator: PageClient, plan: Plan, town: Town) -> None:
    page = coordinator.get(address(town))
    (tray,) = [element for element in page.elements("section") if element.get("id") == "unplaced"]
    text = " ".join("".join(tray.itertext()).split())
    assert "岳林街道·书法 1 班" in text and "15 learners" in text and text.endswith(".")
    assert "广场舞" not in text


def test_the_list_filters_in_place(coordinator: PageClient, plan: Plan, town: Town) -> None:
    def sections(query: str) -> list[str]:
        return [
            "".join(cell.itertext()) for cell in coordinator.get(address(town, f"as=list&{query}")).elements("th")
            if cell.get("scope") == "row"
        ]

    assert sections("") == ["锦屏街道·书法 1 班", "岳林街道·广场舞 1 班"]
    assert sections("q=文化站") == ["岳林街道·广场舞 1 班"]
    assert sections("q=CALLIGRAPHY") == ["锦屏街道·书法 1 班"]
    assert sections(f"view=teacher&of={town.volunteer.id}") == ["岳林街道·广场舞 1 班"]
    assert sections("q=nothing+like+it") == []
    assert sections("q=%25") == []


def test_the_published_plan_is_shown_unless_another_is_chosen_which_says_that_it_is_a_draft(
    coordinator: PageClient, plan: Plan, town: Town
) -> None:
    draft = build_plan(town, PlanStatus.DRAFT)
    draft.name, draft.placements = "方案 2", draft.placements[:1]
    db.session.commit()
    page = coordinator.get(address(town)).text
    assert "方案 1 published" in page and "Not published" not in page
    page = coordinator.get(address(town, f"plan={draft.id}")).text
    assert "方案 2 draft" in page and "Not published: nobody has been told these hours." in page
    draft.status = PlanStatus.DISCARDED
    db.session.commit()
    coordinator.get(address(town, f"plan={draft.id}"), status=404)
    coordinator.get(address(town, "plan=99999"), status=404)


def test_without_a_plan_the_page_says_what_to_do(coordinator: PageClient, town: Town) -> None:
    assert "No plan yet" in coordinator.get(address(town)).text
    coordinator.get(f"/desk/terms/{town.term.id}/timetable/sheets", status=404)
    coordinator.get("/desk/terms/99999/timetable", status=404)


def test_senseless_addresses_show_the_usual_week(coordinator: PageClient, plan: Plan, town: Town) -> None:
    for query in ("view=moon&week=99&of=x&as=poem", "week=-1", "week=x&page=0", "of=99999", "as=list&of=99999"):
        coordinator.get(address(town, query))


def test_what_venues_have_not_agreed_to_is_marked(coordinator: PageClient, plan: Plan, town: Town) -> None:
    build_bookings(plan)
    db.session.commit()
    (event,) = events(coordinator.get(address(town, f"of={town.reading_room.id}")))
    assert "requested" in event
    assert "requested" in coordinator.get(address(town, "as=list")).text


def test_every_room_is_printed_on_its_own_sheet(coordinator: PageClient, plan: Plan, town: Town) -> None:
    for view, names in (("room", ["阅览室", "排练厅"]), ("teacher", ["书法教师 1", "舞蹈志愿者 1"])):
        page = coordinator.get(f"/desk/terms/{town.term.id}/timetable/sheets?view={view}")
        sheets = [element for element in page.elements("section") if element.get("class") == "sheet"]
        assert len(sheets) == 2 and len(events(page)) == 2
        assert all(any(name in "".join(sheet.itertext()) for sheet in sheets) for name in names)


def test_a_section_shows_its_dates_and_the_days_off_between(coordinator: PageClient, plan: Plan, town: Town) -> None:
    page = coordinator.get(f"/desk/terms/{town.term.id}/timetable/sections/{town.sections[0].id}")
    times = [element.get("datetime") for element in page.elements("time")]
    assert times == [tuesday(town, week).isoformat() for week in range(1, 12)]
    assert "day off: Labour Day" in page.text
    coordinator.get(f"/desk/terms/{town.term.id}/timetable/sections/{town.sections[1].id}", status=404)


def test_a_street_coordinator_sees_what_concerns_their_street(app: Flask, plan: Plan, town: Town) -> None:
    draft = build_plan(town, PlanStatus.DRAFT)
    db.session.commit()
    street = sign_in_as(app, "street")
    page = street.get(address(town, "as=list"))
    assert "锦屏街道·书法 1 班" in page.text and "广场舞" not in page.text and "unplaced" not in page.text
    street.get(address(town, f"plan={draft.id}"), status=404)
    street.get(f"/desk/terms/{town.term.id}/timetable/sections/{town.sections[2].id}", status=404)


def test_a_teacher_finds_their_next_session_and_weeks(app: Flask, plan: Plan, town: Town) -> None:
    page = sign_in_as(app, "teacher").get("/desk/my-weeks")
    assert "Next session" in page.text and "Square dance" not in page.text
    assert page.elements("time")[0].get("datetime") == tuesday(town, 1).isoformat()
    assert len(events(page)) == 10


def test_past_sessions_are_not_ahead(app: Flask, plan: Plan, town: Town) -> None:
    town.term.first_day -= timedelta(weeks=6)
    town.term.days.clear()
    db.session.commit()
    page = sign_in_as(app, "teacher").get("/desk/my-weeks")
    assert 4 <= len(events(page)) <= 5
    town.term.first_day -= timedelta(weeks=20)
    db.session.commit()
    assert "No sessions ahead" in sign_in_as(app, "teacher").get("/desk/my-weeks").text


def test_a_manager_sees_their_rooms_only_once_published(app: Flask, plan: Plan, town: Town) -> None:
    manager = sign_in_as(app, "library")
    assert len(events(manager.get("/desk/my-weeks"))) == 10
    plan.status = PlanStatus.SUPERSEDED
    db.session.commit()
    assert "No sessions ahead" in manager.get("/desk/my-weeks").text
    sign_in_as(app, "resident").get("/desk/my-weeks", status=403)


def test_a_course_that_meets_every_other_week_says_so(coordinator: PageClient, plan: Plan, town: Town) -> None:
    section = db.session.get_one(Section, town.sections[2].id)
    section.every_weeks, section.sessions = 2, 5
    db.session.commit()
    (event,) = events(coordinator.get(address(town, f"of={town.hall.id}")))
    assert "weeks 2–10, every 2 weeks" in event
    for week, sessions in ((2, 1), (3, 0), (4, 1)):
        assert len(events(coordinator.get(address(town, f"of={town.hall.id}&week={week}")))) == sessions


def test_hours_that_overlap_stand_side_by_side() -> None:
    # a 8:00-9:30 and b 9:00-10:00 overlap, c 9:30-11:00 takes a's lane again; d 11:00-12:00 has the column for itself
    grid = lay_out(
        [
            GridEntry(0, 480, 570, "a"),
            GridEntry(0, 540, 600, "b"),
            GridEntry(0, 570, 660, "c"),
            GridEntry(0, 660, 720, "d"),
        ]
    )
    assert [(event.entry.title, event.lane, event.lanes) for event in grid.days[0].events] == [
        ("a", 0, 2), ("b", 1, 2), ("c", 0, 2), ("d", 0, 1),
    ]  # fmt: skip


def test_the_grid_shows_the_hours_in_use_and_the_weekend_when_needed() -> None:
    grid = lay_out([GridEntry(6, 450, 1275, "open day")])
    assert (len(grid.days), grid.first, grid.last) == (7, 420, 1320)
    assert len(lay_out([]).days) == 5
    for start, end, first, last in ((600, 690, 600, 960), (1380, 1440, 1080, 1440)):
        grid = lay_out([GridEntry(0, start, end, "short")])
        assert (grid.first, grid.last) == (first, last)


def test_two_meetings_a_week_are_both_shown(coordinator: PageClient, plan: Plan, town: Town) -> None:
    placement = db.session.get_one(Placement, (plan.id, town.sections[0].id))
    placement.meetings.append(Meeting(weekday=4, start_minute=600))
    db.session.commit()
    page = coordinator.get(address(town, f"of={town.reading_room.id}"))
    assert [event[:11] for event in events(page)] == ["09:00–10:30", "10:00–11:30"]
