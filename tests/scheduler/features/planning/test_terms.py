"""Terms, their calendar and budgets through the pages."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from scheduler.core.database import now
from scheduler.core.extensions import db
from scheduler.domain.cost_weights import DEFAULT_WEIGHTS
from scheduler.domain.workflow import progress_of
from scheduler.models import (
    AuditEntry,
    BookingStatus,
    Budget,
    DayKind,
    Demand,
    PinnedMeeting,
    PlanStatus,
    Section,
    SharedLearners,
    Term,
)
from tests.client import PageClient
from tests.factories import Town, build_bookings, build_plan, sign_in_as


def term_form(town: Town, **changes: object) -> dict[str, object]:
    weights = {f"weight_{part}": weight for part, weight in DEFAULT_WEIGHTS.items()}
    return {
        "unit": town.district.id,
        "source": "",
        "parts": ["demand", "sections", "teachers", "hours", "rooms", "budgets"],
        "name": "2026 年秋季学期",
        "first_day": "2026-09-07",
        "weeks": 16,
        "grid_minutes": 30,
        "metres_per_minute": 250,
        "overhead_minutes": 5,
        **weights,
        **changes,
    }


def term_named(name: str) -> Term | None:
    return db.session.scalar(select(Term).where(Term.name == name))


def test_a_new_term_knows_its_days_off_and_make_up_days(coordinator: PageClient, town: Town) -> None:
    page = coordinator.post("/desk/terms/new", term_form(town, weight_money=7))
    term = term_named("2026 年秋季学期")
    assert term is not None and term.name == page.heading
    assert term.weights == {**DEFAULT_WEIGHTS, "money": 7}
    kinds = {day.date: day.kind for day in term.days}
    assert kinds[date(2026, 10, 1)] is DayKind.OFF
    assert kinds[date(2026, 10, 10)] is DayKind.MAKE_UP
    assert date(2026, 10, 17) not in kinds, "an ordinary Saturday"
    entry = db.session.scalars(
        select(AuditEntry).where(AuditEntry.table == "terms").order_by(AuditEntry.id.desc())
    ).first()
    assert (
        entry is not None
        and entry.user is not None
        and (entry.action, entry.user.username) == ("create", "coordinator")
    )


def test_a_year_not_announced_yet_says_so(coordinator: PageClient, town: Town) -> None:
    page = coordinator.post(f"/desk/terms/{town.term.id}/calendar/reload")
    assert "the make-up days are not announced yet" in page.text
    assert {day.date for day in town.term.days} >= {date(2027, 4, 5), date(2027, 5, 1), date(2027, 6, 9)}
    assert "Tomb-Sweeping Day" in page.text


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"first_day": "2026-09-08"}, "The Monday of that week is Monday, September 7, 2026."),
        ({"first_day": "soon"}, "Not a valid date value."),
        ({"weeks": 54}, "Number must be between 1 and 53."),
        ({"grid_minutes": 7}, "Not a valid choice."),
        ({"metres_per_minute": 1}, "Number must be between 10 and 2000."),
        ({"name": " "}, "Fill in “Name”."),
        ({"weight_clash": -1}, "Number must be between 0 and 100000."),
        ({"name": "2027 年春季学期"}, "This name is already taken here."),
    ],
)
def test_a_wrong_value_is_refused_in_words_and_opens_no_term(
    coordinator: PageClient, town: Town, wrong: dict[str, object], message: str
) -> None:
    page = coordinator.post("/desk/terms/new", term_form(town, **wrong))
    assert message in page.text
    assert db.session.scalars(select(Term.name)).all() == ["2027 年春季学期"]


def test_a_new_term_takes_over_from_an_earlier_one(coordinator: PageClient, town: Town) -> None:
    """The third section is archived and stays behind; weeks are cut to the shorter term; pins of the week are freed."""
    first, second, third = town.sections
    first.latest_week, first.pinned_week, first.pinned_room = 12, 9, town.reading_room
    first.pinned_meetings = [PinnedMeeting(weekday=1, start_minute=540)]
    second.allowed_teachers = [town.teacher, town.volunteer]
    town.teacher.archived_at = third.archived_at = now()
    pairs = [(first, second, 4), (first, third, 2)]
    db.session.add_all(SharedLearners(first_id=a.id, second_id=b.id, people=people) for a, b, people in pairs)
    db.session.add(Demand(term=town.term, course=town.course, community=town.communities[0], people=30))
    db.session.commit()
    coordinator.post("/desk/terms/new", term_form(town, source=town.term.id, weeks=11))
    term = term_named("2026 年秋季学期")
    assert term is not None
    copies = db.session.scalars(select(Section).where(Section.term_id == term.id).order_by(Section.id)).all()
    assert [section.name for section in copies] == [first.name, second.name]
    assert [section.size for section in copies] == [20, 15]
    assert (copies[0].latest_week, copies[0].pinned_week, copies[0].pinned_room) == (11, None, town.reading_room)
    assert [(meeting.weekday, meeting.start_minute) for meeting in copies[0].pinned_meetings] == [(1, 540)]
    assert copies[1].allowed_teachers == [town.volunteer]
    shared = db.session.scalars(select(SharedLearners).where(SharedLearners.first_id == copies[0].id)).all()
    assert [(pair.second_id, pair.people) for pair in shared] == [(copies[1].id, 4)]
    assert [(entry.community, entry.people) for entry in demand_of(term)] == [(town.communities[0], 30)]
    assert [(budget.unit, budget.yuan) for budget in term.budgets] == [(town.street, 50_000)]


def test_a_new_term_takes_over_only_the_parts_that_are_chosen(coordinator: PageClient, town: Town) -> None:
    section = town.sections[0]
    section.pinned_room, section.pinned_teacher = town.reading_room, town.teacher
    section.allowed_venues, section.allowed_teachers = [town.library], [town.teacher]
    section.pinned_meetings = [PinnedMeeting(weekday=1, start_minute=540)]
    db.session.add(Demand(term=town.term, course=town.course, community=town.communities[0], people=30))
    page = coordinator.get(f"/desk/terms/new?source={town.term.id}&unit={town.district.id}")
    assert page.response.text.count(" selected") >= 2 and page.response.text.count(" checked") == 7
    coordinator.post("/desk/terms/new", term_form(town, source=town.term.id, parts=["sections", "hours"]))
    term = term_named("2026 年秋季学期")
    assert term is not None and term.budgets == [] and demand_of(term) == []
    copies = db.session.scalars(select(Section).where(Section.term_id == term.id).order_by(Section.id)).all()
    assert [copy.name for copy in copies] == [section.name for section in town.sections]
    first = copies[0]
    assert (first.pinned_room, first.pinned_teacher) == (None, None)
    assert (first.allowed_venues, first.allowed_teachers) == ([], [])
    assert [(meeting.weekday, meeting.start_minute) for meeting in first.pinned_meetings] == [(1, 540)]


def test_a_term_takes_over_only_what_lies_in_its_units(coordinator: PageClient, town: Town) -> None:
    coordinator.post("/desk/terms/new", term_form(town, unit=town.other_street.id, source=town.term.id))
    term = term_named("2026 年秋季学期")
    assert term is not None
    names = db.session.scalars(select(Section.name).where(Section.term_id == term.id).order_by(Section.id)).all()
    assert names == [section.name for section in town.sections[1:]]
    assert term.budgets == []
    assert "Not a valid choice." in coordinator.post("/desk/terms/new", term_form(town, source=9999)).text


def demand_of(term: Term) -> list[Demand]:
    return list(db.session.scalars(select(Demand).where(Demand.term_id == term.id)))


def test_moving_the_dates_keeps_edited_days_and_loads_the_new_ones(coordinator: PageClient, town: Town) -> None:
    coordinator.post("/desk/terms/new", term_form(town, weeks=4))
    term = term_named("2026 年秋季学期")
    assert term is not None
    coordinator.post(f"/desk/terms/{term.id}/calendar", {"date": "2026-09-18", "kind": "off", "name": "校庆"})
    coordinator.post(f"/desk/terms/{term.id}/edit", term_form(town, first_day="2026-09-14", weeks=5))
    db.session.expire_all()
    days = {day.date: day.name for day in term.days}
    assert days[date(2026, 9, 18)] == "校庆"
    assert date(2026, 10, 10) in days, "reached by the later end"
    coordinator.post(f"/desk/terms/{term.id}/edit", term_form(town, first_day="2026-09-21", weeks=2))
    db.session.expire_all()
    assert {day.date for day in term.days} == {
        date(2026, 9, 25),
        date(2026, 9, 26),
        date(2026, 9, 27),
        date(2026, 10, 1),
        date(2026, 10, 2),
        date(2026, 10, 3),
        date(2026, 10, 4),
    }


def test_a_term_cannot_end_before_a_section_may_begin(coordinator: PageClient, town: Town) -> None:
    town.sections[1].latest_week = 9
    db.session.commit()
    data = term_form(town, name=town.term.name, first_day="2027-03-01", weeks=8)
    page = coordinator.post(f"/desk/terms/{town.term.id}/edit", data)
    assert "岳林街道·书法 1 班 may begin as late as week 9." in page.text
    db.session.expire_all()
    assert town.term.weeks == 16


def test_a_day_is_added_once_inside_the_term_and_its_removal_undone(coordinator: PageClient, town: Town) -> None:
    address = f"/desk/terms/{town.term.id}/calendar"
    page = coordinator.post(address, {"date": "2027-03-08", "kind": "off", "name": "妇女节"})
    assert "妇女节" in page.text
    assert (
        "This date stands in the calendar already."
        in coordinator.post(address, {"date": "2027-03-08", "kind": "off"}).text
    )
    assert "Choose a date between." in coordinator.post(address, {"date": "2028-03-08", "kind": "off"}).text
    assert [day.date for day in town.term.days] == [date(2027, 3, 8)]
    page = coordinator.post(f"{address}/{town.term.days[0].id}/remove")
    db.session.expire_all()
    assert town.term.days == []
    coordinator.post(undo_address(page))
    db.session.expire_all()
    assert [(day.date, day.kind, day.name) for day in town.term.days] == [(date(2027, 3, 8), DayKind.OFF, "妇女节")]


def undo_address(page: object) -> str:
    forms = page.elements("form")  # type: ignore[attr-defined]
    return next(form.get("action") for form in forms if "restore" in (form.get("action") or ""))


def test_several_days_in_a_row_are_entered_at_once(coordinator: PageClient, town: Town) -> None:
    address = f"/desk/terms/{town.term.id}/calendar"
    form = {"date": "2027-05-01", "until": "2027-05-05", "kind": "off", "name": "劳动节"}
    assert "5 dates are in the calendar." in coordinator.post(address, form).text
    db.session.expire_all()
    assert [day.date.day for day in town.term.days if day.date.month == 5] == [1, 2, 3, 4, 5]
    page = coordinator.post(address, {**form, "date": "2027-05-05", "until": "2027-05-07"})
    assert "This date stands in the calendar already." in page.text
    page = coordinator.post(address, {**form, "date": "2027-05-09", "until": "2027-05-08"})
    assert "The last day lies before the first." in page.text
    page = coordinator.post(address, {**form, "date": "2027-05-09", "until": "2028-05-08"})
    assert "Choose a date between." in page.text
    db.session.expire_all()
    assert len([day for day in town.term.days if day.date.month == 5]) == 5


def test_budgets_are_saved_at_once_and_an_empty_field_lifts_the_limit(coordinator: PageClient, town: Town) -> None:
    address = f"/desk/terms/{town.term.id}/budgets"
    amounts = {f"unit_{town.district.id}": 120_000, f"unit_{town.street.id}": "", f"unit_{town.other_street.id}": 0}
    coordinator.post(address, amounts)
    saved = budgets_saved()
    assert saved == {town.district.id: 120_000, town.other_street.id: 0}
    page = coordinator.post(address, {**amounts, f"unit_{town.street.id}": -5, f"unit_{town.district.id}": 7})
    assert "Write whole yuan from 0" in page.text
    assert budgets_saved() == saved


def test_archiving_a_term_can_be_undone(coordinator: PageClient, town: Town) -> None:
    page = coordinator.post(f"/desk/terms/{town.term.id}/archive", {"confirmed": 1})
    assert f"/desk/terms/{town.term.id}" not in page.links
    assert f"/desk/terms/{town.term.id}" in coordinator.get("/desk/terms?archived=1").links
    coordinator.post(undo_address(page))
    db.session.expire_all()
    assert not town.term.archived


def test_a_street_coordinator_sees_the_district_s_term_but_plans_only_their_own(app: Flask, town: Town) -> None:
    street = sign_in_as(app, "street")
    page = street.get(f"/desk/terms/{town.term.id}")
    assert "奉化区 plans this term." in page.text
    assert "1 section open 20 learners in all." in page.text, "theirs alone"
    assert f"/desk/terms/{town.term.id}/demand" in page.links
    assert f"/desk/terms/{town.term.id}/budgets" not in page.links
    for path in ("edit", "calendar", "budgets"):
        street.get(f"/desk/terms/{town.term.id}/{path}", status=404)
    street.post(f"/desk/terms/{town.term.id}/archive", status=404)
    street.post("/desk/terms/new", term_form(town))
    assert term_named("2026 年秋季学期") is None
    town.term.unit = town.other_street
    db.session.commit()
    street.get(f"/desk/terms/{town.term.id}", status=404)


def test_the_home_of_a_term_says_what_is_next(coordinator: PageClient, town: Town) -> None:
    address = f"/desk/terms/{town.term.id}"
    assert "See whether anything is missing, then plan them." in coordinator.get(address).text
    plan = build_plan(town, PlanStatus.DRAFT)
    db.session.commit()
    assert "1 section has no hours yet." in coordinator.get(address).text
    plan.status = PlanStatus.PUBLISHED
    bookings = build_bookings(plan)
    db.session.commit()
    assert "2 requests wait for their venues' answers." in coordinator.get(address).text
    bookings[0].status, bookings[0].reason = BookingStatus.DECLINED, "renovation"
    db.session.commit()
    assert "A venue has declined 1 section." in coordinator.get(address).text
    progress = progress_of(town.term)
    assert (progress.sections, progress.placed, progress.unplaced) == (3, 2, 1)
    assert (progress.requested, progress.confirmed, progress.refused) == (1, 0, 1)
    assert progress.stage == "venues"
    bookings[1].status = BookingStatus.CONFIRMED
    db.session.commit()
    assert progress_of(town.term).done == {
        "ready": True,
        "plan": True,
        "adjust": False,
        "venues": False,
        "publish": True,
    }


def budgets_saved() -> dict[int, int]:
    return {budget.unit_id: budget.yuan for budget in db.session.scalars(select(Budget))}
