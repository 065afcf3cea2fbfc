"""A town with something on every page, and what the arguments of the routes may be."""


from datetime import timedelta
from typing import Any

from scheduler.core.database import now
from scheduler.core.extensions import db
from scheduler.engine.analysis.changes import closed, opened, stored
from scheduler.engine.documents.keys import ROOM, SECTION, TEACHER, VENUE, key
from scheduler.features.registers.accounts import links
from scheduler.features.registers.accounts.second_factor import operations as second_factors
from scheduler.models import (
    Assignment,
    AssignmentStatus,
    CalendarDay,
    Cover,
    CoverStatus,
    DayKind,
    DemandSource,
    Import,
    ImportRow,
    ImportStatus,
    JobStatus,
    Meeting,
    Placement,
    Plan,
    PlanningJob,
    PlanStatus,
    Proposal,
    ProposalRun,
    ProposedCourse,
    ProposedLearners,
    RecommendationJob,
    RefusalCause,
    Role,
    RowState,
    Scenario,
    SourceKind,
    Substitution,
)
from tests.activities import build_event, build_series
from tests.factories import Town, build_bookings, build_plan, build_town

Places = dict[str, Any]


def furnish() -> Places:
    """A town with a published plan and a draft, requests and a run; answers what the routes' arguments may be."""
    town = build_town()
    draft, plan = build_plan(town, PlanStatus.DRAFT), build_plan(town)
    draft.name, draft.placements = "方案" * 100, draft.placements[:1]
    bookings = build_bookings(plan)
    teaching = _teaching(town, plan)
    town.term.days.append(CalendarDay(date=town.term.first_day, kind=DayKind.OFF, name="校庆"))
    places = _activities(town, plan)
    job = PlanningJob(
        term_id=town.term.id, subject_id=town.term.id, seconds=30, term_document=b"", status=JobStatus.STOPPED
    )
    workbook = _workbook(town)
    db.session.add_all([job, *workbook])
    db.session.flush()
    return _arguments(town) | places | {"plan_id": plan.id, "job_id": job.id, "booking": bookings[0].id} | {
        "import_id": workbook[0].import_id, "name": "venues", "proposal_id": _proposal(town).id,
        "scenario_id": _scenario(town, plan).id, "kind": "open", "scope": "unplaced", "with": draft.id,
    } | teaching


def _teaching(town: Town, plan: Plan) -> Places:
    """A refused section, a session for which nobody is found, and one for which the teacher is asked to stand in."""
    calligraphy, dance = plan.placements
    refused = Assignment(
        plan=plan, section=calligraphy.section, teacher=town.teacher, room=calligraphy.room, week=1,
        meetings=[[1, 540]], minutes=90, status=AssignmentStatus.REFUSED, cause=RefusalCause.OTHER, note="路" * 200,
        answered_at=now(), answered_by_id=town.users["teacher"].id,
    )
    waiting = Assignment(
        plan=plan, section=dance.section, teacher=town.teacher, room=dance.room, week=2, meetings=[[3, 840]],
        minutes=90,
    )
    day = town.term.first_day + timedelta(days=1)
    missing = Cover(section=calligraphy.section, date=day, start_minute=540, end_minute=630, teacher=town.teacher)
    covered = Cover(
        section=dance.section, date=day + timedelta(days=9), start_minute=840, end_minute=930, teacher=town.volunteer,
        status=CoverStatus.COVERED,
    )
    db.session.add_all([refused, waiting, missing, covered])
    db.session.flush()
    covered.substitutions.append(
        Substitution(
            section=dance.section, date=covered.date, start_minute=840, end_minute=930, teacher=town.teacher,
        )
    )
    db.session.flush()
    return {
        "assignment_id": refused.id, "cover_id": covered.id, "substitution_id": covered.substitutions[0].id,
        "day": (day + timedelta(weeks=1)).isoformat(), "start": 540,
    }


