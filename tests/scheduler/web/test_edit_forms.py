"""A form of what exists shows all that it holds: sent back untouched, it changes nothing."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.core.extensions import db
from scheduler.models import AuditEntry, PinnedMeeting, RoomClosure, TeacherAbsence, VenueKind
from tests.activities import build_event, build_series
from tests.client import PageClient
from tests.factories import Town, sign_in_as

ELSEWHERE = {
    "planning.rename": "a name alone",
    "scenarios.rename": "a name alone",
    "venues.edit_feature": "two names alone",
    "proposals.edit": "a saved proposal counts as edited and is kept when others are worked out anew",
    "accounts.edit": "an empty password keeps the old one: tested with the users",
}
"""Edit forms that are not sent back here, and why."""


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
    series = build_series(town)
    event = build_event(town, chosen=town.communities[1:3], teachers=[town.volunteer], needs=needs)
    series.chosen, series.venue_kinds, series.per_thousand = town.communities[:2], [VenueKind.LIBRARY], 5
    series.sharing_metres = 700
    db.session.commit()
    term = f"/desk/terms/{town.term.id}"
    return {
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


def test_an_edit_form_sent_back_untouched_changes_nothing(
    app: Flask, coordinator: PageClient, furnished: dict[str, str]
) -> None:
    teacher = sign_in_as(app, "teacher")
    newest = db.session.scalars(select(AuditEntry.id).order_by(AuditEntry.id.desc())).first() or 0
    for endpoint, address in furnished.items():
        client = teacher if endpoint == "teachers.me" else coordinator
        page = client.get(address)
        answer = client.client.post(address, data=page.filled_in(), headers=client.headers)
        assert answer.status_code == 303, f"{endpoint} refuses what it showed"
        entries = db.session.scalars(select(AuditEntry).where(AuditEntry.id > newest)).all()
        assert [(entry.table, entry.changes) for entry in entries] == [], endpoint
