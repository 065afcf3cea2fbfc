"""The way from an empty installation to the first planned term, with what is done and what is next."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _, ngettext
from sqlalchemy import Select, func, select

from scheduler.core.extensions import db
from scheduler.domain.term_scope import around
from scheduler.models import Community, Course, Placement, Plan, Room, RoomWindow, Section, Teacher, Term, Venue
from scheduler.web.access import Scope

DONE, NEXT, LATER = "done", "current", "waiting"
Link = tuple[str, str]


@dataclass(frozen=True)
class SetupStep:
    """One step: what there is of it already, and the ways to do it, the usual one first."""

    label: str
    state: str
    there_is: str
    purpose: str
    ways: list[Link]


@dataclass(frozen=True)
class _Step:
    label: str
    count: int
    there_is: str
    purpose: str
    ways: list[Link]


def setup_steps(scope: Scope) -> list[SetupStep]:
    """The seven steps for a coordinator or administrator; none once a term of theirs has a plan."""
    term = db.session.scalar(_terms(scope).order_by(Term.first_day.desc(), Term.id.desc()).limit(1))
    if _is_planned(scope):
        return []
    steps = [*_registers(scope), *_term_steps(term)]
    first = next((number for number, step in enumerate(steps) if not step.count), len(steps))
    return [
        SetupStep(step.label, _state(number, first, step.count), step.there_is, step.purpose, step.ways)
        for number, step in enumerate(steps)
    ]


def _state(number: int, first: int, count: int) -> str:
    if number == first:
        return NEXT
    return DONE if count else LATER


def _terms(scope: Scope) -> Select[Term]:
    return select(Term).join(Term.unit).where(around(scope), Term.archived_at.is_(None))


def _is_planned(scope: Scope) -> bool:
    planned = select(Placement.section_id).join(Placement.plan).join(Plan.term).join(Term.unit).where(around(scope))
    return db.session.scalar(planned.limit(1)) is not None


def _count(statement: Select[int]) -> int:
    return db.session.scalar(select(func.count()).select_from(statement.subquery())) or 0


def _registers(scope: Scope) -> list[_Step]:
    communities = _count(
        select(Community.id).join(Community.unit).where(scope.units(), Community.archived_at.is_(None))
    )
    venue = select(Venue.id).join(Venue.unit).where(scope.units(), Venue.archived_at.is_(None))
    rooms = _count(select(Room.id).where(
        Room.venue_id.in_(venue), Room.archived_at.is_(None), Room.id.in_(select(RoomWindow.room_id))
    ))
    teachers = _count(select(Teacher.id).join(Teacher.unit).where(scope.units(), Teacher.archived_at.is_(None)))
    courses = _count(select(Course.id).where(Course.archived_at.is_(None)))
    return [
        _Step(
            _("Network"), communities,
            ngettext("%(num)s community or village", "%(num)s communities and villages", communities),
            _("City, counties, streets and towns, and the communities where learners live."),
            [_workbook("network"), (_("Enter a unit"), url_for("network.create_unit"))],
        ),
        _Step(
            _("Courses"), courses, ngettext("%(num)s course", "%(num)s courses", courses),
            _("What can be learned: subject, sessions, what a room must have."),
            [(_("Choose from the usual ones"), url_for("starter_catalogue.index")), _workbook("courses")],
        ),
        _Step(
            _("Venues and rooms"), rooms,
            ngettext("%(num)s room with its hours", "%(num)s rooms with their hours", rooms),
            _("Libraries, culture stations, schools: their rooms, and when these are open for courses."),
            [_workbook("places"), (_("Enter a venue"), url_for("venues.create"))],
        ),
        _Step(
            _("Teachers"), teachers, ngettext("%(num)s teacher", "%(num)s teachers", teachers),
            _("Who teaches which subjects, and when they can."),
            [_workbook("teachers"), (_("Enter a teacher"), url_for("teachers.create"))],
        ),
    ]


def _term_steps(term: Term | None) -> list[_Step]:
    sections = 0 if term is None else _count(
        select(Section.id).where(Section.term_id == term.id, Section.archived_at.is_(None))
    )
    open_term = [(_("Open a term"), url_for("terms.create"))]
    return [
        _Step(
            _("Term"), int(term is not None), term.name if term else "",
            _("Its first Monday and its weeks; days off are filled in."), open_term,
        ),
        _Step(
            _("Sections"), sections, ngettext("%(num)s section", "%(num)s sections", sections),
            _("Who wants which course, and the sections that are opened for them."),
            open_term if term is None else [
                (_("Open a section"), url_for("sections.create", term_id=term.id)),
                (_("Enter demand"), url_for("demand.index", term_id=term.id)),
                (_("Excel"), url_for("workbooks.start", name="term", term_id=term.id)),
            ],
        ),
        _Step(
            _("Plan"), 0, "", _("A room near the learners, a teacher and hours for every section."),
            open_term if term is None else [(_("Plan the term"), url_for("planning.readiness", term_id=term.id))],
        ),
    ]


def _workbook(name: str) -> Link:
    return _("Take over from Excel"), url_for("workbooks.start", name=name)
