"""Sections through their pages."""

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.core.extensions import db
from scheduler.domain.section_opening import last_start
from scheduler.features.planning.sections.from_demand import suggested_learners
from scheduler.models import AuditEntry, CalendarDay, DayKind, Demand, PlanStatus, Section, SharedLearners
from scheduler.web.access import Scope
from tests.client import Page, PageClient
from tests.factories import Town, build_plan, sign_in_as

EVERYTHING = Scope(everything=True)


def address(town: Town, rest: str = "") -> str:
    return f"/desk/terms/{town.term.id}/sections{rest}"


def section_form(town: Town, **changes: object) -> dict[str, object]:
    return {
        "course": town.course.id,
        "unit": town.street.id,
        "name": "",
        "learners-0-community": town.communities[0].id,
        "learners-0-people": 12,
        "learners-1-community": town.communities[1].id,
        "learners-1-people": 9,
        "learners-2-community": "",
        "learners-2-people": "",
        "earliest_week": 1,
        "latest_week": 3,
        "priority": 4,
        "reach_metres": "",
        "pinned_week": "",
        "pinned_room": "",
        "pinned_teacher": "",
        **{f"pinned_meetings-{day}": "" for day in range(7)},
        **changes,
    }


def newest() -> Section:
    return db.session.scalars(select(Section).order_by(Section.id.desc())).first() or pytest.fail("no section")


def sections_in_all() -> int:
    return len(db.session.scalars(select(Section.id)).all())


def undo_address(page: Page) -> str:
    forms = page.elements("form")
    return str(next(form.get("action") for form in forms if "restore" in (form.get("action") or "")))


def test_a_section_opens_with_its_learners_and_a_name_of_its_own(coordinator: PageClient, town: Town) -> None:
    page = coordinator.post(address(town, "/new"), section_form(town))
    section = newest()
    assert page.heading == section.name == "锦屏街道·书法入门 1 班"
    assert {entry.community: entry.people for entry in section.learners} == dict(
        zip(town.communities, (12, 9), strict=False)
    )
    assert (section.priority, section.reach_metres, section.latest_week) == (4, 9000, 3), "the reach is the course's"
    coordinator.post(address(town, "/new"), section_form(town))
    assert newest().name == "锦屏街道·书法入门 2 班"
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.table == "section_learners")).all()
    assert len([entry for entry in entries if entry.user]) == 4


def test_everything_pinned_is_stored_and_shown(coordinator: PageClient, town: Town) -> None:
    pins = {
        "pinned_week": 2,
        "pinned_meetings-1": "09:00",
        "pinned_room": town.reading_room.id,
        "pinned_teacher": town.teacher.id,
        "venues": [town.library.id],
        "teachers": [town.teacher.id, town.volunteer.id],
    }
    page = coordinator.post(address(town, "/new"), section_form(town, **pins))
    section = newest()
    assert [(m.weekday, m.start_minute) for m in section.pinned_meetings] == [(1, 540)]
    assert (section.pinned_week, section.pinned_room, section.pinned_teacher) == (2, town.reading_room, town.teacher)
    assert section.allowed_venues == [town.library]
    assert "Tuesday 09:00–10:30" in page.text and "奉化区图书馆 · 阅览室" in page.text
    assert section.name in coordinator.get(address(town, "?pinned=1")).text
    assert town.sections[0].name not in coordinator.get(address(town, "?pinned=1")).text


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (
            {"learners-0-community": "", "learners-0-people": "", "learners-1-community": "", "learners-1-people": ""},
            "Say who is to learn",
        ),
        ({"learners-0-people": 0}, "How many people of 东门社区?"),
        ({"learners-0-people": "1.5"}, "How many people of 东门社区?"),
        ({"learners-0-community": ""}, "Choose the community that these people come from."),
        ({"learners-0-community": 9999}, "Choose the community that these people come from."),
        ({"course": ""}, "Choose “Course”."),
        ({"latest_week": 17}, "The term has 16 weeks."),
        ({"earliest_week": 4}, "The last week in which it may begin lies before the first."),
        ({"earliest_week": 8, "latest_week": 9}, "fit into the term only when they begin by week 7."),
        ({"priority": 6}, "Not a valid choice."),
        ({"reach_metres": 5}, "Number must be between 100 and 200000."),
        ({"pinned_week": 4}, "The pinned week must lie between week 1 and week 3"),
        ({"pinned_meetings-1": "9 o'clock"}, "Write a time like 09:30."),
        ({"pinned_meetings-1": "09:10"}, "sessions of this term begin every 30 minutes."),
        ({"pinned_meetings-1": "11:00"}, "lie outside the hours of the course, which are 08:30–11:30, 14:00–17:00."),
        ({"pinned_meetings-6": "09:00"}, "which are closed on that day."),
        ({"pinned_meetings-1": "09:00", "pinned_meetings-3": "09:00"}, "The course meets 1 time a week."),
        ({"name": "锦屏街道·书法 1 班"}, "This name is already taken here."),
    ],
)
def test_a_wrong_section_is_refused_in_words(
    coordinator: PageClient, town: Town, wrong: dict[str, object], message: str
) -> None:
    page = coordinator.post(address(town, "/new"), section_form(town, **wrong))
    assert message in page.text
    assert sections_in_all() == 3


