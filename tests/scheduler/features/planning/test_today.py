"""The first page after signing in: what needs each role, and the way from nothing to the first plan."""

from flask import Flask

from scheduler.core.extensions import db
from scheduler.features.registers.accounts import operations
from scheduler.models import Assignment, Course, PlanStatus, Role, Subject
from tests.client import Page, PageClient
from tests.factories import PASSWORD, Town, build_bookings, build_plan, sign_in_as


def steps(page: Page) -> list[str]:
    """The state of each step of setting up."""
    lists = [element for element in page.elements("ol") if element.get("class") == "setup-steps"]
    return [step.get("class").split()[1] for element in lists for step in element.findall("li")]


def test_everybody_who_works_here_begins_with_today(app: Flask, town: Town) -> None:
    for name in ("administrator", "coordinator", "library", "teacher"):
        client = PageClient(app.test_client(), "en")
        answer = client.client.post("/sign-in", data={"username": name, "password": PASSWORD})
        assert answer.location == "/desk/today"
        assert client.get("/desk/today").heading == "Today"


def test_an_empty_installation_leads_to_the_network(app: Flask) -> None:
    operations.grant(operations.create_user("first", "First", PASSWORD), Role.ADMINISTRATOR)
    db.session.commit()
    page = sign_in_as(app, "first").get("/desk/today")
    assert steps(page) == ["current", *["waiting"] * 6]
    assert {"/desk/excel/network", "/desk/network/units/new"} <= set(page.links)


def test_what_is_there_is_done_and_the_first_that_lacks_is_next(app: Flask, town: Town) -> None:
    coordinator = sign_in_as(app, "coordinator")
    page = coordinator.get("/desk/today")
    assert steps(page) == ["done"] * 6 + ["current"]
    assert "4 communities and villages" in page.text and "3 sections" in page.text
    for room in (town.reading_room, town.hall):
        room.windows = []
    db.session.commit()
    assert steps(coordinator.get("/desk/today")) == ["done", "done", "current", *["done"] * 3, "waiting"]
    build_plan(town, PlanStatus.DRAFT)
    db.session.commit()
    assert steps(coordinator.get("/desk/today")) == []


def test_each_role_sees_what_waits_for_it(app: Flask, town: Town) -> None:
    plan = build_plan(town)
    build_bookings(plan)
    placement = plan.placements[0]
    db.session.add(Assignment(
        plan=plan, section=placement.section, teacher=town.teacher, room=placement.room, week=2, meetings=[[1, 540]],
        minutes=90,
    ))
    db.session.commit()
    assert "requests wait for their venues' answers." in sign_in_as(app, "coordinator").get("/desk/today").text
    assert "for one of your rooms waits for your answer." in sign_in_as(app, "library").get("/desk/today").text
    assert "You are asked about 1 section or session." in sign_in_as(app, "teacher").get("/desk/today").text


def test_usual_courses_come_into_the_catalogue_once(coordinator: PageClient, town: Town) -> None:
    page = coordinator.get("/desk/courses/usual")
    titles = [entry.get("value") for entry in page.elements("input") if entry.get("name") == "title"]
    assert len(titles) > 40 and "广场舞" not in titles  # that one the town has
    added = coordinator.post("/desk/courses/usual", {"title": [titles[0], "瑜伽", "never heard of"]})
    assert "2 courses are in the catalogue." in added.text
    yoga = db.session.scalars(db.select(Course).where(Course.title_zh == "瑜伽")).one()
    assert yoga.windows and yoga.subject == db.session.get(Subject, "yoga")
    again = coordinator.post("/desk/courses/usual", {"title": ["瑜伽"]})
    assert "No course was chosen that is not in the catalogue yet." in again.text


def test_a_course_needs_no_english_title(coordinator: PageClient, town: Town) -> None:
    address = f"/desk/courses/{town.course.id}/edit"
    sent = coordinator.get(address).filled_in() | {"title_en": ""}
    assert coordinator.client.post(address, data=sent, headers=coordinator.headers).status_code == 303
    assert "书法入门" in coordinator.get("/desk/courses").text
