"""Proposed sections through their pages."""

import re

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.core.extensions import db
from scheduler.features.planning.proposals import views
from scheduler.models import Demand, Proposal, ProposalRun, ProposalState, ProposedCourse, Section
from tests.client import Page, PageClient
from tests.factories import Town, build_plan, sign_in_as


def address(town: Town, rest: str = "") -> str:
    return f"/desk/terms/{town.term.id}/proposals{rest}"


@pytest.fixture
def waiting(town: Town) -> Town:
    """Thirty of 东门社区, ten of 西溪社区 and five of 大成村 wait for calligraphy; classes of 10 to 40, 9 km of reach.

    The library, near the first two, seats 40; 大成村 lies beyond reach of it, and at the station it is alone.
    """
    east, west, village, _other = town.communities
    people = {east: 12 + 30, west: 8 + 10, village: 15 + 5}
    db.session.add_all(
        Demand(term=town.term, course=town.course, community=community, people=number)
        for community, number in people.items()
    )
    db.session.commit()
    return town


def proposed() -> list[Proposal]:
    db.session.expire_all()
    return list(db.session.scalars(select(Proposal).order_by(Proposal.id)))


def learners(proposal: Proposal | Section) -> dict[str, int]:
    return {entry.community.name: entry.people for entry in proposal.learners}


def undo_address(page: Page) -> str:
    return str(next(form.get("action") for form in page.elements("form") if "/undo" in (form.get("action") or "")))


def test_where_nobody_waits_the_page_says_so(coordinator: PageClient, town: Town) -> None:
    assert "Nobody waits for a section" in coordinator.get(address(town)).text
    assert "all demand is met, or none is entered" in coordinator.post(address(town, "/start"), {}).text
    assert db.session.scalar(select(ProposalRun)) is None


def test_a_section_is_proposed_for_those_who_wait_and_who_is_left_out_is_told_why(
    coordinator: PageClient, waiting: Town
) -> None:
    page = coordinator.post(address(waiting, "/start"), {"course": waiting.course.id})
    (proposal,) = proposed()
    assert learners(proposal) == {"东门社区": 30, "西溪社区": 10}
    assert proposal.venue is not None and proposal.venue.name == "奉化区图书馆"
    assert proposal.unit.name == waiting.street.name
    rows = [" ".join("".join(row.itertext()).split()) for row in page.elements("tr")]
    assert any(row.startswith("大成村") and "too few people within reach" in row for row in rows)
    assert "proposal-map" in page.response.text
    assert len(db.session.scalars(select(Section)).all()) == 3, "nothing is opened yet"


def test_accepting_opens_sections_and_all_of_it_can_be_undone(coordinator: PageClient, waiting: Town) -> None:
    coordinator.post(address(waiting, "/start"), {})
    (proposal,) = proposed()
    page = coordinator.post(address(waiting, "/accept"), {"course": waiting.course.id})
    assert "1 section is open." in page.text
    (proposal,) = proposed()
    section = proposal.section
    assert section is not None and proposal.state is ProposalState.ACCEPTED
    assert learners(section) == {"东门社区": 30, "西溪社区": 10}
    assert (section.name, section.reach_metres, section.priority) == ("锦屏街道·书法入门 1 班", 9000, 3)
    assert (section.earliest_week, section.latest_week) == (1, 2)
    totals = coordinator.get(f"/desk/terms/{waiting.term.id}/demand/courses")
    assert "5 people" in totals.text
    later = coordinator.get(address(waiting))
    assert undo_address(page) == undo_address(later), "it can be undone as long as the sections are as they were"
    coordinator.post(undo_address(later))
    (proposal,) = proposed()
    assert (proposal.section, proposal.state) == (None, ProposalState.OPEN)
    assert len(db.session.scalars(select(Section)).all()) == 3


def test_sections_that_stand_are_taken_into_account(coordinator: PageClient, waiting: Town) -> None:
    coordinator.post(address(waiting, "/start"), {})
    coordinator.post(address(waiting, "/accept"), {"course": waiting.course.id})
    coordinator.post(address(waiting, "/start"), {})
    newest = db.session.scalars(select(ProposedCourse).order_by(ProposedCourse.id.desc())).first()
    assert newest is not None and not newest.proposals and newest.people == 5


def test_a_section_used_since_is_not_undone(coordinator: PageClient, waiting: Town) -> None:
    coordinator.post(address(waiting, "/start"), {})
    page = coordinator.post(address(waiting, "/accept"), {"course": waiting.course.id})
    (proposal,) = proposed()
    assert proposal.section is not None
    waiting.sections[0] = proposal.section
    build_plan(waiting)
    db.session.commit()
    assert "stands in a plan" in coordinator.post(undo_address(page)).text
    (proposal,) = proposed()
    assert proposal.section is not None and proposal.state is ProposalState.ACCEPTED


