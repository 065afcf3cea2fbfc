"""What a board says of its slots and of changes: places, obstacles and costs in words."""

from collections.abc import Iterable, Sequence

from flask_babel import LazyString, gettext as _, lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import joinedload

import solver
from scheduler.core.clock import clock
from scheduler.core.extensions import db
from scheduler.engine.documents.keys import ROOM, SECTION, TEACHER, key, row_id
from scheduler.engine.documents.places import SectionPlace
from scheduler.engine.words.names import room_name, teacher_name
from scheduler.engine.words.sentences import violation_sentence
from scheduler.models import Room, Section, Teacher
from scheduler.web.labels import weekday_name

SHORT: dict[str, LazyString] = {
    "room overlap": _l("room taken"),
    "room open": _l("room closed"),
    "room closed": _l("room closed"),
    "room busy": _l("room taken"),
    "capacity": _l("too few seats"),
    "features": _l("lacks something"),
    "venue not allowed": _l("venue not allowed"),
    "reach": _l("too far"),
    "teacher overlap or travel": _l("teacher busy"),
    "teacher available": _l("teacher has no time"),
    "teacher absent": _l("teacher absent"),
    "teacher busy": _l("teacher busy"),
    "teacher day load": _l("teacher's day is full"),
    "teacher week load": _l("teacher's week is full"),
    "teacher not allowed": _l("teacher not allowed"),
    "teacher reach": _l("too far for the teacher"),
    "subject": _l("other subject"),
    "budget": _l("no money left"),
    "pin": _l("pinned elsewhere"),
}
"""What stands in the way, in as few words as a cell has room for."""
UNNAMED: dict[str, LazyString] = {"room busy": _l("room closed"), "teacher busy": _l("teacher absent")}
"""The same where no other term is to blame."""


def short_obstacle(violations: Sequence[solver.Violation]) -> str:
    """The first obstacle in a word or two."""
    if not violations:
        return ""
    code, parameters = violations[0]
    words = UNNAMED.get(code) if parameters and not parameters[-1] else None
    return str(words or SHORT.get(code, _("not possible")))


def short_obstacles(violations: Sequence[solver.Violation]) -> str:
    """All obstacles in a word or two each."""
    return _(", ").join(dict.fromkeys(short_obstacle([violation]) for violation in violations))


def obstacle_sentences(violations: Iterable[solver.Violation]) -> str:
    """All obstacles with those who are to blame."""
    return " ".join(dict.fromkeys(violation_sentence(violation) for violation in violations))


def place_text(place: SectionPlace | None, minutes: int) -> str:
    """Such as “Tue 09:00–10:30 from week 2, Library Hall, Teacher 3”; for none that it is unplaced."""
    if place is None:
        return _("the tray of unplaced sections")
    hours = _(", ").join(
        f"{weekday_name(weekday, 'abbreviated')} {clock(start)}–{clock(start + minutes)}"
        for weekday, start in place.meetings
    )
    room, teacher = room_name(key(ROOM, place.room_id)), teacher_name(key(TEACHER, place.teacher_id))
    return _("%(hours)s from week %(week)s, %(room)s, %(teacher)s", hours=hours, week=place.week, room=room,
             teacher=teacher)


def load_names(violations: Iterable[solver.Violation], places: Iterable[SectionPlace]) -> list[object]:
    """Read at once what sentences about these will name; keep the answer for as long as the sentences are made."""
    named = {name for violation in violations for name in violation.parameters}
    shown = list(places)
    rooms = _ids(ROOM, named) | {place.room_id for place in shown}
    teachers = _ids(TEACHER, named) | {place.teacher_id for place in shown}
    return [
        *db.session.scalars(select(Section).where(Section.id.in_(_ids(SECTION, named)))),
        *db.session.scalars(select(Room).where(Room.id.in_(rooms)).options(joinedload(Room.venue))),
        *db.session.scalars(select(Teacher).where(Teacher.id.in_(teachers))),
    ]


def _ids(letter: str, names: Iterable[str]) -> set[int]:
    return {number for name in names if (number := row_id(letter, name)) is not None}
