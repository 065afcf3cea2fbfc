"""A form of what exists shows all that it holds: sent back untouched, it changes nothing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from scheduler.core.extensions import db
from scheduler.models import (
    AuditEntry,
    Demand,
    PinnedMeeting,
    PlanStatus,
    RoomClosure,
    Scenario,
    TeacherAbsence,
    VenueKind,
)
from tests.activities import build_event, build_series
from tests.client import Page, PageClient
from tests.factories import Town, build_plan, sign_in_as

ELSEWHERE = {"proposals.edit": "everybody has proposals of their own"}
"""Edit forms that are not sent back here, and why."""
WRITTEN = {
    "accounts.edit": [("name", "甲", "乙")],
    "activities.edit_series": [("title_zh", "甲", "乙"), ("people", "21", "22")],
    "courses.edit": [("title_zh", "甲", "乙"), ("best_hours-1", "08:00-12:00", "08:30-12:00")],
    "courses.edit_subject": [("name_zh", "甲", "乙"), ("name_en", "A", "B")],
    "demand.index": [("people_{demand}", "31", "32"), ("people_{other_demand}", "33", "34")],
    "events.edit": [("title_zh", "甲", "乙"), ("title_en", "A", "B")],
    "events.edit_item": [("title_zh", "甲", "乙"), ("people", "21", "22")],
    "network.edit_community": [("name", "甲", "乙"), ("population", "2100", "2200")],
    "network.edit_unit": [("name", "甲", "乙")],
    "planning.rename": [("name", "甲", "乙")],
    "scenarios.rename": [("name", "甲", "乙")],
    "sections.edit": [("name", "甲", "乙"), ("learners-0-people", "11", "13"), ("pinned_meetings-1", "09:30", "10:00")],
    "teachers.edit": [("phone", "13800000001", "13800000002"), ("hours-2", "08:00-11:00", "13:00-16:00")],
    "teachers.me": [("hours-2", "08:30-11:00", "14:00-17:00"), ("absences", "2027-05-10", "2027-05-11")],
    "terms.budgets": [("unit_{street}", "1000", "2000")],
    "terms.edit": [("name", "甲", "乙"), ("weight_distance", "3", "4")],
    "venues.edit": [("name", "甲", "乙"), ("phone", "0574-88580001", "0574-88580002"), ("step_free", "no", "yes")],
    "venues.edit_feature": [("name_zh", "甲", "乙"), ("name_en", "A", "B")],
    "venues.edit_room": [("name", "甲", "乙"), ("capacity", "41", "42")],
    "venues.hours": [("hours-2", "08:00-11:00", "13:00-16:00"), ("closures", "2027-05-10", "2027-05-11")],
}
"""By form some of its inputs, each with what one user writes there, and what another one does."""


@pytest.fixture
def furnished(town: Town) -> dict[str, str]:
    """The address of every edit form by its endpoint; all that can be chosen in them is chosen."""
    section, day = town.sections[0], date(2027, 4, 6)
    section.allowed_venues, section.allowed_teachers = [town.library], [town.teacher, town.volunteer]
    section.pinned_week, section.pinned_room, section.pinned_teacher = 2, town.reading_room, town.teacher
    section.pinned_meetings = [PinnedMeeting(weekday=1, start_minute=540)]
    town.reading_room.closures = [RoomClosure(date=day, reason="盘点")]
    town.teacher.absences = [TeacherAbsence(date=day, reason="培训")]
    needs = list(town.reading_room.features)
    series, plan = build_series(town), build_plan(town, PlanStatus.DRAFT)
    event = build_event(town, chosen=town.communities[1:3], teachers=[town.volunteer], needs=needs)
    series.chosen, series.venue_kinds, series.per_thousand = town.communities[:2], [VenueKind.LIBRARY], 5
    series.sharing_metres = 700
    scenario = Scenario(term=town.term, name="Scenario", changes={"version": 1, "changes": []})
    wanted = [Demand(term=town.term, course=town.course, community=place, people=9) for place in town.communities[:2]]
    db.session.add_all([scenario, *wanted])
    db.session.commit()
    term = f"/desk/terms/{town.term.id}"
    return {
        "accounts.edit": f"/desk/users/{town.users['library'].id}",
        "demand.index": f"{term}/demand",
        "planning.rename": f"/desk/plans/{plan.id}/rename",
        "scenarios.rename": f"{term}/scenarios/{scenario.id}/rename",
        "venues.edit_feature": f"/desk/venues/features/{needs[0].code}",
        "activities.edit_series": f"{term}/activities/series/{series.id}/edit",
        "courses.edit": f"/desk/courses/{town.course.id}/edit",
        "courses.edit_subject": f"/desk/courses/subjects/{town.course.subject_code}/edit",
        "events.edit": f"{term}/activities/events/{event.id}/edit",
        "events.edit_item": f"{term}/activities/events/{event.id}/items/{event.items[0].id}/edit",
        "network.edit_community": f"/desk/network/communities/{town.communities[0].id}/edit",
        "network.edit_unit": f"/desk/network/units/{town.street.id}/edit",
        "sections.edit": f"{term}/sections/{section.id}/edit",
        "teachers.edit": f"/desk/teachers/{town.teacher.id}/edit",
        "teachers.me": "/desk/teachers/me",
        "terms.budgets": f"{term}/budgets",
        "terms.edit": f"{term}/edit",
        "venues.edit": f"/desk/venues/{town.library.id}/edit",
        "venues.edit_room": f"/desk/venues/rooms/{town.reading_room.id}/edit",
        "venues.hours": f"/desk/venues/rooms/{town.reading_room.id}/hours",
    }


def test_every_edit_form_is_among_them(app: Flask, furnished: dict[str, str]) -> None:
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    forms = {endpoint for endpoint in endpoints if endpoint.split(".")[-1].startswith(("edit", "rename"))}
    assert forms <= furnished.keys() | ELSEWHERE.keys()


def _clients(app: Flask, endpoint: str) -> tuple[PageClient, PageClient]:
    """Two who may use a form: for a teacher's own hours the same user in two windows."""
    names = {
        "teachers.me": ("teacher", "teacher"), "accounts.edit": ("administrator", "administrator"),
        "venues.edit_feature": ("administrator", "administrator"),
    }
    first, second = names.get(endpoint, ("coordinator", "administrator"))
    return sign_in_as(app, first), sign_in_as(app, second)