def test_a_proposal_is_edited_and_opened_under_its_name(coordinator: PageClient, waiting: Town) -> None:
    coordinator.post(address(waiting, "/start"), {"course": waiting.course.id})
    (proposal,) = proposed()
    east, west = waiting.communities[0].id, waiting.communities[1].id
    url = address(waiting, f"/{proposal.id}/edit")
    unit = waiting.district.id
    empty = coordinator.post(url, {"name": "", "unit": unit, f"people_{east}": 0, f"people_{west}": ""})
    assert "A section needs somebody who learns." in empty.text
    too_many = coordinator.post(url, {"name": "", "unit": unit, f"people_{east}": 1001})
    assert "Write a number from 0 to 1000." in too_many.text
    coordinator.post(url, {"name": "周末书法", "unit": unit, f"people_{east}": 22, f"people_{west}": 0})
    (proposal,) = proposed()
    assert (learners(proposal), proposal.edited) == ({"东门社区": 22}, True)
    coordinator.post(address(waiting, f"/accept?course={waiting.course.id}"), {"proposal": proposal.id})
    section = db.session.scalars(select(Section).where(Section.name == "周末书法")).one()
    assert (learners(section), section.unit_id) == ({"东门社区": 22}, unit)


def test_a_proposal_is_left_out_and_taken_in_again(coordinator: PageClient, waiting: Town) -> None:
    coordinator.post(address(waiting, "/start"), {"course": waiting.course.id})
    (proposal,) = proposed()
    coordinator.post(address(waiting, f"/{proposal.id}/leave-out"))
    assert proposed()[0].state is ProposalState.LEFT_OUT
    page = coordinator.post(address(waiting, "/accept"), {"proposal": proposal.id})
    assert "Choose at least one section that is proposed." in page.text
    coordinator.post(address(waiting, f"/{proposal.id}/leave-out?restore=1"))
    assert proposed()[0].state is ProposalState.OPEN


def test_demand_met_since_is_not_met_twice(coordinator: PageClient, waiting: Town) -> None:
    coordinator.post(address(waiting, "/start"), {"course": waiting.course.id})
    entry = db.session.scalars(select(Demand).where(Demand.community_id == waiting.communities[0].id)).one()
    entry.people = 20
    db.session.commit()
    (proposal,) = proposed()
    page = coordinator.post(address(waiting, f"/accept?course={waiting.course.id}"), {"proposal": proposal.id})
    assert "The demand of 东门社区 for “书法入门” was met or changed since." in page.text
    assert len(db.session.scalars(select(Section)).all()) == 3


def test_limits_hold_over_all_courses(coordinator: PageClient, waiting: Town) -> None:
    coordinator.post(address(waiting, "/start"), {"most_sections": 0})
    page = coordinator.get(address(waiting, f"/courses/{waiting.course.id}"))
    assert not proposed() and "the limit on sections or money is reached" in page.text
    refused = coordinator.post(address(waiting, "/start"), {"most_sections": -1})
    assert "Write a number from 0 to 100,000" in refused.text


def test_without_a_fitting_venue_communities_gather_at_home(coordinator: PageClient, waiting: Town) -> None:
    for room in (waiting.reading_room, waiting.hall):
        room.capacity = 5
    db.session.commit()
    page = coordinator.post(address(waiting, "/start"), {"course": waiting.course.id})
    assert "the communities themselves are proposed as gathering places" in page.text
    assert {proposal.gathering.name for proposal in proposed() if proposal.gathering} == {"东门社区"}


def test_courses_are_solved_a_few_with_each_request_and_it_can_be_stopped(
    coordinator: PageClient, waiting: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    db.session.add(Demand(term=waiting.term, course=waiting.dance, community=waiting.communities[3], people=45))
    db.session.commit()
    monkeypatch.setattr(views, "REQUEST_SECONDS", -1.0)
    page = coordinator.post(address(waiting, "/start"), {})
    assert "1 of 2 courses are worked out." in page.text
    assert re.search(r"Go on with the next courses", page.response.text)
    part = coordinator.client.post(address(waiting, "/go-on"), headers={"HX-Request": "true"})
    assert part.headers["HX-Redirect"].endswith("/proposals")
    page = coordinator.get(address(waiting))
    assert "Square dance" in page.text and "courses are worked out" not in page.text
    coordinator.post(address(waiting, "/start"), {})
    page = coordinator.post(address(waiting, "/stop"))
    assert "Stopped after 1 of 2 courses." in page.text and "not worked out yet" in page.text
    coordinator.post(address(waiting, "/go-on"))
    assert "Stopped after 1 of 2 courses." in coordinator.get(address(waiting)).text


def test_others_see_neither_the_run_nor_what_lies_outside_their_scope(
    app: Flask, coordinator: PageClient, waiting: Town
) -> None:
    coordinator.post(address(waiting, "/start"), {})
    (proposal,) = proposed()
    street = sign_in_as(app, "street")
    street.get(address(waiting, f"/courses/{waiting.course.id}"), status=404)
    street.post(address(waiting, f"/{proposal.id}/leave-out"), {}, status=404)
    street.post(address(waiting, "/start"), {})
    mine = proposed()[-1]
    assert learners(mine) == {"东门社区": 30, "西溪社区": 10}
    page = street.get(address(waiting, f"/courses/{waiting.course.id}"))
    assert "大成村" not in page.text
