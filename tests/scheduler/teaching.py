"""What tests of absences and substitutes share: a published term that begins next week, and its first sessions."""

from datetime import date, timedelta

from flask import Flask
from icalendar import Calendar
from sqlalchemy import select

from scheduler.core.clock import monday_of, today
from scheduler.core.extensions import db
from scheduler.domain.publishing.publication import publish
from scheduler.features.registers.accounts import operations as accounts
from scheduler.models import Cover, CoverStatus, Plan, PlanStatus, Role, Substitution, Teacher, TeacherKind
from tests import rows
from tests.client import Page, PageClient
from tests.factories import Town, build_plan, sign_in_as


def publish_plan(app: Flask, town: Town) -> Plan:
    """Calligraphy on Tuesdays at nine, dance on Thursdays at two, published; the term begins next week."""
    town.term.first_day = monday_of(today()) + timedelta(weeks=1)
    plan = build_plan(town, PlanStatus.DRAFT)
    publish_now(app, plan)
    return plan


def publish_now(app: Flask, plan: Plan) -> None:
    """Publish a draft as a request would."""
    db.session.commit()
    with app.test_request_context(method="POST", headers={"Accept-Language": "en"}):
        publish(plan)
    db.session.commit()


def tuesday(town: Town, week: int = 1) -> date:
    """The date of the calligraphy session of a week."""
    return town.term.first_day + timedelta(weeks=week - 1, days=1)


def session_url(town: Town, week: int = 1) -> str:
    """Where the calligraphy teacher reports that she cannot give the session of a week."""
    return f"/desk/absences/sessions/{town.sections[0].id}/{tuesday(town, week).isoformat()}/540"


def report(app: Flask, town: Town, week: int = 1) -> Cover:
    """The calligraphy teacher cannot give the session of a week."""
    sign_in_as(app, "teacher").post(session_url(town, week), {"cause": "illness"})
    return covers()[-1]


def covers(*states: CoverStatus) -> list[Cover]:
    """The covers of these states (all but those taken back), in order of their dates."""
    db.session.expire_all()
    wanted = Cover.status.in_(states) if states else Cover.status != CoverStatus.WITHDRAWN
    return list(db.session.scalars(select(Cover).where(wanted).order_by(Cover.date, Cover.id)))


def another_teacher(town: Town, name: str, latitude: float = 29.655, longitude: float = 121.405) -> Teacher:
    """One more calligraphy teacher, at home near the library."""
    subjects = list(town.teacher.subjects)
    teacher = rows.teacher_row(town.street, name, TeacherKind.FULL_TIME, subjects, latitude, longitude)
    db.session.flush()
    return teacher


def address(town: Town, cover: Cover, action: str = "") -> str:
    return f"/desk/terms/{town.term.id}/covers/{cover.id}{action}"


def ask(client: PageClient, town: Town, cover: Cover, teacher: Teacher) -> Page:
    return client.post(address(town, cover), {"teacher": teacher.id})


def substitution() -> Substitution:
    db.session.expire_all()
    return db.session.scalars(select(Substitution).order_by(Substitution.id.desc()).limit(1)).one()


def events(client: PageClient, town: Town) -> list[dict[str, object]]:
    feed = Calendar.from_ical(client.download(f"/calendar/course/{town.sections[0].id}.ics?lang=en").data)
    return [
        {"status": str(one["STATUS"]), "sequence": int(str(one["SEQUENCE"])), "text": str(one["DESCRIPTION"])}
        for one in feed.walk("VEVENT")
    ]


def agree_by_phone(client: PageClient, town: Town, cover: Cover) -> Page:
    return client.post(address(town, cover, f"/substitutions/{substitution().id}/agreed"), {})


def give_account(town: Town) -> None:
    """The volunteer can sign in as “resident”."""
    accounts.grant(town.users["resident"], Role.TEACHER, teacher_id=town.volunteer.id)
    db.session.commit()


def row_names(page: Page) -> list[str]:
    """The names in the table of candidates."""
    cells = [cell for cell in page.elements("th") if cell.get("scope") == "row"]
    return [" ".join("".join(cell.itertext()).split()) for cell in cells]