def _activities(town: Town, plan: Plan) -> Places:
    """A series that has to open its sections, and an event whose opening the plan holds."""
    series, event = build_series(town), build_event(town)
    plan.placements.append(
        Placement(
            section=event.items[0].entries[0].section, week=5, room=town.hall, teacher=town.teacher,
            meetings=[Meeting(weekday=0, start_minute=540)],
        )
    )
    return {"series_id": series.id, "event_id": event.id, "item_id": event.items[0].id}


def _proposal(town: Town) -> Proposal:
    """A source of demand, and a section proposed to the coordinator; somebody is left out."""
    place = {"term": town.term, "course": town.course, "community": town.communities[0]}
    db.session.add(DemandSource(**place, kind=SourceKind.SURVEY, people=40, percent=60))
    learners = [ProposedLearners(community=community, people=20) for community in town.communities[:2]]
    proposal = Proposal(unit=town.street, venue=town.library, learners=learners, name="名" * 90)
    asked = ProposedCourse(
        course=town.course, position=0, people=48, solved=True, proposals=[proposal],
        left_out=[[town.communities[2].id, 8, "too_few"]],
    )
    db.session.add(ProposalRun(term=town.term, user=town.users["coordinator"], courses=[asked]))
    db.session.flush()
    return proposal


def _scenario(town: Town, published: Plan) -> Scenario:
    """A what-if with a long name, two changes and a plan, and an answer about the published plan."""
    hours = [(weekday, 420, 510) for weekday in range(7)]
    scenario = Scenario(
        term=town.term, name="假如" * 80,
        changes=stored([opened(key(VENUE, town.library.id), hours), closed(key(ROOM, town.hall.id))]),
    )
    planned = build_plan(town, PlanStatus.SCENARIO)
    planned.scenario = scenario
    thing = {"kind": "teach subject", "teacher": key(TEACHER, town.teacher.id), "subject": "dance"}
    name = key(SECTION, town.sections[1].id)
    place = {"week": 1, "meetings": [[1, 600]], "room": key(ROOM, town.hall.id), "teacher": thing["teacher"]}
    gain = {"thing": thing, "gain": 90_000, "places": [name], "placements": {name: place}, "proven": False}
    answer = RecommendationJob(
        term=town.term, subject_id=published.id, seconds=30, term_document=b"", status=JobStatus.STOPPED,
        asked_plan=published,
        findings={"tried": 4, "of": 9, "gains": [gain]},
    )
    db.session.add_all([scenario, answer])
    db.session.flush()
    return scenario


def _workbook(town: Town) -> list[ImportRow]:
    """What a coordinator has uploaded: a row of each state, with all that can be said of one."""
    imported = Import(
        user=town.users["coordinator"], term=town.term, register="term", filename="总表" * 40 + ".xlsx",
        status=ImportStatus.CHECKED, expires_at=now() + timedelta(days=1),
    )
    db.session.add(imported)
    db.session.flush()
    said = {"messages": [["name", "句" * 120]], "warnings": ["w" * 90], "changes": [["name", "a" * 80, "b" * 80]]}
    return [
        ImportRow(
            import_id=imported.id, position=number, sheet="rooms", number=number + 2, state=state,
            title="名" * 90, cells={"name": "长" * 200}, warned=True, clashing=True, **said,
        )
        for number, state in enumerate(RowState)
    ]


def _arguments(town: Town) -> Places:
    second_factors.begin(town.users["resident"])
    return {
        "term_id": town.term.id,
        "section_id": town.sections[0].id,
        "unit_id": town.street.id,
        "community_id": town.communities[0].id,
        "venue_id": town.library.id,
        "room_id": town.reading_room.id,
        "teacher_id": town.teacher.id,
        "course_id": town.course.id,
        "user_id": town.users["library"].id,
        "role": Role.COORDINATOR,
        "key": links.make(town.users["street"])[0],
        "guide": Role.RESIDENT,
        "/desk/courses/subjects/<code>/edit": "calligraphy",
        "/desk/venues/features/<code>": "wifi",
    }
