"""Series: what they open, how they keep up with the network, and whether a plan meets them."""

from datetime import date, timedelta

from flask import Flask
from sqlalchemy import select

from scheduler.core.extensions import db
from scheduler.domain.publishing.publication import publish
from scheduler.features.planning.terms.term_copy import copy_term
from scheduler.models import (
    ActivitySeries,
    CalendarDay,
    Course,
    DayKind,
    Plan,
    PlanStatus,
    Section,
    SeriesSection,
    Term,
    VenueKind,
)
from tests import rows
from tests.activities import address, hidden, hours_of, planned, series_form, undo_address
from tests.client import Page, PageClient
from tests.factories import Town, sign_in_as


def the_series() -> ActivitySeries:
    db.session.expire_all()
    return db.session.scalars(select(ActivitySeries)).one()


def open_sections() -> list[Section]:
    db.session.expire_all()
    of_series = select(SeriesSection.section_id)
    statement = select(Section).where(Section.id.in_(of_series), Section.archived_at.is_(None)).order_by(Section.id)
    return list(db.session.scalars(statement))


def series_address(town: Town, rest: str = "") -> str:
    return address(town, f"/series/{the_series().id}{rest}")


def carry_out(client: PageClient, town: Town) -> Page:
    page = client.get(series_address(town))
    return client.post(series_address(town, "/open"), {"shown": hidden(page, "shown")})


def make(client: PageClient, town: Town, **changes: object) -> Page:
    """A series with its sections."""
    client.post(address(town, "/series/new"), series_form(town, **changes))
    return carry_out(client, town)


def people_of(section: Section) -> dict[str, int]:
    return {entry.community.name: entry.people for entry in section.learners}


def test_a_series_shows_its_sections_before_it_opens_them(coordinator: PageClient, town: Town) -> None:
    assert "No series yet" in coordinator.get(address(town)).text
    page = coordinator.post(address(town, "/series/new"), series_form(town))
    assert page.heading == "Family education station"
    assert "4 sessions for each community, once every 4 weeks, beginning in week 1 to 4" in page.text
    assert page.text.count("to be opened") == 1 + 4 and "Open 4 sections" in page.text
    assert open_sections() == [] and db.session.scalars(select(Course).where(Course.for_activity)).all() == []
    page = carry_out(coordinator, town)
    assert "4 sections are opened." in page.text and "Every section stands as it should." in page.text
    people = [people_of(section) for section in open_sections()]
    assert people == [{community.name: 15} for community in town.communities]
    first = open_sections()[0]
    assert (first.earliest_week, first.latest_week, first.priority, first.unit) == (1, 4, 4, town.street)
    course = first.course
    assert (course.sessions, course.every_weeks, course.per_week, course.subject) == (4, 4, 1, town.course.subject)
    assert hours_of(course) == hours_of(town.course)


def test_called_again_it_proposes_only_the_difference(coordinator: PageClient, town: Town) -> None:
    make(coordinator, town)
    before = [section.id for section in open_sections()]
    rows.community_row(town.street, "330213001000", "新桥社区", 29.657, 121.403)
    db.session.commit()
    page = carry_out(coordinator, town)
    assert "1 section is opened." in page.text
    assert {section.id for section in open_sections()} > set(before) and len(open_sections()) == 5
    coordinator.post(f"/desk/network/communities/{town.communities[3].id}/archive", {"confirmed": 1})
    page = coordinator.get(series_address(town))
    assert "to be archived" in page.text
    carry_out(coordinator, town)
    assert len(open_sections()) == 4


def test_what_was_opened_is_taken_back_and_opened_again_as_the_same_sections(
    coordinator: PageClient, town: Town
) -> None:
    page = make(coordinator, town)
    ids = [section.id for section in open_sections()]
    page = coordinator.post(undo_address(page))
    assert "Everything is as it was before." in page.text and open_sections() == []
    carry_out(coordinator, town)
    assert [section.id for section in open_sections()] == ids


def test_another_frequency_changes_sections_only_once_that_is_said(coordinator: PageClient, town: Town) -> None:
    make(coordinator, town)
    page = coordinator.post(series_address(town, "/edit"), series_form(town, at_least_every=5, people=20))
    assert [section.sessions for section in open_sections()] == [4] * 4
    assert "number of sessions" in page.text and "Update the sections" in page.text
    page = carry_out(coordinator, town)
    # 16 weeks hold three dates five weeks apart; the first in week 2 at the earliest, else the last comes too early.
    first = open_sections()[0]
    assert (first.course.sessions, first.course.every_weeks, first.earliest_week, first.latest_week) == (3, 5, 2, 5)
    assert people_of(first) == {"东门社区": 20}
    coordinator.post(undo_address(page))
    first = open_sections()[0]
    assert (first.course.sessions, first.earliest_week, people_of(first)) == (4, 1, {"东门社区": 15})


