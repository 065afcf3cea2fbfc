"""Choices of select fields within a term: its courses, units, communities, rooms and teachers.

A city has thousands of each. Where a ``unit`` is given, only those of its county are offered.
"""

from collections.abc import Iterable

from flask import render_template, request, url_for
from flask_babel import gettext as _, lazy_gettext as _l
from sqlalchemy import or_, select
from sqlalchemy.orm import contains_eager, joinedload
from wtforms import SelectChoice

from scheduler.core.extensions import db
from scheduler.core.row_ids import row_id
from scheduler.domain.term_scope import in_county_of, inside, near, unit_in
from scheduler.models import Community, Course, Room, Teacher, Term, Unit, Venue
from scheduler.web.access import Scope, current_scope
from scheduler.web.choices import indented
from scheduler.web.i18n import in_language

Choices = list[SelectChoice]
CHOOSE = SelectChoice("", _l("please choose"))
NARROW = {"data-filter-options": _l("Type to narrow the list")}


def course_choices(keep: int | None = None) -> Choices:
    """Courses of the catalogue by title; an archived one, or one made for an activity, only when it is ``keep``."""
    courses = db.session.scalars(select(Course).where(or_(Course.in_catalogue(), Course.id == keep)))
    named = [SelectChoice(str(course.id), in_language(course.title_zh, course.title_en)) for course in courses]
    return sorted(named, key=lambda choice: choice.label)


def term_unit_choices(scope: Scope, term: Term, unit: Unit | None = None) -> Choices:
    """Units of the term that the user covers, indented by level."""
    offered = inside(scope, term), in_county_of(unit), Unit.archived_at.is_(None)
    return indented(db.session.scalars(select(Unit).where(*offered).order_by(Unit.path)).all())


def community_choices(scope: Scope, term: Term, keep: Iterable[int] = (), unit: Unit | None = None) -> Choices:
    """Communities of the term that the user covers, and those in ``keep``, grouped by street or town."""
    offered = inside(scope, term) & in_county_of(unit)
    communities = db.session.scalars(
        select(Community)
        .join(Unit)
        .where(or_(offered & Community.archived_at.is_(None), Community.id.in_(list(keep))))
        .order_by(Unit.path, Community.code)
        .options(joinedload(Community.unit))
    )
    return [SelectChoice(str(community.id), community.name, optgroup=community.unit.name) for community in communities]


def venue_choices(term: Term, keep: Iterable[int] = (), unit: Unit | None = None) -> Choices:
    """Venues that a plan of the term may use, and those in ``keep``."""
    venues = db.session.scalars(
        select(Venue)
        .join(Unit)
        .where(or_(near(term) & in_county_of(unit) & Venue.archived_at.is_(None), Venue.id.in_(list(keep))))
        .order_by(Unit.path, Venue.name)
    )
    return [SelectChoice(str(venue.id), venue.name) for venue in venues]


def room_choices(term: Term, keep: int | None = None, unit: Unit | None = None) -> Choices:
    """Rooms that a plan of the term may use, with their seats, grouped by venue."""
    offered = near(term) & in_county_of(unit)
    rooms = db.session.scalars(
        select(Room)
        .join(Venue)
        .join(Unit)
        .where(or_(offered & Room.archived_at.is_(None) & Venue.archived_at.is_(None), Room.id == keep))
        .order_by(Unit.path, Venue.name, Room.name)
        .options(joinedload(Room.venue))
    )
    return [SelectChoice(str(room.id), f"{room.name} ({room.capacity})", optgroup=room.venue.name) for room in rooms]


def teacher_choices(term: Term, keep: Iterable[int] = (), unit: Unit | None = None) -> Choices:
    """Teachers whom a plan of the term may ask, and those in ``keep``; the unit tells namesakes apart."""
    teachers = db.session.scalars(
        select(Teacher)
        .join(Unit)
        .where(or_(near(term) & in_county_of(unit) & Teacher.archived_at.is_(None), Teacher.id.in_(list(keep))))
        .order_by(Teacher.name, Unit.path)
        .options(contains_eager(Teacher.unit))
    )
    return [SelectChoice(str(teacher.id), f"{teacher.name} · {teacher.unit.name}") for teacher in teachers]


def asked_unit(term: Term) -> Unit | None:
    """The unit that the address names, None where it names none; 404 for one that is not the user's."""
    unit_id = request.args.get("unit", type=row_id)
    return None if unit_id is None else unit_in(current_scope(), term, unit_id)


def choose_unit(term: Term, title: str) -> str:
    """The page on which the user says for which unit a form is to be; it leads back with the unit in the address."""
    units = [choice for choice in term_unit_choices(current_scope(), term) if choice.value != str(term.unit_id)]
    crumbs = [(_("Terms"), url_for("terms.index")), (term.name, url_for("terms.show", term_id=term.id))]
    return render_template(
        "choose_unit.html", title=title, lead=term.name, crumbs=crumbs, units=units, arguments=request.args
    )