def _send(client: PageClient, address: str, page: Page, **written: str) -> TestResponse:
    """Submit a form as it was shown, with some inputs written anew."""
    data = page.filled_in()
    assert written.keys() <= data.keys(), f"{address} has no such input"
    return client.client.post(address, data=data | written, headers=client.headers)


def _inputs(endpoint: str, town: Town) -> list[tuple[str, str, str]]:
    demand = db.session.scalars(select(Demand.id).order_by(Demand.id)).all()
    ids = {"street": town.street.id, "demand": demand[0], "other_demand": demand[1]}
    return [(name.format(**ids), written, text) for name, written, text in WRITTEN[endpoint]]


def _shown(client: PageClient, address: str, name: str) -> list[str]:
    return client.get(address).filled_in()[name]


def test_an_edit_form_sent_back_untouched_changes_nothing(
    app: Flask, coordinator: PageClient, furnished: dict[str, str]
) -> None:
    administrator, teacher = sign_in_as(app, "administrator"), sign_in_as(app, "teacher")
    clients = {"accounts.edit": administrator, "venues.edit_feature": administrator, "teachers.me": teacher}
    newest = db.session.scalars(select(AuditEntry.id).order_by(AuditEntry.id.desc())).first() or 0
    for endpoint, address in furnished.items():
        client = clients.get(endpoint, coordinator)
        page = client.get(address)
        answer = client.client.post(address, data=page.filled_in(), headers=client.headers)
        assert answer.status_code == 303, f"{endpoint} refuses what it showed"
        entries = db.session.scalars(select(AuditEntry).where(AuditEntry.id > newest)).all()
        assert [(entry.table, entry.changes) for entry in entries] == [], endpoint


