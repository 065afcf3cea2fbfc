"""Planning only a part again, and what differs afterwards, through the pages."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

import solver
from scheduler.core.extensions import db
from scheduler.engine.analysis.comparison import comparison
from scheduler.engine.documents.codec import pack_plan, unpack_plan, unpack_term
from scheduler.engine.documents.snapshot import plan_document
from scheduler.engine.runs import queue
from scheduler.engine.runs.job_kind import Claim
from scheduler.engine.runs.progress import Improvement
from scheduler.engine.runs.search_process import Ended
from scheduler.models import AuditEntry, JobStatus, Meeting, Placement, Plan, PlanningJob, PlanningScope, PlanStatus
from tests.client import Page, PageClient
from tests.factories import Town, build_plan, sign_in_as
from tests.scheduler.jobs import order_of, take


@pytest.fixture
def base(town: Town) -> Plan:
    """A draft that places calligraphy in the library and the dance, but not the other calligraphy."""
    plan = build_plan(town, PlanStatus.DRAFT)
    db.session.commit()
    return plan


def plan_page(town: Town) -> str:
    return f"/desk/terms/{town.term.id}/plan"


def again(town: Town, **arguments: Any) -> str:
    return f"{plan_page(town)}/again?" + "&".join(f"{name}={value}" for name, value in arguments.items())


def only_job() -> PlanningJob:
    db.session.expire_all()
    return db.session.scalars(select(PlanningJob)).one()


def search(claim: Claim) -> solver.Result:
    """What the search of a claimed job finds, here in this process."""
    order = order_of(claim)
    assert order.start is not None
    settings = solver.Settings(seconds=1000, workers=1, max_rounds=1)
    return solver.solve(unpack_term(order.term), settings, start=unpack_plan(order.start), only=order.only)


def carry_out(status: JobStatus = JobStatus.FINISHED) -> None:
    """Take up the job that waits and end it with what a short search finds."""
    claim = take()
    result = search(claim)
    assert result.plan is not None and result.total is not None
    figures = result.total, result.bound, result.placed, result.unplaced
    queue.record(claim, Improvement(1.0, *figures, "rivals", pack_plan(result.plan)))
    queue.finish(claim, status, Ended(has_plan=True, status=result.status.value, reasons=result.reasons))
    db.session.commit()


def test_the_unplaced_are_planned_again_and_everything_else_stays(
    coordinator: PageClient, town: Town, base: Plan
) -> None:
    before = plan_document(base)
    page = coordinator.get(f"/desk/plans/{base.id}")
    address = next(link for link in page.links if "scope=unplaced" in link)
    page = coordinator.get(address)
    assert "1 section is planned again" in page.text and "2 stay as they are in plan 方案 1" in page.text
    assert town.sections[1].name in page.text and town.sections[0].name not in page.text
    page = coordinator.post(address, {"seconds": 30})
    assert "Waiting for a worker" in page.text
    said = "Only what had no place is planned again: 1 section. 2 others stay as they are in plan 方案 1."
    assert said in page.text
    job = only_job()
    assert (job.scope, job.base_plan_id, job.kept, job.seconds) == (PlanningScope.UNPLACED, base.id, 2, 30)
    assert job.sections == [town.sections[1]] and job.requested_by_id == town.users["coordinator"].id

    carry_out()
    draft = only_job().plan
    assert draft is not None and (draft.name, draft.bound) == ("方案 1 · the unplaced again", None)
    after = plan_document(draft)
    assert after.unplaced == () and {name: after.placed[name] for name in before.placed} == before.placed
    assert solver.check(unpack_term(only_job().term_document), after).violations == ()
    assert plan_document(base) == before and base.status is PlanStatus.DRAFT
    page = coordinator.get(f"/desk/plans/{draft.id}")
    assert said in page.text and f"/desk/plans/{draft.id}/compare?with={base.id}" in page.links


def test_what_was_asked_for_is_in_the_audit_trail(coordinator: PageClient, town: Town, base: Plan) -> None:
    ids = [town.sections[0].id, town.sections[1].id]
    coordinator.post(again(town, scope="selection", section=ids[0], plan=base.id) + f"&section={ids[1]}")
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.table == "jobs")).one()
    assert entry.changes["scope"] == [None, "selection"] and entry.changes["base_plan_id"] == [None, base.id]
    assert entry.changes["sections"] == [None, sorted(map(str, ids))]
    assert entry.user_id == town.users["coordinator"].id and "base_document" not in entry.changes


def test_sections_are_ticked_in_the_list_of_those_who_plan(app: Flask, town: Town, base: Plan) -> None:
    address = f"/desk/terms/{town.term.id}/sections"
    page = sign_in_as(app, "coordinator").get(address)
    boxes = [field.get("value") for field in page.elements("input") if field.get("name") == "section"]
    assert sorted(boxes) == sorted(str(section.id) for section in town.sections)
    form = next(form for form in page.elements("form") if form.get("id") == "again")
    assert (form.get("method"), form.get("action")) == ("get", f"{plan_page(town)}/again")
    assert [field.get("value") for field in form.iter("input") if field.get("name") == "plan"] == [str(base.id)]
    street = sign_in_as(app, "street")
    page = street.get(address)
    assert not [field for field in page.elements("input") if field.get("name") == "section"]
    street.get(again(town, scope="selection", section=town.sections[0].id), status=404)
    street.get(f"/desk/plans/{base.id}/compare", status=404)


def test_the_list_shows_and_keeps_the_plan_that_is_asked_for(
    coordinator: PageClient, town: Town, base: Plan
) -> None:
    other, address = _moved(town, base), f"/desk/terms/{town.term.id}/sections"
    for plan, kept in ((base, base), (other, other), (None, other)):
        page = coordinator.get(address + (f"?plan={plan.id}&q=书法" if plan else ""))
        assert f"in plan {kept.name}" in page.text
    board = coordinator.get(f"/desk/plans/{base.id}/board")
    assert f"{address}?plan={base.id}" in board.links
    assert again(town, scope="unplaced", plan=base.id) in board.links


def test_nothing_is_ticked_without_a_plan_to_keep(coordinator: PageClient, town: Town) -> None:
    page = coordinator.get(f"/desk/terms/{town.term.id}/sections")
    assert not [field for field in page.elements("input") if field.get("name") == "section"]
    assert "There is no plan yet" in coordinator.get(again(town, scope="unplaced")).text
    assert "What is planned?" not in coordinator.get(plan_page(town)).text


def test_the_form_of_the_term_leads_to_a_unit(coordinator: PageClient, town: Town, base: Plan) -> None:
    page = coordinator.get(plan_page(town))
    assert "What is planned?" in page.text and f"{town.other_street.name} (2)" in page.text
    assert "方案 1 (draft): 2 placed, 1 not placed" in page.text
    part = {"seconds": 60, "scope": "unit", "base": base.id}
    assert "Choose the unit that is planned again." in coordinator.post(plan_page(town), part).text
    page = coordinator.post(plan_page(town), {**part, "unit": town.other_street.id})
    assert page.heading == f"Plan only this again: {town.other_street.name}"
    assert "2 sections are planned again" in page.text and "1 stays as it is in plan 方案 1" in page.text
    assert db.session.scalar(select(func.count()).select_from(PlanningJob)) == 0
    coordinator.post(again(town, scope="unit", unit=town.other_street.id, plan=base.id), {"seconds": 60})
    job = only_job()
    assert (job.scope, job.unit_id, len(job.sections)) == (PlanningScope.UNIT, town.other_street.id, 2)
    order = order_of(take())
    assert set(order.only or ()) == {f"s{section.id}" for section in town.sections[1:]}
    assert order.start == job.base_document
    assert f"Only {town.other_street.name} is planned again: 2 sections." in coordinator.get(plan_page(town)).text


def test_the_whole_term_is_planned_as_before(coordinator: PageClient, town: Town, base: Plan) -> None:
    coordinator.post(plan_page(town), {"seconds": 60, "scope": "whole", "base": base.id})
    job = only_job()
    assert (job.scope, job.base_document, job.base_plan_id) == (PlanningScope.WHOLE, None, None)
    assert order_of(take()).only is None


def test_what_cannot_stay_is_named_and_can_be_planned_as_well(
    coordinator: PageClient, town: Town, base: Plan
) -> None:
    town.reading_room.capacity = 5
    db.session.commit()
    address = again(town, scope="unplaced", plan=base.id)
    page = coordinator.get(address)
    assert "1 section cannot stay where plan 方案 1 has it" in page.text
    assert town.sections[0].name in page.text and "阅览室 has too few seats" in page.text
    assert "Not everything can stay" in coordinator.post(address, {"seconds": 30}).text
    assert db.session.scalar(select(func.count()).select_from(PlanningJob)) == 0
    more = next(link for link in page.links if "section=" in link and "/again" in link)
    page = coordinator.get(more)
    assert "2 sections are planned again" in page.text and "cannot stay" not in page.text
    coordinator.post(more, {"seconds": 30})
    assert {section.id for section in only_job().sections} == {town.sections[0].id, town.sections[1].id}


def test_what_nothing_fits_is_said_with_its_reason_and_no_second_plan_is_made(
    coordinator: PageClient, town: Town, base: Plan
) -> None:
    """The only room and hour that the unplaced section could have is taken by one that stays."""
    for room in (town.reading_room, town.hall):
        room.windows = [window for window in room.windows if window.weekday == 1][:1]
        room.windows[0].start_minute, room.windows[0].end_minute = 540, 630
    base.placements = [placement for placement in base.placements if placement.section_id == town.sections[0].id]
    town.sections[1].allowed_venues = [town.library]
    town.sections[1].reach_metres = 20_000
    town.sections[2].archived_at = base.created_at
    town.volunteer.reach_metres = town.teacher.reach_metres = 50_000
    db.session.commit()
    coordinator.post(again(town, scope="unplaced", plan=base.id), {"seconds": 30})
    carry_out()
    job = only_job()
    assert (job.status, job.plan_id) == (JobStatus.FINISHED, None)
    assert db.session.scalars(select(Plan)).all() == [base]
    page = coordinator.get(plan_page(town))
    assert "Nothing better was found: that plan stays the best" in page.text
    assert town.sections[1].name in page.text and "are taken at hours that would do" in page.text


def test_a_run_that_is_claimed_again_plans_the_same(coordinator: PageClient, town: Town, base: Plan) -> None:
    """Also when the base plan has been changed by hand and discarded meanwhile."""
    coordinator.post(again(town, scope="unplaced", plan=base.id), {"seconds": 30})
    first = take("first")
    order = order_of(first)
    placement = next(placement for placement in base.placements if placement.section_id == town.sections[0].id)
    placement.meetings = [Meeting(weekday=2, start_minute=600)]
    base.status = PlanStatus.DISCARDED
    queue.retry(first, "search_died")
    db.session.commit()
    second = take("second")
    resumed = order_of(second)
    assert (resumed.only, resumed.start, second.attempt) == (order.only, order.start, 2)
    found = search(second).plan
    assert found is not None and found.placed[f"s{town.sections[0].id}"].meetings == (solver.Meeting(1, 540),)


def test_bad_addresses_change_nothing(coordinator: PageClient, town: Town, base: Plan) -> None:
    coordinator.get(again(town, scope="unit", unit=999, plan=base.id), status=404)
    coordinator.get(again(town, scope="unit", plan=base.id), status=404)
    coordinator.get(again(town, scope="unplaced", plan=999), status=404)
    many = ",".join(map(str, range(1, 400)))
    assert "Choose at most 300 sections" in coordinator.get(again(town, scope="selection", section=many)).text
    page = coordinator.get(again(town, scope="nonsense", section="x,-1,99999999999,7777"))
    assert "Nothing is chosen" in page.text
    page = coordinator.post(again(town, scope="selection", plan=base.id), {"seconds": 30})
    assert "no section is chosen" in page.text
    assert db.session.scalar(select(func.count()).select_from(PlanningJob)) == 0


def test_the_database_knows_what_a_run_of_a_part_needs(town: Town, base: Plan) -> None:
    for facts in ({"scope": PlanningScope.SELECTION}, {"scope": PlanningScope.UNIT, "base_document": b"x"}):
        db.session.add(PlanningJob(term=town.term, subject_id=town.term.id, seconds=30, term_document=b"x", **facts))
        with pytest.raises(IntegrityError):
            db.session.flush()
        db.session.rollback()


def _moved(town: Town, base: Plan) -> Plan:
    """A plan in which calligraphy meets in another hour of the same room, the dance nowhere, the other calligraphy."""
    facts = {"total": 0, "cost": {}, "status": PlanStatus.DRAFT, "name": "方案 2"}
    plan = Plan(term=town.term, **facts)
    for section, room, teacher, weekday in (
        (town.sections[0], town.reading_room, town.teacher, 2),
        (town.sections[1], town.hall, town.volunteer, 0),
    ):
        meetings = [Meeting(weekday=weekday, start_minute=540)]
        plan.placements.append(Placement(section=section, week=1, room=room, teacher=teacher, meetings=meetings))
    db.session.add(plan)
    db.session.commit()
    return plan


def _cells(page: Page, name: str) -> list[str]:
    """The cells of the table row whose head has this text."""
    for row in page.elements("tr"):
        texts = [" ".join("".join(cell.itertext()).split()) for cell in row if cell.tag in ("th", "td")]
        if texts and texts[0] == name:
            return texts[1:]
    raise AssertionError(f"no row {name}")


def test_two_plans_are_compared_in_words_and_numbers(coordinator: PageClient, town: Town, base: Plan) -> None:
    other = _moved(town, base)
    page = coordinator.get(f"/desk/plans/{other.id}/compare?with={base.id}")
    assert "From 方案 1 to 方案 2" in page.text and "3 sections are different" in page.text
    assert "50 learners with a place find something changed" in page.text, "those who write and those who dance"
    assert _cells(page, "sections placed") == ["2", "2", "unchanged"]
    assert _cells(page, "learners with a place within reach") == ["50", "35", "\N{MINUS SIGN}15 worse"]
    assert _cells(page, "communities without any place within reach") == ["0", "1", "+1 worse"]
    moved = _cells(page, town.sections[0].name)
    assert moved[0] == "other hours" and moved[1].startswith("Tue 09:00") and moved[2].startswith("Wed 09:00")
    assert _cells(page, town.sections[1].name)[:2] == ["has a place now", "not placed"]
    assert _cells(page, town.sections[2].name)[0] == "has no place any more"
    before, after, difference = _cells(page, "cost of the plan itself")
    assert before != after and difference.endswith(("better", "worse"))

    page = coordinator.get(f"/desk/plans/{other.id}/compare?with={base.id}&unit={town.street.id}")
    assert "1 section is different" in page.text and _cells(page, "sections placed") == ["1", "1", "unchanged"]
    page = coordinator.get(f"/desk/plans/{base.id}/compare?with={base.id}")
    assert "No section is different" in page.text


def test_figures_agree_with_the_check(town: Town, base: Plan) -> None:
    found = comparison(base, _moved(town, base))
    assert (found.before.placed, found.before.sections, found.before.wanted) == (2, 3, 65)
    assert found.before.learners == 50 and found.before.metres is not None
    fair = found.before.fairness
    assert fair.communities == 4 and fair.unserved == 0 and 0 < fair.half <= fair.most
    assert fair.share == pytest.approx(10 / 25), "in 大成村 ten of twenty-five have a place"
    assert found.by_kind == {"time": 1, "placed": 1, "unplaced": 1}


def test_a_single_plan_has_nothing_to_compare_with(coordinator: PageClient, town: Town, base: Plan) -> None:
    assert "There is nothing to compare with" in coordinator.get(f"/desk/plans/{base.id}/compare").text
    coordinator.get(f"/desk/plans/{base.id}/compare?with=999", status=404)