def test_taking_back_leaves_what_somebody_has_changed_by_hand(coordinator: PageClient, town: Town) -> None:
    page = make(coordinator, town)
    open_sections()[0].priority = 1
    db.session.commit()
    page = coordinator.post(undo_address(page))
    assert "1 section was changed by hand in the meantime and stays" in page.text
    assert [section.priority for section in open_sections()] == [1]


def test_nothing_is_done_but_what_was_shown(coordinator: PageClient, town: Town) -> None:
    coordinator.post(address(town, "/series/new"), series_form(town))
    shown = hidden(coordinator.get(series_address(town)), "shown")
    rows.community_row(town.street, "330213001003", "新桥社区", 29.657, 121.403)
    db.session.commit()
    page = coordinator.post(series_address(town, "/open"), {"shown": shown})
    assert "Something has changed since this page was shown." in page.text
    assert open_sections() == []


def test_a_share_of_the_inhabitants_has_bounds(coordinator: PageClient, town: Town) -> None:
    for community, population in zip(town.communities, (100, 2000, 3000, 90_000), strict=True):
        community.population = population
    db.session.commit()
    make(coordinator, town, per_thousand=10, fewest=12, most=35)
    assert [section.size for section in open_sections()] == [12, 20, 30, 35]


def test_neighbours_share_only_when_that_is_wanted(coordinator: PageClient, town: Town) -> None:
    make(coordinator, town, sharing_metres=3000)
    assert [people_of(section) for section in open_sections()] == [
        {"东门社区": 15, "西溪社区": 15}, {"大成村": 15, "金钟村": 15},
    ]
    assert [[venue.name for venue in section.allowed_venues] for section in open_sections()] == [
        ["奉化区图书馆"], ["岳林街道文化站"],
    ]
    rows.community_row(town.street, "330213001000", "新桥社区", 29.657, 121.403)
    db.session.commit()
    page = coordinator.get(series_address(town))
    # The reading room seats 40, not 45: the third neighbour gets an activity of its own, and nobody else changes.
    assert "Open 1 section" in page.text


def test_kinds_of_venues_confine_and_what_cannot_be_opened_says_why(coordinator: PageClient, town: Town) -> None:
    page = coordinator.post(
        address(town, "/series/new"),
        series_form(town, venue_kinds=[VenueKind.CULTURE_STATION.value], reach_metres=3000),
    )
    assert page.text.count("cannot be opened") == 1 + 2
    assert "No venue within 3.0 km has a room that seats 15" in page.text
    carry_out(coordinator, town)
    assert [[venue.name for venue in section.allowed_venues] for section in open_sections()] == [["岳林街道文化站"]] * 2
    ready = coordinator.get(f"/desk/terms/{town.term.id}/ready")
    assert "2 communities have no section of a series that is to come to them." in ready.text
    assert "东门社区, 西溪社区" in ready.text


def test_a_series_of_chosen_communities(coordinator: PageClient, town: Town) -> None:
    chosen = [town.communities[1].id, town.communities[2].id]
    make(coordinator, town, chosen=chosen)
    assert [list(people_of(section)) for section in open_sections()] == [["西溪社区"], ["大成村"]]
    page = coordinator.post(series_address(town, "/edit"), series_form(town, chosen=chosen, unit=town.street.id))
    assert "大成村: not in 锦屏街道." in page.text


def test_wrong_wishes_are_refused_at_their_field(coordinator: PageClient, town: Town) -> None:
    for changes, words in (
        ({"at_least_every": 17}, "The term has 16 weeks. Write at most that."),
        ({"fewest": 30, "most": 20}, "The most cannot be less than the fewest."),
        ({"people": 0}, "People expected in each community"),
        ({"content": ""}, "Choose “Course that is held”."),
        ({"title_zh": " "}, "Fill in “Title in Chinese”."),
    ):
        assert words in coordinator.post(address(town, "/series/new"), series_form(town, **changes)).text
    assert db.session.scalars(select(ActivitySeries)).all() == []
    coordinator.post(address(town, "/series/new"), series_form(town))
    page = coordinator.post(address(town, "/series/new"), series_form(town))
    assert "This name is already taken here." in page.text


def test_a_term_of_days_off_holds_no_series(coordinator: PageClient, town: Town) -> None:
    days = (town.term.first_day + timedelta(days=number) for number in range(7 * town.term.weeks))
    town.term.days = [CalendarDay(date=day, kind=DayKind.OFF) for day in days if day.weekday() < 5]
    db.session.commit()
    page = coordinator.post(address(town, "/series/new"), series_form(town))
    assert "Days off leave not one date for this course." in page.text


def test_the_planner_s_plan_meets_the_series_everywhere(coordinator: PageClient, town: Town) -> None:
    make(coordinator, town)
    assert "No plan yet" in coordinator.get(series_address(town, "/check")).text
    plan = planned(town)
    page = coordinator.get(series_address(town, f"/check?plan={plan.id}"))
    assert "100.0%" in page.text and "4 of 4" in page.text and "Every community has it often enough" in page.text
    assert page.text.count("4 weeks") >= 4
    publish(plan)
    db.session.commit()
    assert "4 of 4" in coordinator.get(series_address(town, "/check")).text
    assert sign_in_as(coordinator.client.application, "street").get(address(town)).text.count("Family education") == 0