@pytest.mark.one_database
def test_two_users_who_change_different_things_in_one_form_both_keep_theirs(
    app: Flask, town: Town, furnished: dict[str, str]
) -> None:
    for endpoint, address in furnished.items():
        (field, written, _other), *others = _inputs(endpoint, town)
        first, second = _clients(app, endpoint)
        for other, _theirs, text in others:
            before, at_once = first.get(address), second.get(address)
            assert _send(first, address, before, **{field: written}).status_code == 303, endpoint
            answer = _send(second, address, at_once, **{other: text})
            assert answer.status_code == 303, (endpoint, other)
            assert "That stays, and so do your changes." in second.get(answer.location).text, (endpoint, other)
            assert _shown(first, address, field) == [written], (endpoint, field)
            assert _shown(first, address, other) == [text], (endpoint, other)
            assert _send(first, address, first.get(address), **{field: before.filled_in()[field][0]}).status_code == 303


@pytest.mark.one_database
def test_two_users_who_change_the_same_are_told_and_nothing_is_lost(
    app: Flask, town: Town, furnished: dict[str, str]
) -> None:
    for endpoint, address in furnished.items():
        first, second = _clients(app, endpoint)
        for field, written, text in _inputs(endpoint, town):
            before, at_once = first.get(address), second.get(address)
            assert _send(first, address, before, **{field: written}).status_code == 303, endpoint
            refused = _send(second, address, at_once, **{field: text})
            assert refused.status_code == 200, (endpoint, field)
            page = Page(refused)
            assert "Yours stands in the form" in page.text, (endpoint, field)
            assert page.filled_in()[field] == [text], (endpoint, field)
            assert _shown(first, address, field) == [written], (endpoint, field)
            assert _send(second, address, page).status_code == 303, (endpoint, field)
            assert _shown(first, address, field) == [text], (endpoint, field)


def test_users_are_told_who_wrote_what_and_when(app: Flask, town: Town, coordinator: PageClient) -> None:
    administrator, address = sign_in_as(app, "administrator"), f"/desk/teachers/{town.teacher.id}/edit"
    page, at_once = coordinator.get(address), administrator.get(address)
    _send(coordinator, address, page, phone="13800000001", **{"hours-2": "08:00-11:00"})
    refused = _send(administrator, address, at_once, phone="13800000002", max_day="1").text
    assert "Coordinator has written “13800000001” here at " in refused
    assert "Meanwhile Coordinator has changed “Hours in which they can teach”." in refused
    db.session.expire_all()
    assert (town.teacher.phone, town.teacher.max_day) == ("13800000001", 3)


@pytest.mark.parametrize("text", ["", "x", "[]", "{}", '{"at": 1, "values": 2}', "[" * 5000])
def test_a_form_that_does_not_say_what_it_showed_is_saved_as_it_is(
    coordinator: PageClient, town: Town, text: str
) -> None:
    address = f"/desk/venues/rooms/{town.hall.id}/edit"
    page = coordinator.get(address)
    assert _send(coordinator, address, page, name="排练厅 2", shown_values=text).status_code == 303
    assert _shown(coordinator, address, "name") == ["排练厅 2"]


def test_of_two_who_save_the_same_at_once_the_second_is_asked(app: Flask, town: Town, coordinator: PageClient) -> None:
    administrator, address = sign_in_as(app, "administrator"), f"/desk/venues/rooms/{town.hall.id}/edit"
    forms = [(client, client.get(address), name) for client, name in ((coordinator, "甲"), (administrator, "乙"))]
    with ThreadPoolExecutor(2) as threads:
        answers = list(threads.map(lambda form: _send(form[0], address, form[1], name=form[2]).status_code, forms))
    assert sorted(answers) == [200, 303]
    db.session.expire_all()
    assert town.hall.name == ("甲", "乙")[answers.index(303)]