def test_a_community_listed_twice_is_refused_at_its_row(coordinator: PageClient, town: Town) -> None:
    page = coordinator.post(
        address(town, "/new"), section_form(town, **{"learners-1-community": town.communities[0].id})
    )
    assert "东门社区 stands here twice." in page.text
    assert "#learners-1-community" in page.links
    assert sections_in_all() == 3


def test_pins_must_fit_the_room_the_teacher_and_what_is_allowed(coordinator: PageClient, town: Town) -> None:
    wrong: list[tuple[dict[str, object], str]] = [
        (
            {"pinned_room": town.reading_room.id, "learners-0-people": 32},
            "阅览室 seats 40, but the section has 41 learners.",
        ),
        ({"pinned_room": town.reading_room.id, "course": town.dance.id}, "阅览室 lacks what the course needs: 镜面墙."),
        ({"pinned_room": town.hall.id, "venues": [town.library.id]}, "岳林街道文化站 is not among the venues allowed"),
        ({"pinned_teacher": town.teacher.id, "course": town.dance.id}, "书法教师 1 does not teach 舞蹈."),
        (
            {"pinned_teacher": town.teacher.id, "teachers": [town.volunteer.id]},
            "书法教师 1 is not among the teachers allowed",
        ),
        ({"teachers": [town.teacher.id], "course": town.dance.id}, "None of these teachers teaches 舞蹈."),
    ]
    for changes, message in wrong:
        assert message in coordinator.post(address(town, "/new"), section_form(town, **changes)).text
    assert sections_in_all() == 3


def test_days_off_shorten_what_fits_into_the_term(town: Town) -> None:
    """16 weeks, ten weekly sessions: week 7 is the last start; with a whole week off it is week 6."""
    assert last_start(town.term, town.course.format) == 7
    for day in range(3, 10):
        town.term.days.append(CalendarDay(date=town.term.first_day.replace(month=5, day=day), kind=DayKind.OFF))
    assert last_start(town.term, town.course.format) == 6
    town.course.every_weeks = 2
    assert last_start(town.term, town.course.format) is None


def test_a_row_is_added_without_saving_and_without_losing_what_was_typed(coordinator: PageClient, town: Town) -> None:
    page = coordinator.post(address(town, "/new"), {**section_form(town, name="新班"), "add_row": 1})
    people = [e.get("value") for e in page.elements("input") if str(e.get("name")).endswith("-people")]
    assert people == ["12", "9", ""]
    assert next(e.get("value") for e in page.elements("input") if e.get("name") == "name") == "新班"
    assert not [e for e in page.elements("h2") if "Please mend" in "".join(e.itertext())]
    assert sections_in_all() == 3


def test_learners_are_filled_in_from_what_communities_still_want(coordinator: PageClient, town: Town) -> None:
    """东门 wants 30, has 12 in a section: 18 left; 西溪 has 8 of 8; 大成村 wants 50, has 15: 35 left, but far away."""
    for community, number in zip(town.communities, (30, 8, 50), strict=False):
        db.session.add(Demand(term=town.term, course=town.course, community=community, people=number))
    db.session.commit()
    east, _west, village, _village = town.communities
    assert suggested_learners(EVERYTHING, town.term, town.course, town.street) == {east.id: 18}
    assert suggested_learners(EVERYTHING, town.term, town.course) == {village.id: 35}, (
        "9 km do not reach from village to town"
    )
    town.course.reach_metres = 20_000
    assert suggested_learners(EVERYTHING, town.term, town.course) == {village.id: 35, east.id: 5}, "a class of 40"
    db.session.commit()
    page = coordinator.get(address(town, f"/new?course={town.course.id}&unit={town.street.id}&demand=1"))
    people = [e.get("value") for e in page.elements("input") if str(e.get("name")).endswith("-people")]
    assert people == ["18"]
    page = coordinator.post(address(town, "/new"), {**section_form(town, course=town.dance.id), "demand": 1})
    assert "Nobody there waits for this course" in page.text
    page = coordinator.post(address(town, "/new"), {**section_form(town, course=""), "demand": 1})
    assert "Choose a course first" in page.text
    assert sections_in_all() == 3