def test_a_plan_made_before_or_without_a_section_names_who_is_not_served(coordinator: PageClient, town: Town) -> None:
    make(coordinator, town)
    plan = Plan(term=town.term, name="方案 1", status=PlanStatus.DRAFT, total=0, cost={}, reasons={})
    section = open_sections()[0]
    plan.reasons = {str(section.id): {"code": "no teacher", "parameters": ["subject", "3"]}}
    db.session.add(plan)
    db.session.commit()
    open_sections()[3].archived_at = plan.created_at
    db.session.commit()
    page = coordinator.get(series_address(town, "/check"))
    assert "0.0%" in page.text and "not met: no section" in page.text
    assert "It was opened after this plan was made." in page.text
    assert f"/desk/plans/{plan.id}/sections/{section.id}" in page.links
    assert "1 community has no section of a series" in coordinator.get(f"/desk/terms/{town.term.id}/ready").text


def test_a_day_off_that_takes_a_date_away_is_told_from_a_gap_by_plan(coordinator: PageClient, town: Town) -> None:
    make(coordinator, town)
    plan = planned(town)
    placement = next(placement for placement in plan.placements if placement.section_id == open_sections()[0].id)
    second = town.term.first_day + timedelta(weeks=placement.week + 3, days=placement.meetings[0].weekday)
    town.term.days.append(CalendarDay(date=second, kind=DayKind.OFF, name="校庆"))
    db.session.commit()
    page = coordinator.get(series_address(town, "/check"))
    assert "not met: days off" in page.text and "8 weeks" in page.text
    open_sections()[1].every_weeks = 5
    db.session.commit()
    assert "not met: gap too long" in coordinator.get(series_address(town, "/check?show=open")).text


def test_an_archived_series_archives_its_sections_and_brings_them_back(coordinator: PageClient, town: Town) -> None:
    make(coordinator, town)
    page = coordinator.post(series_address(town, "/archive"))
    assert the_series().archived and open_sections() == []
    coordinator.get(series_address(town))
    coordinator.post(undo_address(page))
    assert not the_series().archived and len(open_sections()) == 4


def test_sections_know_their_series_and_the_catalogue_does_not_know_its_course(
    coordinator: PageClient, town: Town
) -> None:
    make(coordinator, town)
    sections = f"/desk/terms/{town.term.id}/sections"
    assert coordinator.get(sections).text.count("Family education station") > 4
    own = coordinator.get(f"{sections}?activity=series-{the_series().id}").text
    assert "4 entries" in own and "3 entries" in coordinator.get(f"{sections}?activity=none").text
    assert "0 entries" in coordinator.get(f"{sections}?activity=series-x").text
    page = coordinator.get(f"{sections}/{open_sections()[0].id}")
    assert "It belongs to an activity: Family education station" in page.text
    assert "Family education station" not in coordinator.get("/desk/courses").text
    assert "Family education station" not in coordinator.get(f"{sections}/new").text


def test_a_new_term_takes_over_the_series_and_none_of_its_sections(coordinator: PageClient, town: Town) -> None:
    make(coordinator, town, chosen=[town.communities[0].id, town.communities[2].id])
    autumn = Term(
        unit=town.district, name="2027 年秋季学期", first_day=date(2027, 9, 6), weeks=18, weights=town.term.weights
    )
    db.session.add(autumn)
    assert copy_term(town.term, autumn) == 3
    db.session.commit()
    copied = db.session.scalars(select(ActivitySeries).where(ActivitySeries.term_id == autumn.id)).one()
    assert copied.course is None and copied.entries == [] and len(copied.chosen) == 2
    page = coordinator.get(f"/desk/terms/{autumn.id}/activities/series/{copied.id}")
    assert "Open 2 sections" in page.text and "beginning in week 3 to 4" in page.text
    coordinator.post(f"/desk/terms/{autumn.id}/activities/series/{copied.id}/open", {"shown": hidden(page, "shown")})
    titles = set(db.session.scalars(select(Course.title_zh).where(Course.for_activity)))
    assert titles == {"家庭教育指导站", "家庭教育指导站（2027 年秋季学期）"}


def test_a_street_coordinator_finds_the_series_of_their_street_only(app: Flask, town: Town) -> None:
    street = sign_in_as(app, "street")
    street.post(address(town, "/series/new"), series_form(town))
    assert db.session.scalars(select(ActivitySeries)).all() == []
    street.post(address(town, "/series/new"), series_form(town, unit=town.street.id))
    carry_out(street, town)
    assert len(open_sections()) == 2
    the_series().unit = town.other_street
    db.session.commit()
    street.get(series_address(town), status=404)
    street.post(series_address(town, "/open"), status=404)
