"""Parameters of violations and reasons as the reader knows them: names for keys, dates and times in their language."""

from collections.abc import Callable
from datetime import date

from flask_babel import LazyString, format_date, format_number, lazy_gettext as _l
from sqlalchemy import select

from scheduler.core.clock import clock
from scheduler.core.extensions import db
from scheduler.engine.documents.keys import ROOM, SECTION, TEACHER, VENUE, row_id
from scheduler.models import Community, Feature, Room, Section, Subject, Teacher, Unit, Venue
from scheduler.web.i18n import distance, in_language, yuan
from scheduler.web.labels import weekday_name

PIN_PARTS: dict[str, LazyString] = {
    "week": _l("first week"),
    "meetings": _l("hours"),
    "room": _l("room"),
    "teacher": _l("teacher"),
}


def named(kind: str, value: str) -> str:
    """What the reader calls a parameter; the value itself where no row has this name."""
    return KINDS[kind](value)


def section_name(value: str) -> str:
    """The section's name."""
    section = db.session.get(Section, row_id(SECTION, value) or 0)
    return value if section is None else section.name


def room_name(value: str) -> str:
    """The venue's and the room's name."""
    room = db.session.get(Room, row_id(ROOM, value) or 0)
    return value if room is None else f"{room.venue.name} {room.name}"


def venue_name(value: str) -> str:
    """The venue's name."""
    venue = db.session.get(Venue, row_id(VENUE, value) or 0)
    return value if venue is None else venue.name


def teacher_name(value: str) -> str:
    """The teacher's name."""
    teacher = db.session.get(Teacher, row_id(TEACHER, value) or 0)
    return value if teacher is None else teacher.name


def _unit_name(value: str) -> str:
    return db.session.scalar(select(Unit.name).where(Unit.code == value)) or value


def _community_name(value: str) -> str:
    return db.session.scalar(select(Community.name).where(Community.code == value)) or value


def _subject_name(value: str) -> str:
    subject = db.session.get(Subject, value)
    return value if subject is None else in_language(subject.name_zh, subject.name_en)


def _feature_name(value: str) -> str:
    feature = db.session.get(Feature, value)
    return value if feature is None else in_language(feature.name_zh, feature.name_en)


def _date(value: str) -> str:
    return str(format_date(date.fromisoformat(value), "medium"))


def _number(value: str) -> str:
    return str(format_number(int(value)))


def _pin_part(value: str) -> str:
    return str(PIN_PARTS.get(value, value))


KINDS: dict[str, Callable[[str], str]] = {
    "section": section_name,
    "other": section_name,
    "room": room_name,
    "venue": venue_name,
    "teacher": teacher_name,
    "unit": _unit_name,
    "community": _community_name,
    "subject": _subject_name,
    "feature": _feature_name,
    "weekday": lambda value: weekday_name(int(value)),
    "time": lambda value: clock(int(value)),
    "end": lambda value: clock(int(value)),
    "date": _date,
    "yuan": lambda value: yuan(int(value)),
    "budget": lambda value: yuan(int(value)),
    "metres": lambda value: distance(int(value)),
    "number": _number,
    "count": _number,
    "week": _number,
    "part": _pin_part,
    "term": str,
    "text": str,
}
