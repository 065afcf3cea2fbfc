"""A plan document as rows: a draft of its term, with its cost by part and the reasons of what is unplaced."""

from collections.abc import Iterable, Mapping

from sqlalchemy import func, select

import solver
from scheduler.core.extensions import db
from scheduler.engine.documents.keys import ROOM, SECTION, TEACHER, row_id
from scheduler.models import Meeting, Placement, Plan, PlanStatus, Room, Scenario, Section, Teacher, Term
from solver import Reason

Reasons = dict[str, dict[str, object]]
"""By section id the code and parameters of a reason."""


def save_draft(
    term: Term,
    document: solver.Term,
    plan: solver.Plan,
    name: str = "",
    bound: int | None = None,
    created_by_id: int | None = None,
    unplaced: Reasons | None = None,
    scenario: Scenario | None = None,
) -> Plan:
    """A draft with the placements of a plan document; rows that have vanished since are left out.

    That of a ``scenario`` is no draft yet, and takes the place of the plans that the scenario had before.

    ``name`` "" gives the next number; ``bound`` is what every plan costs at least; ``unplaced`` are the reasons of
    what is left out where they are known, as finding them takes seconds in a county. The plan is trusted to be without
    violations: whoever got it from outside asks ``solver.check`` first.
    """
    report = solver.check(document, plan)
    if scenario is not None:
        _discard_plans_of(scenario)
    draft = Plan(
        term=term,
        name=name or next_name(term),
        status=PlanStatus.DRAFT if scenario is None or scenario.taken_over else PlanStatus.SCENARIO,
        scenario=scenario,
        created_by_id=created_by_id,
        total=report.total,
        bound=bound,
        cost=report.cost,
        reasons=_first_reasons(document, plan) if unplaced is None else unplaced,
    )
    draft.placements = _placements(term, plan)
    db.session.add(draft)
    db.session.flush()
    return draft


def _discard_plans_of(scenario: Scenario) -> None:
    for former in db.session.scalars(
        select(Plan).where(Plan.scenario_id == scenario.id, Plan.status == PlanStatus.SCENARIO)
    ):
        former.status = PlanStatus.DISCARDED


def next_name(term: Term) -> str:
    """The number that the term's next plan goes by until somebody names it."""
    count = db.session.scalar(select(func.count()).select_from(Plan).where(Plan.term_id == term.id)) or 0
    return f"#{count + 1}"


def _first_reasons(document: solver.Term, plan: solver.Plan) -> Reasons:
    return reasons_by_section(solver.left_out(document, plan))


def reasons_by_section(by_name: Mapping[str, Reason]) -> Reasons:
    """Reasons by the name of a section in a document, as plans and jobs keep them."""
    return {
        str(section_id): {"code": reason.code, "parameters": list(reason.parameters)}
        for name, reason in by_name.items()
        if (section_id := row_id(SECTION, name)) is not None
    }


def reasons_of(sections: Iterable[Section], reasons: Reasons) -> Reasons:
    """The reasons of some sections."""
    return {str(section.id): reasons[str(section.id)] for section in sections if str(section.id) in reasons}


def _placements(term: Term, plan: solver.Plan) -> list[Placement]:
    sections = set(db.session.scalars(select(Section.id).where(Section.term_id == term.id)))
    rooms = _existing(Room, ROOM, (placement.room for placement in plan.placed.values()))
    teachers = _existing(Teacher, TEACHER, (placement.teacher for placement in plan.placed.values()))
    rows = []
    for name, placement in plan.placed.items():
        section_id, room_id, teacher_id = (
            row_id(SECTION, name),
            rooms.get(placement.room),
            teachers.get(placement.teacher),
        )
        if section_id in sections and room_id is not None and teacher_id is not None:
            meetings = [Meeting(weekday=weekday, start_minute=start) for weekday, start in sorted(placement.meetings)]
            rows.append(
                Placement(
                    section_id=section_id,
                    week=placement.week,
                    room_id=room_id,
                    teacher_id=teacher_id,
                    meetings=meetings,
                )
            )
    return rows


def _existing(table: type[Room] | type[Teacher], letter: str, names: Iterable[str]) -> dict[str, int]:
    """By document name the ids of the rows that are still there."""
    ids = {name: number for name in names if (number := row_id(letter, name)) is not None}
    existing = set(db.session.scalars(select(table.id).where(table.id.in_(set(ids.values())))))
    return {name: number for name, number in ids.items() if number in existing}
