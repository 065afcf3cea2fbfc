"""A teacher who has several sections agrees to all of them on the phone."""

from sqlalchemy import select

from scheduler.core.extensions import db
from scheduler.domain.publishing.publication import publish
from scheduler.models import Assignment, AssignmentStatus, PlanStatus
from tests.client import PageClient
from tests.factories import Town, build_plan


def states() -> list[AssignmentStatus]:
    db.session.expire_all()
    return list(db.session.scalars(select(Assignment.status)))


def test_the_coordinator_writes_down_that_a_teacher_agrees_to_all(coordinator: PageClient, town: Town) -> None:
    plan = build_plan(town, PlanStatus.DRAFT)
    plan.placements[1].teacher, town.teacher.phone = town.teacher, "13800000001"
    town.teacher.subjects.append(town.dance.subject)
    db.session.flush()
    publish(plan)
    db.session.commit()
    address = f"/desk/terms/{town.term.id}/assignments"
    page = coordinator.get(address)
    assert page.text.count("They agree to all 2") == 1 and "13800000001" in page.text
    told = coordinator.post(f"{address}/of/{town.teacher.id}/agreed")
    assert f"Written down: {town.teacher.name} agrees to 2 sections." in told.text
    assert states() == [AssignmentStatus.CONFIRMED] * 2
    actions = [form.get("action", "") for form in told.elements("form")]
    undo = next(action for action in actions if f"/of/{town.teacher.id}/ask-again" in action)
    assert "2 sections wait again." in coordinator.post(undo).text
    assert states() == [AssignmentStatus.REQUESTED] * 2
    coordinator.post(f"{address}/of/{town.volunteer.id}/agreed", status=404)