def test_editing_changes_learners_in_place_and_lifts_pins(coordinator: PageClient, town: Town) -> None:
    section = town.sections[0]
    section.pinned_week, section.assumed = 1, True
    db.session.commit()
    changes = {"learners-0-people": 20, "learners-1-community": "", "learners-1-people": "", "name": section.name}
    page = coordinator.post(address(town, f"/{section.id}/edit"), section_form(town, **changes))
    assert page.heading == section.name
    db.session.expire_all()
    assert [(entry.community, entry.people) for entry in section.learners] == [(town.communities[0], 20)]
    assert section.pinned_week is None
    assert not section.assumed


def test_a_class_too_large_or_too_small_is_allowed_but_said(coordinator: PageClient, town: Town) -> None:
    page = coordinator.post(address(town, "/new"), section_form(town, **{"learners-0-people": 40, "latest_week": 9}))
    assert "49 learners are more than the class size of 40." in page.text
    assert "only up to week 7 can it end within the term" in page.text
    page = coordinator.post(
        address(town, "/new"), section_form(town, **{"learners-0-people": 1, "learners-1-people": 1})
    )
    assert "2 learners are fewer than the 10" in page.text


def test_archiving_can_be_undone_and_the_list_filters(coordinator: PageClient, town: Town) -> None:
    section = town.sections[2]
    assert section.name in coordinator.get(address(town, f"?course={town.dance.id}")).text
    assert section.name not in coordinator.get(address(town, f"?unit={town.street.id}")).text
    assert section.name in coordinator.get(address(town, "?q=广场舞")).text
    page = coordinator.post(address(town, f"/{section.id}/archive"))
    db.session.expire_all()
    assert section.archived
    assert address(town, f"/{section.id}") not in page.links
    assert address(town, f"/{section.id}") in coordinator.get(address(town, "?archived=1")).links
    coordinator.post(undo_address(page))
    db.session.expire_all()
    assert not section.archived


def test_the_newest_plan_says_where_a_section_stands(coordinator: PageClient, town: Town) -> None:
    assert "not planned yet" in coordinator.get(address(town)).text
    build_plan(town, PlanStatus.DRAFT)
    db.session.commit()
    page = coordinator.get(address(town, f"/{town.sections[0].id}"))
    assert "Tuesday 09:00–10:30" in page.text and "书法教师 1" in page.text
    assert "unplaced" in coordinator.get(address(town, f"/{town.sections[1].id}")).text


def test_learners_of_two_sections_are_noted_once_and_removed_with_undo(coordinator: PageClient, town: Town) -> None:
    first, second = town.sections[0], town.sections[2]
    shared = address(town, f"/{second.id}/shared")
    assert "Not a valid choice." in coordinator.post(shared, {"other": second.id, "people": 3}).text
    assert "Number must be between 1 and 1000." in coordinator.post(shared, {"other": first.id, "people": 0}).text
    page = coordinator.post(shared, {"other": first.id, "people": 3})
    assert first.name in page.text
    pair = db.session.scalars(select(SharedLearners)).one()
    assert (pair.first_id, pair.second_id, pair.people) == (first.id, second.id, 3)
    refused = coordinator.post(address(town, f"/{first.id}/shared"), {"other": second.id, "people": 5})
    assert "This section is in the list already." in refused.text
    page = coordinator.post(address(town, f"/{first.id}/shared/{second.id}/remove"))
    assert db.session.scalars(select(SharedLearners)).all() == []
    coordinator.post(undo_address(page))
    assert db.session.scalars(select(SharedLearners.people)).all() == [3]


def test_a_street_coordinator_works_on_their_sections_only(app: Flask, town: Town) -> None:
    street = sign_in_as(app, "street")
    page = street.get(address(town))
    assert town.sections[0].name in page.text and town.sections[1].name not in page.text
    foreign = town.sections[1]
    for rest in (f"/{foreign.id}", f"/{foreign.id}/edit"):
        street.get(address(town, rest), status=404)
    for rest in (f"/{foreign.id}/archive", f"/{foreign.id}/shared"):
        street.post(address(town, rest), status=404)
    street.post(address(town, "/new"), section_form(town, unit=town.other_street.id))
    street.post(address(town, "/new"), section_form(town, **{"learners-0-community": town.communities[2].id}))
    assert sections_in_all() == 3
    street.post(address(town, "/new"), section_form(town))
    assert newest().unit == town.street


def test_an_undo_carries_the_form_s_token(app: Flask, coordinator: PageClient, town: Town) -> None:
    """The token of the page's undo button is enough, also where the address carries the values."""
    coordinator.post(address(town, f"/{town.sections[0].id}/shared"), {"other": town.sections[1].id, "people": 3})
    page = coordinator.post(address(town, f"/{town.sections[0].id}/shared/{town.sections[1].id}/remove"))
    app.config["WTF_CSRF_ENABLED"] = True
    token = next(e.get("value") for e in page.elements("input") if e.get("name") == "csrf_token")
    coordinator.post(undo_address(page), status=400)
    coordinator.post(undo_address(page), {"csrf_token": token})
    assert db.session.scalars(select(SharedLearners.people)).all() == [3]
