"""A resident's first visit, as the server of `make run` answers it: few requests, few bytes."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from flask import Flask
from playwright.sync_api import BrowserContext, expect
from sqlalchemy import select

from scheduler.core.clock import monday_of, today
from scheduler.core.extensions import db
from scheduler.demonstration.operations import load
from scheduler.domain.publishing.publication import publish
from scheduler.models import Course, Meeting, Placement, Plan, Room, Section, Teacher
from tests.browser.conftest import PHONE
from tests.serving import answers, free_port, served, wait_until

MAX_REQUESTS, MAX_BYTES = 10, 70_000
SECTIONS, SHORT, PER_PAGE = 60, 12, 20


def offer() -> None:
    """The demonstration in its second week, with sections on offer, each in a room of its own, once a week."""
    term = load()
    term.first_day, term.days = monday_of(today()) - timedelta(weeks=1), []
    plan = Plan(term=term, name="方案 1", total=0, bound=0, cost={})
    weekly = Course.per_week == 1, Course.every_weeks == 1, Course.sessions <= SHORT
    sections = select(Section).join(Section.course).where(Section.term == term, *weekly).order_by(Section.id)
    rooms, teachers = select(Room).order_by(Room.id), select(Teacher).order_by(Teacher.id)
    rows = zip(*(db.session.scalars(rows.limit(SECTIONS)) for rows in (sections, rooms, teachers)), strict=True)
    plan.placements = [
        Placement(section=section, week=1, room=room, teacher=teacher, meetings=[_at_nine(weekday=number % 5)])
        for number, (section, room, teacher) in enumerate(rows)
    ]
    db.session.add(plan)
    db.session.flush()
    publish(plan)


def _at_nine(weekday: int) -> Meeting:
    return Meeting(weekday=weekday, start_minute=540)


def test_a_residents_first_visit_is_light(
    app: Flask, database_url: str, tmp_path: Path, new_context: Callable[..., BrowserContext]
) -> None:
    offer()
    db.session.commit()
    db.engine.dispose()
    port, received = free_port(), []
    with served(port, database_url, tmp_path):
        wait_until(lambda: answers(port))
        page = new_context(viewport={"width": PHONE[0], "height": PHONE[1]}, locale="zh-CN").new_page()
        protocol = page.context.new_cdp_session(page)
        protocol.send("Network.enable")
        protocol.on("Network.loadingFinished", lambda told: received.append(told["encodedDataLength"]))
        page.goto(f"http://127.0.0.1:{port}/")
        expect(page.locator(".session-card").nth(PER_PAGE - 1)).to_be_attached()
        page.evaluate("document.fonts.ready")
    assert 4 <= len(received) <= MAX_REQUESTS
    assert 20_000 < sum(received) <= MAX_BYTES
